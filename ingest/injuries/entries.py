"""A line of an injury register -> what it means in the closed vocabulary, and how it is classed."""

from collections.abc import Mapping

import pandas as pd

from common.vocabulary import SIDES
from ingest.dataset.settings import InjuryMeaning
from ingest.injuries.body_part_words import AWAY
from ingest.injuries.classing import ReportedInjury, classify
from ingest.injuries.entry import InjuryEntry, SettledEntry
from ingest.injuries.osiics import meaning_of
from ingest.injuries.returns import is_far, read_return
from ingest.injuries.severity_words import says, severity_of
from ingest.injuries.text import (
    InjuryText,
    is_negated,
    own_meaning,
    plain_words,
    read_injury_text,
    side_of,
)

UNKNOWN = "unknown"
_CAUSES = frozenset(AWAY.split("|"))


def settle_entry(entry: InjuryEntry, own: Mapping[str, InjuryMeaning]) -> SettledEntry:
    """Settle a line: body part, side, diagnosis, return, severity and class.

    Parameters
    ----------
    entry : InjuryEntry
        The cells as written.
    own : mapping of str to InjuryMeaning
        The club's own words.

    Examples
    --------
    >>> day = pd.Timestamp("2020-02-27")
    >>> found = settle_entry(
    ...     InjuryEntry(day, text="Muskelfasserris Oberschenkel hinten li.", remark="3 Wo"), {})
    >>> found.region, found.side, found.diagnosis, found.injury_class, found.class_reason
    ('thigh', 'left', 'muscle_strain', 'injury', 'days_lost')
    >>> found.return_date.date().isoformat()
    '2020-03-19'
    """
    injury_text = _place_of_entry(entry, own)
    back = _return(entry)
    severity = severity_of(plain_words(entry.severity_cell))
    region = injury_text.region or UNKNOWN
    words = plain_words(f"{entry.text} ; {entry.remark} ; {entry.return_text}")
    is_decided = own_meaning(plain_words(entry.text), own) is not None
    evidence = ReportedInjury(region, severity, _days_lost(entry, back), words, is_decided)
    injury_class, reason = _class_of(evidence)
    return SettledEntry(
        injury=injury_text.injury,
        region=region,
        side=_side(entry) or injury_text.side,
        diagnosis=injury_text.diagnosis,
        severity=severity,
        mode=UNKNOWN,
        # "Open" outweighs a guess such as "3 weeks"; only a written day outweighs "open".
        return_date=None if says(words, "open") and entry.return_date is None else back,
        injury_class=injury_class,
        class_reason=reason,
    )


def _place_of_entry(entry: InjuryEntry, own: Mapping[str, InjuryMeaning]) -> InjuryText:
    """Return what the cells tell of the place: words first, then its own cell, code and remark."""
    text = read_injury_text(entry.text or entry.region_cell, own)
    cell = read_injury_text(entry.region_cell, own)
    code = meaning_of(entry.code)
    if not text.injury and not (_is_cause(entry.text, own) and (cell.region or code.region)):
        return text
    remark = read_injury_text(entry.remark, own)
    regions = (text.region, cell.region, code.region, remark.region)
    region = next((region for region in regions if region), None)
    others = (meaning.diagnosis for meaning in (cell, code, remark) if meaning.region == region)
    diagnosis = text.diagnosis or next((candidate for candidate in others if candidate), None)
    # A remark about another body part tells the side of that part.
    sides = (text.side, cell.side, remark.side if remark.region in {None, region} else None)
    side = next((side for side in sides if side), None)
    return InjuryText(injury=True, region=region, side=side, diagnosis=diagnosis)


def _is_cause(text: str, own: Mapping[str, InjuryMeaning]) -> bool:
    """Say whether a text such as "work" beside a body part is how an injury came.

    Alone it is why somebody was away.
    """
    plain = plain_words(text)
    return plain in _CAUSES and own_meaning(plain, own) is None


def _class_of(evidence: ReportedInjury) -> tuple[str | None, str]:
    """Return class and reason; a text that denies something and tells no place stays open."""
    if evidence.region == UNKNOWN and is_negated(evidence.plain):
        return None, "place_unknown"
    return classify(evidence)


def _side(entry: InjuryEntry) -> str | None:
    cell = plain_words(entry.side_cell)
    side = cell if cell in SIDES else side_of(cell)
    return side or side_of(plain_words(entry.text)) or side_of(plain_words(entry.remark))


def _return(entry: InjuryEntry) -> pd.Timestamp | None:
    """Return the day of return: as a date, in words, or from the days lost."""
    onset = entry.onset_date
    if entry.return_date is not None and pd.notna(entry.return_date):
        before = onset is not None and entry.return_date < onset
        impossible = before or (onset is not None and is_far(entry.return_date.year, onset))
        # A mistyped return leaves the injury open: it must not count as healed.
        return None if impossible else entry.return_date
    for text in (entry.return_text, entry.remark):
        stated_return = read_return(text, onset)
        if stated_return is not None:
            return stated_return
    lost = entry.days_lost
    if onset is None or pd.isna(onset) or lost is None or pd.isna(lost):
        return None
    return onset + pd.Timedelta(days=round(lost))


def _days_lost(entry: InjuryEntry, back: pd.Timestamp | None) -> float | None:
    if entry.days_lost is not None and pd.notna(entry.days_lost):
        return float(entry.days_lost)
    if back is None or entry.onset_date is None or pd.isna(entry.onset_date):
        return None
    return float((back - entry.onset_date).days)
