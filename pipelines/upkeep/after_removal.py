"""What is told after somebody was forgotten: what is left to a person, and who has it still."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from common.language import message, plural
from common.text.plain_words import plain_date
from pipelines.upkeep.person import Person
from pipelines.upkeep.search import Hit
from pipelines.upkeep.shared_files.old_workbooks import OLD_KINDS
from pipelines.upkeep.where_named import places_named, some_of
from pipelines.weekly.forecast_archive import Archive

_SHEETS: Final = OLD_KINDS | {".csv", ".tsv", ".xlsx"}


def typed_totals(rewritten: Iterable[Hit]) -> list[str]:
    """Say that a sum which is no formula stays in a shared sheet: it looks like any value."""
    if not any(hit.path.suffix.lower() in _SHEETS for hit in rewritten):
        return []
    return [
        message(
            "a total that somebody typed into a shared sheet still includes this person: change it"
        )
    ]


def tracked(data: Path) -> list[str]:
    """Say that DVC's record of the exports is an old one, where it has any."""
    # DVC may track the exports by a folder above them.
    for folder in (data, *data.resolve().parents):
        if (folder.parent / f"{folder.name}.dvc").is_file():
            return [
                message(
                    "DVC still holds the record of the earlier exports: run `dvc add {folder}` "
                    "and commit it",
                    folder=folder,
                )
            ]
    return []


def left(hit: Hit, who: Person) -> str:
    """Say where a file still names the person, so that somebody can change it there."""
    places = places_named(hit.path, hit.source, who)
    return plural(
        "left, to be changed by hand: {path}: named in {count} place: {places}",
        "left, to be changed by hand: {path}: named in {count} places: {places}",
        len(places),
        path=hit.path,
        places=some_of(places),
    )


def sent(out: Path, dataset: str, who: Person) -> list[str]:
    """Say in which weekly lists the person stood: whoever was sent one of them has it still."""
    forecasts = Archive(out, dataset).forecasts()
    # Nothing was ever scored here, so that nothing can have been sent.
    if forecasts is None:
        return []
    days = forecasts.loc[forecasts["athlete"].astype(str) == who.code, "as_of"].drop_duplicates()
    if days.empty:
        return []
    # Weeks and not readers: to whom a page was sent the program cannot know.
    first, last = plain_date(days.min()), plain_date(days.max())
    span = first if first == last else message("{first} to {last}", first=first, last=last)
    sentence = plural(
        "forecasts already sent: {code} stood in {count} weekly list ({days}); people who got "
        "its page, table or text still have it",
        "forecasts already sent: {code} stood in {count} weekly lists ({days}); people who got "
        "a page, table or text of them still have it",
        len(days),
        code=who.code,
        days=span,
    )
    return [sentence]


def became_xlsx(path: Path) -> bool:
    """Say whether an old workbook was rewritten as a new one, and is gone."""
    # The old format is read but never written, so that a rewritten workbook changes its ending.
    return path.suffix.lower() in OLD_KINDS and not path.exists()


def as_xlsx(hit: Hit) -> str:
    """Say what an old workbook has become."""
    return message(
        "saved as {new} with its values alone, without formats and formulas: {path}",
        new=hit.path.with_suffix(".xlsx").name, path=hit.path,
    )  # fmt: skip
