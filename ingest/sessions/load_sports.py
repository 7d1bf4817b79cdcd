"""Which sports count as running load: a team that mainly plays football says so."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

COUNTED: Final = "counted_as_running_load"
"""Name of the repair."""


class LoadSessions(NamedTuple):
    """Sessions with the sports that count named `run`, and source, record and code of those."""

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
    twice = named.duplicated(["athlete", "start", "sport"])
    repairs = sessions.loc[chosen & ~twice, ["source", "record"]].assign(code=COUNTED)
    return LoadSessions(named[~twice].reset_index(drop=True), repairs)
