"""The monitoring page: one verdict, the numbers behind it, and what moved in the data."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from common.plain_words import number, plain_day, probability_words
from reporting.html import colours, environment, policy
from reporting.languages.messages import outcome_words

MEANINGS: Final = {
    "fine": "Nothing to do.",
    "too early to tell": "Nothing stands out, and nothing is shown to be right: too "
    "little has been seen to judge the forecasts.",
    "recalibrate": "The forecasts are too high or too low on the whole: shift them, the ranking "
    "may stay.",
    "retrain": "The forecasts no longer tell high from low as they claim: train again.",
    "check the data": "The data changed more than chance explains: look for lost exports, new "
    "devices or changed units before anything is fitted.",
}
SHOWN_DRIFTS: Final = 10


def render_monitor(report: Mapping[str, Any]) -> str:
    """Return the monitoring report as one self-contained HTML page.

    Parameters
    ----------
    report : mapping
        What `stridecast monitor` writes as JSON.
    """
    pages = environment()
    style = pages.get_template("page.css.j2").render(colours())
    return pages.get_template(
        "monitor.html.j2"
    ).render(
        report=report,
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        policy=policy(style),
        until=plain_day(report["until"]),
        last=report.get("last_list"),
        told=list_lines(report.get("last_list")),
        hurt=[_hurt(one) for one in (report.get("last_list") or {"hurt": ()})["hurt"]],
        meaning=MEANINGS[report["verdict"]],
        groups=[_row(one) for one in report["outcomes"] if one["forecasts"]],
        values=report["value_drift"][:SHOWN_DRIFTS],
        missing=[one for one in report["missing_drift"] if one["missing_now"]][:SHOWN_DRIFTS],
    )


def list_lines(last: Mapping[str, Any] | None) -> list[str]:
    """Return the last list that can be judged in sentences; the first names its week.

    Parameters
    ----------
    last : mapping or None
        From :func:`forecasting.monitoring.last_list.last_list`.
    """
    if last is None:
        return ["no list can be judged yet: the horizon of none has passed in the records"]
    whose = [
        f"{one['athlete']}, hurt on {plain_day(one['onset'])}: {_stood(one, last)}"
        for one in last["hurt"]
    ]
    head = f"list of {plain_day(last['as_of'])}, seen to {plain_day(last['through'])}"
    return [f"{head}: {_injuries(len(whose))}", *whose, _flag_line(last)]


def _injuries(count: int) -> str:
    return {0: "no new injury", 1: "1 new injury"}.get(count, f"{count} new injuries")


def _flag_line(last: Mapping[str, Any]) -> str:
    if not last["flagged"]:
        return "nobody stood in the bands high or very high"
    unknown = last["flagged_unknown"]
    rest = f", {unknown} not known" if unknown else ""
    return (
        f"{last['flagged']} stood in the bands high or very high: {last['flagged_hurt']} got hurt, "
        f"{last['flagged_healthy']} stayed healthy{rest}"
    )


def _stood(one: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    if one["rank"] is None:
        return f"had no number ({one['status'].replace('_', ' ')})"
    chance = probability_words(one["probability"])
    return f"rank {one['rank']} of {last['scored']}, {chance}, {one['band']}"


def _hurt(one: Mapping[str, Any]) -> tuple[str, ...]:
    if one["rank"] is None:
        missing = f"no number: {one['status'].replace('_', ' ')}"
        return (one["athlete"], plain_day(one["onset"]), missing, "", "")
    chance = probability_words(one["probability"])
    return (one["athlete"], plain_day(one["onset"]), str(one["rank"]), chance, one["band"])


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    between = f"{_told(one['oe'], 2)} ({_told(one['oe_low'], 2)} to {_told(one['oe_high'], 2)})"
    return (
        f"{outcome_words(one['outcome'])}, {one['group']}",
        f"{one['forecasts']:,}",
        str(one["events"]),
        number(one["expected"]),
        between,
        _told(one["intercept"], 2),
        "too few" if one["slope"] is None else _slope(one),
        _told(one["brier_skill"], 3),
    )


def _slope(one: Mapping[str, Any]) -> str:
    return f"{number(one['slope'], 2)} (SE {_told(one['slope_se'], 2)})"


def _told(value: float | None, decimals: int) -> str:
    return "too few" if value is None else number(value, decimals)
