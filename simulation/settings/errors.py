"""What goes wrong when injuries are written down: late, missed, false and merged entries."""

from common.settings import Settings
from simulation.settings.base import NonNegative, Positive, Share


class LabelErrorSettings(Settings):
    """Errors of the register and of the answers; 0 switches each of them off.

    Parameters
    ----------
    late_onsets, late_days
        Share of entries whose written onset is later than the true one, and by how many days on
        average (geometric, at least 1): the sessions are gone before the written onset.
    late_reports, report_days
        Share of entries that are written down after their onset, and how many days after. Where
        this is above 0 the register has a column `reported_on`.
    missed
        Share of injuries that nobody writes down.
    false
        Entries without an injury, as a share of the number of true injuries.
    merged, merged_within_days
        Share of injuries that are written as one with the next of the same runner, if that begins
        within so many days of the return.
    leaves_when_hurt
        Chance that a runner leaves the team on the day of an injury.
    answers_follow_pain
        Share of the days without pain or soreness on which the questionnaires stay empty, though
        the runner would have answered: who hurts, answers.
    """

    late_onsets: Share = 0.0
    late_days: Positive = 4.0
    late_reports: Share = 0.0
    report_days: Positive = 5.0
    missed: Share = 0.0
    false: NonNegative = 0.0
    merged: Share = 0.0
    merged_within_days: Positive = 60.0
    leaves_when_hurt: Share = 0.0
    answers_follow_pain: Share = 0.0


ORDINARY = LabelErrorSettings(
    late_onsets=0.25,
    late_reports=0.25,
    missed=0.12,
    false=0.06,
    merged=0.05,
    leaves_when_hurt=0.03,
    answers_follow_pain=0.15,
)
"""The label errors of an ordinary club: an assumption, no published figure."""
