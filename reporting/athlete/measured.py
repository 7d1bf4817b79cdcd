"""Strength and gait as a card shows them: value, sides, and where other runners lie."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from common.language import N_, message
from common.text.plain_words import number, plain_date
from forecasting.reasons.measured import GAIT, STRENGTH
from forecasting.reasons.runner_norms import (
    ALL,
    ALL_30_39,
    MEN,
    MEN_30_39,
    NO_FORCE,
    NO_MASS,
    NO_SEX,
    NO_SIDE,
    NOT_MEN,
    OTHER_SPEED,
)
from forecasting.reasons.side_differences import test_words
from reporting.athlete.beside import known as known_figure
from reporting.languages.messages import sentence_case
from reporting.languages.plain_rows import Row, Rows

_GAIT: Final = {
    "cadence_spm": N_("step rate (gait test)"),
    "step_length_m": N_("step length (gait test)"),
    "contact_ms": N_("ground contact time (gait test)"),
    "vertical_oscillation_mm": N_("vertical oscillation (gait test)"),
    "peak_hip_adduction_deg": N_("peak hip adduction (gait test)"),
    "contralateral_pelvic_drop_deg": N_("pelvic drop (gait test)"),
    "peak_knee_flexion_deg": N_("peak knee flexion (gait test)"),
    "knee_valgus_deg": N_("knee valgus (gait test)"),
    "trunk_lean_deg": N_("forward trunk lean (gait test)"),
    "foot_strike_angle_deg": N_("foot strike angle (gait test)"),
    "vertical_loading_rate_bw_s": N_("vertical loading rate (gait test)"),
    "peak_braking_force_bw": N_("peak braking force (gait test)"),
    "cadence_28d_spm": N_("step rate (watch, past 28 days)"),
    "ground_contact_28d_ms": N_("ground contact time (watch, past 28 days)"),
}
_UNITS: Final = {
    "deg": N_("{value}°"),
    "spm": N_("{value} steps/min"),
    "reps": N_("{value} repetitions"),
    "BW": N_("{value} x body weight"),
    "BW/s": N_("{value} x body weight/s"),
}
_DECIMALS: Final = {
    "N/kg": 2,
    "Nm/kg": 2,
    "W/kg": 2,
    "m": 2,
    "BW": 2,
    "m/s": 2,
    "deg": 1,
    "cm": 1,
    "kg": 1,
}
_GROUPS: Final = {
    MEN: N_("{count} men who run"),
    MEN_30_39: N_("{count} men of 30 to 39 who run"),
    ALL: N_("{count} runners at 2.5 m/s"),
    ALL_30_39: N_("{count} runners of 30 to 39 at 2.5 m/s"),
}
_WHERE: Final = {
    "below": N_("below the range of {low} to {high}, middle {middle}: {group} ({source})"),
    "within": N_("in the range of {low} to {high}, middle {middle}: {group} ({source})"),
    "above": N_("above the range of {low} to {high}, middle {middle}: {group} ({source})"),
}
_LACKS: Final = {
    NOT_MEN: N_("there are figures of other runners only for men"),
    NO_SEX: N_("there are figures only for men, and column sex in roster.csv is empty"),
    NO_MASS: N_("no body mass up to the day of the test: not comparable with other runners"),
    NO_FORCE: N_("other runners were measured in N: not comparable"),
    NO_SIDE: N_(
        "it is not known which leg was tested, or whether both were: not comparable with other "
        "runners"
    ),
    OTHER_SPEED: N_("other runners were measured at 2.5 m/s: not comparable"),
}
_OF_A_PLATE: Final = frozenset({"cmj", "drop_jump", "imtp"})
_METRICS: Final = {
    "peak_force": N_("peak force"),
    "net_peak_force": N_("net peak force"),
    "peak_propulsive_force": N_("peak propulsive force"),
    "peak_power": N_("peak power"),
    "peak_propulsive_power": N_("peak propulsive power"),
    "rsi_modified": N_("modified reactive strength index"),
}
"""Of tests on a force plate, which measure many things; a height in cm explains itself."""
_NONE: Final = "\u2013"
_STRIP: Final = 100.0
"""Width of the strip that shows where a value lies; a quarter of the range is free beside it."""


@dataclass(frozen=True)
class Strip:
    """Where value, range and middle lie on a strip, 0 to 100."""

    at: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Measured:
    """One test: its name in `scores.json`, the value there, and what a reader sees of it."""

    name: str
    value: float
    label: str
    day: str
    words: str
    sides: str
    others: str
    strip: Strip | None


def measured_views(rows: Rows) -> tuple[Measured, ...]:
    """Return an athlete's tests, strength first.

    Parameters
    ----------
    rows : sequence of mapping
        The athlete's rows of :func:`forecasting.reasons.measured.measured`.
    """
    order = {STRENGTH: 0, GAIT: 1}
    known = [row for row in rows if known_figure(row["value"]) is not None]
    return tuple(_view(row) for row in sorted(known, key=lambda row: order.get(row["kind"], 2)))


def _view(row: Row) -> Measured:
    value, unit = float(row["value"]), str(row["unit"])
    norm = _norm(row)
    return Measured(
        name=str(row["name"]),
        value=value,
        label=sentence_case(_label(row)),
        day=plain_date(pd.Timestamp(row["date"])),
        words=_amount(value, unit),
        sides=_sides(row, unit),
        others=_lacking(row) if norm is None else _others(value, norm, row),
        strip=None if norm is None else _strip(value, norm),
    )


def _norm(row: Row) -> tuple[float, float, float] | None:
    if known_figure(row["norm_low"]) is None:
        return None
    return float(row["norm_low"]), float(row["norm_middle"]), float(row["norm_high"])


def _label(row: Row) -> str:
    name = str(row["name"])
    if row["kind"] == STRENGTH:
        test = name.removesuffix(f"_{str(row['unit']).lower().replace('/', '_')}")
        # Other tests measure one thing: to name it would only make the line longer.
        metric = _METRICS.get(str(row["metric"])) if test in _OF_A_PLATE else None
        words = test_words(test)
        return words if metric is None else f"{words} ({message(metric)})"
    return message(_GAIT[name]) if name in _GAIT else name


def _plain(value: float, unit: str) -> str:
    return number(value, _DECIMALS.get(unit, 0))


def _amount(value: float, unit: str) -> str:
    text = _plain(value, unit)
    return message(_UNITS[unit], value=text) if unit in _UNITS else f"{text} {unit}"


def _sides(row: Row, unit: str) -> str:
    """Return both sides, and of strength how far the weaker one lies below; empty of neither."""
    left, right = known_figure(row["left"]), known_figure(row["right"])
    if left is None and right is None:
        return ""
    both = message(
        "left {left}, right {right}",
        left=_NONE if left is None else _plain(left, unit),
        right=_NONE if right is None else _plain(right, unit),
    )
    apart = known_figure(row["apart_pct"])
    if left is None or right is None or apart is None:
        return both
    values = {"sides": both, "percent": round(apart)}
    if round(apart) == 0:
        return message("{sides}: both sides alike", **values)
    if left < right:
        return message("{sides}: left {percent} % below right", **values)
    return message("{sides}: right {percent} % below left", **values)


def _lacking(row: Row) -> str:
    """Return why a value has no reference; empty where no runners are known at all."""
    lacks = _LACKS.get(str(row["norm_lacks"]))
    return "" if lacks is None else message(lacks)


def _others(value: float, norm: tuple[float, float, float], row: Row) -> str:
    low, middle, high = norm
    # Where a value lies, and not whether that is good: strength and gait predict weakly.
    where = "below" if value < low else "above" if value > high else "within"
    unit = str(row["unit"])
    return message(
        _WHERE[where],
        low=_plain(low, unit), middle=_plain(middle, unit), high=_plain(high, unit),
        group=message(_GROUPS[str(row["norm_group"])], count=int(row["norm_runners"])),
        source=row["norm_source"],
    )  # fmt: skip


def _strip(value: float, norm: tuple[float, float, float]) -> Strip:
    low, middle, high = norm
    free = (high - low) / 4
    # The strip grows with the value: one far outside still lies on it, and the range stays visible.
    first, last = min(low, value) - free, max(high, value) + free
    at, *ends = (
        round(_STRIP * (place - first) / (last - first), 1) for place in (value, low, middle, high)
    )
    return Strip(at, *ends)
