"""Running dynamics in FIT files: sources, units, zeros that mean missing, and form decay."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ingest.readers.activity.fit import FitReader
from ingest.readers.activity.fit.decode import decode
from ingest.readers.activity.fit.framing import Part, parts
from tests.ingest.export_files import context, put, read
from tests.ingest.fit_writer import (
    FLOAT32,
    RECORD,
    START,
    UINT8,
    UINT16,
    FitFile,
    application,
    field_description,
    file_id,
    record,
    session,
    whole_file,
)

NATIVE = {"vertical_oscillation": 90.0, "stance_time": 250.0, "stance_time_balance": 50.5,
          "step_length": 1100.0, "vertical_ratio": 8.0}  # fmt: skip
DYNAMICS = ("vertical_oscillation_mm", "ground_contact_ms", "balance_left_pct", "step_length_m",
            "vertical_ratio_pct")  # fmt: skip


def row_of(root: Path, content: bytes) -> pd.Series:
    parsed = read(FitReader(), put(root, "a.fit", content), context(root))
    (row,) = [one for _, one in parsed.records["sessions"].iterrows()]
    return row


def run(
    *, native: dict[str, float] | None = None, fields: list | None = None, maker: int = 1,
    values: Callable[[int], list] = lambda _: [], seconds: int = 600, **totals: float,
) -> bytes:  # fmt: skip
    """A run at 3 m/s with native dynamics and the developer `values` of each second."""
    file = FitFile().extend([file_id(maker=maker), *(fields or [])])
    for s in range(seconds + 1):
        number, cells = record(START + s, distance=3.0 * s, speed=3.0, **(native or {}))
        file.add(number, cells, values(s))
    return file.extend([session(seconds=float(seconds), **totals)]).done()


STRYD = [
    application(),
    field_description(0, "Power", "Watts", UINT16, native=7),
    field_description(2, "Cadence", "RPM", UINT8, native=4),
    # The number claims a share of ground contact (40) and millimetres (39).
    field_description(3, "Ground Time", "Milliseconds", UINT16, native=40),
    field_description(4, "Vertical Oscillation", "Centimeters", FLOAT32, native=39),
    field_description(8, "Form Power", "Watts", UINT16),
]


def stryd(second: int) -> list:
    """A Stryd pod that is silent (0) for the first minute, while the athlete stands."""
    on = second >= 60
    return [(0, 0, UINT16, 240 * on), (2, 0, UINT8, 81 * on), (3, 0, UINT16, 230 * on),
            (4, 0, FLOAT32, 7.5 * on), (8, 0, UINT16, 60 * on)]  # fmt: skip


def test_native_dynamics_carry_the_makers_name(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(native=NATIVE))
    assert row["dynamics_source"] == "garmin"
    assert [row[name] for name in DYNAMICS] == pytest.approx([90, 250, 50.5, 1.1, 8])


def test_the_devices_own_means_count(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(native=NATIVE, avg_stance_time=251.3, avg_step_length=1111.0))
    assert row["ground_contact_ms"] == pytest.approx(251.3)
    assert row["step_length_m"] == pytest.approx(1.111)
    assert row["vertical_oscillation_mm"] == pytest.approx(90)


@pytest.mark.parametrize("maker", [294, 23])
def test_zero_is_how_coros_and_suunto_write_missing(tmp_path: Path, maker: int) -> None:
    means = ("vertical_oscillation", "stance_time", "vertical_ratio", "step_length",
             "stance_time_balance", "power")  # fmt: skip
    zeros = {f"avg_{name}": 0.0 for name in means}
    row = row_of(tmp_path, run(native=dict.fromkeys(NATIVE, 0.0), maker=maker, **zeros))
    assert row[[*DYNAMICS, "power_w", "dynamics_source"]].isna().all()


def test_stryd_is_mapped_by_name_and_units(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(fields=STRYD, values=stryd))
    assert row["dynamics_source"] == "stryd"
    assert row["vertical_oscillation_mm"] == pytest.approx(75)
    assert row["ground_contact_ms"] == pytest.approx(230)
    assert row["power_w"] == pytest.approx(240)
    assert row["cadence_spm"] == pytest.approx(162)
    assert pd.isna(row["balance_left_pct"])


@pytest.mark.parametrize(("units", "is_read"), [("Watts", True), ("W", True), ("", False)])
def test_the_running_power_of_garmins_application(
    tmp_path: Path, units: str, is_read: bool
) -> None:
    names = ("RP_Power", "RP_AvgPower", "RP_SD")
    fields = [application(), *(field_description(at, name, units, UINT16)
                               for at, name in enumerate(names))]  # fmt: skip
    watts = [(0, 0, UINT16, 251), (1, 0, UINT16, 247), (2, 0, UINT16, 12)]
    row = row_of(tmp_path, run(fields=fields, values=lambda _: watts))
    assert pd.isna(row["power_w"]) != is_read
    if is_read:
        assert row["power_w"] == pytest.approx(251)
        assert row["dynamics_source"] == "garmin_running_power"


def test_units_that_no_one_knows_are_not_read(tmp_path: Path) -> None:
    fields = [*STRYD[:3], field_description(3, "Ground Time", "furlongs", UINT16), *STRYD[4:]]
    row = row_of(tmp_path, run(fields=fields, values=stryd))
    assert pd.isna(row["ground_contact_ms"])
    assert row["vertical_oscillation_mm"] == pytest.approx(75)


def test_the_application_of_2016_writes_steps_of_both_feet(tmp_path: Path) -> None:
    fields = [STRYD[0], STRYD[1], field_description(2, "Cadence", "SPM", UINT8), *STRYD[3:]]
    row = row_of(tmp_path, run(fields=fields, values=lambda s: [*stryd(s)[:1], (2, 0, UINT8, 162),
                                                                *stryd(s)[2:]]))  # fmt: skip
    assert row["cadence_spm"] == pytest.approx(162)


def test_sources_are_never_spliced(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(native=NATIVE, fields=STRYD, values=stryd))
    assert row["dynamics_source"] == "garmin"
    assert row["vertical_oscillation_mm"] == pytest.approx(90)
    assert pd.isna(row["power_w"])  # the watch measured none, and Stryd's is another series


def test_the_source_that_measured_more_wins(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(native={"step_length": 1100.0}, fields=STRYD, values=stryd))
    assert row["dynamics_source"] == "stryd"
    assert pd.isna(row["step_length_m"])


def test_an_application_that_was_restarted_declares_its_fields_twice(tmp_path: Path) -> None:
    again = [application(1)] + [
        (number, [(0, UINT8, 1), *cells[1:]]) for number, cells in STRYD[1:]
    ]

    def values(second: int) -> list:
        return [(num, int(second > 300), kind, value) for num, _, kind, value in stryd(second)]

    row = row_of(tmp_path, run(fields=[*STRYD, *again], values=values))
    assert row["ground_contact_ms"] == pytest.approx(230)
    assert row["vertical_oscillation_mm"] == pytest.approx(75)


def test_two_applications_with_a_field_of_one_name(tmp_path: Path) -> None:
    """The fast path puts both into one column, so it must stand back."""
    other = [application(1, b"another-applicat"),
             field_description(0, "Power", "Watts", UINT16, index=1)]  # fmt: skip
    content = run(fields=[*STRYD, *other], values=lambda s: [*stryd(s), (0, 1, UINT16, 999)])
    row = row_of(tmp_path, content)
    assert row["power_w"] == pytest.approx(240)
    (part,) = parts(content)
    assert isinstance(part, Part)
    assert [one.name for one in decode(part).developer].count("Power") == 2


def test_a_developer_field_named_like_a_native_one(tmp_path: Path) -> None:
    fields = [application(), field_description(0, "heart_rate", "bpm", UINT8)]
    row = row_of(
        tmp_path,
        run(native={"heart_rate": 150}, fields=fields, values=lambda _: [(0, 0, UINT8, 60)]),
    )
    assert row["hr_mean"] == 150


def test_runscribe_measures_each_foot(tmp_path: Path) -> None:
    fields = [application(), field_description(0, "RS_ContactTime_L", "ms", UINT16),
              field_description(1, "RS_ContactTime_R", "ms", UINT16),
              field_description(2, "RS_Power_AVG", "W", UINT16)]  # fmt: skip
    values = [(0, 0, UINT16, 260), (1, 0, UINT16, 240), (2, 0, UINT16, 210)]
    row = row_of(tmp_path, run(fields=fields, values=lambda _: values))
    assert row["dynamics_source"] == "runscribe"
    assert row["ground_contact_ms"] == pytest.approx(250)
    assert row["balance_left_pct"] == pytest.approx(52)
    assert row["power_w"] == pytest.approx(210)


def test_fields_without_a_name_cannot_be_told(tmp_path: Path) -> None:
    fields = [application(), field_description(0, None, "", UINT16)]
    row = row_of(tmp_path, run(fields=fields, values=lambda _: [(0, 0, UINT16, 260)]))
    assert row[[*DYNAMICS, "dynamics_source"]].isna().all()


def test_dynamics_of_a_ride_are_none(tmp_path: Path) -> None:
    row = row_of(tmp_path, run(native=NATIVE, sport=2, avg_power=180))
    assert row[[*DYNAMICS, "dynamics_source", "cadence_spm"]].isna().all()
    assert row["power_w"] == 180


def decaying(contact: Callable[[int], float], speed: Callable[[int], float]) -> bytes:
    metres = np.cumsum([speed(s) for s in range(1801)])
    records = [
        record(START + s, distance=float(metres[s]), speed=speed(s), stance_time=contact(s))
        for s in range(1801)
    ]
    return whole_file(records=records, total_elapsed_time=1800.0, total_timer_time=1800.0,
                      total_distance=5400.0)  # fmt: skip


def test_form_decay_compares_the_thirds(tmp_path: Path) -> None:
    content = decaying(lambda s: 275.0 if s > 1200 else 250.0, lambda _: 3.0)
    assert row_of(tmp_path, content)["form_decay_pct"] == pytest.approx(10)


def test_form_decay_is_not_fooled_by_a_slow_finish(tmp_path: Path) -> None:
    """Contact follows speed alone (250 ms at 3.4 m/s, 300 ms at 2.6 m/s); form did not change."""

    def speed(s: int) -> float:
        return 3.4 if s % 600 < (400 if s < 600 else 150) else 2.6

    content = decaying(lambda s: 250.0 if speed(s) == 3.4 else 300.0, speed)
    assert row_of(tmp_path, content)["form_decay_pct"] == pytest.approx(0, abs=0.5)


def test_form_decay_weighs_speeds_by_the_shorter_stay(tmp_path: Path) -> None:
    """First third: 400 s fast, 200 s slow; last third: 150 s fast (+4 %), 450 s slow (+10 %)."""

    def fast(s: int) -> bool:
        return s % 600 < (400 if s < 600 else 150)

    def contact(s: int) -> float:
        late = (260.0, 330.0) if s > 1200 else (250.0, 300.0)
        return late[0] if fast(s) else late[1]

    expected = 100 * ((150 * 260 + 200 * 330) / (150 * 250 + 200 * 300) - 1)
    row = row_of(tmp_path, decaying(contact, lambda s: 3.4 if fast(s) else 2.6))
    assert row["form_decay_pct"] == pytest.approx(expected, abs=0.05)


def test_form_decay_needs_like_speeds_and_time(tmp_path: Path) -> None:
    other = decaying(lambda _: 250.0, lambda s: 3.4 if s < 900 else 2.4)
    assert pd.isna(row_of(tmp_path, other)["form_decay_pct"])
    assert pd.isna(row_of(tmp_path, run(native=NATIVE))["form_decay_pct"])  # ten minutes
    walk = decaying(lambda _: 250.0, lambda _: 1.5)
    assert pd.isna(row_of(tmp_path, walk)["form_decay_pct"])


def test_developer_values_missing_in_part_of_the_records(tmp_path: Path) -> None:
    file = FitFile().extend([file_id(), *STRYD])
    for s in range(601):
        number, cells = record(START + s, distance=3.0 * s, speed=3.0)
        file.add(RECORD if number == RECORD else number, cells, stryd(s) if s % 2 else [])
    row = row_of(tmp_path, file.extend([session()]).done())
    assert row["ground_contact_ms"] == pytest.approx(230)
