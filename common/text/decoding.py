"""Bytes to text, whatever program wrote them: byte order marks, UTF-16, old code pages."""

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(content: bytes) -> str:
    r"""Return a file's text with plain line feeds.

    UTF-16 is told by its mark or, without one, by the zero bytes of its Latin letters. What is no
    UTF-8 is decoded line by line, because spreadsheets join lines of several code pages in one
    file: each line is UTF-8 if it can be, Windows-1252 otherwise.

    Examples
    --------
    >>> decode("Ø Pace\r5,81".encode("utf-16"))
    'Ø Pace\n5,81'
    >>> decode("Läufe\n".encode("utf-8") + "Höhe".encode("latin-1"))
    'Läufe\nHöhe'
    """
    text = _text(content)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.removeprefix(mark).decode(encoding, errors="replace")
    sample = content[:400]
    # UTF-16 without a mark: every second byte of Latin text is zero, and no text file holds zeros.
    if sample.count(0) > len(sample) // 4:
        big = sample[0::2].count(0) > sample[1::2].count(0)
        return content.decode("utf-16-be" if big else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_line(line) for line in content.splitlines(keepends=True))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
