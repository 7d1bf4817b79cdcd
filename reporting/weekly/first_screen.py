"""What a coach sees first: what was not read, whom to look at, who is available, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from common.language import message, plural
from forecasting.scoring.bands import BANDS
from reporting.athlete.view import AthleteView
from reporting.context import PageContext
from reporting.languages.statuses import STATUS_ORDER, status_words

BUDGET: Final = 3
"""Athletes of a team whom the list names in a week: a longer list is not read."""

SHOWN_FLAGS: Final = 12
SHOWN_CHANGES: Final = 6
SHOWN_TO_DO: Final = 8
LEAST_CHANGE: Final = 0.01
"""A change of the chance by at least one percentage point is news."""

NEWS_DAYS: Final = 7


@dataclass(frozen=True)
class Available:
    """A status with its athletes; of those who run as usual the number is enough."""

    status: str
    words: str
    count: int
    athletes: tuple[AthleteView, ...]


@dataclass(frozen=True)
class FirstScreen:
    """The page's first screen."""

    not_read: tuple[str, ...]
    not_read_more: tuple[str, ...]
    flags: tuple[AthleteView, ...]
    flags_left_out: int
    budget_words: str
    available: tuple[Available, ...]
    changes: tuple[tuple[AthleteView, str], ...]


def first_screen(context: PageContext, athletes: Sequence[AthleteView]) -> FirstScreen:
    """Return the first screen of a page.

    Parameters
    ----------
    context : PageContext
        What was not read.
    athletes : sequence of AthleteView
        In the order of their rank, those without a number last.
    """
    unread = tuple(str(one["sentence"]) for one in context.not_read)
    flagged = flag_list(athletes)
    return FirstScreen(
        not_read=unread[:SHOWN_TO_DO],
        not_read_more=unread[SHOWN_TO_DO:],
        flags=flagged[:SHOWN_FLAGS],
        flags_left_out=len(flagged[SHOWN_FLAGS:]),
        budget_words=plural(
            "The list names at most {count} athlete of a team and week, by the chance.",
            "The list names at most {count} athletes of a team and week, by the chance.",
            BUDGET,
        ),
        available=_available(athletes),
        changes=_changes(athletes),
    )


def flag_list(athletes: Sequence[AthleteView], budget: int = BUDGET) -> tuple[AthleteView, ...]:
    """Return whom to look at: of each team the first by rank who stand above the low band.

    Only who is scored has a rank: nobody unread, unclear or implausible stands here.
    """
    places: dict[str, int] = {}
    found = []
    for athlete in athletes:
        if not athlete.chances or athlete.chances[0].band == BANDS[0]:
            continue
        places[athlete.team] = places.get(athlete.team, 0) + 1
        if places[athlete.team] <= budget:
            found.append(athlete)
    return tuple(found)


def _available(athletes: Sequence[AthleteView]) -> tuple[Available, ...]:
    by_status: dict[str, list[AthleteView]] = {}
    for athlete in athletes:
        by_status.setdefault(athlete.status, []).append(athlete)
    known = [status for status in STATUS_ORDER if status in by_status]
    others = sorted(set(by_status) - set(known))
    return tuple(
        Available(status, status_words(status), len(by_status[status]), tuple(by_status[status]))
        for status in [*known, *others]
    )


def _changes(athletes: Sequence[AthleteView]) -> tuple[tuple[AthleteView, str], ...]:
    """Return what is new since last week: back from injury, then the largest moves."""
    back = [(a, a.back) for a in athletes if a.back_days is not None and a.back_days < NEWS_DAYS]
    moved = sorted(
        (a for a in athletes if a.chances and abs(_change(a)) >= LEAST_CHANGE),
        key=lambda athlete: -abs(_change(athlete)),
    )
    told = [(athlete, _moved(athlete)) for athlete in moved]
    return tuple([*back, *told][:SHOWN_CHANGES])


def _change(athlete: AthleteView) -> float:
    return athlete.chances[0].past.change or 0.0


def _moved(athlete: AthleteView) -> str:
    chance = athlete.chances[0]
    return message(
        "{change} ({since}), now {percent}",
        change=chance.past.change_words, since=chance.past.change_since, percent=chance.percent,
    )  # fmt: skip


def unread_athletes(context: PageContext) -> set[str]:
    """Return the athletes of whom something was not read."""
    rows: Sequence[Mapping[str, Any]] = context.not_read
    return {str(athlete) for one in rows for athlete in one.get("athletes", ())}
