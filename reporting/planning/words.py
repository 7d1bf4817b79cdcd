"""Sentences about the week ahead: the load line, other ways through the week, what was not seen."""

from typing import Final

from common.language import N_, message
from common.text.plain_words import number, plain_weekday, probability_words
from forecasting.planning.alternatives import CROSS, LINE, REST, SPLIT, SPREAD
from forecasting.planning.outlook import (
    LONGER_RUN,
    LONGER_WEEK,
    NO_REFERENCE,
    SHORT_RECORD,
    TEAM_PACE,
    LineOf,
    Other,
    Outlook,
)

WARNINGS: Final = {
    NO_REFERENCE: N_(
        "no run of known length in the past 30 days: a jump of the longest run cannot be seen"
    ),
    LONGER_RUN: N_("a longer run than any of the past half year"),
    LONGER_WEEK: N_("a longer week than any of the past half year"),
    SHORT_RECORD: N_("fewer than eight weeks with a run on record"),
    TEAM_PACE: N_("no run with both distance and time: the team's pace is used"),
}

OTHERS: Final = {
    SPLIT: N_("split the {km} km of {day}: run half of them on {to_day}"),
    CROSS: N_("ride or swim in place of {day}'s {km} km"),
    REST: N_("rest on {day} in place of {km} km"),
    SPREAD: N_("change {day}'s hard session with {to_day}"),
    LINE: N_("shorten {day}'s {km} km to the load line"),
}

AS_PLANNED: Final = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("cannot be told")}


def source_words(of: Outlook) -> str:
    """Say which week the forecast is made for: as planned, a usual one, or unknown."""
    if of.source == "plan":
        return message("as planned: {km} km", km=number(of.km))
    if of.source == "usual":
        return message(
            "no plan is known: the middle week of the past eight ({km} km) is used instead",
            km=number(of.km),
        )
    return message("no plan is known, and too few weeks are on record to tell a usual one")


def risk_words(of: Outlook) -> str:
    """Say the risk of the week: as planned, without the plan, and in a usual week."""
    if of.risk is None:
        return message("without a plan {risk}", risk=probability_words(of.risk_without))
    if of.source == "usual":
        return message(
            "{risk} in such a week, {without} if the coming week is left out",
            risk=probability_words(of.risk), without=probability_words(of.risk_without),
        )  # fmt: skip
    parts = [
        message("{risk} this week", risk=probability_words(of.risk)),
        message("without a plan {risk}", risk=probability_words(of.risk_without)),
    ]
    if of.risk_usual is not None and of.source == "plan":
        parts.append(message("in a usual week {risk}", risk=probability_words(of.risk_usual)))
    return ", ".join(parts)


def line_words(line: LineOf, band: str) -> str:
    """Say how far a run, or the week, may go."""
    if line.state == "always":
        return message("{band} even at 0 km", band=message(band))
    if line.km is None or line.low is None or line.high is None:
        return message("cannot be told")
    if line.state == "never":
        return message("below {band} up to {km} km", band=message(band), km=number(line.km))
    return message(
        "{km} km ({low} to {high})",
        km=number(line.km), low=number(line.low), high=number(line.high),
    )  # fmt: skip


def other_words(alternative: Other) -> str:
    """Say what could be done, the risk then, and the kilometres that stay."""
    change = message(
        OTHERS[alternative.kind],
        day=plain_weekday(alternative.date.weekday()),
        to_day=plain_weekday(alternative.to_date.weekday()),
        km=number(alternative.km),
    )
    return message(
        "{what}: {risk}, with {km} km left",
        what=change, risk=probability_words(alternative.risk), km=number(alternative.km_kept),
    )  # fmt: skip


def warning_words(of: Outlook) -> list[str]:
    """Say what of the week no record of the athlete speaks of."""
    return [message(WARNINGS[code]) for code in of.warnings]


def by_km_words(of: Outlook) -> str:
    """Say the risk of weeks of other lengths; empty where it cannot be told."""
    seen, longer = (_weeks(of, is_seen=is_seen) for is_seen in (True, False))
    if seen and longer:
        return message(
            "chance by the km of the week: {weeks}; longer than any week or run of the past half "
            "year: {longer}",
            weeks=seen, longer=longer,
        )  # fmt: skip
    if longer:
        return message(
            "chance by the km of the week, all longer than any week or run of the past half year: "
            "{longer}",
            longer=longer,
        )
    return message("chance by the km of the week: {weeks}", weeks=seen) if seen else ""


def _weeks(of: Outlook, *, is_seen: bool) -> str:
    return ", ".join(
        message(
            "{km} km {risk}", km=number(week.km, 0), risk=_unbroken(probability_words(week.risk))
        )
        for week in of.by_km
        if week.is_seen == is_seen
    )


def _unbroken(words: str) -> str:
    """Return words that no line breaks."""
    # A break between a number and its sign makes a list of chances hard to read on a phone.
    return words.replace(" ", "\u00a0")


def ten_percent_words(of: Outlook, *, by_time: bool = False) -> str:
    """Put the 10 % rule beside the week; empty after a week without running.

    `by_time` says that runs without a distance are among its kilometres, which other figures of
    the athlete leave out.
    """
    if not of.last_week_km:
        return ""
    if by_time:
        return message(
            "the 10 % rule: at most {km} km after about {last} km (runs without distance counted "
            "by their time); no study shows that it protects",
            km=number(of.ten_percent_km), last=number(of.last_week_km),
        )  # fmt: skip
    return message(
        "the 10 % rule: at most {km} km after {last} km; no study shows that it protects",
        km=number(of.ten_percent_km), last=number(of.last_week_km),
    )  # fmt: skip
