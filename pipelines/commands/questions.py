"""The dialogue of `stridecast data init`: every answer is checked where it is given."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import typer

from common.language import N_, message

if TYPE_CHECKING:
    from ingest.dataset.settings import Scale

T = TypeVar("T")
Range = tuple[float, float]

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
BEST = {
    "sleep_quality": N_("slept very well"),
    "fatigue": N_("not tired at all"),
    "soreness": N_("not sore at all"),
    "stress": N_("not stressed at all"),
    "mood": N_("best mood"),
    "readiness": N_("fully ready to train"),
}


MOST = {
    "sleep_quality": N_("slept very well"),
    "fatigue": N_("exhausted"),
    "soreness": N_("very sore"),
    "stress": N_("very stressed"),
    "mood": N_("best mood"),
    "readiness": N_("fully ready to train"),
}
WORDS = {
    "sleep_quality": N_("sleep quality"),
    "fatigue": N_("fatigue"),
    "soreness": N_("soreness"),
    "stress": N_("stress"),
    "mood": N_("mood"),
    "readiness": N_("readiness"),
    "pain": N_("pain"),
}
_EXAMPLES = ("fatigue", "soreness", "stress")
"""Items whose word names the bad end: there the answers to the question differ."""


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
        # With None as the default, typer asks until something is typed.
        default = proposal or ("" if empty else None)
        reply: str = typer.prompt(question, default=default, show_default=bool(proposal))
        try:
            return read(reply.strip())
        except ValueError as error:
            typer.echo(f"  {error}")
            proposal = error.meant if isinstance(error, NotQuiteError) else proposal


def ask_name(proposal: str) -> str:
    """Ask for the short name of the team."""
    return ask(message("short name of the team"), proposal, _name)


def ask_zone(proposal: str = "") -> str:
    """Ask for the time zone of local times."""
    return ask(message("time zone the team trains in, such as Europe/Berlin"), proposal, zone_of)


def ask_first_day(proposal: date | None) -> date:
    """Ask for the first day under observation."""
    question = message(
        "first day from which the team's records are complete (earlier injuries still count as"
        " history)"
    )
    return ask(question, proposal.isoformat() if proposal else "", _day)


def ask_scales(seen: Mapping[str, Range]) -> dict[str, "Scale"]:
    """Ask what the numbers of a form mean: once for all items, one by one only if they differ.

    Parameters
    ----------
    seen : mapping of str to (float, float)
        Item -> lowest and highest answer found.

    Returns
    -------
    dict of str to Scale
        Of the items that were answered for.
    """
    from ingest.setup.scales import by_the_words, one_good_end

    if not seen:
        return {}
    ends = _ends(seen)
    item = next((example for example in _EXAMPLES if example in ends), next(iter(ends)))
    low, high = (f"{end:g}" for end in ends[item])
    typer.echo(
        message(
            "{items}: what does the highest answer mean? For example {item}:\n"
            "  1  a lot of what the word says ({item} {high} = {most})\n"
            "  2  always the good end ({item} {high} = {best})\n"
            "  3  always the bad end ({item} {low} = {best})\n"
            "  4  it differs: ask item by item",
            items=_listed(seen), item=_word(item), high=high, low=low, most=message(MOST[item]),
            best=message(BEST[item]),
        )
    )  # fmt: skip
    kind = ask(message("1 to 4, empty: read none of them"), "", _one_of_four, empty=True)
    if kind == "4":
        by_item = {name: _best_of(name, ends[name]) for name in seen}
        return {name: scale for name, scale in by_item.items() if scale}
    known = {
        "1": lambda: by_the_words(ends),
        "2": lambda: one_good_end(ends, highest=True),
        "3": lambda: one_good_end(ends, highest=False),
    }
    return known[kind]() if kind in known else {}


def scale_words(item: str, scale: "Scale") -> str:
    """Say what a scale means: "fatigue: 1 = not tired at all (5 is the bad end)"."""
    return message(
        "{item}: {good} = {best} ({bad} is the bad end)",
        item=_word(item), good=f"{scale.best:g}", best=message(BEST[item]), bad=f"{scale.worst:g}",
    )  # fmt: skip


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
    from ingest.setup.time_zones import meant_zones

    meant = meant_zones(text)
    if meant[:1] == (text,):
        return text
    if not meant:
        raise ValueError(f"{text!r} is no time zone; write continent/city: Europe/Berlin")
    problem = f"{text!r} is no time zone; did you mean {' or '.join(meant)}?"
    raise NotQuiteError(problem, meant[0])


def _ends(seen: Mapping[str, Range]) -> dict[str, Range]:
    """Return the lowest and highest answer of each item's form; asked for unless both were seen."""
    from ingest.setup.scales import form_of

    forms = {item: form_of([span]) for item, span in seen.items()}
    ends: dict[Range, Range] = {}
    for form in dict.fromkeys(forms.values()):
        of_it = {item: span for item, span in seen.items() if forms[item] == form}
        whole = (min(low for low, _ in of_it.values()), max(high for _, high in of_it.values()))
        question = message(
            "{items}: answers {span} were found; lowest and highest answer that can be given",
            items=_listed(of_it), span=_span(whole),
        )  # fmt: skip
        # Answers from 1 to 4 may come from a form of 1 to 5: only a person knows.
        ends[form] = form if whole == form else ask(question, _pair(form), _ends_around(whole))
    return {item: ends[form] for item, form in forms.items()}


def _best_of(item: str, ends: Range) -> "Scale | None":
    low, high = ends
    question = message(
        "{item}: which number means {best}, {low} or {high}? (empty: not read)",
        item=_word(item), best=message(BEST[item]), low=f"{low:g}", high=f"{high:g}",
    )  # fmt: skip
    return ask(question, "", _best_among(ends), empty=True)


def _best_among(ends: Range) -> "Callable[[str], Scale | None]":
    from ingest.dataset.settings import Scale
    from ingest.setup.proposal import two_numbers

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
            # Equal ends fail the check below, so that both faults get the same message.
            worst, best = low, low
        if {worst, best} == {low, high}:
            return Scale(worst=worst, best=best)
        raise ValueError(f"answer {low:g} or {high:g}")

    return read


def _ends_around(seen: Range) -> Callable[[str], Range]:
    from ingest.setup.proposal import two_numbers

    def read(text: str) -> Range:
        low, high = sorted(two_numbers(text))
        if low > seen[0] or high < seen[1]:
            raise ValueError(f"answers {_span(seen)} were found, which do not fit into {text}")
        if low == high:
            raise ValueError("the two are the same number")
        return low, high

    return read


def _name(text: str) -> str:
    if SLUG.fullmatch(text):
        return text
    raise ValueError(f"{text!r}: lower case, digits, - and _ only, such as northside")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it as 2025-01-06") from None


def _one_of_four(text: str) -> str:
    if text in ("", "1", "2", "3", "4"):
        return text
    raise ValueError("answer 1, 2, 3 or 4")


def _listed(items: Mapping[str, Range]) -> str:
    return ", ".join(_word(item) for item in items)


def _word(item: str) -> str:
    return message(WORDS.get(item, item.replace("_", " ")))


def _span(seen: Range) -> str:
    return message("{low} to {high}", low=f"{seen[0]:g}", high=f"{seen[1]:g}")


def _pair(ends: Range) -> str:
    return f"{ends[0]:g}-{ends[1]:g}"
