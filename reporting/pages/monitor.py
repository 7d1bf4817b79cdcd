"""The monitoring page: one verdict, the numbers behind it, and what moved in the data."""

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any, Final

from markupsafe import Markup

from common.language import N_, language, message, plural
from common.text.outcome_words import outcome_words
from common.text.plain_words import number, plain_date, plain_day, probability_words
from features.labels import feature_words
from forecasting.monitoring.outcomes import LEAST_EVENTS
from reporting.html import colours, environment, policy
from reporting.languages.messages import band_name, verdict_name
from reporting.languages.statuses import status_name

MEANINGS: Final = {
    "fine": N_("Nothing to do."),
    "too early to tell": N_(
        "Nothing looks wrong, but it is too early to say that the forecasts are right: too "
        "little has been seen so far."
    ),
    "recalibrate": N_(
        "The forecasts are too high or too low on the whole: shift them all; the order of the "
        "athletes can stay."
    ),
    "retrain": N_(
        "The forecasts no longer separate high from low chances as well as they claim: train "
        "the model again."
    ),
    "check the data": N_(
        "The data changed more than chance explains: look for lost exports, new devices or "
        "changed units before you train a model."
    ),
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
    # Rendered before the page, whose security policy admits this text alone, by its digest.
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
        late=late_lines(report.get("late_reports", ())),
        shifts=shift_lines(report.get("shifts", ())),
        # Reports before the first period has passed have no last list.
        hurt=[_hurt(injury) for injury in (report.get("last_list") or {"hurt": ()})["hurt"]],
        meaning=message(MEANINGS[report["verdict"]]),
        verdict=verdict_name(report["verdict"]),
        verdict_name=verdict_name,
        language=language(),
        evidence=", ".join(
            f"{outcome_words(name)} {number(value)}" for name, value in report["evidence"].items()
        ),
        # A group without any forecast (nobody was acted on, say) would be a row of dashes.
        groups=[_row(outcome) for outcome in report["outcomes"] if outcome["forecasts"]],
        values=[_drift(drift) for drift in report["value_drift"][:SHOWN_DRIFTS]],
        missing=[_missing(drift) for drift in report["missing_drift"] if drift["missing_now"]][
            :SHOWN_DRIFTS
        ],
    )


def _drift(entry: Mapping[str, Any]) -> tuple[str, ...]:
    shifted = message("yes") if entry["drifted"] else message("no")
    figures = (entry["psi"], entry["psi_limit"], entry["ks"])
    shown_figures = [number(value, 2) for value in figures]
    return (
        _label(entry),
        str(entry["athletes"]),
        *shown_figures,
        number(entry["q_value"], 3),
        shifted,
    )


def _missing(entry: Mapping[str, Any]) -> tuple[str, ...]:
    shares = [f"{number(100 * entry[name], 0)} %" for name in ("missing_before", "missing_now")]
    more = message("yes") if entry["drifted"] else message("no")
    return (_label(entry), *shares, number(entry["q_value"], 3), more)


def _label(entry: Mapping[str, Any]) -> str:
    """Return what a feature is called, or its name where the catalogue has no such feature."""
    return feature_words(str(entry["feature"]))


def list_lines(last: Mapping[str, Any] | None) -> list[str]:
    """Return the last list that can be judged in sentences; the first names its week.

    Parameters
    ----------
    last : mapping or None
        From :func:`forecasting.monitoring.last_list.last_list`.
    """
    if last is None:
        return [
            message(
                "no list can be judged yet: the records do not reach the end of any forecast period"
            )
        ]
    whose = [
        message(
            "{athlete}, hurt on {day}: {stood}",
            athlete=injury["athlete"], day=plain_day(injury["onset"]), stood=_stood(injury, last),
        )
        for injury in last["hurt"]
    ]  # fmt: skip
    return [_head(last, len(whose)), *whose, _flag_line(last)]


def _head(last: Mapping[str, Any], hurt: int) -> str:
    days = {"day": plain_day(last["as_of"]), "through": plain_day(last["through"])}
    if not hurt:
        return message("list of {day}, seen to {through}: no new injury", **days)
    return plural(
        "list of {day}, seen to {through}: {count} new injury",
        "list of {day}, seen to {through}: {count} new injuries",
        hurt,
        **days,
    )


def shift_lines(shifts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a sentence for each outcome whose verified weeks say how far forecasts are off.

    Parameters
    ----------
    shifts : sequence of mapping
        From :func:`forecasting.monitoring.shift.shift_table`.
    """
    # After fewer injuries a shift would be read as advice, and is mostly chance.
    return [_shift(shift) for shift in shifts if shift["events"] >= LEAST_EVENTS]


def _shift(entry: Mapping[str, Any]) -> str:
    figures = {
        "outcome": outcome_words(entry["outcome"]), "factor": number(entry["odds_factor"], 2),
        "low": number(exp(entry["low"]), 2), "high": number(exp(entry["high"]), 2),
    }  # fmt: skip
    if entry["gain"] > 0:
        return plural(
            "{outcome}: judged by {count} verified injury, the odds are {factor} times the "
            "forecast ones (90 %: {low} to {high}). Forecasts corrected by this each week would "
            "have been better",
            "{outcome}: judged by {count} verified injuries, the odds are {factor} times the "
            "forecast ones (90 %: {low} to {high}). Forecasts corrected by this each week would "
            "have been better",
            entry["events"],
            **figures,
        )
    return plural(
        "{outcome}: judged by {count} verified injury, the odds are {factor} times the forecast "
        "ones (90 %: {low} to {high}). Forecasts corrected by this each week would not have "
        "been better",
        "{outcome}: judged by {count} verified injuries, the odds are {factor} times the "
        "forecast ones (90 %: {low} to {high}). Forecasts corrected by this each week would not "
        "have been better",
        entry["events"],
        **figures,
    )


def late_lines(late: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a sentence for each injury that was reported after a list without it.

    Parameters
    ----------
    late : sequence of mapping
        From :func:`forecasting.monitoring.late_reports.late_reports`.
    """
    return [_late(injury) for injury in late]


def _late(entry: Mapping[str, Any]) -> str:
    values = {
        "athlete": entry["athlete"], "reported": plain_date(entry["reported"]),
        "onset": plain_date(entry["onset"]), "day": plain_date(entry["list_day"]),
    }  # fmt: skip
    if entry["rank"] is None:
        return message(
            "{athlete}: reported on {reported}, onset {onset}; on the list of {day} the athlete "
            "had no number ({status})",
            status=status_name(entry["status"]), **values,
        )  # fmt: skip
    return message(
        "{athlete}: reported on {reported}, onset {onset}; on the list of {day} the athlete was "
        "ranked {rank} of {scored}",
        rank=entry["rank"], scored=entry["scored"], **values,
    )  # fmt: skip


def _flag_line(last: Mapping[str, Any]) -> str:
    if not last["flagged"]:
        return message("nobody stood in the bands high or very high")
    values = {
        "flagged": last["flagged"], "hurt": last["flagged_hurt"],
        "healthy": last["flagged_healthy"], "unknown": last["flagged_unknown"],
    }  # fmt: skip
    if last["flagged_unknown"]:
        return message(
            "{flagged} stood in the bands high or very high: {hurt} got hurt, {healthy} stayed "
            "healthy, {unknown} not known",
            **values,
        )
    values.pop("unknown")
    return message(
        "{flagged} stood in the bands high or very high: {hurt} got hurt, {healthy} stayed healthy",
        **values,
    )


def _stood(entry: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    if entry["rank"] is None:
        return message("had no number ({status})", status=status_name(entry["status"]))
    return message(
        "rank {rank} of {scored}, {chance}, {band}",
        rank=entry["rank"], scored=last["scored"], chance=probability_words(entry["probability"]),
        band=band_name(entry["band"]),
    )  # fmt: skip


def _hurt(entry: Mapping[str, Any]) -> tuple[str, ...]:
    if entry["rank"] is None:
        missing = message("no number: {status}", status=status_name(entry["status"]))
        return (entry["athlete"], plain_day(entry["onset"]), missing, "", "")
    chance, band = probability_words(entry["probability"]), band_name(entry["band"])
    return (entry["athlete"], plain_day(entry["onset"]), str(entry["rank"]), chance, band)


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    between = message(
        "{value} ({low} to {high})",
        value=_figure(entry["oe"], 2), low=_figure(entry["oe_low"], 2),
        high=_figure(entry["oe_high"], 2),
    )  # fmt: skip
    groups = {
        "all": message("all"), "acted": message("acted on"), "not acted": message("not acted on"),
    }  # fmt: skip
    return (
        message(
            "{outcome}, {group}",
            outcome=outcome_words(entry["outcome"]),
            group=groups.get(entry["group"], entry["group"]),
        ),
        number(entry["forecasts"], 0),
        str(entry["events"]),
        number(entry["expected"]),
        between,
        _figure(entry["intercept"], 2),
        message("too few") if entry["slope"] is None else _slope(entry),
        _figure(entry["brier_skill"], 3),
    )


def _slope(entry: Mapping[str, Any]) -> str:
    return message(
        "{value} (SE {error})",
        value=number(entry["slope"], 2),
        error=_figure(entry["slope_se"], 2),
    )


def _figure(value: float | None, decimals: int) -> str:
    return message("too few") if value is None else number(value, decimals)
