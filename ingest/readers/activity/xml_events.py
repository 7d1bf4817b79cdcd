"""XML of training logs, streamed: hostile declarations refused, careless ones forgiven.

Parsers that stop at the first fault refuse real exports: blanks or a byte order mark before the
declaration, prefixes that were never declared, files cut off at the end. libxml2 reads on.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from common.untyped import Untyped
from ingest.readers.base import FileRefused

_LEADING: Final = b" \t\r\n\0"
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_ENTITY: Final = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z]\w*)")
_PROLOG: Final = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)

RECOVERED: Final = "xml_faults_recovered"
TRUNCATED: Final = "truncated"
STRIPPED: Final = "blanks_before_xml_dropped"
"""Names of repairs."""


class Events:
    """The elements of an XML file, with what had to be forgiven while they were read.

    Iterating gives (start or end, local name, element); prefixes and namespaces are left out.

    Parameters
    ----------
    content : bytes
        The file.

    Raises
    ------
    FileRefused
        If the file declares a document type: logs have none, attacks do.
    """

    def __init__(self, content: bytes) -> None:
        body = strip_start(content)
        _refuse_declarations(body)
        self.repairs: list[str] = [STRIPPED] if body[:1] == b"<" != content[:1] else []
        self._body = body

    def __iter__(self) -> Iterator[tuple[str, str, Any]]:
        from lxml import etree  # heavy, and few teams need it

        parser = etree.iterparse(
            BytesIO(self._body),
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in parser:
                yield event, local_name(element), element
        except etree.XMLSyntaxError:
            self.repairs.append(TRUNCATED)
            return
        if _is_cut_off(self._body):
            self.repairs.append(TRUNCATED)
        elif len(parser.error_log):
            self.repairs.append(RECOVERED)


def strip_start(content: bytes) -> bytes:
    """Return the content without blanks and byte order marks before the first element."""
    # Polar writes blanks before the declaration, other programs a byte order mark.
    body = content.lstrip(_LEADING).removeprefix(_UTF8_BOM).lstrip(_LEADING)
    return body if body[:1] == b"<" else content


def root_name(head: bytes) -> str:
    """Return the local name of the first element in the head of a file, empty if it is no XML."""
    body = strip_start(head)
    if body[:2] in _UTF16:
        body = body.decode("utf-16", errors="ignore").encode()
    if body[:1] != b"<":
        return ""
    match = _ROOT.search(_PROLOG.sub(b"", body))
    return match.group(1).decode("ascii", errors="ignore") if match else ""


def local_name(element: Untyped) -> str:
    """Return the name without namespace and without a prefix that was never declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def text_of(element: Untyped) -> str:
    """Return the stripped text of an element."""
    return (element.text or "").strip()


def number_of(text: str | None) -> float:
    """Return a text as a number, NaN where it is none.

    A comma is a decimal mark: XML writes no thousands, and programs of some languages write one.

    Examples
    --------
    >>> number_of("12.5"), number_of("12,5"), number_of("1,234.5"), number_of("n/a")
    (12.5, 12.5, nan, nan)
    """
    try:
        return float(text.replace(",", ".")) if text else float("nan")
    except ValueError:
        return float("nan")


def forget(element: Untyped) -> None:
    """Free an element that was read, and what stands before it in its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_declarations(body: bytes) -> None:
    # In UTF-16 zero bytes part the letters, and a declaration would not be seen.
    wide = body[:2] in _UTF16
    text = body.decode("utf-16", errors="ignore").encode() if wide else body
    if _ENTITY.search(text):
        raise FileRefused(
            "document_type_declared",
            "the file declares a document type or entities, which no training log needs; it could"
            " make a reader fetch or swell what it names, so it is not read; export it again",
        )


def _is_cut_off(body: bytes) -> bool:
    """Say whether the file does not end with the end of its first element."""
    if body[:2] in _UTF16:
        return False
    end = body[-256:].rstrip()
    closing = rb"</(?:[\w.-]+:)?" + root_name(body).encode() + rb"\s*>"
    return not end.endswith(b"/>") and not re.search(closing, end)
