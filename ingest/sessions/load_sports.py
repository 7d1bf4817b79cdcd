"""Which sports count as running load: a team that mainly plays football says so."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

COUNTED: Final = "counted_as_running_load"
DROPPED: Final = "same_start_as_a_run_dropped"
"""Names of the repairs."""


class LoadSessions(NamedTuple):
    """Sessions, the sports that count named `run`, and records (source, record, code) changed."""

    sessions: pd.DataFrame
    repairs: pd.DataFrame


def as_running_load(sessions: pd.DataFrame, load_sports: Sequence[str]) -> LoadSessions:
    """Name sessions of the chosen sports `run`, so that everything after counts them.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Joined and checked sessions: pace bounds are those of the sport as it was recorded.
    load_sports : sequence of str
        From `dataset.yaml`; without `run` in it runs still count.
    """
    # Runs keep their records as they are: only what was renamed is a repair.
    chosen = sessions["sport"].isin(load_sports) & (sessions["sport"] != "run")
    named = sessions.assign(sport=sessions["sport"].mask(chosen, "run"))
    # Two sports of one athlete may begin at one moment; as running load they are one row each.
    # The run stays, for its kilometres count; of two other sports the longer one.
    by_worth = named.assign(chosen=chosen).sort_values(
        ["chosen", "duration_min"], ascending=[True, False], kind="stable"
    )
    twice = by_worth.duplicated(["athlete", "start", "sport"]).reindex(named.index)
    records = sessions[["source", "record"]]
    repairs = [records[chosen & ~twice].assign(code=COUNTED), records[twice].assign(code=DROPPED)]
    return LoadSessions(named[~twice].reset_index(drop=True), pd.concat(repairs))
