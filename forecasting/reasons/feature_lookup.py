"""How a sentence looks at the athlete's other features."""

from collections.abc import Callable

FeatureLookup = Callable[[str], float]
"""Value of a feature of the athlete by name, nan where it is unknown."""
