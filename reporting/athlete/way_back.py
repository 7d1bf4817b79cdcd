"""The way back of one injured athlete as the pages show it: a curve, the stage, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from forecasting.returning.messages import stage_words
from reporting.charts.way_back import way_back_chart

OF_THE_CLUB: Final = "evidence"
"""The sentence that counts the club's own returns: others' injuries stay off an athlete's page."""


@dataclass(frozen=True)
class WayBack:
    """What the templates need.

    Parameters
    ----------
    stage : str
        Name of the stage; empty where the log tells none.
    chart : Markup
        From :func:`reporting.charts.way_back.way_back_chart`.
    sentences : tuple of str
        For the coach.
    own_sentences : tuple of str
        For the athlete: nothing about anybody else.
    half_by_days : int
        Days since onset by which half are back.
    """

    stage: str
    chart: Markup
    sentences: tuple[str, ...]
    own_sentences: tuple[str, ...]
    half_by_days: int


def way_back(key: str, name: str, outlook: Mapping[str, Any] | None) -> WayBack | None:
    """Return the way back of one athlete; None if the athlete is not injured.

    Parameters
    ----------
    key, name : str
        Unique on the page; of the athlete.
    outlook : mapping, optional
        From :func:`forecasting.returning.outlook.outlooks`.
    """
    if outlook is None:
        return None
    sentences: Mapping[str, str] = outlook["sentences"]
    return WayBack(
        stage=stage_words(outlook["stage"]),
        chart=way_back_chart(f"b{key}", name, outlook),
        sentences=tuple(sentences.values()),
        # The athlete's own page leaves the coach's hands, so that no other injury may stand in it.
        own_sentences=tuple(
            sentence for kind, sentence in sentences.items() if kind != OF_THE_CLUB
        ),
        half_by_days=int(outlook["half_by_days"]),
    )
