"""The tree of random numbers: one seed, one independent branch for each purpose.

A change in one branch (a finer oracle, say) leaves every number of the others as it was.
"""

from typing import NamedTuple

from numpy.random import SeedSequence


class Streams(NamedTuple):
    """Independent random streams, each with its own branch of the seed."""

    pilot: SeedSequence
    traits: SeedSequence
    lives: SeedSequence
    presence: SeedSequence
    answers: SeedSequence
    devices: SeedSequence
    clinic: SeedSequence
    oracle: SeedSequence
    pen: SeedSequence
    # A branch is known by its place in this list: new ones come last.
    register: SeedSequence
    coaches: SeedSequence
    second: SeedSequence


def streams(seed: int) -> Streams:
    """Return the branches of a seed."""
    return Streams(*SeedSequence(seed).spawn(len(Streams._fields)))
