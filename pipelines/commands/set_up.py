"""Setting up a team's folder: what its files tell, in one summary to confirm."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

import typer

from common.errors import StridecastError
from pipelines.commands.questions import (
    ask_first_day,
    ask_name,
    ask_scales,
    ask_zone,
    told_scale,
    zone_of,
)
from pipelines.runtime.progress import file_progress

if TYPE_CHECKING:
    from ingest.dataset.settings import Scale
    from ingest.setup.proposal import Answers, Findings

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """What was said by options; empty where nothing was."""

    name: str = ""
    time_zone: str = ""
    observed_from: datetime | None = None
    observed_to: datetime | None = None
    scales: tuple[str, ...] = ()


def is_set_up(folder: Path) -> bool:
    """Return whether a folder has its `dataset.yaml`."""
    from ingest.dataset.settings import FILE_NAME  # noqa: PLC0415 - keeps --help quick

    return (folder / FILE_NAME).exists()


def set_up(folder: Path, told: Told, *, yes: bool, say: Say = print) -> None:
    """Propose the settings of a folder, ask for what no file tells, and write what is confirmed.

    Raises
    ------
    StridecastError
        If the folder holds no data, or something must be asked and nobody is there to answer.
    """
    from ingest.setup.proposal import look, scale_of, write, write_roster  # noqa: PLC0415

    scales = dict(scale_of(text) for text in told.scales)
    zone = _checked_zone(told.time_zone)
    with file_progress("looking") as progress:
        found = look(folder, today=datetime.now(tz=UTC).date(), progress=progress)
    with _somebody_answers(folder):
        answers, why_zone = _proposed(found, told, zone, scales, yes=yes)
        _summarise(folder, found, answers, why_zone, say)
        if not yes and not typer.confirm("Is this right?", default=True):
            answers = _asked(found, answers)
    # The roster first: a second run takes a folder with settings for one that is complete.
    if found.athletes:
        say(
            f"written: {write_roster(folder, found.athletes)} with {len(found.athletes)} athletes;"
            " nothing to do now if all are on the team (else delete their lines, and score again)"
        )
    say(f"written: {write(folder, answers)}")


def add_newcomers(folder: Path, *, yes: bool, say: Say = print) -> None:
    """Offer to add to the roster who has exports in the folder but no line in it.

    Raises
    ------
    StridecastError
        If there is nobody to add: the folder is set up already.
    """
    from ingest.people.newcomers import add_to_roster, find_newcomers, roster_of  # noqa: PLC0415
    from ingest.setup.proposal import already_there  # noqa: PLC0415

    with file_progress("looking") as progress:
        found = find_newcomers(folder, today=datetime.now(tz=UTC).date(), progress=progress)
    if not found:
        raise already_there(folder)
    roster = roster_of(folder)
    for one in found:
        say(f"not in {roster.name}: {one.told}")
    with _somebody_answers(folder):
        if yes or typer.confirm(f"add {len(found)} to {roster.name}?", default=True):
            add_to_roster(roster, [one.name for one in found])
            say(f"{len(found)} added to {roster}")


def _proposed(
    found: "Findings", told: Told, zone: str, scales: dict[str, "Scale"], *, yes: bool
) -> tuple["Answers", str]:
    """Return what the files and the options tell, and why this zone; the rest is asked for."""
    from ingest.setup.proposal import Answers  # noqa: PLC0415
    from ingest.setup.scales import by_the_words, form_of  # noqa: PLC0415
    from ingest.setup.time_zones import machine_zone  # noqa: PLC0415 - keeps --help quick

    open_ = {item: span for item, span in found.seen.items() if item not in scales}
    if found.words_hold:
        scales = scales | by_the_words({item: form_of([span]) for item, span in open_.items()})
    elif not yes:
        scales = scales | ask_scales(open_)
    why = "as told"
    if not zone and found.zones:
        zone, why = found.zones[0], "the clock of the watches"
    if not zone:
        zone, why = machine_zone(), "this computer's"
    if not zone:
        zone, why = _asked_or_refused(ask_zone, "the time zone", "--time-zone", yes=yes), "as told"
    first = told.observed_from.date() if told.observed_from else found.first
    if first is None:
        first = _asked_or_refused(lambda: ask_first_day(None), "the first day", "--from", yes=yes)
    answers = Answers(
        name=told.name or found.name,
        time_zone=zone,
        observed_from=first,
        observed_to=told.observed_to and told.observed_to.date(),
        scales=scales,
        strangers=found.strangers,
        injury_texts=found.injury_texts,
    )
    return answers, why


def _asked_or_refused(question: Callable[[], T], what: str, option: str, *, yes: bool) -> T:
    if yes:
        raise StridecastError(f"the files do not tell {what}", f"say it with {option}")
    return question()


def _asked(found: "Findings", answers: "Answers") -> "Answers":
    """Ask everything, with what was proposed in brackets."""
    return replace(
        answers,
        name=ask_name(answers.name),
        time_zone=ask_zone(answers.time_zone),
        observed_from=ask_first_day(answers.observed_from),
        scales=ask_scales(found.seen) if found.seen else answers.scales,
    )


def _summarise(
    folder: Path, found: "Findings", answers: "Answers", why_zone: str, say: Say
) -> None:
    kinds = ", ".join(f"{files:,} {kind}" for kind, files in found.kinds.items())
    say(f"{folder} is new. Assumed from its files:")
    say(f"  team       {answers.name}: {_people(found)}")
    say(f"  files      {kinds}")
    say(f"  records    {found.first} to {found.last}")
    say(f"  time zone  {answers.time_zone} ({why_zone})")
    say(
        f"  complete   from {answers.observed_from}: every injury since then is in the list; no"
        " entry means no injury"
    )
    for item, scale in answers.scales.items():
        say(f"  {told_scale(item, scale)}")
    if found.words_hold:
        say("  (checked: on these forms better nights go with less fatigue, soreness or stress)")
    for item in found.seen:
        if item not in answers.scales:
            say(
                f"  {item.replace('_', ' ')}: not read, for no file tells which answer is good;"
                f" --scale {item}=WORST:BEST does"
            )
    for note in found.notes:
        say(f"  {note}")


def _people(found: "Findings") -> str:
    return f"{len(found.athletes)} athletes" if found.athletes else "athletes as in its roster"


def _checked_zone(told: str) -> str:
    """Check a zone given as an option before any file is read."""
    try:
        return zone_of(told) if told else ""
    except ValueError as error:
        raise StridecastError(f"--time-zone: {error}") from None


@contextmanager
def _somebody_answers(folder: Path) -> Iterator[None]:
    """Say what to do where nobody sits at the keyboard, in place of a bare "Aborted"."""
    try:
        yield
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise StridecastError(
            f"{folder}: nobody answered, so nothing was written",
            f"`stridecast data init {quote(str(folder))} --yes` takes what is proposed, and so does"
            " `stridecast score` with --yes",
        ) from None
