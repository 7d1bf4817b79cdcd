"""How much the two sides of regular runners differ: the reference for a side difference.

Source: RBDS (Fukuchi, Fukuchi and Duarte 2017, PeerJ 5:e3298, CC BY 4.0), 27 men tested with a
hand-held dynamometer; docs/reference_ranges.md holds the whole table and how it was made. So few
runners are an orientation and no norm in the strict sense.
"""

from typing import Final, NamedTuple

SOURCE: Final = "Fukuchi 2017"


class SideNorm(NamedTuple):
    """Side differences of a group, in % of the stronger side."""

    runners: int
    median_pct: int
    one_in_ten_pct: int


NORMS: Final = {
    "hip_abduction": SideNorm(27, 9, 22),
    "hip_extension": SideNorm(27, 6, 16),
    "hip_external_rotation": SideNorm(27, 10, 24),
}
"""By test; of other tests no open data of runners are at hand."""
