"""The dialogue of `stridecast data init`: every answer is checked where it is given."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from ingest.dataset import Scale

T = TypeVar("T")
Range = tuple[float, float]

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_WIDEST = 100
_USUAL = ((1, 5), (0, 5), (1, 7), (0, 7), (1, 10), (0, 10), (0, _WIDEST))
"""Forms in use, the shortest first: the proposal is the first that holds all answers seen."""

BEST = {
    "sleep_quality": "slept very well",
    "fatigue": "not tired at all",
    "soreness": "not sore at all",
    "stress": "not stressed at all",
    "mood": "best mood",
    "readiness": "fully ready to train",
}


class NotQuiteError(ValueError):
    """An answer that is none, with what was probably meant: Enter then takes that."""

    def __init__(self, message: str, meant: str) -> None:
        self.meant = meant
        super().__init__(message)


def ask(question: str, proposal: str, read: Callable[[str], T], *, empty: bool = False) -> T:
    """Ask until the answer can be read; what is wrong with one is said, and nothing is lost.

    Parameters
    ----------
    question : str
        In plain words.
    proposal : str
        What Enter means; an empty text proposes nothing.
    read : callable
        Answer -> value; a ValueError says in words what is wrong.
    empty : bool
        Whether no answer is an answer.
    """
    while True:
        default = proposal or ("" if empty else None)
        told: str = typer.prompt(question, default=default, show_default=bool(proposal))
        try:
            return read(told.strip())
        except ValueError as error:
            typer.echo(f"  {error}")
            proposal = error.meant if isinstance(error, NotQuiteError) else proposal


def ask_name(proposal: str) -> str:
    """Ask for the short name of the team."""
    return ask("short name of the team", proposal, _name)


def ask_zone() -> str:
    """Ask for the time zone of local times; the machine's is the proposal."""
    from ingest.time_zones import machine_zone  # noqa: PLC0415 - keeps --help quick

    return ask("time zone the team trains in, such as Europe/Berlin", machine_zone(), zone_of)


def ask_first_day(proposal: date | None) -> date:
    """Ask for the first day under observation."""
    question = (
        "first day from which the team's records are complete (earlier injuries still count as"
        " history)"
    )
    return ask(question, proposal.isoformat() if proposal else "", _day)


def ask_scales(seen: Mapping[str, Range]) -> dict[str, "Scale"]:
    """Ask for the scales of items: once for the direction of all, one by one only if they differ.

    Parameters
    ----------
    seen : mapping of str to (float, float)
        Item -> lowest and highest answer found.

    Returns
    -------
    dict of str to Scale
        Of the items that were answered for.
    """
    if not seen:
        return {}
    typer.echo("answers found: " + "; ".join(f"{_word(i)} {_span(seen[i])}" for i in seen))
    meaning = ", ".join(BEST[item] for item in seen)
    every = ask(
        f"on this form, is the highest answer the best for every item ({meaning})?"
        " [y/n, empty: read none of them]", "", _yes_or_no, empty=True,
    )  # fmt: skip
    if every is None:
        return {}
    ends = _ends(seen)
    told = {i: _upward(ends[i]) if every else _best_of(i, ends[i]) for i in seen}
    return {item: scale for item, scale in told.items() if scale}


def zone_of(text: str) -> str:
    """Return a time zone as it is named, or say which may be meant.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> try: zone_of("Berlin")
    ... except ValueError as error: print(error)
    'Berlin' is no time zone; did you mean Europe/Berlin?
    """
    from ingest.time_zones import meant_zones  # noqa: PLC0415 - keeps --help quick

    meant = meant_zones(text)
    if meant[:1] == (text,):
        return text
    if not meant:
        raise ValueError(f"{text!r} is no time zone; write continent/city: Europe/Berlin")
    told = f"{text!r} is no time zone; did you mean {' or '.join(meant)}?"
    raise NotQuiteError(told, meant[0])


def _ends(seen: Mapping[str, Range]) -> dict[str, Range]:
    """Ask for the lowest and highest answer of the form, once if all items may share them."""
    proposed = {item: _form_of(span) for item, span in seen.items()}
    if len(set(proposed.values())) == 1:
        whole = (min(low for low, _ in seen.values()), max(high for _, high in seen.values()))
        question = "lowest and highest answer that can be given"
        shared = ask(question, _pair(next(iter(proposed.values()))), _ends_around(whole))
        return dict.fromkeys(seen, shared)
    return {
        item: ask(
            f"{_word(item)} (answers {_span(span)}): lowest and highest answer that can be given",
            _pair(proposed[item]), _ends_around(span),
        )
        for item, span in seen.items()
    }  # fmt: skip


def _best_of(item: str, ends: Range) -> "Scale | None":
    low, high = ends
    question = (
        f"{_word(item)}: which number means {BEST[item]}, {low:g} or {high:g}? (empty: not read)"
    )
    return ask(question, "", _best_among(ends), empty=True)


def _best_among(ends: Range) -> "Callable[[str], Scale | None]":
    from ingest.dataset import Scale  # noqa: PLC0415 - keeps --help quick
    from ingest.wizard import two_numbers  # noqa: PLC0415

    low, high = ends

    def read(text: str) -> "Scale | None":
        if not text:
            return None
        if text == f"{low:g}":
            return Scale(worst=high, best=low)
        if text == f"{high:g}":
            return Scale(worst=low, best=high)
        try:
            worst, best = two_numbers(text)
        except ValueError:
            worst, best = low, low
        if {worst, best} == {low, high}:
            return Scale(worst=worst, best=best)
        raise ValueError(f"answer {low:g} or {high:g}")

    return read


def _ends_around(seen: Range) -> Callable[[str], Range]:
    from ingest.wizard import two_numbers  # noqa: PLC0415 - keeps --help quick

    def read(text: str) -> Range:
        low, high = sorted(two_numbers(text))
        if low > seen[0] or high < seen[1]:
            raise ValueError(f"answers {_span(seen)} were found, which do not fit into {text}")
        if low == high:
            raise ValueError("the two are the same number")
        return low, high

    return read


def _upward(ends: Range) -> "Scale":
    from ingest.dataset import Scale  # noqa: PLC0415 - keeps --help quick

    return Scale(worst=ends[0], best=ends[1])


def _form_of(seen: Range) -> Range:
    return next((one for one in _USUAL if one[0] <= seen[0] and seen[1] <= one[1]), seen)


def _name(text: str) -> str:
    if SLUG.fullmatch(text):
        return text
    raise ValueError(f"{text!r}: lower case, digits, - and _ only, such as northside")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it as 2025-01-06") from None


def _yes_or_no(text: str) -> bool | None:
    known = {"": None, "y": True, "yes": True, "n": False, "no": False}
    if text.lower() in known:
        return known[text.lower()]
    raise ValueError("answer y or n")


def _word(item: str) -> str:
    return item.replace("_", " ")


def _span(seen: Range) -> str:
    return f"{seen[0]:g} to {seen[1]:g}"


def _pair(ends: Range) -> str:
    return f"{ends[0]:g}-{ends[1]:g}"
