"""A name that resembles nobody's is told by its runs."""

import pandas as pd
import pytest

from ingest.people.same_runs import same_runs
from ingest.records.owner import OWNER_OF_FILE

KM = [8.13, 10.42, 6.27, 12.91, 7.58, 9.36, 15.04]
OWNERS = {"Anna/a.csv": "Anna", "Lena/a.csv": "Lena"}


def runs(athlete, source, km, first=3):
    days = [pd.Timestamp(2025, 3, first + at) for at in range(len(km))]
    return pd.DataFrame(
        {"athlete": athlete, "source": source, "local_date": days, "distance_km": km}
    )


def found(*frames):
    watches = [runs(OWNER_OF_FILE, "Anna/a.csv", KM),
               runs(OWNER_OF_FILE, "Lena/a.csv", [one + 0.4 for one in KM])]  # fmt: skip
    return same_runs(pd.concat([*watches, *frames]), OWNERS)


def test_a_sheet_that_repeats_a_watch_to_the_decimal_is_its_owners():
    rounded = [round(one, 1) for one in KM]
    assert found(runs("Müller", "book.xlsx", rounded)) == {"Müller": "Anna"}


@pytest.mark.parametrize(
    "km",
    [
        [round(one) for one in KM],  # whole kilometres are run together
        [round(one, 1) for one in KM[:5]],  # too few days
        [round(one, 1) + (0.3 if at % 3 == 0 else 0) for at, one in enumerate(KM)],
        [],
    ],
)
def test_what_may_be_chance_tells_nobody(km):
    assert found(runs("Müller", "book.xlsx", km)) == {}


def test_a_name_that_fits_two_watches_is_neither_s():
    twin = runs(OWNER_OF_FILE, "Lena/a.csv", KM)
    anna = runs(OWNER_OF_FILE, "Anna/a.csv", KM)
    sheet = runs("Müller", "book.xlsx", [round(one, 1) for one in KM])
    assert same_runs(pd.concat([anna, twin, sheet]), OWNERS) == {}
    assert same_runs(None, OWNERS) == {}


def test_two_names_that_repeat_one_watch_are_not_both_its_owner():
    rounded = [round(km, 1) for km in KM]
    pair = [runs(name, "book.xlsx", rounded) for name in ("Müller", "Schmidt")]
    assert found(*pair) == {}
