"""The monitoring page: one verdict, the numbers behind it, and what moved in the data."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from forecasting.words import number, plain_day
from reporting.page import colours, environment, policy
from reporting.phrases import outcome_words

MEANINGS: Final = {
    "fine": "Nothing to do.",
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
        meaning=MEANINGS[report["verdict"]],
        groups=[_row(one) for one in report["outcomes"] if one["forecasts"]],
        values=report["value_drift"][:SHOWN_DRIFTS],
        missing=[one for one in report["missing_drift"] if one["missing_now"]][:SHOWN_DRIFTS],
    )


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
