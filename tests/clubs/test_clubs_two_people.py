"""Two people's exports of every vendor, as they were downloaded and unpacked: two athletes."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.setup.examine import examine
from tests.clubs.build import write_file, zip_file
from tests.clubs.more_watches import MORE_VENDORS
from tests.clubs.truth import Run
from tests.clubs.verify import TODAY
from tests.clubs.watches import VENDORS, Export

PEOPLE = {"Ann Lee": (3, 5, 8), "Bo Ek": (4, 6, 9, 11)}
"""Days of March on which they run; no two of their downloads differ in the name of a file."""


def _runs(days: Sequence[int], hour: int) -> list[Run]:
    starts = [dt.datetime(2025, 3, day, hour, 20 + day) for day in days]  # noqa: DTZ001 - local
    return [Run(start, 41, 8.2) for start in starts]


def _export(vendor: str, runs: Sequence[Run]) -> Export:
    if vendor in VENDORS:
        return VENDORS[vendor](runs, random.Random(7))
    return MORE_VENDORS[vendor](runs)


def _zipped(folder: Path, name: str, export: Export) -> None:
    zip_file(folder / f"{name}.zip", export)


def _unpacked(folder: Path, name: str, export: Export) -> None:
    for inner, content in export.items():
        write_file(folder / name / inner, content)


WAYS: dict[str, Callable[[Path, str, Export], None]] = {
    "zip": _zipped, "unpacked": _unpacked
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("vendor", [*VENDORS, *MORE_VENDORS])
def test_two_people_stay_two_and_each_has_the_own_runs(tmp_path, vendor, way):
    for hour, (name, days) in enumerate(PEOPLE.items(), 7):
        WAYS[way](tmp_path, name, _export(vendor, _runs(days, hour)))
    result = examine(tmp_path, today=TODAY).result
    runs = result.tables["sessions"]
    assert set(runs["sport"]) == {"run"}
    found = {name: sorted(runs.loc[runs["athlete"] == code, "local_date"].dt.day)
             for name, code in result.names.items()}  # fmt: skip
    assert found == {name: list(days) for name, days in PEOPLE.items()}
    assert not [question for question in result.questions if not question.safe]
    assert not [one for one in result.not_read if one.matters]
