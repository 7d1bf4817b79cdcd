"""Odd days of real training count as what they were, and nothing odd counts as running."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from common.vocabulary import LEFT_OUT_CHECKS
from ingest.dataset.settings import DatasetConfig
from ingest.run import IngestResult, ingest
from tests.clubs.build import write_file
from tests.clubs.hostile_cases import CASES, Truth
from tests.clubs.people import FIRST, LAST

NAMES = {
    case: f"{FIRST[at % len(FIRST)]} {LAST[7 * at % len(LAST)]}" for at, case in enumerate(CASES)
}
SETTINGS = DatasetConfig(
    name="odd-days", time_zone="Europe/Berlin",
    observed_from=dt.date(2024, 12, 1), observed_to=dt.date(2025, 4, 6),
)  # fmt: skip


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> IngestResult:
    folder: Path = tmp_path_factory.mktemp("odd days")
    for case, truth in CASES.items():
        for name, content in truth.files.items():
            named = content.replace(b"{athlete}", NAMES[case].encode())
            write_file(folder / NAMES[case] / name, named)
    write_file(folder / "roster.csv", "\n".join(["athlete", *NAMES.values()]).encode())
    return ingest(folder, config=SETTINGS, accept_proposals=True, workers=1)


@pytest.mark.parametrize("case", CASES)
def test_an_odd_day_counts_as_what_it_was(club: IngestResult, case: str) -> None:
    truth = CASES[case]
    table = club.tables["sessions"]
    mine = table[table["athlete"] == club.names[NAMES[case]]]
    runs = mine[mine["sport"] == "run"]
    is_open = runs["check"].isin(LEFT_OUT_CHECKS)
    assert is_open.sum() == truth.to_check, runs.to_string()
    assert (mine["sport"] != "run").sum() == truth.others, mine.to_string()
    _same(runs[~is_open], truth)


def _same(runs: pd.DataFrame, truth: Truth) -> None:
    moving = runs["moving_min"].where(runs["moving_min"] > 0, runs["duration_min"])
    told = runs.assign(minutes=moving, n=1, without=runs["distance_km"].isna())
    days = told.groupby("local_date")[["minutes", "distance_km", "n", "without"]].sum()
    expected = pd.DataFrame(truth.runs, columns=["day", "minutes", "km"]).groupby("day")
    whole = expected.agg(
        minutes=("minutes", "sum"), km=("km", lambda km: km.sum(min_count=1)), n=("km", "size")
    )
    when = [pd.Timestamp(2025, truth.month, int(day)) for day in whole.index]
    assert list(days.index) == when, runs.to_string()
    assert days["minutes"].tolist() == pytest.approx(whole["minutes"].tolist(), rel=0.02)
    km = days["distance_km"].where(days["without"] == 0).astype(float)
    assert km.tolist() == pytest.approx(whole["km"].tolist(), rel=0.015, nan_ok=True)
    if not truth.parts:
        assert days["n"].tolist() == whole["n"].tolist(), runs.to_string()


def test_every_file_is_held_to_account(club: IngestResult) -> None:
    for one in club.report["files"]:
        assert one["read"] == one["accepted"] + one["repaired"] + one["rejected"], one["file"]
