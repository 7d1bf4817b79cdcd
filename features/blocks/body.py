"""Body measures that several blocks use."""

from features.kernels.windows import Daily
from features.panel.days import Days


def mass(days: Days) -> Daily:
    """Latest body mass up to the day, however old."""
    return days.latest("mass_kg", days.panel.grid.size + 1)
