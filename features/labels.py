"""What a feature is called in the language spoken."""

from functools import cache

from common.language import translated
from features.matrix import catalogue


def feature_words(name: str) -> str:
    """Return the label of a feature, or its name where the catalogue holds no such feature.

    Examples
    --------
    >>> feature_words("weeks_at_risk_on_record"), feature_words("of_an_extension")
    ('weeks on record without an injury under way', 'of_an_extension')
    """
    return translated(_labels().get(name, name))


@cache
def _labels() -> dict[str, str]:
    return {feature.name: feature.label for feature in catalogue()}
