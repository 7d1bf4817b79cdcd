"""The page's colours: text keeps WCAG AA contrast and no meaning hangs on hue alone."""

from typing import Final

INK: Final = "#15242f"
MUTED: Final = "#4a5b69"
PAPER: Final = "#f3f7fa"
CARD: Final = "#ffffff"
LINE: Final = "#d5e0e8"
SKY: Final = "#0c4a6e"
SKY_LIGHT: Final = "#176a8c"
ACCENT: Final = "#0b5c86"
BAR: Final = "#9fc3d8"
SPIKE: Final = "#b3400b"
AGAINST: Final = "#2a7f9e"

BAND_COLOURS: Final[dict[str, tuple[str, str]]] = {
    "low": ("#dcebf2", "#123f57"),
    "raised": ("#fbe9b7", "#553f00"),
    "high": ("#f5b98a", "#4d1d00"),
    "very high": ("#8a2a0d", "#ffffff"),
}
"""Ground and text of each band; lightness falls from band to band, so print keeps the order."""

BAND_BARS: Final[dict[str, str]] = {"low": BAR, "raised": "#e3b437", "high": "#dd7d35"}
"""Small bars of the bands whose ground is too light for a bar; others take the ground."""

TEXT_PAIRS: Final = (
    (INK, PAPER),
    (INK, CARD),
    (MUTED, PAPER),
    (MUTED, CARD),
    (ACCENT, CARD),
    (ACCENT, PAPER),
    ("#ffffff", SKY),
    ("#ffffff", SKY_LIGHT),
    (SPIKE, CARD),
)
"""Every pair of text on ground that the style sheet uses, bands aside."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2), 0 for black to 1 for white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - constants of sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text: str, ground: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21; AA asks for 4.5."""
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
