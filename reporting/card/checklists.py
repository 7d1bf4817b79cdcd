"""The two checklists a card is mapped to."""

from collections.abc import Callable
from typing import Final

from reporting.card.facts import CardFacts
from reporting.card.probast import probast
from reporting.card.tripod import tripod

Answer = Callable[[CardFacts], list[dict[str, str]]]

CHECKLISTS: Final[tuple[tuple[str, str, Answer], ...]] = (
    (
        "TRIPOD+AI, item by item",
        "What a report of a prediction model should tell (Collins et al. 2024, BMJ 385:e078378).",
        tripod,
    ),
    (
        "PROBAST+AI, domain by domain",
        "Quality and risk of bias (Moons et al. 2025, BMJ 388:e082505), the questions in our "
        "words; the program's own view of itself.",
        probast,
    ),
)
