"""Which marker is which: the labels of common marker sets, mapped to what gait needs."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_FOOT_AND_LEG: Final[Mapping[str, tuple[str, ...]]] = {
    "heel": ("heel", "cal", "hee", "calc", "calcstudy", "heelstudy", "fcc"),
    "toe": (
        "toetip",
        "mt2",
        "toe",
        "toestudy",
        "bigtoe",
        "mt1",
        "2mt",
        "toemed",
        "mth2",
        "fm2",
        "fm1",
        "met",
    ),
    "asis": ("asis", "asi", "asisstudy", "ias"),
    "psis": ("psis", "psi", "psisstudy", "ips"),
    "hip": ("hjc", "hjcstudy"),
    "knee": ("kjc", "kjcstudy"),
    "ankle": ("ajc", "ajcstudy"),
}
_MIDDLE: Final[Mapping[str, tuple[str, ...]]] = {
    "sacrum": ("vsacral", "sacr", "sacrum", "vsacrum"),
    "neck": ("c7", "c7study"),
}
_SIDES: Final = {"right": "r", "left": "l"}


def known_markers(labels: Iterable[str]) -> dict[str, str]:
    """Return canonical name -> label for the markers that are recognised.

    A subject's prefix (``name:RHEE``) is dropped; case, dots, blanks and underscores do not
    count. Where several labels fit, the one named first in the table is taken.

    Examples
    --------
    >>> known_markers(["anna:RHEE", "R.Heel", "L.Toe.Tip", "V.Sacral", "boite:gauche"])
    {'heel_right': 'R.Heel', 'toe_left': 'L.Toe.Tip', 'sacrum': 'V.Sacral'}
    >>> known_markers(["L_FCC", "L_FM1", "L_IAS", "r met"])  # Qualisys, BTS
    {'heel_left': 'L_FCC', 'toe_right': 'r met', 'toe_left': 'L_FM1', 'asis_left': 'L_IAS'}
    """
    plain: dict[str, str] = {}
    for label in labels:
        plain.setdefault(_plain(label), label)
    wanted = {
        f"{name}_{side}": tuple(f"{letter}{word}" for word in words)
        for name, words in _FOOT_AND_LEG.items()
        for side, letter in _SIDES.items()
    }
    recognised = {}
    for name, words in {**wanted, **_MIDDLE}.items():
        fitting = [plain[word] for word in words if word in plain]
        if fitting:
            recognised[name] = fitting[0]
    return recognised


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.rsplit(":", 1)[-1].lower())
