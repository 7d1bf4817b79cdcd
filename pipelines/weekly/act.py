"""`stridecast act`: from names and texts to lines of the action log, and what to say of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from shlex import quote

import pandas as pd

from common.errors import StridecastError
from common.language import message, plural
from common.store import read_json
from common.text.plain_words import plain_date, plain_day
from ingest.dataset.settings import load_config
from ingest.people.matching import match_names
from models.settings.outcomes import OutcomeSettings
from pipelines.history.action_log import (
    Action,
    actions_of_csv,
    log_actions,
    read_actions,
    undo_last,
)
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.runtime.spoken import language_of
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.score_folder import check_archive_key, names_of


@dataclass(frozen=True)
class ActRequest:
    """One action, or a CSV of many; see :func:`pipelines.commands.act.act`."""

    athlete: str | None
    did: str
    out: Path
    day: date
    csv: Path | None
    data: Path | None
    anyway: bool = False


@dataclass(frozen=True)
class Acted:
    """How many actions were new, what to tell of them, one line each, and if any has a forecast."""

    added: int
    lines: tuple[str, ...]
    is_covered: bool


def act_on(request: ActRequest, today: date) -> Acted:
    """Log the actions and say of each which forecast it belongs to.

    Raises
    ------
    StridecastError
        If there are no forecasts yet, the athlete is unknown, nothing is said to be done, or it is
        to be done in the future.
    """
    archive = _archive(request.out, request.data)
    forecasts = _forecasts(archive)
    shown = _names(archive, request.data)
    known = _known(forecasts, shown)
    actions = (
        actions_of_csv(request.csv, known)
        if request.csv is not None
        else [_typed_action(request, known, shown)]
    )
    # Before anything is written: a CSV is logged in full or not at all.
    _refuse_future(actions, today)
    damage = archive.damage_sentences()
    days = pd.DatetimeIndex(forecasts["as_of"].unique()).sort_values()
    horizon = _horizon_days(request.out)
    # `monitor` keeps acted forecasts apart; an action of no forecast would never be seen there.
    covering = {action: _covering(action, days, horizon) for action in actions}
    logged = [action for action in actions if request.anyway or covering[action] is not None]
    if actions and not logged:
        raise _not_covered(request, actions[-1], days, horizon)
    with only_writer(request.out):
        keep_out_of_git(request.out)
        archive.set_aside()
        added = log_actions(archive.folder, logged)
    # Whoever typed a code gets the code back: a name may not be shown to them.
    by_name = request.data is not None or request.athlete not in shown
    lines = [
        _logged_line(action, shown if by_name else {}, covering[action]) for action in logged
    ] + damage
    if len(logged) < len(actions):
        lines.append(
            plural(
                "{count} line of {file} is not logged: no forecast covers its day (--anyway "
                "logs it)",
                "{count} lines of {file} are not logged: no forecast covers their day (--anyway "
                "logs them)",
                len(actions) - len(logged), file=request.csv,
            )
        )  # fmt: skip
    return Acted(added, tuple(lines), any(covering[action] is not None for action in logged))


def spoken(out: Path, data: Path | None, chosen_language: str) -> str:
    """Return the language to speak: what was told, else the team's, else English."""
    try:
        # A language is no reason to fail: the command itself tells what is wrong with the folders.
        place = data or _archive(out, data).data_folder()
    except StridecastError:
        place = None
    return language_of(place, chosen_language)


def list_actions(out: Path, data: Path | None, *, with_names: bool = False) -> list[str]:
    """Return the actions in force, one line each, in the order they were given."""
    archive = _archive(out, data)
    shown = _names(archive, data) if with_names or data is not None else {}
    rows = read_actions(archive.folder).to_dict("records")
    lines = [f"{shown.get(r['athlete'], r['athlete'])}, {plain_day(r['date'])}: {r['did']}"
             for r in rows]  # fmt: skip
    return lines + archive.damage_sentences()


def undo(out: Path, data: Path | None) -> str:
    """Take the last action back and say which it was.

    Raises
    ------
    StridecastError
        If there is none.
    """
    archive = _archive(out, data)
    shown = {} if data is None else _names(archive, data)
    with only_writer(out):
        archive.set_aside()
        taken = undo_last(archive.folder)
    if taken is None:
        raise StridecastError(f"{out}: no action to take back", "`--list` shows what there is")
    who = shown.get(taken.athlete, taken.athlete)
    return message(
        "taken back: {who}, {day}: {did}", who=who, day=plain_day(taken.date), did=taken.did
    )


def _covering(action: Action, days: pd.DatetimeIndex, horizon_days: int) -> pd.Timestamp | None:
    """Return the latest forecast whose period holds the action's day."""
    day, length = pd.Timestamp(action.date), pd.Timedelta(days=horizon_days)
    # Periods overlap when forecasts are made more often than once a period: the latest counts.
    covering = days[(days <= day) & (day <= days + length)]
    return pd.Timestamp(covering[-1]) if len(covering) else None


def _logged_line(action: Action, shown: Mapping[str, str], covering: pd.Timestamp | None) -> str:
    """Say who, when, and on which forecast's page it will be found; or that it will on none."""
    logged_line = (
        f"{shown.get(action.athlete, action.athlete)}, {plain_day(action.date)}: {action.did}"
    )
    if covering is None:
        return message("{action} (no forecast)", action=logged_line)
    return message("{action} (forecast of {day})", action=logged_line, day=plain_date(covering))


def _not_covered(
    request: ActRequest, action: Action, days: pd.DatetimeIndex, horizon_days: int
) -> StridecastError:
    """Return the error for a day that belongs to no forecast, with the command that would."""
    day = pd.Timestamp(action.date)
    before = days[days <= day]
    nearest = before[-1] if len(before) else days[0]
    first, last = (nearest + pd.Timedelta(days=ahead) for ahead in (1, horizon_days))
    arguments = (
        f"--csv {quote(str(request.csv))}"
        if request.athlete is None
        else f"{quote(request.athlete)} --did {quote(request.did)} --date {first.date()}"
    )
    return StridecastError(
        f"{plain_day(action.date)}: no forecast covers this day, so nothing was logged; the nearest"
        f" is of {plain_date(nearest)} and covers {plain_date(first)} to {plain_date(last)}",
        f"stridecast act {arguments} --out {quote(str(request.out))}"
        + ("   (or add --anyway)" if request.athlete is not None else " --anyway"),
    )


def _refuse_future(actions: Sequence[Action], today: date) -> None:
    late = [action for action in actions if action.date > today]
    if late:
        raise StridecastError(
            f"{late[0].date}: a day in the future (today is {today})",
            "log what was done once it is done",
        )


def _horizon_days(out: Path) -> int:
    """Return the length of the last forecast, which `stridecast score` wrote down."""
    path = out / "scores.json"
    default = OutcomeSettings().horizon_days
    return int(read_json(path)["horizon_days"]) if path.exists() else default


def _archive(out: Path, data: Path | None) -> Archive:
    if data is not None:
        return Archive(out, load_config(data).name)
    datasets = sorted(path.name for path in (out / "history").glob("*") if path.is_dir())
    if not datasets:
        raise StridecastError(
            f"{out}: no forecasts here yet", "name the folder of `stridecast score --out`"
        )
    if len(datasets) > 1:
        raise StridecastError(
            f"{out}: forecasts of several datasets ({', '.join(datasets)})",
            "say with --data which one is meant",
        )
    return Archive(out, datasets[0])


def _forecasts(archive: Archive) -> pd.DataFrame:
    forecasts = archive.forecasts()
    if forecasts is None:
        raise StridecastError(f"{archive.out}: no forecasts here yet", "run `stridecast score`")
    return forecasts


def _names(archive: Archive, data: Path | None) -> dict[str, str]:
    """Return the roster's names, from the folder that was named or that was scored last."""
    place = data or archive.data_folder()
    if place is None:
        return {}
    try:
        config = load_config(place)
        check_archive_key(archive, place, config)
        return names_of(place, config)
    except StridecastError:
        if data is not None:
            raise
        return {}


def _known(forecasts: pd.DataFrame, shown: Mapping[str, str]) -> dict[str, str]:
    """Return the pseudonym behind every name that may be given."""
    known = {str(code): str(code) for code in forecasts["athlete"].unique()}
    # A name on the roster without any forecast stays unknown, so that a mistyped name is refused.
    return known | {name: code for code, name in shown.items() if code in known}


def _typed_action(
    request: ActRequest, known: Mapping[str, str], shown: Mapping[str, str]
) -> Action:
    if request.athlete is None or not request.did.strip():
        raise StridecastError(
            "an athlete and --did are needed", 'stridecast act ATHLETE --did "what was done"'
        )
    athlete = request.athlete if request.athlete in known else _meant(request.athlete, known)
    if athlete not in known:
        raise StridecastError(
            f"{request.athlete}: no forecast of this athlete in the folder {request.out}",
            _remedy(request, [name for name in shown.values() if name in known]),
        )
    return Action(known[athlete], request.day, request.did.strip())


def _meant(asked: str, known: Mapping[str, str]) -> str:
    """Return whose name it is in another case, accent, order or with initials; empty if unsure."""
    match = match_names([asked], dict.fromkeys(known, ()))[asked]
    # An uncertain match would log the action for somebody else: rather ask again.
    return match.athlete if match.is_certain or match.is_safe else ""


def _remedy(request: ActRequest, names: Sequence[str]) -> str:
    if not names:
        return "use the code of the page, or add --data FOLDER to use the names of its roster.csv"
    lower = {name.casefold(): name for name in names}
    asked = (request.athlete or "").casefold()
    near = [lower[match] for match in get_close_matches(asked, lower, cutoff=0.5)]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "use a name as in roster.csv, or the code that the page and scores.csv show"
