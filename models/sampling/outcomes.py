"""Outcomes: whether a row was at risk, and whether a new injury followed it.

Days are whole calendar days.

* A *new injury* begins while the athlete is not injured anywhere. Injuries of two regions that
  begin on the same day are both new. A written return ends an injury: what follows it is another
  one, *recurrent* where the region (and side, where known) was injured before.
* A row (athlete, t) is *at risk* if nothing that was known on t says that the athlete is injured;
  see :mod:`features.injuries.spells`. Deleting everything after t (with a lead: after t + lead)
  changes no row's status. An injury that was reported later than t counts from its report on.
* The *event* is a new injury of the outcome with onset in (t + lead, t + lead + horizon] that
  restricted running for at least `min_days`, is open, or was seen by a clinician (the consensus
  definition, Yamato 2015; three consecutive planned sessions cannot be told from a register).
* Every row whose horizon runs past the athlete's `observed_to` is dropped, event or not: keeping
  only those with an event would bias the rate upwards.
* An injury of another region does not end the horizon of `knee`; it is flagged.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError
from features.injuries.settings import InjuryRules
from features.injuries.spells import injury_spells
from models.sampling.risk_set import Days, RiskSet, day_numbers
from models.settings.outcomes import Outcome, OutcomeSettings

ATHLETES_AT_ONCE: Final = 500
"""Athletes whose sessions are in memory together where they are read by parts."""


def label(
    rows: pd.DataFrame,
    injuries: pd.DataFrame,
    athletes: pd.DataFrame,
    outcome: Outcome,
    settings: OutcomeSettings,
    rules: InjuryRules,
    sessions: pd.DataFrame | None = None,
    spells: RiskSet | None = None,
) -> pd.DataFrame:
    """Say for each as-of row whether it was at risk and whether a new injury followed.

    Parameters
    ----------
    rows : pandas.DataFrame
        `athlete` and `date` (the as-of date t), in any order.
    injuries, athletes : pandas.DataFrame
        The tables of the contract.
    outcome : str
        One of :data:`models.settings.outcomes.DEFINITIONS`: which new injuries are events.
    settings : OutcomeSettings
        Horizon and lead, days; which injuries count.
    rules : InjuryRules
        Recurrence gap, default durations, minimum time loss.
    sessions : pandas.DataFrame, optional
        The `sessions` table: running again ends an injury of which nobody wrote the return.
        Without it such an injury ends after its default duration.
    spells : RiskSet, optional
        What :func:`risk_set` returns for the same tables and rules, where several outcomes or leads
        are asked for.

    Returns
    -------
    pandas.DataFrame
        In the order and with the index of `rows`: athlete, date, at_risk (bool), event (1, 0, or
        nan where not at risk or not complete), complete (bool, the window ends by `observed_to`),
        onset_date (of the event), other_region_event (bool, a new injury elsewhere in the window).

    Raises
    ------
    StridecastError
        If a row's athlete is not in `athletes`.

    Examples
    --------
    An injury on the as-of date itself is no event, and the row is not at risk:

    >>> day = pd.to_datetime
    >>> rows = pd.DataFrame({"athlete": "a", "date": day(["2024-03-03", "2024-03-10"])})
    >>> injuries = pd.DataFrame({"athlete": "a", "onset_date": day(["2024-03-10"]),
    ...     "return_date": day(["2024-04-01"]), "region": "knee", "side": "left",
    ...     "diagnosis": "pfps"})
    >>> athletes = pd.DataFrame({"athlete": ["a"], "observed_to": day(["2024-12-29"])})
    >>> found = label(rows, injuries, athletes, "any", OutcomeSettings(), InjuryRules())
    >>> found[["at_risk", "event"]]
       at_risk  event
    0     True    1.0
    1    False    NaN
    """
    known = _numbered(athletes)
    codes = _codes(rows["athlete"], known)
    day = day_numbers(rows["date"])
    spells = spells or risk_set(injuries, athletes, rules, sessions)
    # The window begins after `start`: an injury of the as-of date itself is already known, not
    # forecast.
    start, stop = day + settings.lead_days, day + settings.reach_days

    at_risk = ~spells.injured_between(codes, day, start)
    # Rows with an event are dropped here too: an early leaver's window could only be kept when the
    # injury came first, which would raise the rate.
    complete = stop <= day_numbers(athletes["observed_to"])[codes]
    counted_kind = _countable(spells, settings, rules)
    is_outcome = spells.of_outcome(outcome)
    onset = spells.next_new_onset(codes, start, counted_kind & is_outcome)
    # Reported beside the event and not used to end its window: an ankle does not exclude a knee.
    elsewhere = spells.next_new_onset(codes, start, counted_kind & ~is_outcome)
    counted = at_risk & complete
    happened = counted & (onset <= stop)
    return pd.DataFrame(
        {
            "athlete": rows["athlete"],
            "date": rows["date"],
            "at_risk": at_risk,
            "event": np.where(counted, happened.astype(float), np.nan),
            "complete": complete,
            "onset_date": _dates(onset, happened),
            "other_region_event": counted & (elsewhere <= stop),
        },
        index=rows.index,
    )


def new_injuries(
    spells: RiskSet, outcome: Outcome, settings: OutcomeSettings, rules: InjuryRules
) -> pd.DataFrame:
    """Return athlete and onset_date of the injuries that :func:`label` counts as events.

    Parameters
    ----------
    spells : RiskSet
        From :func:`risk_set`.
    outcome, settings, rules
        As for :func:`label`.
    """
    counted = _countable(spells, settings, rules) & spells.of_outcome(outcome)
    return spells.new_onsets(counted)


def _numbered(athletes: pd.DataFrame) -> pd.Series:
    """Return the position of each athlete in the table."""
    return pd.Series(np.arange(len(athletes)), index=athletes["athlete"].to_numpy())


def _codes(names: pd.Series, known: pd.Series) -> Days:
    codes = pd.Index(known.index).get_indexer(pd.Index(names))
    if (codes < 0).any():
        stranger = names.to_numpy()[codes < 0][0]
        raise StridecastError(
            f"athlete {stranger!r} has rows but stands in no roster",
            "run ingest again, so that features and the athletes table agree",
        )
    return np.asarray(codes, dtype=np.int64)


def risk_set(
    injuries: pd.DataFrame,
    athletes: pd.DataFrame,
    rules: InjuryRules,
    sessions: pd.DataFrame | None = None,
) -> RiskSet:
    """Return the injuries of a team, ready to be searched; depends on no outcome.

    Parameters
    ----------
    injuries, athletes, rules, sessions
        As for :func:`label`.
    """
    known = _numbered(athletes)
    team = injuries[injuries["athlete"].isin(known.index)]
    spells = _spells(team, rules, sessions)
    return RiskSet(spells, _codes(spells["athlete"], known), rules.recurrence_gap_days)


def risk_set_by_parts(
    injuries: pd.DataFrame,
    athletes: pd.DataFrame,
    rules: InjuryRules,
    sessions_of: Callable[[tuple[str, str]], pd.DataFrame],
) -> RiskSet:
    """Return :func:`risk_set` of a team whose sessions are not in memory as a whole.

    Parameters
    ----------
    injuries, athletes, rules
        As for :func:`label`.
    sessions_of : callable
        From two athletes to the sessions of all athletes from one to the other, by name.
    """
    names, parts = np.sort(athletes["athlete"].to_numpy(dtype=object)), []
    for first in range(0, len(names), ATHLETES_AT_ONCE):
        some = names[first : first + ATHLETES_AT_ONCE]
        mine = injuries[injuries["athlete"].isin(some)]
        # An injury depends on its athlete's own sessions alone.
        if len(mine):
            runs = sessions_of((str(some[0]), str(some[-1])))
            parts.append(_spells(mine, rules, runs))
    spells = pd.concat(parts, ignore_index=True) if parts else _spells(injuries[:0], rules, None)
    codes = _codes(spells["athlete"], _numbered(athletes))
    return RiskSet(spells, codes, rules.recurrence_gap_days)


def _spells(team: pd.DataFrame, rules: InjuryRules, sessions: pd.DataFrame | None) -> pd.DataFrame:
    # Only runs of athletes with an injury can end one; the others' sessions would cost time for
    # nothing.
    mine = None if sessions is None else sessions[sessions["athlete"].isin(team["athlete"])]
    return injury_spells(team, rules, mine)


def _countable(
    spells: RiskSet, settings: OutcomeSettings, rules: InjuryRules
) -> npt.NDArray[np.bool_]:
    """Return which injuries count by the consensus, and as new or recurrent."""
    counted = spells.by_consensus(max(settings.min_days, rules.min_time_loss_days))
    # An injury of which nobody wrote whether it is recurrent counts as new.
    return counted & ~spells.recurrent() if settings.events == "new" else counted


def _dates(days: Days, is_event: npt.NDArray[np.bool_]) -> npt.NDArray[np.datetime64]:
    dates = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[ns]")
    dates[is_event] = days[is_event].astype("datetime64[D]")
    return dates
