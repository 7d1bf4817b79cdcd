"""Stages of the return to running: where an athlete stands, and what the next stage asks for."""

import math
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Floats
from common.settings import Settings
from common.yaml_file import load_packaged_yaml
from forecasting.returning.own_rows import Columns

Tissue = Literal["bone", "tendon", "joint", "muscle", "other"]

_FILE: Final = Path(__file__).with_name("stages.yaml")
_TISSUES: Final[Mapping[str, Tissue]] = {
    "bone_stress": "bone",
    "achilles_tendinopathy": "tendon",
    "patellar_tendinopathy": "tendon",
    "quadriceps_tendinopathy": "tendon",
    "plantar_fasciitis": "tendon",
    "pfps": "joint",
    "itbs": "joint",
    "other_knee": "joint",
    "sprain": "joint",
    "muscle_strain": "muscle",
}
RECENT_DAYS: Final = 14
LONG_RUN_MIN: Final = 30.0
MOST_UNKNOWN: Final = 0.5
"""With a larger share of runs without a length no stage is told."""
USUAL_SHARE: Final = 0.8
BUILDING_SHARE: Final = 0.4
"""Shares of the running time before the injury from which on an athlete builds up, and is at the
usual volume (conventions)."""


class Stage(IntEnum):
    """How far an athlete is; the number is the position in `stages.yaml`."""

    WALKING = 0
    WALK_RUN = 1
    EASY_RUNNING = 2
    BUILDING = 3
    FULL = 4


class Texts(Settings):
    """The content of `stages.yaml`."""

    names: tuple[str, ...]
    pain_rules: dict[Tissue, str]
    next: dict[Tissue, tuple[str, ...]]
    clinician: dict[str, str]
    alongside: dict[str, str]


@cache
def texts() -> Texts:
    """Return what is said of each stage and tissue."""
    return Texts.model_validate(load_packaged_yaml(_FILE))


class Position(NamedTuple):
    """Where an athlete stands.

    Parameters
    ----------
    stage : Stage or None
        None where nothing was logged lately, and where the log cannot tell it.
    worst_pain : float or None
        Worst pain answer about the region in the past :data:`RECENT_DAYS` days, of 10; None without
        an answer.
    is_logged : bool
        Whether anything was logged lately.
    """

    stage: Stage | None
    worst_pain: float | None
    is_logged: bool


def tissue_of(diagnosis: str | None, region: str) -> Tissue:
    """Return which rules hold: of the diagnosis, of the region where that tells it, or the general.

    Examples
    --------
    >>> tissue_of("bone_stress", "foot"), tissue_of(None, "achilles"), tissue_of(None, "knee")
    ('bone', 'tendon', 'joint')
    """
    by_region: Mapping[str, Tissue] = {"achilles": "tendon", "knee": "joint"}
    return _TISSUES.get(diagnosis or "", by_region.get(region, "other"))


def position(
    sessions: Columns,
    pain: Columns,
    onset: pd.Timestamp,
    region: str,
    as_of: pd.Timestamp,
) -> Position:
    """Return where an athlete stands, from log and pain answers.

    Parameters
    ----------
    sessions : mapping of str to array
        The athlete's sessions: local_date, sport, duration_min.
    pain : mapping of str to array
        The athlete's answers: date, region, pain_0_10.
    onset : pandas.Timestamp
        Day of onset; the four weeks before it are the usual.
    region : str
        Injured region; answers about others are left out.
    as_of : pandas.Timestamp
        The day; later records are not seen.
    """
    first = max(onset, as_of - pd.Timedelta(days=RECENT_DAYS))
    days = _days(sessions["local_date"])
    minutes, is_run = _numbers(sessions["duration_min"]), _are(sessions["sport"], "run")
    # After the onset only: earlier runs are no sign of being back, even within the two weeks.
    is_recent = (days > first.to_datetime64()) & (days <= as_of.to_datetime64())
    start = onset - pd.Timedelta(days=2 * RECENT_DAYS)
    is_before = (days >= start.to_datetime64()) & (days < onset.to_datetime64())
    runs = minutes[is_recent & is_run]
    return Position(
        stage=_stage(
            runs, _usual_min(minutes[is_before & is_run]), is_logged=bool(is_recent.any())
        ),
        worst_pain=_worst(pain, first, region, as_of),
        is_logged=bool(is_recent.any()),
    )


def _worst(pain: Columns, first: pd.Timestamp, region: str, as_of: pd.Timestamp) -> float | None:
    days = _days(pain["date"])
    since = (days > first.to_datetime64()) & (days <= as_of.to_datetime64())
    answers = _numbers(pain["pain_0_10"])[since & _are(pain["region"], region)]
    # fmax passes over unknown answers, where max would make the whole unknown.
    return float(np.fmax.reduce(answers)) if answers.size else None


def _days(values: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    return np.asarray(values, dtype="datetime64[ns]")


def _numbers(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _are(values: npt.ArrayLike, name: str) -> Bools:
    return np.asarray(np.asarray(values, dtype=object) == name, dtype=bool)


def _usual_min(runs: Floats) -> float:
    """Return the running minutes of a usual fortnight before the injury; NaN where unknown."""
    # A run of unknown length counts as long as the others: as 0 it would make the usual too small.
    # A log that began after the injury does not show the running before it: unknown, and not 0.
    share_known = float(np.mean(~np.isnan(runs))) if runs.size else 0.0
    minutes = _minutes(runs) / share_known / 2 if share_known > 0 else 0.0
    return minutes if minutes > 0 else math.nan


def _minutes(runs: Floats) -> float:
    """Return the known minutes; NaN where the lengths of most runs are unknown."""
    mostly_unknown = runs.size and np.isnan(runs).mean() > MOST_UNKNOWN
    return math.nan if mostly_unknown else float(np.nansum(runs))


def _longest(runs: Floats) -> float:
    known = runs[~np.isnan(runs)]
    return float(known.max()) if known.size else 0.0


def _stage(runs: Floats, usual_min: float, *, is_logged: bool) -> Stage | None:
    if not is_logged:
        return None
    if not runs.size:
        return Stage.WALKING
    # Unknown on either side makes the share unknown, and no stage is told.
    share = _minutes(runs) / usual_min
    if math.isnan(share):
        return None
    if share >= USUAL_SHARE:
        return Stage.FULL
    if share >= BUILDING_SHARE:
        return Stage.BUILDING
    return Stage.EASY_RUNNING if _longest(runs) >= LONG_RUN_MIN else Stage.WALK_RUN
