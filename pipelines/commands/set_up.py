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
from common.language import N_, message, plural, translated
from common.question import PEOPLE_KINDS
from common.retold import retold
from common.text.plain_words import number
from pipelines.commands.ask import decide, screen_lines
from pipelines.commands.people_lines import person_lines
from pipelines.commands.questions import (
    ask_first_day,
    ask_name,
    ask_scales,
    ask_zone,
    scale_words,
    zone_of,
)
from pipelines.runtime.progress import file_progress

if TYPE_CHECKING:
    from ingest.dataset.settings import Scale
    from ingest.run import IngestResult
    from ingest.setup.look import Findings
    from ingest.setup.proposal import Answers

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True)
class SetUpOptions:
    """What was said by options; empty where nothing was."""

    name: str = ""
    time_zone: str = ""
    observed_from: datetime | None = None
    observed_to: datetime | None = None
    scales: tuple[str, ...] = ()
    language: str = ""


def is_set_up(folder: Path) -> bool:
    """Return whether a folder has its `dataset.yaml`."""
    from ingest.dataset.settings import FILE_NAME

    return (folder / FILE_NAME).exists()


def set_up(
    folder: Path, context: SetUpOptions, *, yes: bool, cache: Path | None = None, say: Say = print
) -> None:
    """Propose the settings and the people of a folder, and write what is confirmed.

    Raises
    ------
    StridecastError
        If the folder holds no data, or something must be asked and nobody is there to answer.
    """
    from ingest.setup.answers import answer_all
    from ingest.setup.changes import remembered
    from ingest.setup.examine import proposed_answers, read_with
    from ingest.setup.look import look
    from ingest.setup.proposal import scale_of, write
    from ingest.setup.settings_file import put_values

    scales = dict(scale_of(text) for text in context.scales)
    zone = _checked_zone(context.time_zone)
    today = datetime.now(tz=UTC).date()
    with file_progress("looking") as progress:
        findings = look(folder, today=today, progress=progress)
    answers, why_zone = proposed_answers(findings, today)
    with _somebody_answers(folder):
        answers, why_zone = _with_told(answers, why_zone, findings, context, zone, scales, yes=yes)
        result = read_with(folder, answers, cache)
        _refuse_nobody(folder, result)
        doubts = _summarise(folder, findings, answers, why_zone, result, say)
        people = [question for question in result.questions if question.screen == "people"]
        # With files that cannot be one person's, Enter alone must not confirm the summary.
        if yes or typer.confirm(message("Is this right?"), default=not doubts):
            taken = [(person, person.proposal) for person in people]
            rest = [question for question in result.questions if question not in people]
        else:
            answers, taken, rest = _asked(findings, answers), [], list(result.questions)
        taken += decide(rest, yes=yes, say=say)
    # One change, so that one undo takes the whole set-up back.
    with remembered(folder):
        say(message("written: {path}", path=write(folder, answers)))
        # After `write`, because the language is put into the file that `write` makes.
        if context.language:
            put_values(folder, {("language",): context.language})
        answer_all(folder, taken)
    say(
        plural(
            "written: {path}: {count} athlete; edit it at any time",
            "written: {path}: {count} athletes; edit it at any time",
            len({*result.names}), path=folder / "roster.csv",
        )
    )  # fmt: skip


def add_newcomers(folder: Path, *, yes: bool, cache: Path | None = None, say: Say = print) -> None:
    """Offer to confirm who and what is new in a folder that is set up.

    Raises
    ------
    StridecastError
        If there is nothing to confirm: the folder is set up already.
    """
    from ingest.setup.answers import answer_all
    from ingest.setup.examine import examine
    from ingest.setup.proposal import already_there

    with file_progress("looking") as progress:
        today = datetime.now(tz=UTC).date()
        result = examine(folder, today=today, progress=progress, cache=cache).result
    if not result.questions:
        raise already_there(folder)
    if yes:
        for line in screen_lines([question for question in result.questions if question.safe]):
            say(line)
    with _somebody_answers(folder):
        if not yes and not sys.stdin.isatty():
            raise typer.Abort
        taken = decide(result.questions, yes=yes, say=say)
    answer_all(folder, taken)
    left = len(result.questions) - len(taken)
    if left:
        say(message(
            "{count} confirmed; {left} open: stridecast data questions {folder}",
            count=len(taken), left=left, folder=quote(str(folder)),
        ))  # fmt: skip
    else:
        say(message("{count} confirmed", count=len(taken)))


def _refuse_nobody(folder: Path, result: "IngestResult") -> None:
    """Refuse a folder of which no file is an athlete's and no sheet names one: nothing is written.

    Raises
    ------
    StridecastError
        If nobody is known, and no question could make somebody known.
    """
    if {*result.names} or any(
        question.kind in PEOPLE_KINDS or question.safe for question in result.questions
    ):
        return
    raise StridecastError(
        f"{folder}: no athlete was found in its files, so nothing was written",
        f"`stridecast data check {folder}` says what was not read and what is asked; lay each"
        " athlete's exports into a folder called by the athlete, or a sheet with a column of names;"
        " data/README.md lists the formats that are read",
    )


def _with_told(
    answers: "Answers",
    why_zone: str,
    findings: "Findings",
    context: SetUpOptions,
    zone: str,
    scales: dict[str, "Scale"],
    *,
    yes: bool,
) -> tuple["Answers", str]:
    """Return the proposal with what the options tell; what no file tells is asked for."""
    from ingest.setup.examine import NOTHING_TELLS

    open_ = {item: span for item, span in findings.seen.items() if item not in scales}
    every = {**answers.scales, **scales}
    if not (yes or findings.words_hold):
        every |= ask_scales(open_)
    # With --yes nobody is asked, so the zone is marked as a guess and stays on the list of to-dos.
    guessed = yes and not zone and why_zone == NOTHING_TELLS
    if not zone and why_zone == NOTHING_TELLS and not yes:
        zone = ask_zone()
    first = context.observed_from.date() if context.observed_from else answers.observed_from
    if findings.first is None and context.observed_from is None and not yes:
        first = ask_first_day(None)
    known = replace(
        answers,
        name=context.name or answers.name,
        time_zone=zone or answers.time_zone,
        observed_from=first,
        observed_to=context.observed_to.date() if context.observed_to else None,
        scales=every,
        zone_is_told=not guessed,
    )
    return known, N_("as told") if zone else why_zone


def _asked(findings: "Findings", answers: "Answers") -> "Answers":
    """Ask everything, with what was proposed in brackets."""
    return replace(
        answers,
        name=ask_name(answers.name),
        time_zone=ask_zone(answers.time_zone),
        observed_from=ask_first_day(answers.observed_from),
        scales=ask_scales(findings.seen) if findings.seen else answers.scales,
    )


def _summarise(
    folder: Path,
    findings: "Findings",
    answers: "Answers",
    why_zone: str,
    result: "IngestResult",
    say: Say,
) -> list[str]:
    """Tell what the files hold; return the sentences about what cannot be one person's."""
    from ingest.people.decision import LISTED
    from ingest.people.overview import overview

    kinds = ", ".join(f"{number(files, 0)} {kind}" for kind, files in findings.kinds.items())
    people = overview(result.people, result.names, result.records, result.tables)
    say(message("{folder} is new. Assumed from its files:", folder=folder))
    say(
        plural(
            "  team       {team}: {count} athlete", "  team       {team}: {count} athletes",
            len(people), team=answers.name,
        )
    )  # fmt: skip
    for line in person_lines(people):
        say(f"    {line}")
    for question in result.questions:
        if question.safe and (question.kind == "name" or question.reason == LISTED):
            say(
                f"    {question.rows[0]} = {question.proposal} "
                f"({retold(translated(question.reason))})"
            )
    doubts = _impossible(result)
    for sentence in doubts:
        say(f"  ! {sentence}")
    say(message("  files      {kinds}", kinds=kinds))
    say(message("  records    {first} to {last}", first=findings.first, last=findings.last))
    say(message("  time zone  {zone} ({why})", zone=answers.time_zone, why=translated(why_zone)))
    if not answers.zone_is_told:
        say(
            message(
                "             write the team's into dataset.yaml, time_zone, such as Europe/Berlin"
            )
        )
    say(message("  followed   from {day}", day=answers.observed_from))
    say(message("  injuries   {what}", what=_known_injuries(result)))
    if others := _other_sports(result):
        say(message("  sports     {what}", what=others))
    _say_scales(findings, answers, say)
    return doubts


def _say_scales(findings: "Findings", answers: "Answers", say: Say) -> None:
    for item, scale in answers.scales.items():
        say(f"  {scale_words(item, scale)}")
    if findings.words_hold:
        say(
            message(
                "  (checked: on these forms better nights go with less fatigue, soreness or stress)"
            )
        )
    for item in findings.seen:
        if item not in answers.scales:
            say(
                message(
                    "  {item}: not read, because no file tells which answer is good; --scale "
                    "{code}=WORST:BEST tells it",
                    item=item.replace("_", " "), code=item,
                )
            )  # fmt: skip


def _impossible(result: "IngestResult") -> list[str]:
    """Return what cannot be one person's, by name."""
    from ingest.people.impossible import impossible, in_two_groups

    names = {code: name for name, code in result.names.items()}
    called = {**result.people.proposed, **result.people.settled}
    return [
        *impossible(result.tables["sessions"], names).values(),
        *in_two_groups(result.people.owners, called).values(),
    ]


def _other_sports(result: "IngestResult") -> str:
    """Say how much of the team's training the model does not see, where it is much."""
    from forecasting.status.running_record import running_record
    from reporting.languages.other_sports import other_sports_line

    sessions = result.tables["sessions"]
    if sessions.empty:
        return ""
    return other_sports_line(running_record(result.tables, sessions["local_date"].max()))


def _known_injuries(result: "IngestResult") -> str:
    """Say from when on injuries are known: from the first entry of a list, never before it."""
    spans, answered = result.tables["injury_spans"], len(result.tables["injuries"])
    if spans.empty:
        if answered:
            return message(
                "no list of them was read; known from answers and remarks: {count}; others are "
                "unknown",
                count=answered,
            )
        return message("no list of them was read: who was hurt is not known")
    first = spans["known_from"].min().date()
    if not spans["source"].eq("register").all():
        return message("known from {day}, as dataset.yaml says", day=first)
    return message(
        "known from {day}, the first entry; earlier injuries are unknown (was every injury "
        "written down from an earlier day on? Write it into dataset.yaml, injuries_known_from)",
        day=first,
    )


def _checked_zone(zone: str) -> str:
    """Check a zone given as an option before any file is read."""
    try:
        return zone_of(zone) if zone else ""
    except ValueError as error:
        raise StridecastError(f"--time-zone: {error}") from None


@contextmanager
def _somebody_answers(folder: Path) -> Iterator[None]:
    """Say what to do where nobody sits at the keyboard, in place of a bare "Aborted"."""
    try:
        yield
    except typer.Abort:
        # At a terminal somebody pressed Ctrl-C: they know why it stopped.
        if sys.stdin.isatty():
            raise
        raise StridecastError(
            f"{folder}: nobody answered, so nothing was written",
            f"`stridecast data init {quote(str(folder))} --yes` takes what is proposed, and so does"
            " `stridecast score` with --yes",
        ) from None
