"""RBDS (Fukuchi, Fukuchi and Duarte 2017, PeerJ 5:e3298, CC BY 4.0): the sheet of 28 runners.

The sheet repeats a runner in 12 rows, one per trial file; the first row counts, the others are
rejects that say so. Isometric hip strength was taken with a hand-held dynamometer; the sheet names
no unit, its magnitudes are those of kilograms, which is what is kept. No day of the test is told,
so the values go to the working tables ``cross_section`` and ``undated_strength``, outside the
tables of the contracts.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.injuries.text import read_injury_text
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.strength.values import Metric, long_strength, metric_columns
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.records.examination import FREE_TEXT, NEEDED_TEXT, Columns, Sheet
from ingest.records.rules import Rule, rule_of

_NEEDED: Final = frozenset({"Subject", "FileName", "RHIPABD", "LHIPABD", "InjuryOnDate"})
_TESTS: Final = {
    "HIPABD": "hip_abduction",
    "HIPEXT": "hip_extension",
    "HIPER": "hip_external_rotation",
    "HIPIR": "hip_internal_rotation",
}
_SIDES: Final = {"R": "right", "L": "left"}
_AGE: Final = Rule("number", needed=False, strict=False, low=5, high=110)
DEVICE: Final = "hand-held dynamometer"


class RbdsReader(Reader):
    """One runner per 12 rows."""

    kind = "rbds"
    version = 1
    description = (
        "RBDS `RBDSinfo.txt`: isometric hip strength by side, age, sex, height, mass, retrospective"
        " injury; cross-sectional, outside the session tables"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the sheet by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the runners; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        subject = sheet.words("Subject", NEEDED_TEXT)
        _refuse_repeats(sheet, subject)
        metrics = {test: _metrics(code) for code, test in _TESTS.items()}
        every = [metric for pair in metrics.values() for metric in pair]
        columns: Columns = {
            "athlete": subject,
            "age": sheet.number("Age", _AGE),
            "sex": sheet.text("Gender").map({"M": "male", "F": "female"}).astype("str"),
            "height_cm": sheet.number("Height", rule_of("athletes", "height_cm")),
            "mass_kg": sheet.number("Mass", rule_of("body", "mass_kg")),
            **_injury(sheet),
            **metric_columns(sheet, every),
        }
        frame, account = sheet.finish(columns)
        parts = [
            # The day is unknown; the column is only there because the shared step wants it.
            long_strength(frame.assign(test=test, date="", reps=np.nan), pair, DEVICE)
            for test, pair in metrics.items()
        ]
        strength = pd.concat(parts, ignore_index=True).drop(columns="date")
        people = frame.drop(columns=[metric.cell for metric in every])
        return Parsed(account, {"cross_section": people, "undated_strength": strength})


def _metrics(code: str) -> tuple[Metric, ...]:
    """Return the right and left column of a test; the mean of repetitions, as thirds of kg tell."""
    return tuple(
        Metric("mean_force", f"{letter}{code}", "kg", side) for letter, side in _SIDES.items()
    )


def _refuse_repeats(sheet: Sheet, subject: pd.Series) -> None:
    """Refuse the further rows of a runner: equal but for the file, or contradicting the first."""
    cells = sheet.cells.drop(columns="FileName")
    again = (subject.duplicated() & subject.notna()).to_numpy()
    same = cells.duplicated().to_numpy()
    sheet.reject(
        again & same, "repeat_of_runner", lambda _: "says of the runner what the first row says"
    )
    sheet.reject(
        again & ~same, "contradicts_first_row", lambda _: "differs from the runner's first row"
    )


def _injury(sheet: Sheet) -> Columns:
    """Return the worst injury that was recalled; place and finding are two texts on one injury.

    A finding that contradicts the place is left out. The day of onset stays text: month and day
    stand in either order and no row settles it.
    """
    # A dash stands for no injury.
    place = sheet.text("InjuryLoc").fillna("").str.strip("- ")
    finding = sheet.text("Diagnostic").fillna("").str.strip("- ")
    located = [read_injury_text(text, {}) for text in place]
    diagnosed = [read_injury_text(text, {}) for text in finding]
    index = sheet.cells.index
    region = [
        injury_text.region or other.region
        for injury_text, other in zip(located, diagnosed, strict=True)
    ]
    diagnosis = [
        injury_text.diagnosis if injury_text.region in (None, area) else None
        for injury_text, area in zip(diagnosed, region, strict=True)
    ]
    return {
        "injured": sheet.text("Injury").str.lower() == "yes",
        "region": pd.Series(region, index=index, dtype="str"),
        "side": pd.Series([injury_text.side for injury_text in located], index=index, dtype="str"),
        "diagnosis": pd.Series(diagnosis, index=index, dtype="str"),
        "onset_text": sheet.words("InjuryOnDate", FREE_TEXT),
    }
