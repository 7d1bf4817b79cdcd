"""Columns of VALD's exports of sided devices: web CSV and API (as valdr writes it)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from ingest.readers.strength.test_names import dynamo_tests, frame_test
from ingest.readers.strength.vald_sides import Sensor
from ingest.readers.strength.values import Metric

Tests = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class ValdLayout:
    """One export of one device.

    Parameters
    ----------
    kind, device, description : str
        As readers and the strength table name them.
    needed : tuple of tuple of str
        Columns that tell the export: one name of every group.
    common : dict
        Cell (athlete, date, time, test, ...) -> names of its column.
    sensors : sequence of Sensor
    tests : callable
        Cells -> test of the vocabulary, null where there is none.
    utc : bool
        Whether dates are UTC.
    """

    kind: str
    device: str
    description: str
    needed: tuple[tuple[str, ...], ...]
    common: dict[str, tuple[str, ...]]
    sensors: Sequence[Sensor]
    tests: Tests
    utc: bool
    metrics: tuple[Metric, ...] = field(
        default=(
            Metric("peak_force", "peak force", "N"),
            Metric("mean_force", "mean force", "N"),
            Metric("peak_torque", "peak torque", "Nm"),
            Metric("torque", "torque", "Nm"),
        )
    )


def _nordic(cells: pd.DataFrame) -> pd.Series:
    nordic = cells["test"].str.lower().str.contains("nordic").fillna(value=False).astype(bool)
    return pd.Series("nordic", index=cells.index, dtype="str").where(nordic)


def _frame_web(cells: pd.DataFrame) -> pd.Series:
    """Return the test of a row and its direction: squeezing presses the inner bars."""
    # The web CSV splits a test into rows by direction; the API has columns per bar.
    inner = {"squeeze": True, "pull": False}
    tests = [
        frame_test(test, inner=inner[way.lower()]) if str(way).lower() in inner else None
        for test, way in zip(cells["test"].fillna(""), cells["direction"], strict=True)
    ]
    return pd.Series(tests, index=cells.index, dtype="str")


def _frame_api(cells: pd.DataFrame) -> pd.Series:
    tests = [
        frame_test(test, inner=sensor.startswith("inner"))
        for test, sensor in zip(cells["test"].fillna(""), cells["sensor"], strict=True)
    ]
    return pd.Series(tests, index=cells.index, dtype="str")


# The same movement is another test at another joint, so that the region is needed as well.
def _dynamo(cells: pd.DataFrame) -> pd.Series:
    return dynamo_tests(cells["region"], cells["test"])


def _web(letter: str, side: str) -> Sensor:
    return Sensor(
        side,
        side,
        {
            "reps": (f"{letter} Reps",),
            "peak force": (f"{letter} Max Force (N)",),
            "mean force": (f"{letter} Avg Force (N)",),
            "peak torque": (f"{letter} Max Torque (Nm)",),
        },
    )


def _api(prefix: str, side: str) -> Sensor:
    return Sensor(
        f"{prefix} {side}".strip(),
        side,
        {
            "reps": (f"{prefix}{side}Repetitions",),
            "peak force": (f"{prefix}{side}MaxForce",),
            "mean force": (f"{prefix}{side}AvgForce",),
            "torque": (f"{prefix}{side}Torque",),
        },
    )


def _dynamo_api(name: str, side: str) -> Sensor:
    return Sensor(
        side,
        side,
        {
            "reps": (f"repCount_{name}",),
            "peak force": (f"maxForceNewtons_{name}",),
            "mean force": (f"avgForceNewtons_{name}",),
        },
    )


_SIDES: Final = ("left", "right")
_WEB_SIDES: Final = (_web("L", "left"), _web("R", "right"))
_WEB_NAME: Final = ("Name", "Athlete", "Name/Athlete")
_API_COMMON: Final = {
    "athlete": ("profileId", "athleteId"),
    # The interface renamed its fields; exports of former years are still around.
    "date": ("testDateUtc", "testDate", "recordedDateUtc", "startTimeUTC"),
    "test": ("testTypeName", "movement"),
}

LAYOUTS: Final = (
    ValdLayout(
        kind="vald_nordbord",
        device="nordbord",
        description="VALD NordBord web CSV: Nordic forces and torques by side, UTC dates",
        needed=(_WEB_NAME, ("Date UTC",), ("L Max Force (N)",), ("L Avg Force (N)",)),
        common={
            "athlete": _WEB_NAME, "date": ("Date UTC",), "time": ("Time UTC",), "test": ("Test",),
        },
        sensors=_WEB_SIDES,
        tests=_nordic,
        utc=True,
    ),
    ValdLayout(
        kind="vald_forceframe",
        device="forceframe",
        description="VALD ForceFrame web CSV: hip, knee and ankle forces by side and direction,"
        " UTC dates",
        needed=(_WEB_NAME, ("Date (UTC)", "Date UTC"), ("Direction",), ("L Max Force (N)",)),
        common={
            "athlete": _WEB_NAME, "date": ("Date (UTC)", "Date UTC"),
            "time": ("Time", "Time (UTC)", "Time UTC"), "test": ("Test",),
            "direction": ("Direction",),
        },
        sensors=_WEB_SIDES,
        tests=_frame_web,
        utc=True,
    ),
    ValdLayout(
        kind="vald_dynamo",
        device="dynamo",
        description="VALD DynaMo web CSV: hand-held dynamometer forces by side, local dates",
        needed=(_WEB_NAME, ("Date",), ("Body Region",), ("Movement",), ("L Max Force (N)",)),
        common={
            "athlete": _WEB_NAME, "date": ("Date",), "time": ("Time",), "test": ("Movement",),
            "region": ("Body Region",),
        },
        # A pull on one handle has no side: VALD writes it under N.
        sensors=(*_WEB_SIDES, _web("N", "none")),
        tests=_dynamo,
        utc=False,
    ),
    ValdLayout(
        kind="vald_nordbord_api",
        device="nordbord",
        description="VALD NordBord tests by API (valdr CSV): forces and torque by side, UTC",
        needed=(("profileId", "athleteId"), ("leftMaxForce",), ("leftRepetitions",)),
        common=_API_COMMON,
        sensors=(_api("", "left"), _api("", "right")),
        tests=_nordic,
        utc=True,
    ),
    ValdLayout(
        kind="vald_forceframe_api",
        device="forceframe",
        description="VALD ForceFrame tests by API (valdr CSV): inner and outer bars by side, UTC",
        needed=(("profileId", "athleteId"), ("innerLeftMaxForce",), ("outerLeftMaxForce",)),
        common=_API_COMMON,
        sensors=tuple(_api(bars, side) for bars in ("inner", "outer") for side in _SIDES),
        tests=_frame_api,
        utc=True,
    ),
    ValdLayout(
        kind="vald_dynamo_api",
        device="dynamo",
        description="VALD DynaMo tests by API (valdr CSV): forces by side, UTC",
        needed=(("profileId", "athleteId"), ("movement",), ("bodyRegion",)),
        common={**_API_COMMON, "region": ("bodyRegion",)},
        sensors=(
            _dynamo_api("Left", "left"), _dynamo_api("Right", "right"), _dynamo_api("None", "none"),
        ),
        tests=_dynamo,
        utc=True,
    ),
)  # fmt: skip
