"""The week ahead as lines: of a terminal, and of an athlete on the page."""

from collections.abc import Mapping, Sequence
from typing import Final

from common.language import message, plural
from common.text.plain_words import number, plain_weekday, probability_words, short_day
from forecasting.planning.outlook import DEFAULT_BAND, Outlook
from forecasting.planning.team_plan import TeamPlan
from models.week_ahead.effects import PlanEffects
from reporting.planning.words import (
    AS_PLANNED,
    by_km_words,
    line_words,
    other_words,
    risk_words,
    source_words,
    ten_percent_words,
    warning_words,
)

OTHERS_SHOWN: Final = 4
OTHERS_ON_PAGE: Final = 3


def team_lines(
    outlooks: Sequence[Outlook], names: Mapping[str, str], band: str, team: TeamPlan
) -> list[str]:
    """Return one line for each athlete, highest risk of the week first."""
    plans = sum(outlook.source == "plan" for outlook in outlooks)
    head = plural(
        "the week after {day}: {plans} of {count} athlete has a known plan",
        "the week after {day}: {plans} of {count} athletes have a known plan",
        len(outlooks),
        day=short_day(team.as_of),
        plans=plans,
    )
    # Who has no week to weigh comes last.
    ordered = sorted(outlooks, key=lambda outlook: -(outlook.risk or 0.0))
    return [
        head,
        *(
            team_line(outlook, names.get(outlook.athlete, outlook.athlete), band)
            for outlook in ordered
        ),
    ]


def team_line(of: Outlook, name: str, band: str) -> str:
    """Return an athlete's line: the risk, the longest run, and whether it may be run."""
    # Without a week to weigh the line says why, so that the athlete is not simply missing.
    if of.risk is None or of.longest_on is None:
        return f"{name}: {source_words(of)}"
    return message(
        "{name}: {risk} ({source}); longest run {km} km on {day}, load line {line}: {may}",
        name=name,
        risk=probability_words(of.risk),
        source=source_words(of),
        km=number(of.longest_km),
        day=plain_weekday(of.longest_on.weekday()),
        line=line_words(of.run_line, band),
        may=message(AS_PLANNED[of.as_planned]),
    )


def athlete_lines(of: Outlook, names: Mapping[str, str], band: str) -> list[str]:
    """Return everything about one athlete's week."""
    days = [
        f"  {plain_weekday(day.date.weekday())}: {number(day.km)} km, {probability_words(day.risk)}"
        for day in of.days
    ]
    lines = [
        f"{names.get(of.athlete, of.athlete)}: {source_words(of)}",
        risk_words(of),
        by_km_words(of),
        *days,
        message("load line of the longest run: {line}", line=line_words(of.run_line, band)),
        message("load line of the week: {line}", line=line_words(of.week_line, band)),
        ten_percent_words(of),
    ]
    others = [
        message("or: {other}", other=other_words(alternative))
        for alternative in of.others[:OTHERS_SHOWN]
    ]
    warnings = [message("caution: {what}", what=warning) for warning in warning_words(of)]
    return [line for line in (*lines, *others, *warnings) if line]


def ahead_lines(
    outlooks: Mapping[str, Outlook], athlete: str, *, by_time: bool = False
) -> tuple[str, ...]:
    """Return what the page says of an athlete's week ahead; nothing where there is no forecast.

    `by_time` says that a run of the past 7 days has no distance.
    """
    of = outlooks.get(athlete)
    if of is None:
        return ()
    if of.risk is None:
        return (source_words(of),)
    band = message(DEFAULT_BAND)
    lines = [
        by_km_words(of),
        message(
            "load line of the week ({band}): {line}",
            band=band,
            line=line_words(of.week_line, DEFAULT_BAND),
        ),
        message(
            "load line of the longest run ({band}): {line}",
            band=band,
            line=line_words(of.run_line, DEFAULT_BAND),
        ),
        f"{source_words(of)}: {risk_words(of)}",
        ten_percent_words(of, by_time=by_time),
    ]
    others = [
        message("or: {other}", other=other_words(alternative))
        for alternative in of.others[:OTHERS_ON_PAGE]
    ]
    outside = [message("caution: {what}", what=warning) for warning in warning_words(of)]
    # Other ways are told of a real plan only: the usual week is nobody's intention.
    every_line = (*lines, *(others if of.source == "plan" else ()), *outside)
    # Each of these sentences is empty where it does not apply.
    return tuple(line for line in every_line if line)


def effects_line(effects: PlanEffects) -> str:
    """Say what the effect of a week rests on."""
    if not effects.weeks:
        return message("the effect of a week is taken from published studies alone")
    return plural(
        "the effect of a week is taken from published studies and from {count} injury in "
        "{weeks} athlete-weeks of yours: the weeks that are over and for which a list says who "
        "was hurt. The share of your own weeks on the page counts only those of them whose "
        "running hours are known",
        "the effect of a week is taken from published studies and from {count} injuries in "
        "{weeks} athlete-weeks of yours: the weeks that are over and for which a list says who "
        "was hurt. The share of your own weeks on the page counts only those of them whose "
        "running hours are known",
        effects.events,
        weeks=number(effects.weeks, 0),
    )
