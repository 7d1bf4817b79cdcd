"""A plan's own words for sport and kind: `running`, `Dauerlauf`, `Ruhetag`, `tempo`."""

import re
from collections.abc import Callable
from typing import Final

import pandas as pd

from common.vocabulary import INTENSITIES, SPORTS
from ingest.readers.activity.sport_names import activity
from ingest.readers.text.plan_words import kind_of
from ingest.records.examination import Sheet

_RUNS: Final = re.compile(r"(dauer|wald|tempo|intervall|berg|steigerungs|long|lang)lauf|\bjog")
"""Runs that plans name and watches do not."""


def plain_plan_words(sheet: Sheet) -> None:
    """Rewrite sports and kinds that words tell to those of the table, as a named repair.

    A rest day is a planned day without running, whatever stands in its column of sport.
    """
    sport, kind = sheet.text("sport"), sheet.text("intensity")
    ours = _each(sport, _sport_of)
    kinds = _each(kind, kind_of)
    is_rest = _each(sport, kind_of).eq("rest").fillna(value=False) | kinds.eq("rest")
    # The table's own words stay, whatever a pattern makes of them.
    same_kind = kind.str.lower().isin(INTENSITIES)
    named = kinds.fillna(kind).where(~same_kind, kind).mask(is_rest, "rest")
    run = ours.fillna(sport).where(~sport.str.lower().isin(SPORTS), sport).mask(is_rest, "run")
    changed = (run.fillna("") != sport.fillna("")) | (named.fillna("") != kind.fillna(""))
    sheet.put("sport", run)
    sheet.put("intensity", named)
    sheet.repair(changed.to_numpy(dtype=bool), "plan_words_read")


def _sport_of(text: str) -> str | None:
    known = activity(text)
    if known.known:
        return known.sport
    return "run" if _RUNS.search(text.lower()) else None


def _each(text: pd.Series, reading: Callable[[str], str | None]) -> pd.Series:
    """Read each different text once; null where it tells nothing."""
    readings = {word: reading(word) for word in text.dropna().unique()}
    return text.map({word: value for word, value in readings.items() if value}).astype("str")
