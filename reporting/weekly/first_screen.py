"""What a coach sees first: what was not read, whom to look at, who is available, what changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from common.language import N_, message, plural
from common.text.plain_words import short_day
from forecasting.scoring.bands import BANDS
from forecasting.settings import DEFAULT_FLAGS, FlagSettings
from reporting.athlete.view import AthleteView
from reporting.context import PageContext
from reporting.languages.messages import sentence_case
from reporting.languages.statuses import STATUS_ORDER, status_words
from reporting.pages.monitor import list_lines
from reporting.weekly.short_names import short_names

SHOWN_FLAGS: Final = 12
SHOWN_CHANGES: Final = 4
SHOWN_LINES: Final = 6
SHOWN_UNREAD: Final = 3
"""More lines would push whom to look at off the first screen; the others are a click away."""
LEAST_CHANGE: Final = 0.01
"""A change of the chance by at least one percentage point is news."""

NEWS_DAYS: Final = 7
RUNNING: Final = "running"
RESTING: Final = "resting"
"""Scored like who runs, and told apart: nobody said that they are unhurt."""

COMPLAINING: Final = "complaining"
LATELY_BACK: Final = "lately back"
AFTER_BREAK: Final = "after a break"
_STANDINGS: Final = {
    COMPLAINING: N_("running with a complaint"),
    LATELY_BACK: N_("running, lately back from an injury"),
    AFTER_BREAK: N_("running, in the first week after a break"),
    RESTING: N_("no run in the past 7 days"),
}
"""Of those who run, who does not run as usual, the gravest first."""

_BRIEF: Final = {
    "injured": N_("injured"),
    "modified": N_("running injured"),
    "unclear": N_("unclear entry"),
    "check": N_("data to check"),
    "silent": N_("silent"),
    "newcomer": N_("new"),
    "no_running_record": N_("no run known"),
    COMPLAINING: N_("complaint"),
    LATELY_BACK: N_("lately back"),
    AFTER_BREAK: N_("after a break"),
    RESTING: N_("no run for 7 days"),
    RUNNING: N_("as usual"),
}
"""As the first screen calls them: it is read in seconds, and the cards say more."""


@dataclass(frozen=True)
class Available:
    """A status with its athletes; of those who run as usual the number is enough."""

    status: str
    words: str
    brief: str
    count: int
    athletes: tuple[AthleteView, ...]


@dataclass(frozen=True)
class Unread:
    """What was not read: in a few words, and why and what to do, where there is more to say."""

    brief: str
    more: str


@dataclass(frozen=True)
class FirstScreen:
    """The page's first screen."""

    not_read: tuple[Unread, ...]
    not_read_more: tuple[Unread, ...]
    flags: tuple[AthleteView, ...]
    flags_left_out: int
    budget_words: str
    available: tuple[Available, ...]
    changes: tuple[tuple[AthleteView, str], ...]
    last_week: tuple[str, ...]
    called: Mapping[str, str]


def first_screen(context: PageContext, athletes: Sequence[AthleteView]) -> FirstScreen:
    """Return the first screen of a page.

    Parameters
    ----------
    context : PageContext
        What was not read.
    athletes : sequence of AthleteView
        In the order of their rank, those without a number last.
    """
    unread = tuple(_unread(entry) for entry in context.not_read)
    flagged = flag_list(athletes, context.settings.score.flags)
    return FirstScreen(
        not_read=unread[:SHOWN_UNREAD],
        not_read_more=unread[SHOWN_UNREAD:],
        flags=flagged[:SHOWN_FLAGS],
        flags_left_out=len(flagged[SHOWN_FLAGS:]),
        budget_words=_budget_words(context.settings.score.flags),
        available=_available(athletes),
        changes=_changes(athletes),
        last_week=_last_week(context),
        called=short_names([athlete.name for athlete in athletes]),
    )


def _unread(row: Mapping[str, Any]) -> Unread:
    sentence = str(row["sentence"])
    brief = str(row.get("brief") or sentence)
    # The short text is often the beginning of the sentence, which would then stand there twice.
    return Unread(brief, sentence_case(sentence.removeprefix(brief).lstrip(" :;")))


def flag_list(
    athletes: Sequence[AthleteView], flags: FlagSettings = DEFAULT_FLAGS
) -> tuple[AthleteView, ...]:
    """Return whom to look at: of each team the first in the chosen order.

    Ordered by risk: athletes above the low band. Ordered by change: those with a higher chance
    than in their own usual week. Ordered by what can be changed: those whose odds it raises. The
    list has scored athletes only, and none whose data are unread, unclear or implausible.

    Parameters
    ----------
    athletes : sequence of AthleteView
        In the order of their rank.
    flags : FlagSettings
        Order and places.
    """
    raised = [(_above(athlete, flags.order), athlete) for athlete in athletes if athlete.chances]
    ordered = sorted(((by, view) for by, view in raised if by > 1), key=lambda pair: -pair[0])
    places: Counter[str] = Counter()
    views = []
    for _, athlete in ordered:
        places[athlete.team] += 1
        # Places are counted by team, so that a large team does not take those of a small one.
        if places[athlete.team] <= flags.per_team:
            views.append(athlete)
    return tuple(views)


def _above(athlete: AthleteView, order: str) -> float:
    """Return the ratio the list is ordered by; athletes at 1 or below do not stand in it."""
    chance = athlete.chances[0]
    if order == "change":
        return chance.to_usual or 0.0
    if order == "changeable":
        return chance.changeable or 0.0
    # The band decides who is listed, because it is made of the ratio as it is shown (rounded).
    return 0.0 if chance.band == BANDS[0] else 1 + chance.probability


def _budget_words(flags: FlagSettings) -> str:
    if flags.order == "change":
        return plural(
            "The list names at most {count} athlete per team and week, the one whose chance is "
            "furthest above that of the athlete's own usual week.",
            "The list names at most {count} athletes per team and week, those whose chance is "
            "furthest above that of their own usual week.",
            flags.per_team,
        )
    if flags.order == "changeable":
        return plural(
            "The list names at most {count} athlete per team and week, the one whose odds "
            "depend most on things that can be changed.",
            "The list names at most {count} athletes per team and week, those whose odds depend "
            "most on things that can be changed.",
            flags.per_team,
        )
    return plural(
        "The list names at most {count} athlete per team and week, the one with the highest "
        "chance.",
        "The list names at most {count} athletes per team and week, those with the highest chance.",
        flags.per_team,
    )


def _available(athletes: Sequence[AthleteView]) -> tuple[Available, ...]:
    by_status: dict[str, list[AthleteView]] = {}
    for athlete in athletes:
        by_status.setdefault(_standing(athlete), []).append(athlete)
    # Who runs, but not as usual, stands between those who cannot run and those who run as usual.
    order = [*STATUS_ORDER[: STATUS_ORDER.index(RUNNING)], *_STANDINGS, RUNNING, *STATUS_ORDER]
    known = [status for status in dict.fromkeys(order) if status in by_status]
    # An archive of another version may hold a status that is not known here: shown all the same.
    others = sorted(set(by_status) - set(known))
    return tuple(
        Available(
            status,
            _words_of(status),
            message(_BRIEF[status]) if status in _BRIEF else _words_of(status),
            len(by_status[status]),
            tuple(by_status[status]),
        )
        for status in [*known, *others]
    )


def _standing(athlete: AthleteView) -> str:
    """Return an athlete's status; who runs, but not as usual, is not called running as usual."""
    if athlete.status != RUNNING:
        return athlete.status
    days = athlete.days_since_run
    holds = {
        COMPLAINING: athlete.complains,
        RESTING: days is not None and days >= NEWS_DAYS,
        LATELY_BACK: bool(athlete.back),
        AFTER_BREAK: athlete.to_do.kind == "after_break",
    }
    return next((standing for standing, is_so in holds.items() if is_so), RUNNING)


def _words_of(status: str) -> str:
    words = _STANDINGS.get(status)
    return status_words(status) if words is None else message(words)


def _last_week(context: PageContext) -> tuple[str, ...]:
    """Return what became of the last list that can be judged, and who was reported late."""
    report: Mapping[str, Any] = context.memory.verdict or {}
    last = report.get("last_list")
    if last is None:
        return ()
    named = {**last, "hurt": [_named(injury, context) for injury in last["hurt"]]}
    late = [_named(injury, context) for injury in report.get("late_reports", ())]
    lines = (*list_lines(named), *(_late(injury) for injury in late if _is_new(injury, last)))
    more = len(late) - sum(_is_new(injury, last) for injury in late)
    more += max(len(lines) - SHOWN_LINES, 0)
    if not more:
        return lines
    more_line = plural("{count} more in monitor.html", "{count} more in monitor.html", more)
    return (*lines[:SHOWN_LINES], more_line)


def _is_new(injury: Mapping[str, Any], last: Mapping[str, Any]) -> bool:
    """Say whether a late report came after the last list that can be judged."""
    return str(injury["reported"]) > str(last["as_of"])


def _late(injury: Mapping[str, Any]) -> str:
    values = {"athlete": injury["athlete"], "onset": short_day(injury["onset"])}
    if injury["rank"] is None:
        return message("{athlete}: injury of {onset} reported late; had no number", **values)
    return message(
        "{athlete}: injury of {onset} reported late; was ranked {rank} of {scored}",
        rank=injury["rank"], scored=injury["scored"], **values,
    )  # fmt: skip


def _named(injury: Mapping[str, Any], context: PageContext) -> dict[str, Any]:
    return {**injury, "athlete": context.name_of(str(injury["athlete"]))}


def _changes(athletes: Sequence[AthleteView]) -> tuple[tuple[AthleteView, str], ...]:
    """Return what is new since last week: back from injury, then the largest moves."""
    back = [(a, a.back) for a in athletes if a.back_days is not None and a.back_days < NEWS_DAYS]
    moved = sorted(
        (a for a in athletes if a.chances and abs(_change(a)) >= LEAST_CHANGE),
        key=lambda athlete: -abs(_change(athlete)),
    )
    moves = [(athlete, _moved(athlete)) for athlete in moved]
    return tuple([*back, *moves][:SHOWN_CHANGES])


def _change(athlete: AthleteView) -> float:
    return athlete.chances[0].past.change or 0.0


def _moved(athlete: AthleteView) -> str:
    chance = athlete.chances[0]
    return message(
        "{change} ({since}), now {percent}",
        change=chance.past.change_words, since=chance.past.change_since, percent=chance.percent,
    )  # fmt: skip
