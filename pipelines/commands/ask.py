"""Questions on the terminal: those that are certain on one screen, the others one by one."""

import sys
from collections.abc import Callable, Sequence

import typer

from common.language import message, translated
from common.question import Question
from common.retold import retold

Say = Callable[[str], None]
Answer = tuple[Question, str]


def decide(questions: Sequence[Question], *, yes: bool, say: Say = print) -> list[Answer]:
    """Return the answers to questions: what is safe together, the rest singly.

    Parameters
    ----------
    questions : sequence of Question
        What is open.
    yes : bool
        Whether safe proposals are taken without asking; nothing else is answered then.
    say : callable
        Called with each line of a screen.
    """
    safe = [question for question in questions if question.safe and question.proposal]
    if yes:
        # `--yes` must not decide who somebody is: an unsafe guess would mix two people's records.
        return [(question, question.proposal) for question in safe]
    # Nobody is there to answer (cron): the questions stay open, and the page tells them.
    if not sys.stdin.isatty():
        return []
    return [
        *_screens(safe, say),
        *_singly([question for question in questions if question not in safe], say),
    ]


def _screens(safe: Sequence[Question], say: Say) -> list[Answer]:
    answers: list[Answer] = []
    for screen in dict.fromkeys(question.screen for question in safe):
        shown = [question for question in safe if question.screen == screen]
        for line in screen_lines(shown):
            say(line)
        if typer.confirm(message("Are these {count} right?", count=len(shown)), default=True):
            answers += [(question, question.proposal) for question in shown]
        else:
            answers += _singly(shown, say)
    return answers


def screen_lines(questions: Sequence[Question]) -> list[str]:
    """Return a screen: new athletes, then what other names mean, then sheets."""
    new = [question.rows[0] for question in questions if question.kind == "person"]
    first_line = message("new athletes ({count}): {names}", count=len(new), names=", ".join(new))
    lines = [first_line] if new else []
    meant: dict[str, list[Question]] = {}
    for question in questions:
        if question.kind == "name":
            meant.setdefault(question.proposal, []).append(question)
    for athlete, several in sorted(meant.items()):
        names = ", ".join(
            f"{question.rows[0]} ({retold(translated(question.reason))})" for question in several
        )
        lines.append(f"{athlete} = {names}")
    # Names are gathered by what they mean, so that one line shows all spellings of a person.
    for question in questions:
        if question.kind not in {"person", "name"}:
            lines += [
                f"{retold(question.text)} {question.proposal}",
                *(f"    {row}" for row in question.rows[:3]),
            ]
    return lines


def _singly(questions: Sequence[Question], say: Say) -> list[Answer]:
    """Ask one by one; Enter takes the proposal, or leaves the question open."""
    answers: list[Answer] = []
    for question in questions:
        for row in question.rows[1:4]:
            say(f"    {row}")
        if question.choices:
            say(message("  answers: {choices}", choices=", ".join(question.choices)))
        asked = retold(question.text)
        text: str = typer.prompt(
            asked if question.proposal else message("{question} (empty: later)", question=asked),
            default=question.proposal,
            show_default=bool(question.proposal),
        )
        # An empty answer leaves the question open: it is asked again next week.
        if text.strip():
            answers.append((question, text.strip()))
    return answers
