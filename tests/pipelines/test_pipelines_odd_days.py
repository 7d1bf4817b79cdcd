"""Odd days of training, scored as a coach does it: the page's figures are those of the truth."""

import datetime as dt
import json

import pandas as pd
import pytest

from pipelines.weekly.score_folder import score_folder
from pipelines.weekly.scored import ScoreRequest
from tests.clubs.build import write_file
from tests.clubs.hostile_cases import CASES
from tests.clubs.hostile_files import fit
from tests.clubs.people import FIRST, LAST

AS_OF = dt.date(2025, 2, 23)
EARLY = [dt.datetime.fromisoformat(f"2025-{day}T03:00:00") for day in (
    "01-10", "01-20", "01-29", "02-01", "02-19", "02-23",
)]  # fmt: skip
"""Short runs before breakfast: whoever is silent for ten days has no figures of the month."""
NAMES = {case: f"{FIRST[at % len(FIRST)]} {LAST[7 * at % len(LAST)]}"
         for at, case in enumerate(CASES)}  # fmt: skip
pytestmark = pytest.mark.slow
SETTINGS = (
    b"name: odd\nkind: club\ntime_zone: Europe/Berlin\nobserved_from: 2024-12-01\n"
    b"pseudonyms: keyed\n"
)


def early(case):
    """Return the early runs of one athlete: start (UTC), minutes, kilometres."""
    return [(start + dt.timedelta(seconds=len(case)), 12.0, 2 + len(case) / 1000)
            for start in EARLY]  # fmt: skip


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    root = tmp_path_factory.mktemp("odd")
    folder = root / "odd"
    for case, truth in CASES.items():
        for name, content in truth.files.items():
            named = content.replace(b"{athlete}", NAMES[case].encode())
            write_file(folder / NAMES[case] / name, named)
        for at, (start, minutes, km) in enumerate(early(case)):
            write_file(folder / NAMES[case] / f"early/{at}.fit", fit(start, [(0, minutes, km)]))
    write_file(folder / "roster.csv", "\n".join(["athlete", *NAMES.values()]).encode())
    write_file(folder / "dataset.yaml", SETTINGS)
    request = ScoreRequest(folder, root / "out", pd.Timestamp(AS_OF), root, with_names=True)
    done = score_folder(request, lambda _: None)
    athletes = json.loads((root / "out/scores.json").read_text())["athletes"]
    return {done.names[athlete["athlete"]]: athlete for athlete in athletes}


@pytest.mark.parametrize("case", CASES)
def test_the_figures_of_an_odd_month_are_those_of_the_truth(scored, case):
    truth, athlete = CASES[case], scored[NAMES[case]]
    runs = [(dt.date(2025, truth.month, day), *rest) for day, *rest in truth.runs]
    runs += [(start.date(), minutes, km) for start, minutes, km in early(case)]
    month = [run for run in runs if 0 <= (AS_OF - run[0]).days < 28]
    known = [km for *_, km in month if km is not None]
    stated = athlete["figures"]
    assert stated["hours_28d"] == pytest.approx(sum(run[1] for run in month) / 60, rel=0.02)
    assert stated["km_28d"] == pytest.approx(sum(known), rel=0.016)
    assert stated["runs_without_km_28d"] == len(month) - len(known)
    assert len(athlete["sessions_to_check"]) == truth.to_check
    if not truth.parts:
        assert stated["sessions_28d"] == len(month)
        assert stated["longest_run_km_30d"] == pytest.approx(max(known), rel=0.016)
