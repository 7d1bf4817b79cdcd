"""The same runs from two sources, every pair of them: one session each, whatever the pair."""

import dataclasses
import datetime as dt
import itertools
import random
from pathlib import Path

import pandas as pd
import pytest

from ingest.dataset.settings import DatasetConfig
from ingest.run import ingest
from tests.clubs.build import write_file
from tests.clubs.more_watches import MORE_VENDORS
from tests.clubs.people import FIRST, LAST
from tests.clubs.truth import Run
from tests.clubs.verify import TODAY
from tests.clubs.watches import VENDORS, Export

SOURCES = (*VENDORS, *MORE_VENDORS)
PAIRS = list(itertools.combinations(SOURCES, 2))
DAYS = (3, 8)
LAG = dt.timedelta(seconds=35)
SHORTER = 0.99
NAMES = [f"{FIRST[at % len(FIRST)]} {LAST[7 * at % len(LAST)]}" for at in range(len(PAIRS))]
SETTINGS = DatasetConfig(
    name="pairs",
    time_zone="Europe/Berlin",
    observed_from=dt.date(2025, 1, 1),
    observed_to=TODAY,
)


def runs_of(pair: int) -> list[Run]:
    """Return the runs of one athlete: no two athletes run at the same minute, as far or as long."""
    return [
        Run(
            dt.datetime(2025, 3, day, 7 + pair % 12, (7 * pair + day) % 60),  # noqa: DTZ001 - local
            22 + (pair + 3 * at) % 9,
            round(4.1 + (pair + 3 * at) % 9 / 5 + pair / 500, 2),
        )
        for at, day in enumerate(DAYS)
    ]


def seen_by_another(run: Run) -> Run:
    """Return the run as a second device saw it: begun half a minute later, 1 % shorter."""
    return dataclasses.replace(run, start=run.start + LAG, km=round(run.km * SHORTER, 2))


def export(vendor: str, runs: list[Run]) -> Export:
    if vendor in VENDORS:
        return VENDORS[vendor](runs, random.Random(7))
    return MORE_VENDORS[vendor](runs)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Return the sessions of each athlete of one folder; each has a pair of sources."""
    folder: Path = tmp_path_factory.mktemp("two sources")
    for at, (one, other) in enumerate(PAIRS):
        runs = runs_of(at)
        for place, vendor, told in ((1, one, runs), (2, other, [*map(seen_by_another, runs)])):
            for inner, content in export(vendor, told).items():
                write_file(folder / NAMES[at] / f"{place} {vendor}" / inner, content)
    write_file(folder / "roster.csv", "\n".join(["athlete", *NAMES]).encode())
    result = ingest(folder, config=SETTINGS, accept_proposals=True, workers=1)
    table = result.tables["sessions"]
    return {name: table[table["athlete"] == code] for name, code in result.names.items()}


@pytest.mark.parametrize("at", range(len(PAIRS)), ids=[f"{a}-{b}" for a, b in PAIRS])
def test_a_run_of_two_sources_is_one(sessions: dict[str, pd.DataFrame], at: int) -> None:
    found, runs = sessions[NAMES[at]].sort_values("start"), runs_of(at)
    assert found["sport"].tolist() == ["run"] * len(runs)
    assert found["local_date"].dt.day.tolist() == list(DAYS)
    km, minutes = [run.km for run in runs], [run.minutes for run in runs]
    # Either device's distance will do: they are 1 % apart, and rounded to 10 m.
    assert found["distance_km"].tolist() == pytest.approx(km, rel=0.0125)
    moving = found["moving_min"].where(found["moving_min"] > 0, found["duration_min"])
    # The two starts are 35 s apart.
    assert moving.tolist() == pytest.approx(minutes, abs=0.6)
    assert found["check"].isna().all()
