"""The published BMC/RIC running trials: a stride each, 101 points from strike to strike.

The files are time-normalised, so they hold no cadence, contact time or step length. Flexion of hip
and knee is column Z, adduction X; no source tells the sign of the knee's X, so it stays unread.
Group, subject and trial stand in the file's name, the speed in `metadata.txt`. All
trials are treadmill running (Fukuchi et al. 2017, PeerJ 5:e3298; Ferber et al. 2024, Scientific
Data). The side is not told.
"""

import re
from pathlib import Path
from typing import Final

import numpy as np

from common.arrays import Floats
from common.text.decoding import decode
from ingest.gait.angle_contacts import toe_off
from ingest.gait.signs import HIP_TURNED, HIP_UNKNOWN, KNEE_TURNED, adduction_sign, knee_sign
from ingest.gait.summary import summarise_values
from ingest.gait.timing import Values
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.motion.dated import day_of
from ingest.readers.motion.numbers import number_table
from ingest.readers.motion.rows import value_rows
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.records.examination import NEEDED_TEXT
from ingest.records.rules import rule_of

_COLUMNS: Final = (
    "Time", "Hip_Z", "Hip_X", "Hip_Y", "Knee_Z", "Knee_X", "Knee_Y", "Ankle_Z", "Ankle_X",
    "Ankle_Y",
)  # fmt: skip
_POINTS: Final = 101
_TRIAL: Final = re.compile(r"(g\d{2}s\d{2})t\d+(?=\.txt$)")
_STEEPEST_DEG: Final = 5.0
"""Change of adduction from point to point, a hundredth of the stride: 3.1 at most in 1,552 of the
published strides, 12.6 and more in the 62 others, where a marker was lost and the curve jumps."""
_TOE_OFF: Final = (20, 55)
"""Per cent of the stride between which a runner's knee is furthest extended before the swing."""


class BmcTrialReader(Reader):
    """One time-normalised stride."""

    kind = "bmc_trial"
    version = 3
    description = (
        "BMC/RIC running trials (`g01s01t01.txt`, 101 points): peak hip adduction, stance knee"
        " flexion; the athlete is `g01s01`, the day stands in a folder's or the"
        " archive's name"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return header_of(head) == _COLUMNS

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the stride; see :class:`ingest.readers.base.Reader`."""
        source = context.source(path)
        match = _TRIAL.search(source)
        named = match.group(1) if match else ""
        # The file's name counts only if the roster knows it: others may name files in this form
        # too.
        athlete = named if named and named in context.athletes else context.athlete_of(path)
        lines = decode(path.read_bytes()).splitlines()[1:]
        cells = number_table([line for line in lines if line.strip()], "\t", len(_COLUMNS)).cells
        if len(cells) != _POINTS or not np.isfinite(cells).all():
            raise FileRefused(
                "wrong_length", f"{len(cells)} whole points, a trial has {_POINTS}; load it again"
            )
        values, repairs = stride_values(dict(zip(_COLUMNS, cells.T, strict=True)))
        frame, account = value_rows(summarise_values(values), None, repairs, source, self.kind)
        trial = match.group(0) if match else ""
        # A file is one stride; speed and spread come when the strides of a day are joined.
        frame = frame.drop(columns=["speed_m_s", "spread", "strides"]).assign(
            athlete=athlete, date=day_of(path, context), device="bmc_ric_laboratory", trial=trial
        )
        return Parsed(account, {"gait_strides": frame})


class BmcMetadataReader(Reader):
    """The speeds of the trials."""

    kind = "bmc_metadata"
    version = 1
    description = "BMC/RIC `metadata.txt`: the speed of each trial"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return {"Group", "Subject", "Trial", "Filename", "Speed"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the speeds; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        sheet = parsed.sheet(context.source(path), self.kind)
        names = sheet.words("Filename", NEEDED_TEXT)
        trial = names.str.extract(rf"({_TRIAL.pattern})", expand=True)[0]
        sheet.reject(
            trial.isna().to_numpy(), "bad_Filename", lambda _: "the name is no g01s01t01.txt"
        )
        athlete = trial.str.slice(0, 6)
        sheet.reject(
            np.array([name not in context.athletes for name in athlete], dtype=bool),
            "unknown_athlete",
            lambda _: "the runner, such as g01s01, is no id of the roster; add the id there",
        )
        speed = sheet.number("Speed", rule_of("gait", "speed_m_s", needed=True, strict=True))
        frame, account = sheet.finish({"athlete": athlete, "trial": trial, "speed_m_s": speed})
        return Parsed(account, {"gait_trials": frame})


def stride_values(curves: dict[str, Floats]) -> tuple[Values, dict[str, tuple[str, ...]]]:
    """Return the values of one time-normalised stride, and the repairs by metric.

    Stance ends at toe-off, where the knee is furthest extended between the flexion of stance and
    that of swing (Fellin et al. 2010, J Sci Med Sport 13:646). Adduction is counted negative in
    this data set: 97 % of the trials say so. A stride that says otherwise has none.

    Raises
    ------
    FileRefused
        If there is no toe-off, or a curve jumps.
    """
    repairs: dict[str, tuple[str, ...]] = {}
    knee, adduction = curves["Knee_Z"], curves["Hip_X"]
    jump = float(np.abs(np.diff(adduction)).max())
    if jump > _STEEPEST_DEG:
        raise FileRefused(
            "curve_jumps",
            f"hip adduction jumps by {jump:.0f} degrees within a hundredth of the stride, as no hip"
            " does: a marker was lost; leave the stride out or track it again",
        )
    # Models disagree on the sign of flexion: a knee that bends backwards is one counted the other
    # way.
    if knee_sign(knee) < 0:
        knee, repairs[KNEE_TURNED] = -knee, ("peak_knee_flexion_deg",)
    points = np.arange(_POINTS, dtype=float)
    window = slice(_TOE_OFF[0], _TOE_OFF[1] + 1)
    end = toe_off(points[window], knee[window])
    if not np.isfinite(end):
        raise FileRefused("no_toe_off", "the knee does not extend before the swing; no runner's")
    stance = points <= end
    values: Values = {
        ("peak_knee_flexion_deg", "none"): [float(knee[stance].max())],
    }
    if adduction_sign(adduction, stance) < 0:
        values["peak_hip_adduction_deg", "none"] = [float(-adduction[stance].min())]
        repairs[HIP_TURNED] = ("peak_hip_adduction_deg",)
    else:
        repairs[HIP_UNKNOWN] = ()
    return values, repairs
