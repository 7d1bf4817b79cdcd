"""Reports of problems that are no injury: pain answers, OSTRC answers, niggles of a register."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

COLUMNS: Final = (
    "athlete", "date", "region", "side", "severity", "value_0_10", "kind", "source",
)  # fmt: skip
_MODERATE_FROM: Final = 4
_MAJOR_FROM: Final = 7
"""Numeric pain ratings of 1-3 are called mild, 4-6 moderate, 7-10 severe (convention)."""
_OSTRC_STEP: Final = 10.0


def complaints(records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every report of a problem, whatever it was told in.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        `pain` (ratings above 0), `pain_told` (pain without a number), `injury_reports` (minor
        ones), `ostrc` (scores above 0 that are no substantial problem) and `injuries` (entries
        classed as complaints), where present.

    Returns
    -------
    pandas.DataFrame
        The columns of the contract; reports of a severity that is told twice stay both.
    """
    parts = [
        _of_pain(records["pain"]) if "pain" in records else None,
        _of_pain_told(records["pain_told"]) if "pain_told" in records else None,
        _of_reports(records["injury_reports"]) if "injury_reports" in records else None,
        _of_ostrc(records["ostrc"]) if "ostrc" in records else None,
        _of_register(records["injuries"]) if "injuries" in records else None,
    ]
    nonempty = [part for part in parts if part is not None and len(part)]
    if not nonempty:
        return pd.DataFrame(columns=list(COLUMNS))
    both = pd.concat(nonempty, ignore_index=True)
    # The same answer exported twice is one report.
    return both[list(COLUMNS)].drop_duplicates(ignore_index=True)


def severity_of_rating(rating: pd.Series) -> pd.Series:
    """Return minor, moderate or major for pain ratings of 1-3, 4-6 and 7-10."""
    value = rating.to_numpy(dtype=np.float64)
    words = np.select(
        [value >= _MAJOR_FROM, value >= _MODERATE_FROM], ["major", "moderate"], "minor"
    )
    return pd.Series(words, index=rating.index, dtype="str")


def _of_pain(pain: pd.DataFrame) -> pd.DataFrame:
    felt = pain[pain["pain_0_10"] > 0]
    return felt.assign(
        severity=severity_of_rating(felt["pain_0_10"]),
        value_0_10=felt["pain_0_10"],
        kind="pain_answer",
    ).reindex(columns=list(COLUMNS))


def _of_pain_told(answers: pd.DataFrame) -> pd.DataFrame:
    """Return "yes" to the question for pain: how bad it is, nobody knows."""
    sized = answers.assign(severity="unknown", value_0_10=np.nan, kind="pain_answer")
    return sized.reindex(columns=list(COLUMNS))


def _of_reports(reports: pd.DataFrame) -> pd.DataFrame:
    minor = reports[reports["severity"] != "major"]
    return minor.assign(value_0_10=np.nan, kind="questionnaire").reindex(columns=list(COLUMNS))


def _of_ostrc(answers: pd.DataFrame) -> pd.DataFrame:
    """Return problems that are not substantial; an OSTRC score is 0-100."""
    problem = answers[(answers["score"] > 0) & ~answers["substantial"].astype(bool)]
    value = problem["score"] / _OSTRC_STEP
    return problem.assign(
        severity=severity_of_rating(value),
        value_0_10=value,
        kind="ostrc",
        region=problem["region"].fillna("unknown"),
    ).reindex(columns=list(COLUMNS))


def _of_register(entries: pd.DataFrame) -> pd.DataFrame:
    mild = entries[entries["class"].eq("complaint").fillna(value=False)]
    day = mild["onset_date"]
    if "reported_on" in mild:
        # Nobody knew of it before it was reported.
        day = mild["reported_on"].where(mild["reported_on"] > day, day)
    return mild.assign(
        date=day,
        severity=mild["severity"].fillna("unknown"),
        value_0_10=np.nan,
        kind="register",
    ).reindex(columns=list(COLUMNS))
