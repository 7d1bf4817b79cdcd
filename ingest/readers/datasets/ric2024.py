"""RIC 2024 (Ferber et al., Scientific Data, CC BY 4.0): treadmill trials, a cross-section.

Sentinels become null as named repairs: age 255, height 0 and 999 cm, mass 0 and 1564 kg, 999 years
of running. A person may come back; visits are numbered, so that nobody counts twice. The rows are
no sessions of training and the injuries have no onset: they go to the working table
``cross_section``, outside the tables of the contracts.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.injuries.text import read_injury_text
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.records.examination import FIRST_DAY, FREE_TEXT, LAST_DAY, NEEDED_TEXT, Columns, Sheet
from ingest.records.local_clock import parse_local
from ingest.records.rules import Rule, rule_of

_NEEDED: Final = frozenset({"sub_id", "datestring", "speed_r", "InjJoint", "SpecInjury"})
_SENTINELS: Final = {"age": (255,), "Height": (0, 999), "Weight": (0, 1564), "YrsRunning": (999,)}
_RULES: Final = {
    "age": Rule("number", needed=False, strict=False, low=5, high=110),
    "Height": rule_of("athletes", "height_cm"),
    "Weight": rule_of("body", "mass_kg"),
    "YrsRunning": Rule("number", needed=False, strict=False, low=0, high=90),
    "speed_r": Rule("number", needed=False, strict=False, low=0.3, high=12),
}
_NAMES: Final = {
    "age": "age", "Height": "height_cm", "Weight": "mass_kg", "YrsRunning": "years_running",
    "speed_r": "speed_m_s",
}  # fmt: skip
_JOINTS: Final = {
    "knee": "knee", "lower leg": "lower_leg", "thigh": "thigh", "foot": "foot", "ankle": "ankle",
    "hip/pelvis": "hip", "lumbar spine": "lumbar", "sacroiliac joint": "pelvis_groin",
    "other": "other",
}  # fmt: skip
_SIDES: Final = {"right": "right", "left": "left", "bilateral": "both", "bi-lateral": "both"}
_UNINJURED: Final = "No injury"


class Ric2024Reader(Reader):
    """One row per trial, with the person's visit."""

    kind = "ric2024"
    version = 1
    description = (
        "RIC 2024 `run_data_meta.csv`: age, sex, height, mass, speed and injury of treadmill"
        " trials; cross-sectional, outside the session tables"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(header_of(head)) >= _NEEDED

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the trials; see :class:`ingest.readers.base.Reader`."""
        sheet = read_delimited(path.read_bytes()).sheet(context.source(path), self.kind)
        days = parse_local(sheet.text("datestring")).dt.normalize()
        # A trial without a day is still a trial: the cross-section needs no dates.
        days = days.where(days.between(FIRST_DAY, LAST_DAY))
        sheet.repair(days.isna().to_numpy(), "day_unknown")
        columns: Columns = {
            "athlete": sheet.words("sub_id", NEEDED_TEXT),
            "date": days.astype("datetime64[ns]"),
            **{_NAMES[name]: _number(sheet, name, rule) for name, rule in _RULES.items()},
            "sex": sheet.text("Gender").str.lower().where(lambda sex: sex != "unknown"),
            "level": sheet.text("Level").str.lower(),
            "definition": sheet.words("InjDefn", FREE_TEXT),
            **_injury(sheet),
        }
        frame, account = sheet.finish(columns)
        frame["visit"] = _visits(frame)
        return Parsed(account, {"cross_section": frame})


def _number(sheet: Sheet, name: str, rule: Rule) -> Floats:
    """Return a measure; its sentinels are no values."""
    # Wide bounds first: a sentinel is to be named as such and not as a bad value.
    raw = sheet.number(name, Rule("number", needed=False, strict=False, low=-1e6, high=1e6))
    sentinel = np.isin(raw, _SENTINELS.get(name, ()))
    sheet.repair(sentinel, f"{name}_sentinel_set_null")
    beyond = ~np.isnan(raw) & ~sentinel & ~((raw >= rule.low) & (raw <= rule.high))
    sheet.repair(beyond, f"bad_{name}_set_null")
    return np.where(sentinel | beyond, np.nan, raw)


def _injury(sheet: Sheet) -> Columns:
    """Return injured, region, side and diagnosis; "No injury" beside a joint is not injured."""
    uninjured = (sheet.text("InjDefn") == _UNINJURED).to_numpy(dtype=bool)
    region = sheet.text("InjJoint").str.lower().map(_JOINTS).astype("str")
    contradiction = uninjured & region.notna().to_numpy()
    sheet.repair(contradiction, "no_injury_though_a_joint_is_named")
    side = sheet.text("InjSide").str.lower().map(_SIDES).astype("str")
    words = [
        read_injury_text(text, {}) if isinstance(text, str) else None
        for text in sheet.text("SpecInjury")
    ]
    diagnoses = [word.diagnosis if word else None for word in words]
    diagnosis = pd.Series(diagnoses, index=region.index, dtype="str")
    # Some rows say "No injury" and name the knee: they are counted as not injured, and told.
    hurt = pd.Series(~uninjured, index=region.index) & region.notna()
    return {
        "injured": hurt,
        "region": region.where(hurt),
        "side": side.where(hurt),
        "diagnosis": diagnosis.where(hurt),
    }


def _visits(frame: pd.DataFrame) -> pd.Series:
    """Return the number of each person's trial by day, then row; those without a day come last."""
    order = frame.sort_values(["athlete", "date"], kind="stable", na_position="last")
    visits: pd.Series = order.groupby("athlete").cumcount().add(1).reindex(frame.index)
    return visits
