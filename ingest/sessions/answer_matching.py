"""Which answer belongs to which recorded session: one to one, deterministic, vectorised."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats, Ints
from ingest.records.sports import BITS, masks
from ingest.sessions.overlaps import LEAST_OVERLAP, length_s, seconds

TOLERANCE_MIN: Final = 60.0
"""An answer is given at the end of a session or within the hour after (session-RPE protocol)."""
NEIGHBOURS: Final = 4
"""How many sessions before and after an answer, by end time, are looked at."""


# More seconds than any date has since 1970: sorting by the sum sorts by athlete first.
_ATHLETE_SPAN: Final = 1 << 34


@dataclass(frozen=True)
class Spans:
    """Intervals in seconds since 1970, with athletes as codes and sports as masks."""

    athlete: Ints
    start: Floats
    end: Floats
    sports: Ints

    def at(self, rows: Ints) -> "Spans":
        """Return the spans at the given positions."""
        return Spans(self.athlete[rows], self.start[rows], self.end[rows], self.sports[rows])


def match(answers: pd.DataFrame, sessions: pd.DataFrame) -> Ints:
    """Return for each answer the position of its session, or -1.

    A pair is possible if athlete and sport agree and the intervals overlap or the ends are at most
    :data:`TOLERANCE_MIN` apart. Where one side could not name the sport (`other`), the overlap must
    be at least half of the shorter interval. Pairs are made nearest ends first; nothing is used
    twice.

    Parameters
    ----------
    answers : pandas.DataFrame
        Columns athlete, end (UTC), duration_min, fits (mask of sports it may be).
    sessions : pandas.DataFrame
        Columns athlete, start (UTC), duration_min, sport.
    """
    matched = np.full(len(answers), -1, dtype=np.int64)
    if answers.empty or sessions.empty:
        return matched
    answered, recorded = _spans(answers, sessions)
    left, right = _candidates(answered, recorded)
    answer_span, other = answered.at(left), recorded.at(right)
    possible = _possible(answer_span, other)
    apart = np.abs(answer_span.end - other.end)
    # One to one: a second answer within the hour is about another session.
    pairs = nearest_first(left[possible], right[possible], apart[possible])
    matched[pairs[0]] = pairs[1]
    return matched


def _spans(answers: pd.DataFrame, sessions: pd.DataFrame) -> tuple[Spans, Spans]:
    names = pd.concat([answers["athlete"], sessions["athlete"]], ignore_index=True)
    codes = np.asarray(pd.factorize(names)[0], dtype=np.int64)
    end = seconds(answers["end"])
    start = seconds(sessions["start"])
    spans = Spans(
        codes[: len(answers)],
        end - length_s(answers),
        end,
        np.asarray(answers["fits"], dtype=np.int64),
    )
    recorded = Spans(
        codes[len(answers) :], start, start + length_s(sessions), masks(sessions["sport"])
    )
    return spans, recorded


def _candidates(spans: Spans, recorded: Spans) -> tuple[Ints, Ints]:
    """Pair each answer with the sessions whose ends lie next to its own, of the same athlete."""
    key = recorded.athlete * _ATHLETE_SPAN + recorded.end.astype(np.int64)
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key[order], spans.athlete * _ATHLETE_SPAN + spans.end.astype(np.int64))
    # A fixed number of neighbours, so that the work grows with the answers and not with all pairs.
    steps = np.arange(-NEIGHBOURS, NEIGHBOURS)
    near = (place[:, None] + steps).ravel()
    left = np.repeat(np.arange(len(place)), len(steps))
    inside = (near >= 0) & (near < len(order))
    left, right = left[inside], order[near[inside]]
    same = spans.athlete[left] == recorded.athlete[right]
    return left[same], right[same]


def _possible(spans: Spans, other: Spans) -> NDArray[np.bool_]:
    overlap = np.minimum(spans.end, other.end) - np.maximum(spans.start, other.start)
    shorter = np.minimum(spans.end - spans.start, other.end - other.start)
    near = (overlap > 0) | (np.abs(spans.end - other.end) <= TOLERANCE_MIN * 60)
    agree = (spans.sports & other.sports) != 0
    # Without a sport on one side nearness is weak proof (a gym
    # hour ends near a run): they must overlap.
    unnamed = (spans.sports == BITS["other"]) | (other.sports == BITS["other"])
    possible: NDArray[np.bool_] = (agree & near) | (
        unnamed & (overlap > 0) & (overlap >= LEAST_OVERLAP * shorter)
    )
    return possible


def nearest_first(left: Ints, right: Ints, apart: Floats) -> tuple[Ints, Ints]:
    """Accept pairs that are each other's nearest, drop what they used, and repeat."""
    order = np.lexsort((right, left, apart))
    left, right = left[order], right[order]
    taken: list[tuple[Ints, Ints]] = []
    while len(left):
        both = np.intersect1d(
            np.unique(left, return_index=True)[1], np.unique(right, return_index=True)[1]
        )
        taken.append((left[both], right[both]))
        free = ~np.isin(left, left[both]) & ~np.isin(right, right[both])
        left, right = left[free], right[free]
    empty = np.empty(0, dtype=np.int64)
    lefts, rights = zip(*taken, strict=True) if taken else ((empty,), (empty,))
    return np.concatenate(lefts), np.concatenate(rights)
