"""Which clock a source of session answers writes: found from the recordings it describes.

Some programs mark local times as UTC, others are hours off by a setting. Answers are given at the
end of a session, so that the right clock is the one on which most answers end with a recording.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import pandas as pd

from common.arrays import Ints
from ingest.records.local_clock import to_local, to_utc
from ingest.sessions.grouping import open_masks
from ingest.sessions.overlaps import length_s, seconds

CLOSE_MIN: Final = 10.0
"""An answer that ends this close to a recording proves its clock."""
LEAST_PROOF: Final = 5
"""Answers that must end with a recording on the new clock ..."""
TIMES_AS_MANY: Final = 2
"""... and how many times as many as on the clock that the file claims."""
# No zone is farther from UTC than the 14 hours of the Line Islands.
FARTHEST_H: Final = 14
AS_READ: Final = "as_read"
# More seconds than any date has since 1970, so that one sorted array holds all athletes apart.
_SPAN: Final = 1 << 34

Shift = Callable[[pd.Series], pd.Series]


class Clock(NamedTuple):
    """On which clock a source wrote its times, compared with how they were read.

    Parameters
    ----------
    code : str
        ``as_read``, ``local_marked_as_utc``, ``utc_read_as_local`` or ``shifted_by_<n>_h``.
    proof, of : int
        Answers that end with a recording on this clock, and all answers.
    """

    code: str
    proof: int
    of: int


class ClockProof(NamedTuple):
    """How many answers of one source end with a recording on each clock; proofs of parts add up.

    Parameters
    ----------
    counts : dict of str to int
        Code of the clock -> answers that prove it.
    of : int
        All answers.
    """

    counts: dict[str, int]
    of: int

    def with_part(self, part: "ClockProof") -> "ClockProof":
        """Return the proof of these answers and those of other athletes."""
        counts = {code: count + part.counts[code] for code, count in self.counts.items()}
        return ClockProof(counts, self.of + part.of)

    def clock(self) -> Clock:
        """Return the clock that is proven; without proof the source is believed."""
        best = max(self.counts, key=lambda code: self.counts[code])
        if self.counts[best] < max(LEAST_PROOF, TIMES_AS_MANY * (self.counts[AS_READ] + 1)):
            best = AS_READ
        return Clock(best, self.counts[best], self.of)


def clock_proof(answers: pd.DataFrame, sessions: pd.DataFrame, zone: str) -> ClockProof:
    """Return how many answers of one source end with a recording, by clock.

    Parameters
    ----------
    answers : pandas.DataFrame
        Columns athlete, end (UTC) and fits, of one kind of file.
    sessions : pandas.DataFrame
        Columns athlete, start, duration_min and sport.
    zone : str
        The team's time zone.
    """
    ends = _Ends.of(answers, sessions)
    counts = {code: ends.proof(move(answers["end"])) for code, move in _clocks(zone)}
    return ClockProof(counts, len(answers))


def clock_proofs(
    answers: pd.DataFrame, sessions: pd.DataFrame, zone: str, kind_by_file: Mapping[str, str]
) -> dict[str, ClockProof]:
    """Return the proof of each kind of file; see :func:`on_true_clocks`."""
    if answers.empty or sessions.empty or not kind_by_file:
        return {}
    kinds = answers["source"].map(kind_by_file)
    return {
        str(kind): clock_proof(rows, sessions, zone)
        for kind, rows in answers.groupby(kinds, sort=True)
    }


def added_proofs(parts: Iterable[Mapping[str, ClockProof]]) -> dict[str, ClockProof]:
    """Return the proofs of all parts of the athletes."""
    total: dict[str, ClockProof] = {}
    for part in parts:
        for kind, proof in part.items():
            total[kind] = total[kind].with_part(proof) if kind in total else proof
    return total


def on_true_clocks(
    answers: pd.DataFrame, sessions: pd.DataFrame, zone: str, kind_by_file: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return answers with the `end` their source meant, and which were not as read.

    Parameters
    ----------
    answers, sessions : pandas.DataFrame
        As for :func:`clock_proof`; answers with `source`.
    zone : str
        The team's time zone.
    kind_by_file : mapping of str to str
        File -> kind of file; files of one kind share a clock, others are taken as read.

    Returns
    -------
    answers : pandas.DataFrame
        The same rows in the same order; only `end` differs.
    repairs : pandas.DataFrame
        source, record and code of answers whose clock was another one.
    """
    proofs = clock_proofs(answers, sessions, zone, kind_by_file)
    return on_proven_clocks(answers, proofs, zone, kind_by_file)


def on_proven_clocks(
    answers: pd.DataFrame,
    proofs: Mapping[str, ClockProof],
    zone: str,
    kind_by_file: Mapping[str, str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what :func:`on_true_clocks` returns, by proofs of more answers than these."""
    end, code = answers["end"].copy(), pd.Series("", index=answers.index)
    clocks = {kind: proof.clock().code for kind, proof in proofs.items()}
    # Only a proven clock moves answers; without proof the file is believed.
    others = {kind: clock for kind, clock in clocks.items() if clock != AS_READ}
    if answers.empty or not others:
        return answers, _repairs(answers, code)
    kinds, moves = answers["source"].map(kind_by_file), dict(_clocks(zone))
    for kind, clock in others.items():
        rows = answers[kinds == kind]
        end.loc[rows.index] = moves[clock](rows["end"])
        code.loc[rows.index] = f"clock_{clock}"
    return answers.assign(end=end), _repairs(answers, code)


def _repairs(answers: pd.DataFrame, code: pd.Series) -> pd.DataFrame:
    moved = code != ""
    return answers.loc[moved, ["source", "record"]].assign(code=code[moved])


def _clocks(zone: str) -> list[tuple[str, Shift]]:
    """Return the clocks that are tried; the first of equally good ones is taken."""

    def hours(count: int) -> Shift:
        return lambda end: end + pd.Timedelta(hours=count)

    # `max` keeps the first of equals: an hour off is likelier than twelve.
    shifts = sorted((n for n in range(-FARTHEST_H, FARTHEST_H + 1) if n), key=abs)
    return [
        (AS_READ, lambda end: end),
        ("local_marked_as_utc", lambda end: to_utc(end.dt.tz_localize(None), zone).utc),
        ("utc_read_as_local", lambda end: to_local(end, zone).dt.tz_localize("UTC")),
        *((f"shifted_by_{n:+d}_h", hours(n)) for n in shifts),
    ]


@dataclass(frozen=True, eq=False)
class _Ends:
    """The ends of recordings as numbers, and the athletes whose answers are compared with them.

    Parameters
    ----------
    recorded, can_be : ndarray of shape (recordings,)
        Athlete * span + second of each end, ascending, and the sports that it can be.
    athletes, fits : ndarray of shape (answers,)
        Number of the athlete of each answer, and the sports that it fits.
    """

    recorded: Ints
    can_be: Ints
    athletes: Ints
    fits: Ints

    @classmethod
    def of(cls, answers: pd.DataFrame, sessions: pd.DataFrame) -> Self:
        names = pd.concat([answers["athlete"], sessions["athlete"]], ignore_index=True)
        codes = np.asarray(pd.factorize(names)[0], dtype=np.int64)
        second = (seconds(sessions["start"]) + length_s(sessions)).astype(np.int64)
        recorded = codes[len(answers) :] * _SPAN + second
        order = np.argsort(recorded, kind="stable")
        can_be = np.asarray(open_masks(sessions["sport"]), dtype=np.int64)[order]
        fits = np.asarray(answers["fits"], dtype=np.int64)
        return cls(recorded[order], can_be, codes[: len(answers)], fits)

    def proof(self, end: pd.Series) -> int:
        """Count answers that end within minutes of a recording of their athlete and sport."""
        ends_s = self.athletes * _SPAN + seconds(end).astype(np.int64)
        low, high = (
            np.searchsorted(self.recorded, ends_s + side * CLOSE_MIN * 60) for side in (-1, 1)
        )
        number = 0
        for fit in np.unique(self.fits):
            those = self.fits == fit
            # Running sums, because looking at each answer's recordings
            # one by one was slow in large teams.
            up_to = np.append(0, np.cumsum((self.can_be & fit) != 0))
            # An answer proves its clock once, however many exports of the run end with it.
            number += int((up_to[high[those]] > up_to[low[those]]).sum())
        return number
