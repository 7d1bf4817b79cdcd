"""The catalogue as documentation: a Markdown table per block, kept between markers in a file."""

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from common.store import write_text
from features.catalogue.entry import Feature
from features.matrix import catalogue

BEGIN: Final = "<!-- features: written by `python -m features.dictionary` -->"
END: Final = "<!-- features: end -->"
DEFAULT_FILE: Final = Path("docs/features.md")
_HEAD: Final = (
    "| feature | unit | range | what it is | formula | source | changeable | risk | may be null "
    "because |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
_DIRECTIONS: Final = {1: "may not fall", 0: "free", -1: "may not rise"}


def dictionary(features: Sequence[Feature]) -> str:
    """Return the catalogue as Markdown, one table per block, in the order of the matrix."""
    parts = [
        f"### {block} ({len(entries)} features)\n\n{_HEAD}\n" + "\n".join(map(_row, entries))
        for block, entries in _by_block(features)
    ]
    return "\n\n".join(parts)


def _by_block(features: Sequence[Feature]) -> list[tuple[str, list[Feature]]]:
    return [(block, list(group)) for block, group in groupby(features, key=lambda f: f.block)]


def _row(f: Feature) -> str:
    span = f"{f.low:g} to {f.high:g}"
    changeable = "yes" if f.changeable else "no"
    cells = [f"`{f.name}`", f.unit, span, f.label, f.formula, f.source, changeable]
    # Missing without a structural reason only means that nobody knows.
    cells += [_DIRECTIONS[f.monotone], f.structural_null or "unknown"]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def replace_between_markers(text: str, content: str) -> str:
    """Return `text` with what stands between the markers replaced by `content`.

    Raises
    ------
    StridecastError
        If the markers are missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise StridecastError(
            "the feature dictionary's markers are missing", f"add {BEGIN} and {END}"
        )
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"


def rewrite(path: Path = DEFAULT_FILE) -> None:
    """Bring the file up to date with the catalogue."""
    text = path.read_text(encoding="utf-8")
    write_text(path, replace_between_markers(text, dictionary(catalogue())))


if __name__ == "__main__":
    rewrite(*map(Path, sys.argv[1:2]))
