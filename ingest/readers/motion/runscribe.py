"""RunScribe's CSV: a row per stride of one foot, imperial units, a second line of tags.

`braking_gs` and `impact_gs` are accelerations of the shoe and `footstrike_type` is a class: none of
them is a force or an angle, so they stay unread. The column `stride_pace (mi/min)` holds minutes
per mile: with it, pace, step rate and stride length agree.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.text.decoding import decode
from ingest.gait.summary import PLAUSIBLE, summarise_values
from ingest.gait.timing import Values
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.motion.rows import WALKING, value_rows
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import NEEDED_DAY, Sheet
from ingest.records.local_clock import parse_day
from ingest.records.rules import Rule

_RATE: Final = "step_rate (s/min)"
_LENGTH: Final = "stride_length (ft)"
_CONTACT: Final = "contact_time (ms)"
_PACE: Final = "stride_pace (mi/min)"
_WHEN: Final = "datetime"
_NEEDED: Final = frozenset({_WHEN, _RATE, _LENGTH, _CONTACT, _PACE})
_FOOT_M: Final = 0.3048
_MILE_M: Final = 1609.344
_TAG_WORDS: Final = frozenset({"power", "cadence", _WHEN})
_MINUTE_MS: Final = 60_000.0


class RunScribeReader(Reader):
    """One run of one foot."""

    kind = "runscribe_csv"
    version = 2
    description = (
        "RunScribe CSV of one foot, a row per stride: cadence, step length, contact time; the foot"
        " stands in the file's name (`left` or `right`)"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the strides; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        source = context.source(path)
        sheet = _strides(path, source, self.kind)
        day = sheet.check_time(
            _WHEN,
            NEEDED_DAY,
            parse_day(sheet.text(_WHEN).str.slice(0, 10)),
            context.last_day,
            "a time such as 2015-12-27 10:30:04",
        )
        numbers = _numbers(sheet)
        strides, account = sheet.finish({"day": day, **numbers})
        if strides.empty:
            raise FileRefused("no_stride", "no row is a running stride; export the run again")
        values = summarise_values(_values(strides, _foot(source)))
        speed = float(np.median(strides["speed"]))
        frame, of_values = value_rows(values, speed, {}, source, self.kind)
        frame = frame.assign(athlete=athlete, date=strides["day"].min(), device="runscribe")
        rejects = pd.concat([account.rejects, of_values.rejects], ignore_index=True)
        read = account.read + of_values.rejected
        return Parsed(replace(account, read=read, rejects=rejects), {"gait": frame})


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED


def _strides(path: Path, source: str, kind: str) -> Sheet:
    content = path.read_bytes()
    grid = read_grid(content, _is_header)
    places = {name: grid.header.index(name) for name in _NEEDED}
    sheet = grid.sheet(source, kind, places)
    tags = sheet.cells[_WHEN] == _WHEN
    lines = decode(content).splitlines()
    refused = [refusal for refusal in grid.shifted if not _is_of_tags(lines[int(refusal[0]) - 1])]
    return Sheet(source, kind, sheet.cells[~tags], refused)


def _is_of_tags(line: str) -> bool:
    """Return whether a line holds the tags of the columns, which may be fewer than the columns."""
    return bool(_TAG_WORDS & {cell.strip().strip('"') for cell in re.split(r"[,;\t]", line)})


def _numbers(sheet: Sheet) -> dict[str, Floats]:
    cadence = sheet.number(_RATE, _bounds("cadence_spm"))
    contact = sheet.number(_CONTACT, Rule("number", needed=True, strict=True, low=1, high=2000))
    stride = sheet.number(_LENGTH, Rule("number", needed=True, strict=True, low=0.5, high=20))
    pace = sheet.number(_PACE, Rule("number", needed=True, strict=True, low=2, high=40))
    # A foot that is down for longer than a step meets the other on the ground.
    sheet.reject(contact >= _MINUTE_MS / cadence, "walking", lambda _: WALKING)
    return {
        "cadence": cadence,
        "contact": contact,
        # A stride is two steps.
        "step": stride * _FOOT_M / 2,
        "speed": _MILE_M / (60 * pace),
    }


def _bounds(metric: str) -> Rule:
    low, high = PLAUSIBLE[metric]
    return Rule("number", needed=True, strict=True, low=low, high=high)


def _values(strides: pd.DataFrame, foot: str) -> Values:
    return {
        ("cadence_spm", "both"): strides["cadence"].tolist(),
        ("step_length_m", "both"): strides["step"].tolist(),
        ("contact_ms", foot): strides["contact"].tolist(),
    }


def _foot(source: str) -> str:
    """Return the foot that the file's own name tells, `none` where it tells none or both."""
    name = re.split(r"[/!]", source)[-1].lower()
    feet = [foot for foot in ("left", "right") if foot in name]
    return feet[0] if len(feet) == 1 else "none"
