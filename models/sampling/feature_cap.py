"""Which features a model may use, decided before any outcome is seen."""

from collections.abc import Collection, Iterable

from features.catalogue.core import CORE
from features.catalogue.entry import BLOCKS, Feature


def capped(
    entries: Iterable[Feature],
    most: int | None,
    always: Collection[str] = (),
    first: Collection[str] = CORE,
) -> tuple[Feature, ...]:
    """Return at most `most` features in the pre-declared order, each in its catalogue place.

    The core measures (:data:`features.catalogue.core.CORE`) come first, then features whose
    direction the literature gives, then the others; within each by the pre-declared order of
    blocks, then by the catalogue. No outcome takes part in the choice, so that it costs no events.

    Parameters
    ----------
    entries : iterable of Feature
        Candidates, in the order of the matrix.
    most : int or None
        Riley's criterion (:mod:`models.metrics.sample_size`) says how many a training set carries;
        None keeps all and leaves the selection to the penalties.
    always : collection of str
        Names that stay in any case and do not count towards `most`.
    first : collection of str
        The core measures, of an outcome where its core is its own.

    Examples
    --------
    >>> given = {"label": "", "unit": "", "formula": "", "source": "", "changeable": True}
    >>> free = Feature(name="km", block="load", **given)
    >>> known = Feature(name="injuries", block="history", monotone=1, **given)
    >>> [f.name for f in capped([free, known], 1)]
    ['injuries']
    >>> [f.name for f in capped([free, known], 1, {"km"})]
    ['km', 'injuries']
    """
    candidates = tuple(entries)
    counted = [i for i, f in enumerate(candidates) if f.name not in always]
    if most is None or most >= len(counted):
        return candidates
    order = sorted(
        counted,
        key=lambda i: (
            candidates[i].name not in first,
            # A direction that studies agree on is evidence that costs no event of this data set.
            candidates[i].monotone == 0,
            BLOCKS.index(candidates[i].block),
            i,
        ),
    )
    left_out = set(order[most:])
    return tuple(f for i, f in enumerate(candidates) if i not in left_out)
