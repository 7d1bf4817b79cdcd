"""Blank a person in a workbook where it stands: formulas, charts and formats of the others stay.

An XLSX file is a ZIP archive of XML parts (ECMA-376). Deleting rows would let formulas point to
other rows, and a library that writes the book anew would lose its charts, so cells are emptied in
place, and so are the copies of them that there are: shared strings that no cell uses any more, the
values that charts keep, comments, names of ranges, lists of choices, headers, and the author.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from lxml import etree

from common.untyped import Untyped
from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.cell_areas import Cell
from pipelines.upkeep.shared_files.sheet_shares import Share

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRINGS: Final = "xl/sharedStrings.xml"
_BOOK: Final = "xl/workbook.xml"
_XML: Final = (".xml", ".rels", ".vml")
_BEFORE_CALCULATION: Final = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What stands in a workbook before how it is computed, in this order."""
_UNTOUCHED: Final = ("xl/tables/", "xl/pivotCache/", "xl/pivotTables/")
"""What would no longer fit the cells if a name in it were taken out."""

Parts = dict[str, bytes]


class NotClear(Exception):  # noqa: N818 - no fault: the file is left to a person
    """The person cannot be taken out of a part without harm to others."""


def without_person(
    content: bytes,
    who: Person,
    shares: Mapping[str, Share],
    results: Collection[Cell] = (),
) -> bytes:
    """Return a workbook without a person.

    Parameters
    ----------
    content : bytes
        The XLSX file.
    who : Person
        Who is taken out.
    shares : mapping of str to Share
        Title of a sheet -> what of it is theirs.
    results : collection of Cell, optional
        Formulas that count what is theirs: each stays, and its last result goes.

    Raises
    ------
    NotClear
        If a formula, a table or a pivot table names them.
    zipfile.BadZipFile, lxml.etree.XMLSyntaxError, KeyError
        If it is no workbook, or damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        parts = {entry.filename: archive.read(entry) for entry in entries}
    places = _sheets_of(parts)
    for title, share in shares.items():
        parts |= _blanked(parts, places[title], share, who)
    parts |= _without_results(parts, places, results)
    _drop_unused_strings(parts, list(places.values()))
    for name, part in parts.items():
        if name.endswith(_XML):
            parts[name] = _cleaned(name, part, who)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            archive.writestr(entry, parts[entry.filename])
    return target.getvalue()


def _sheets_of(parts: Parts) -> dict[str, str]:
    """Return the part of every sheet, by its title."""
    targets = _targets(parts, _BOOK)
    sheets = _parsed(parts[_BOOK]).iter(f"{_S}sheet")
    return {sheet.get("name"): targets[sheet.get(_ID)] for sheet in sheets}


def _targets(parts: Parts, name: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of the reference."""
    folder, file = posixpath.split(name)
    listing = parts.get(f"{folder}/_rels/{file}.rels")
    if listing is None:
        return {}
    return {
        # A target is told from the part's folder, or from the root of the archive.
        reference.get("Id"): posixpath.normpath(
            posixpath.join("/", folder, reference.get("Target"))
        )[1:]
        for reference in _parsed(listing)
        if reference.get("TargetMode") != "External"
    }


def _blanked(parts: Parts, place: str, share: Share, who: Person) -> Parts:
    """Return a sheet and its comments without a share of its cells."""
    is_theirs = partial(_is_theirs, share=share)
    changed = {place: _changed(parts[place], partial(_blank_cells, is_theirs=is_theirs))}
    for name in _targets(parts, place).values():
        # xl/comments1.xml holds notes, xl/threadedComments/ the comments of newer versions.
        if "omments/" in name or "/comments" in name:
            blank = partial(_blank_comments, is_theirs=is_theirs, who=who)
            changed[name] = _changed(parts[name], blank)
    return changed


def _without_results(parts: Parts, places: Mapping[str, str], results: Collection[Cell]) -> Parts:
    """Return sheets without last results, and the word that they are computed when it is opened."""
    changed: Parts = {}
    for title in {cell.sheet for cell in results}:
        share = Share(cells={(cell.row, cell.column) for cell in results if cell.sheet == title})
        blank = partial(_blank_cells, is_theirs=partial(_is_theirs, share=share))
        changed[places[title]] = _changed(parts[places[title]], blank)
    return changed | ({_BOOK: _changed(parts[_BOOK], _compute_when_opened)} if changed else {})


def _compute_when_opened(book: Untyped) -> None:
    settings = book.find(f"{_S}calcPr")
    if settings is None:
        settings = etree.Element(f"{_S}calcPr")
        before = [*book.iter(*(f"{_S}{name}" for name in _BEFORE_CALCULATION))][-1]
        before.addnext(settings)
    settings.set("fullCalcOnLoad", "1")


def _is_theirs(reference: str | None, share: Share) -> bool:
    row, column = _place(reference or "A1")
    return row in share.rows or column in share.columns or (row, column) in share.cells


def _place(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a reference.

    >>> _place("B3"), _place("AA10")
    ((2, 1), (9, 26))
    """
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _blank_cells(sheet: Untyped, is_theirs: Callable[[str | None], bool]) -> None:
    """Empty cells; a formula stays, since others may share it, and loses its last result."""
    for cell in sheet.iter(f"{_S}c"):
        if is_theirs(cell.get("r")):
            for child in [*cell.iter(f"{_S}v", f"{_S}is")]:
                cell.remove(child)
            cell.attrib.pop("t", None)


def _blank_comments(
    comments: Untyped, is_theirs: Callable[[str | None], bool], who: Person
) -> None:
    for comment in comments.iter("{*}comment", "{*}threadedComment"):
        words = "".join(comment.itertext())
        if is_theirs(comment.get("ref")) or who.is_in(words):
            for text in comment.iter("{*}t", "{*}text"):
                text.text = None


def _drop_unused_strings(parts: Parts, sheets: list[str]) -> None:
    if _STRINGS not in parts:
        return
    used = {
        cell.findtext(f"{_S}v")
        for name in sheets
        for cell in _parsed(parts[name]).iter(f"{_S}c")
        if cell.get("t") == "s"
    }
    parts[_STRINGS] = _changed(parts[_STRINGS], partial(_empty_strings, used=used))


def _empty_strings(strings: Untyped, used: set[str | None]) -> None:
    """Empty the strings that no cell uses; their places stay, since cells count them."""
    for at, string in enumerate(strings.iter(f"{_S}si")):
        if str(at) not in used:
            for child in list(string):
                string.remove(child)
            etree.SubElement(string, f"{_S}t")


def _cleaned(name: str, part: bytes, who: Person) -> bytes:
    """Return a part without the names that are no cells."""
    root = _parsed(part)
    is_chart = name.startswith("xl/charts/")
    # A chart may hold only numbers of theirs, without the name: its copies always go.
    if not is_chart and not _mentions(root, who):
        return part
    if name.startswith(_UNTOUCHED):
        raise NotClear
    return _changed(part, partial(_clean, who=who))


def _mentions(root: Untyped, who: Person) -> bool:
    return any(who.is_in(value) for element in root.iter() for value in _values(element))


def _values(element: Untyped) -> list[str]:
    texts = [element.text, element.tail, *element.attrib.values()]
    return [text for text in texts if text]


def _clean(root: Untyped, who: Person) -> None:
    """Take names out of texts and attributes, and away what copies cells or is called by them.

    A chart keeps copies of cells; it reads the cells again when the workbook is opened.
    """
    for element in list(
        root.iter("{*}definedName", "{*}strCache", "{*}numCache", "{*}*RangeCache")
    ):
        is_copy = etree.QName(element).localname != "definedName"
        if is_copy or any(map(who.is_in, _values(element))):
            element.getparent().remove(element)
    for element in root.iter():
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if (local in {"f", "sheet"}) and any(map(who.is_in, _values(element))):
            raise NotClear
        element.text = _text_without(element.text, local, who)
        element.tail = element.tail and who.without(element.tail)
        for attribute, value in element.attrib.items():
            element.set(attribute, who.without(value))


def _text_without(text: str | None, local: str, who: Person) -> str | None:
    """Return a text without names; of a header that names somebody nothing but marks would stay."""
    if not text or not who.is_in(text):
        return text
    return None if local.endswith(("Header", "Footer")) else who.without(text)


def _parsed(part: bytes) -> Untyped:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def _changed(part: bytes, change: Callable[[Untyped], None]) -> bytes:
    root = _parsed(part)
    change(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
