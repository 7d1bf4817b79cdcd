"""VALD ForceDecks by API, as valdr writes it: a CSV of tests and a long CSV of trials.

Times are UTC with the offset of the place in minutes. The trials name only their test, so they are
read with the CSV of tests that lies in the same folder.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.strength.forcedecks import DEVICE
from ingest.readers.strength.forcedecks_metrics import metric_of
from ingest.readers.strength.test_names import forcedecks_tests
from ingest.readers.strength.values import VALUE, test_names
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.rules import Rule, rule_of

_TESTS: Final = frozenset({"testId", "profileId", "recordedDateUtc", "testType"})
_TRIALS: Final = frozenset({"testId", "resultLimb", "definition_name", "definition_unit", "value"})
_OFFSET: Final = Rule("number", needed=False, strict=False, low=-14 * 60, high=14 * 60)
_KEYS: Final = ["athlete", "date", "test", "side", "metric", "unit", "source", "testId"]


class ForceDecksTestsReader(Reader):
    """The list of tests: whose, when, how heavy."""

    kind = "vald_forcedecks_tests"
    version = 1
    description = "VALD ForceDecks tests by API (valdr CSV): body mass on the day of a test, UTC"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        columns = set(header_of(head))
        return columns >= _TESTS and not columns >= _TRIALS

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the body masses; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        columns: Columns = {
            "athlete": named_athlete(sheet, "profileId", context),
            "date": _local_day(sheet, context),
            "mass_kg": sheet.number("weight", rule_of("body", "mass_kg")),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"body": frame[frame["mass_kg"].notna()]})


class ForceDecksTrialsReader(Reader):
    """The trials of the tests: the best (highest) and the mean of each metric and side."""

    kind = "vald_forcedecks_trials"
    version = 2
    reads_along = frozenset({ForceDecksTestsReader.kind})
    description = (
        "VALD ForceDecks trials by API (valdr CSV), read with the CSV of tests beside it: best and"
        " mean of the trials by side"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _TRIALS

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trials; see :class:`ingest.readers.base.Reader`."""
        tests = _tests_beside(context)
        parsed = read_delimited(path.read_bytes())
        # What both CSVs hold is taken from the tests: a join refuses columns of one name.
        own = [name for name in parsed.cells.columns if name not in tests or name == "testId"]
        cells = parsed.cells[own].join(tests.set_index("testId"), on="testId")
        sheet = Sheet(context.source(path), self.kind, cells, parsed.shifted)
        frame, account = sheet.finish(_trial_columns(sheet, context))
        return Parsed(account, {"strength": best_and_mean(frame)})


def best_and_mean(trials: pd.DataFrame) -> pd.DataFrame:
    """Return two rows per test, side and metric: the highest trial, and `mean_` of all trials."""
    groups = trials.groupby(_KEYS, sort=False)
    base = groups.agg(reps=("value", "size"), record=("record", "first"),
                      repaired=("repaired", "any"), best=("value", "max"),
                      mean=("value", "mean")).reset_index()  # fmt: skip
    best = base.assign(value=base["best"])
    mean = base.assign(value=base["mean"], metric="mean_" + base["metric"])
    whole = pd.concat([best, mean], ignore_index=True).assign(device=DEVICE)
    return whole.drop(columns=["best", "mean", "testId"])


def _trial_columns(sheet: Sheet, context: ReadContext) -> Columns:
    sheet.reject(
        (sheet.text("resultLimb").str.lower() == "asym").to_numpy(),
        "asymmetry_not_read",
        lambda _: "asymmetry is computed from left and right, not read; nothing to do",
    )
    sheet.reject(
        sheet.text("recordedDateUtc").isna().to_numpy(),
        "unknown_test_id",
        lambda _: "its testId is not in the CSV of tests beside it; export both for the same time",
    )
    fields = ("definition_name", "definition_unit", "resultLimb")
    cells = zip(*(sheet.text(name).fillna("") for name in fields), strict=True)
    metrics = [metric_of(name, _unit(unit), limb, "value") for name, unit, limb in cells]
    sheet.reject(
        np.array([metric is None for metric in metrics], dtype=bool),
        "metric_not_read",
        lambda row: f"{row['definition_name']!r} is none of the metrics that are read",
    )
    factor = np.array([metric.factor if metric else np.nan for metric in metrics], dtype=float)
    values = to_number(sheet.arrow("value")) * factor
    rule = Rule("number", needed=True, strict=True, low=VALUE.low, high=VALUE.high)
    return {
        "athlete": named_athlete(sheet, "profileId", context),
        "date": _local_day(sheet, context),
        "test": test_names(sheet, "testType", forcedecks_tests(sheet.text("testType"))),
        "side": pd.Series([metric.side if metric else None for metric in metrics], dtype="str"),
        "metric": pd.Series([metric.name if metric else None for metric in metrics], dtype="str"),
        "unit": pd.Series([metric.unit if metric else None for metric in metrics], dtype="str"),
        "value": sheet.check_number("value", rule, values),
        "testId": sheet.text("testId"),
    }


def _unit(name: str) -> str:
    """Return the short form of a unit; the API spells some out."""
    spelt = {"newton": "n", "centimeter": "cm", "meter": "m", "second": "s", "millisecond": "ms",
             "watt": "w", "watt per kilo": "w/kg", "newton per kilo": "n/kg",
             "meter per second": "m/s", "inch": "in"}  # fmt: skip
    return spelt.get(name.strip().lower(), name)


def _local_day(sheet: Sheet, context: ReadContext) -> pd.Series:
    """Return the day where the test was: UTC plus the row's own offset, if it tells one."""
    instants = pd.to_datetime(
        sheet.text("recordedDateUtc"), format="ISO8601", errors="coerce", utc=True
    )
    minutes = sheet.number("recordedDateOffset", _OFFSET)
    # A team abroad tests on the day of that place, not on that of its home.
    own = instants.dt.tz_localize(None) + pd.to_timedelta(minutes, unit="min")
    usual = instants.dt.tz_convert(context.config.time_zone).dt.tz_localize(None)
    times = own.fillna(usual)
    checked = sheet.check_time("recordedDateUtc", NEEDED_DAY, times, context.last_day, "a time")
    midnight: pd.Series = checked.dt.normalize()
    return midnight


def _tests_beside(context: ReadContext) -> pd.DataFrame:
    """Return the tests of all CSVs of tests in the folder, one row per test.

    Raises
    ------
    FileRefused
        If there is none.
    """
    tables = [read_delimited(other.path.read_bytes()).cells for other in context.beside]
    if not tables:
        raise FileRefused(
            "tests_missing", "the CSV of tests is not in this folder; put it beside the trials"
        )
    return pd.concat(tables).drop_duplicates("testId")
