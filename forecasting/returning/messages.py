"""The way back in sentences: a distribution and stages, never a date."""

from typing import Final

from common.language import message, plural, translated
from forecasting.returning.blend import Blend
from forecasting.returning.figures import PublishedReturn
from forecasting.returning.stages import Position, Tissue, texts

WEEK_DAYS: Final = 7
_SHOWN_WEEKS: Final = 104
OVERDUE: Final = 2
"""Times the usual median after which nobody is merely slow to come back (convention)."""


def distribution_message(
    so_far: int, half_by: float, quarter_after: float, usual_half: float = float("inf")
) -> str:
    """Say by which week half are back and how long the slowest quarter takes.

    Parameters
    ----------
    so_far : int
        Days since onset.
    half_by, quarter_after : float
        Days since onset by which half and three in four of those not back yet are back.
    usual_half : float
        Days since onset by which half of all are back. Beyond :data:`OVERDUE` times of it an
        injury is called long overdue.

    Examples
    --------
    >>> distribution_message(20, 61.0, 110.0)  # doctest: +ELLIPSIS
    'day 20 since onset; of those who are not back by now, half are back by week 9, ...'
    """
    # So late, "half are back by week 60" would sound normal where somebody should look again.
    if so_far > OVERDUE * usual_half:
        return message(
            "day {day} since onset, which is much longer than usual: half of all are back by "
            "week {usual}; of those who are not back by now, half are back by week {half}. If "
            "it still hurts, have it looked at again",
            day=so_far, usual=_weeks(usual_half), half=_weeks(half_by),
        )  # fmt: skip
    if half_by > WEEK_DAYS * _SHOWN_WEEKS:
        return message(
            "day {day} since onset; of those who are not back by now, half are back by week "
            "{half} and one in four takes longer than {long} weeks. This is a range of times, "
            "not a date",
            day=so_far, half=_weeks(half_by), long=_weeks(quarter_after),
        )  # fmt: skip
    return plural(
        "day {day} since onset; of those who are not back by now, half are back by week {half}, "
        "{count} week from now, and one in four takes longer than {long} weeks. This is a range "
        "of times, not a date",
        "day {day} since onset; of those who are not back by now, half are back by week {half}, "
        "{count} weeks from now, and one in four takes longer than {long} weeks. This is a "
        "range of times, not a date",
        _weeks_from_now(so_far, half_by),
        day=so_far, half=_weeks(half_by), long=_weeks(quarter_after),
    )  # fmt: skip


def evidence_message(figure: PublishedReturn, blend: Blend) -> str:
    """Say what the times rest on, and how much of it is the club's own."""
    if not blend.returns:
        return message(
            "from {who} ({source}, n = {n}); this club has no known returns of its own yet",
            who=translated(figure.who), source=_source(figure), n=figure.n or "?",
        )  # fmt: skip
    return plural(
        "from {who} ({source}, n = {n}) and {returns} known return of this club ({still} still "
        "open); the club's own weigh {percent} %",
        "from {who} ({source}, n = {n}) and {returns} known returns of this club ({still} still "
        "open); the club's own weigh {percent} %",
        blend.returns,
        who=translated(figure.who), source=_source(figure), n=figure.n or "?",
        returns=blend.returns, still=blend.still_open, percent=round(100 * blend.own_weight),
    )  # fmt: skip


def stage_words(stage: int | None) -> str:
    """Return the name of a stage; empty where the log tells none.

    Examples
    --------
    >>> stage_words(1), stage_words(None)
    ('walk-run', '')
    """
    return "" if stage is None else translated(texts().names[stage])


def standing_message(stands: Position, tissue: Tissue) -> str:
    """Say which stage log and pain answers tell, and which pain rule holds."""
    rule = translated(texts().pain_rules[tissue])
    if stands.stage is None and stands.is_logged:
        return message(
            "the training log does not show the stage, because the lengths of runs or the "
            "running before the injury are missing; pain rule: {rule}",
            rule=rule,
        )
    if stands.stage is None:
        return message("nothing was logged in the past two weeks; pain rule: {rule}", rule=rule)
    stage = stage_words(stands.stage)
    if stands.worst_pain is None:
        return message(
            "stage, as the training log shows it: {stage}; no pain answers in two weeks; pain "
            "rule: {rule}",
            stage=stage, rule=rule,
        )  # fmt: skip
    return message(
        "stage, as the training log shows it: {stage}; worst pain answer of two weeks: {pain} "
        "of 10; pain rule: {rule}",
        stage=stage, pain=f"{stands.worst_pain:g}", rule=rule,
    )  # fmt: skip


def next_message(stands: Position, tissue: Tissue, region: str) -> str:
    """Say what the next stage needs, with the work that goes alongside."""
    # An unknown stage is the first one: the careful side.
    needs = translated(texts().next[tissue][0 if stands.stage is None else stands.stage])
    beside = texts().alongside.get(region)
    if beside:
        return message(
            "before the next stage: {needs}; {beside}", needs=needs, beside=translated(beside)
        )
    return message("before the next stage: {needs}", needs=needs)


def clinician_message(tissue: Tissue) -> str:
    """Say what needs a clinician."""
    known = texts().clinician
    return translated(known.get(tissue, known["other"]))


def raised_risk_message() -> str:
    """Say that the first weeks back carry a raised risk."""
    return message(
        "the first weeks back carry a raised risk: runners injured in the past year were injured "
        "1.7 times as often (1.1 to 2.7; Malisoux 2015), and one new injury in five was at the "
        "earlier place"
    )


def _source(figure: PublishedReturn) -> str:
    if figure.is_read:
        return figure.source
    return message(
        "{source}, cited from another paper and not read in the original; the spread was "
        "doubled for that",
        source=message(figure.source),
    )


def _weeks_from_now(so_far: int, half_by: float) -> int:
    """Return how far the end of the week that is told lies ahead: both figures fit each other."""
    end = WEEK_DAYS * max(1, round(half_by / WEEK_DAYS))
    return max(1, round((end - so_far) / WEEK_DAYS))


def _weeks(days: float) -> str:
    weeks = max(1, round(days / WEEK_DAYS))
    return str(weeks) if weeks <= _SHOWN_WEEKS else f"{_SHOWN_WEEKS}+"
