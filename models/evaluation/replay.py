"""A season played again: each week is forecast by models that knew no more than was known then.

On the day of the forecast t the outcome of a row is known if its window has ended by t; injuries
that begin later do not exist yet, and return dates later than t are unknown, so that an athlete
may look fit or hurt who later proved otherwise. Feature rows are as-of by construction
(:mod:`features.audits.lookahead`). What cannot be undone is a record that was entered late: it
counts from the day it is dated.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from features.injuries.rules import as_known_on
from features.injuries.settings import InjuryRules
from models.sampling.outcomes import label
from models.settings.outcomes import Outcome, OutcomeSettings

Predict = Callable[[pd.DataFrame], Floats]
Learn = Callable[[pd.DataFrame], Mapping[str, Predict]]
"""From training rows (athlete, date, event, related, features) to a forecast by model."""

FEWEST_TO_VERIFY: Final = 10
"""Injuries in the replayed weeks below which nothing can be said about the forecasts."""


@dataclass(frozen=True)
class Known:
    """What the records say, and how they are read.

    Parameters
    ----------
    injuries, athletes : pandas.DataFrame
        The tables of the contract.
    outcome : str
        What is forecast.
    settings : OutcomeSettings
        Horizon and lead, days.
    rules : InjuryRules
        How reports become injuries.
    runs : pandas.DataFrame, optional
        From :func:`features.injuries.known_running.known_runs`: running again ends an injury of
        which nobody wrote the return. Without it such an injury ends after its default duration.
    """

    injuries: pd.DataFrame
    athletes: pd.DataFrame
    outcome: Outcome
    settings: OutcomeSettings
    rules: InjuryRules
    runs: pd.DataFrame | None = None

    def labels(self, rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
        """Return the outcomes of rows as known on a day, and `related`: an injury of any region.

        Parameters
        ----------
        rows : pandas.DataFrame
            athlete and date.
        day : pandas.Timestamp
            The day of knowing; windows that run past it are not complete.
        """
        ends = self.athletes["observed_to"]
        seen = self.athletes.assign(observed_to=ends.where(ends <= day, day))
        hurt = as_known_on(self.injuries, day)
        # By the day on which a run was known: a watch that is read late tells nothing before.
        runs = None if self.runs is None else self.runs[self.runs["known_on"] <= day]
        outcome_labels, related = (
            label(rows, hurt, seen, outcome, self.settings, self.rules, runs)
            for outcome in (self.outcome, "any")
        )
        return outcome_labels.assign(related=related["event"])


def season(dates: pd.Series, weeks: int | None, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Return the as-of days that are replayed: the latest whose outcome has been seen.

    Parameters
    ----------
    dates : pandas.Series
        As-of days of the feature rows.
    weeks : int or None
        How many; None takes 52, but no more than half of all, so that there is a past to learn
        from.
    last : pandas.Timestamp
        Latest as-of day whose window has ended.

    Raises
    ------
    StridecastError
        If there are too few weeks.
    """
    days = pd.DatetimeIndex(dates[dates <= last].unique()).sort_values()
    # A year holds every season once.
    wanted = min(52, len(days) // 2) if weeks is None else weeks
    if not 0 < wanted < len(days):
        raise StridecastError(
            f"{wanted} weeks are to be replayed, and the outcome of {len(days)} is known",
            "replay fewer, so that earlier weeks are left to learn from (--weeks)"
            if len(days) > 1
            else "come back with more data: earlier weeks are needed to learn from",
        )
    return days[-wanted:]


def replay(
    rows: pd.DataFrame,
    known: Known,
    days: Sequence[pd.Timestamp] | pd.DatetimeIndex,
    learn: Learn,
    *,
    retrain_every: int,
    least_events: int,
) -> Iterator[pd.DataFrame]:
    """Forecast one week after the other, and train anew every so many weeks.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date and features of every week.
    known : Known
        Records and rules.
    days : sequence of pandas.Timestamp
        As-of days to forecast, rising.
    learn : callable
        Trains on rows whose outcome was known and returns a forecast by model.
    retrain_every : int
        Weeks from one training to the next.
    least_events : int
        Injuries that must be known before the first week.

    Yields
    ------
    pandas.DataFrame
        athlete, date, trained_on (as-of day of the training), and one column per model; every
        row of the day, whether the athlete was fit or not.

    Raises
    ------
    StridecastError
        If too few injuries were known before the first week.
    """
    models: Mapping[str, Predict] = {}
    trained = days[0]
    for week, day in enumerate(days):
        if week % retrain_every == 0:
            models, trained = learn(_training(rows, known, day, least_events)), day
        # Injured athletes too: on the day it may not be known that they are.
        today = rows[rows["date"] == day]
        forecasts = {name: predict(today) for name, predict in models.items()}
        yield today[["athlete", "date"]].assign(trained_on=trained, **forecasts)


def _training(
    rows: pd.DataFrame, known: Known, day: pd.Timestamp, least_events: int
) -> pd.DataFrame:
    """Return the rows whose outcome was known on a day, with their outcomes."""
    # Rows whose window is still open would be non-events that may yet become events.
    past = rows[rows["date"] <= day - pd.Timedelta(days=known.settings.reach_days)]
    labels = known.labels(past[["athlete", "date"]], day)
    chosen = labels["event"].notna()
    events = int(labels.loc[chosen, "event"].sum())
    if events < least_events:
        raise StridecastError(
            f"{events} injuries ({known.outcome}) were known on {day.date()}; at least "
            f"{least_events} are needed to train a model",
            f"if the whole record holds more than {least_events}, replay fewer weeks (--weeks), so "
            "that more are known before the first; with fewer only more data help, and until then "
            "`stridecast score` forecasts from published evidence",
        )
    return past[chosen].assign(event=labels["event"], related=labels["related"])
