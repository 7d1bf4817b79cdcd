"""The layout of `params.yaml` that DVC keeps: what an experiment would write otherwise, and a tidy.

`dvc exp run -S` reads the file, changes a value and writes all of it: lists in brackets become
lines, quotes that are not needed go, lines break after 80 letters, and a comment inside brackets is
lost. What DVC has written once it writes again letter by letter, but for the changed value. So the
file is put into that layout beforehand, by DVC's own writer, and from then on no experiment
reformats it.
"""

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from common.store import write_text
from common.yaml_file import load_yaml

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#\s*(?P<words>.*?)\s*$")
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"(?:\\.|[^\"\\])*\"")


@dataclass(frozen=True)
class Layout:
    """How DVC would write a file of settings.

    Parameters
    ----------
    text : str
        The file as DVC writes it, with no value changed.
    lines : tuple of int
        Lines of the file, from 1, that are other then.
    lost : tuple of str
        Comments that are gone then.
    """

    text: str
    lines: tuple[int, ...]
    lost: tuple[str, ...]

    @property
    def places(self) -> str:
        """The lines in words: `2, 9-11`."""
        spans: list[list[int]] = []
        for line in self.lines:
            if spans and line == spans[-1][-1] + 1:
                spans[-1].append(line)
            else:
                spans.append([line])
        return ", ".join(
            f"{span[0]}-{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans
        )


def layout_of(path: Path) -> Layout:
    """Return how DVC would write a file of settings.

    Raises
    ------
    StridecastError
        If it is not there, or no YAML.
    """
    try:
        load_yaml(path)
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "run from the project's root") from None
    before = path.read_text(encoding="utf-8")
    text = _as_dvc_writes(before)
    lost = Counter(comments(before)) - Counter(comments(text))
    return Layout(text, _changed_lines(before, text), tuple(lost.elements()))


def tidy(path: Path) -> Layout:
    """Write a file of settings in the layout that DVC keeps; values and comments stay.

    Raises
    ------
    StridecastError
        If a comment would be lost, or a value would be read otherwise: the file stays as it was.
    """
    layout = layout_of(path)
    if layout.lost:
        raise StridecastError(
            f"{path}: DVC does not keep the comment {layout.lost[0]!r}, which stands inside "
            "brackets or in front of a list's first line",
            "move it to the line above the key, then tidy again",
        )
    values = load_yaml(path)
    with tempfile.TemporaryDirectory() as folder:
        anew = Path(folder) / path.name
        anew.write_text(layout.text, encoding="utf-8")
        # Written twice it must stay the same, or the next experiment would change lines again.
        if load_yaml(anew) != values or _as_dvc_writes(layout.text) != layout.text:
            raise StridecastError(
                f"{path}: its layout cannot be made one that DVC keeps",
                "use `stridecast experiments run`, which leaves the file as it is",
            )
    if layout.lines:
        write_text(path, layout.text)
    return layout


def comments(text: str) -> list[str]:
    r"""Return the words of the comments of a YAML text, in order.

    >>> comments("a: 1  # one\nb: 'no # comment'\n#two")
    ['one', 'two']
    """
    lines = (_QUOTED.sub("''", line) for line in text.splitlines())
    return [match["words"] for line in lines if (match := _COMMENT.search(line))]


def _as_dvc_writes(text: str) -> str:
    """Return what an experiment without a changed value makes of a file, by DVC's own code."""
    from dvc.utils.hydra import apply_overrides  # heavy, and an extra of its own

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "params.yaml"
        copy.write_text(text, encoding="utf-8")
        apply_overrides(copy, [])
        return copy.read_text(encoding="utf-8")


def _changed_lines(before: str, after: str) -> tuple[int, ...]:
    matcher = SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    return tuple(
        line
        for kind, first, last, _, _ in matcher.get_opcodes()
        if kind != "equal"
        for line in range(first + 1, max(last, first + 1) + 1)
    )
