"""The two files of Loevdal 2021 (DataverseNL, doi 10.34894/UWU9PV, CC0): columns and checksums.

The two files number their periods in opposite order. In the day file the bare columns are seven
days before the event day and `.6` is the day before; in the week file the bare columns are the
latest week and `.2` the oldest.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

_DAY_FIELDS: Final = (
    "nr. sessions", "total km", "km Z3-4", "km Z5-T1-T2", "km sprinting", "strength training",
    "hours alternative", "perceived exertion", "perceived trainingSuccess", "perceived recovery",
)  # fmt: skip
_WEEK_FIELDS: Final = (
    "nr. sessions", "nr. rest days", "total kms", "max km one day",
    "total km Z3-Z4-Z5-T1-T2", "nr. tough sessions (effort in Z5, T1 or T2)",
    "nr. days with interval session", "total km Z3-4", "max km Z3-4 one day", "total km Z5-T1-T2",
    "max km Z5-T1-T2 one day", "total hours alternative training", "nr. strength trainings",
    "avg exertion", "min exertion", "max exertion", "avg training success", "min training success",
    "max training success", "avg recovery", "min recovery", "max recovery",
)  # fmt: skip
_PERCEIVED: Final = ("exertion", "training success", "trainingsuccess", "recovery")


@dataclass(frozen=True)
class LovdalLayout:
    """Layout of one of the two published files (by day, by week).

    Parameters
    ----------
    kind : str
        ``day`` or ``week``.
    file_name : str
        As published.
    fields : tuple of str
        Measures, each once per period.
    periods : int
        Days or weeks before the event.
    newest_first : bool
        Whether the bare columns are the latest period.
    step_days : int
        Days from one period to the next.
    extra : tuple of str
        Columns after `injury`.
    rows, injuries : int
        As published.
    sha256, git_blobs : tuple of str
        Accepted digests; the file circulates with two kinds of line ends.
    tell : str
        The field by which the order of periods is checked.
    """

    kind: str
    file_name: str
    fields: tuple[str, ...]
    periods: int
    newest_first: bool
    step_days: int
    extra: tuple[str, ...]
    rows: int
    injuries: int
    sha256: tuple[str, ...]
    git_blobs: tuple[str, ...]
    tell: str

    def column(self, field: str, place: int) -> str:
        """Return the file's name of a field in its `place`-th group of columns."""
        return field if place == 0 else f"{field}.{place}"

    def place(self, before: int) -> int:
        """Return the group that holds the period `before` periods before the event (1 = last)."""
        return before - 1 if self.newest_first else self.periods - before

    @property
    def header(self) -> tuple[str, ...]:
        """All columns of the file, in order."""
        groups = [self.column(name, place) for place in range(self.periods) for name in self.fields]
        *rest, last = self.extra
        return (*groups, "Athlete ID", "injury", *rest, last)

    def accepts(self, content: bytes) -> bool:
        """Tell whether the bytes are those of a published file."""
        # Of the day file only git's own digest is known, which
        # counts a header in front of the content.
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
        return (
            hashlib.sha256(content).hexdigest() in self.sha256 or blob.hexdigest() in self.git_blobs
        )


def is_perceived(field: str) -> bool:
    """Tell whether a field is a rating, in which -0.01 stands for a rest day."""
    return any(word in field.lower() for word in _PERCEIVED)


DAY: Final = LovdalLayout(
    kind="day",
    file_name="day_approach_maskedID_timeseries.csv",
    fields=_DAY_FIELDS,
    periods=7,
    newest_first=False,
    step_days=1,
    extra=("Date",),
    rows=42766,
    injuries=583,
    sha256=(),
    git_blobs=(
        "2098c8184d34c77db808f1029b0018856e870629", "05acd3b1640ba242a667bd4fb354fc46ec17f74b",
    ),
    tell="total km",
)  # fmt: skip
WEEK: Final = LovdalLayout(
    kind="week",
    file_name="week_approach_maskedID_timeseries.csv",
    fields=_WEEK_FIELDS,
    periods=3,
    newest_first=True,
    step_days=7,
    extra=("rel total kms week 0_1", "rel total kms week 0_2", "rel total kms week 1_2", "Date"),
    rows=42798,
    injuries=575,
    sha256=("373b01b1a83e3da6e55dbc73f8e8d3a1febcf76e6d0c8e0d51a00904e358b75d",),
    git_blobs=("6a739f4f6e3a091200a40230f5c629842d119dbd",),
    tell="total kms",
)
LAYOUTS: Final = (DAY, WEEK)
