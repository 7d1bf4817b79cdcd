"""Samples added up by minute, so that years of them fit into little memory."""

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass
class Minutes:
    """Samples of one quantity and source: minute since 1970, sum and number of each minute."""

    minute: "array[int]" = field(default_factory=lambda: array("q"))
    total: "array[float]" = field(default_factory=lambda: array("d"))
    count: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, at_s: float, value: float) -> None:
        """Add a sample; samples of one minute that come together share a place."""
        minute = int(at_s // 60)
        if self.minute and self.minute[-1] == minute:
            self.total[-1] += value
            self.count[-1] += 1
        else:
            self.minute.append(minute)
            self.total.append(value)
            self.count.append(1)

    def means(self) -> "Means":
        """Return what answers for the mean of any span."""
        minute = np.array(self.minute, dtype=np.int64)
        # Nothing promises that the samples of a source come in order.
        order = np.argsort(minute, kind="stable")
        return Means(
            minute[order],
            np.concatenate([[0.0], np.cumsum(np.array(self.total, dtype=np.float64)[order])]),
            np.concatenate([[0], np.cumsum(np.array(self.count, dtype=np.int64)[order])]),
        )


@dataclass(frozen=True)
class Means:
    """Running sums over sorted minutes."""

    minute: NDArray[np.int64]
    totals: NDArray[np.float64]
    counts: NDArray[np.int64]

    def over(self, start_s: float, end_s: float) -> tuple[float, int]:
        """Return mean and number of the samples in the minutes that a span touches."""
        first = np.searchsorted(self.minute, start_s // 60, side="left")
        last = np.searchsorted(self.minute, end_s // 60, side="right")
        count = int(self.counts[last] - self.counts[first])
        total = float(self.totals[last] - self.totals[first])
        return (total / count if count else float("nan")), count
