"""What a coach has to put right before the list is complete, each with the file to open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.language import message, plural
from common.text.plain_words import plain_date
from common.vocabulary import LEVELS
from forecasting.status.open_injuries import runs_again, to_ask
from forecasting.status.statuses import SCORED
from ingest.dataset.settings import DatasetConfig
from ingest.people.impossible import impossible
from ingest.people.roster_file import roster_of
from ingest.quality.opposite_scales import Opposite, opposite_items
from ingest.readers.sheets.read_as import READ_AS
from ingest.readers.sheets.return_column import return_heading
from pipelines.weekly.session_memory import Gone
from reporting.context import Task

_SHOWN: Final = 5
"""So many people are named one by one."""
_QUIET_DAYS: Final = 7
"""Who has logged nothing for a week either rests or has not been exported."""


WHO: Final = "{who}"


@dataclass(frozen=True)
class ToDo:
    """One thing to do.

    Parameters
    ----------
    kind : str
        ``damaged``, ``gone``, ``quiet``, ``return_date``, ``runs_again``,
        ``impossible``, ``opposite_scale``, ``no_injury_list``, ``time_zone``,
        ``pseudonyms`` or ``level``.
    athlete : str
        Pseudonym; empty where it is about no single athlete of the team.
    text : str
        A sentence that names nobody.
    local : str
        The sentence for whoever may see names, where it says more.
    brief : str
        The same in a few words, :data:`WHO` in place of the athletes: what has the same words
        stands together on the page.
    """

    kind: str
    athlete: str
    text: str
    local: str = ""
    brief: str = ""

    def line_for(self, names: Mapping[str, str]) -> str:
        """Return the line for a reader, with names in place of codes where there are any."""
        text = self.local if names and self.local else self.text
        line = f"{self.athlete}: {text}" if self.athlete else text
        # File names in the sentence hold the code too: the name stands in its place.
        name = names.get(self.athlete, self.athlete)
        return line.replace(self.athlete, name) if self.athlete else line


def as_json(to_do: Iterable[ToDo]) -> list[dict[str, Any]]:
    """Return rows for machines: kind, athlete (null where none), text; never a name."""
    return [
        {"kind": row["kind"], "athlete": row["athlete"] or None, "text": row["text"]}
        for row in map(asdict, to_do)
    ]


def tasks(to_do: Iterable[ToDo], names: Mapping[str, str]) -> list[str | Task]:
    """Return the list of the page: what is entered in one place is one line."""
    groups: dict[str, list[ToDo]] = {}
    for item in to_do:
        # Tasks with the same short text have the same place to type in: the coach opens it once.
        groups.setdefault(item.brief or item.line_for(names), []).append(item)
    return [_task(group, names) for group in groups.values()]


def _task(group: Sequence[ToDo], names: Mapping[str, str]) -> str | Task:
    more = tuple(item.line_for(names) for item in group)
    if not group[0].brief:
        return more[0]
    who = ", ".join(names.get(item.athlete, item.athlete) for item in group)
    brief = group[0].brief.replace(WHO, who)
    for item in group:
        # File names in the sentence hold the code too: the name stands in its place.
        name = names.get(item.athlete, item.athlete)
        brief = brief.replace(item.athlete, name) if item.athlete else brief
    return Task(brief, more)


def damaged_files(sentences: Iterable[str]) -> list[ToDo]:
    """Tell which files of the history could not be read, and what that means."""
    return [ToDo("damaged", "", sentence) for sentence in sentences]


def gone_sessions(gone: Sequence[Gone]) -> list[ToDo]:
    """Ask for the sessions that an earlier run read and this one did not."""
    return [
        ToDo("gone", missing_sessions.athlete, _gone(missing_sessions)) for missing_sessions in gone
    ]


def _gone(missing_sessions: Gone) -> str:
    return plural(
        "{count} earlier session has gone missing since the last score ({span}; file {files}): "
        "put the longer export back, or accept the loss once with `stridecast score FOLDER "
        "--accept-gone`",
        "{count} earlier sessions have gone missing since the last score ({span}; file "
        "{files}): put the longer export back, or accept the loss once with `stridecast score "
        "FOLDER --accept-gone`",
        missing_sessions.sessions,
        span=_span(missing_sessions),
        files=", ".join(missing_sessions.sources),
    )


def quiet_week(scores: pd.DataFrame, as_of: pd.Timestamp, names: Mapping[str, str]) -> list[ToDo]:
    """Ask whether scored athletes without any record in the past week rest or lack an export.

    Days without a record count as rest for a while, and rest lowers a forecast: an export that was
    forgotten would read like an all-clear.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row per athlete: athlete, status, days_since_record.
    as_of : pandas.Timestamp
        Day of the forecast.
    names : dict of str to str
        Roster names by pseudonym; they stand in the local sentence alone.
    """
    quiet = scores[(scores["status"] == SCORED) & (scores["days_since_record"] >= _QUIET_DAYS)]
    if quiet.empty:
        return []
    text = plural(
        "{count} of the scored athletes has no record since {day}. These days count as rest and "
        "lower the forecast: is the athlete resting, or is an export missing?",
        "{count} of the scored athletes have no record since {day}. These days count as rest "
        "and lower the forecast: are they resting, or is an export missing?",
        len(quiet),
        day=plain_date(as_of - pd.Timedelta(days=_QUIET_DAYS - 1)),
    )
    who = [names.get(athlete, athlete) for athlete in quiet["athlete"]]
    shown, more = ", ".join(who[:_SHOWN]), len(who) - _SHOWN
    named = message("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown
    return [ToDo("quiet", "", text, f"{text} {named}")]


def return_dates(
    folder: Path,
    scores: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    names: Mapping[str, str],
) -> list[ToDo]:
    """Ask for the return dates of who neither runs nor is back, and of who runs again.

    `names` serve to find the files, and are in no sentence.
    """
    to_be_asked = to_ask(scores)
    injured = set(scores.loc[scores["status"].isin(("injured", "modified")), "athlete"])
    back = runs_again(tables["injuries"], tables["sessions"], as_of)
    # Whoever is asked for the return date already is not asked a second time for running again.
    back = back[back["athlete"].isin(injured - set(to_be_asked["athlete"]))]
    wanted = {*to_be_asked["athlete"], *back["athlete"]}
    injuries = tables["injuries"]
    cells = _return_cells(folder, injuries[injuries["athlete"].isin(wanted)], names)
    asked = [
        ToDo(
            "return_date",
            row["athlete"],
            message("{ask} in {cell}", ask=row["status_note"], cell=cells[row["athlete"]]),
            brief=_back(cells[row["athlete"]]),
        )
        for row in to_be_asked.to_dict("records")
    ]
    return asked + [
        ToDo(
            "runs_again",
            row["athlete"],
            message(
                "runs again since {day} but is listed as injured since {onset}: back? enter the "
                "return date in {cell}",
                day=plain_date(row["first_run"]),
                onset=plain_date(row["onset_date"]),
                cell=cells[row["athlete"]],
            ),
            brief=_back(cells[row["athlete"]]),
        )
        for row in back.to_dict("records")
    ]


def _back(cell: str) -> str:
    return message("{who}: injured or back? {cell}", who=WHO, cell=cell)


def no_injury_list(files: Sequence[Mapping[str, Any]]) -> list[ToDo]:
    """Say that no list of injuries was read: nobody known to be hurt is not nobody hurt.

    A workbook of several kinds of tables, or a table that tells injuries beside all else, is told
    by what it was taken for.
    """
    if any(
        _holds_injuries(account) and account["accepted"] + account["repaired"] for account in files
    ):
        return []
    text = message(
        "no injury list was read: it is not known who is injured, so nobody is called healthy; "
        "`stridecast template injuries` prints a list to fill in"
    )
    return [ToDo("no_injury_list", "", text)]


def _holds_injuries(account: Mapping[str, Any]) -> bool:
    return "injur" in account["kind"] or READ_AS["injuries"] in account.get("read_as", "")


def settings_to_check(config: DatasetConfig) -> list[ToDo]:
    """Tell what of `dataset.yaml` was assumed, or is not followed."""
    to_dos = []
    if not config.time_zone_is_told:
        text = message(
            "no file tells the time zone, so {zone} is assumed: write the team's, such as "
            "Europe/Berlin, into dataset.yaml, time_zone, and remove time_zone_is_told",
            zone=config.time_zone,
        )
        to_dos.append(ToDo("time_zone", "", text))
    if config.public_codes_refused:
        text = message(
            "dataset.yaml: `pseudonyms: public` is refused for real people, because anybody "
            "could find out who is who. Their codes are kept secret; remove the line"
        )
        to_dos.append(ToDo("pseudonyms", "", text))
    return to_dos


def impossible_days(sessions: pd.DataFrame) -> list[ToDo]:
    """Ask about sessions that cannot be one person's: two people's files may be under one name."""
    return [
        # The list itself puts the athlete in front of each line.
        ToDo("impossible", athlete, sentence.removeprefix(f"{athlete}: "))
        for athlete, sentence in impossible(sessions, {}).items()
    ]


def opposite_forms(wellness: pd.DataFrame) -> list[ToDo]:
    """Ask about forms whose answers contradict the ends that were told."""
    return [
        ToDo("opposite_scale", "", _opposite(opposite)) for opposite in opposite_items(wellness)
    ]


def _opposite(opposite: Opposite) -> str:
    item, files = opposite.item.replace("_", " "), ", ".join(opposite.files)
    fields = {
        "files": files,
        "item": item,
        "scale": f"{{item: {opposite.item}, worst: 5, best: 1}}",
    }
    if len(opposite.files) > 1:
        return message(
            "{files}: the answers on {item} contradict each other on the same days. Is the "
            "right answer taken as the best one? Write the scale into dataset.yaml, sheets:, "
            "scales:, such as {scale}",
            **fields,
        )
    return message(
        "{files}: after better nights the answers on {item} are worse. Is the right answer "
        "taken as the best one? Write the scale into dataset.yaml, sheets:, scales:, such as "
        "{scale}",
        **fields,
    )


def blank_levels(folder: Path, athletes: pd.DataFrame, observed: Iterable[str]) -> list[ToDo]:
    """Ask for the levels that the forecast had to assume."""
    # Athletes who left are not on the list, so their blank levels change no forecast.
    team = athletes[athletes["athlete"].isin(set(observed))]
    blank, everybody = int(team["level"].isna().sum()), len(team)
    if not blank:
        return []
    text = message(
        "{file}: column level is empty or not understood for {blank} of {count} athletes: write "
        "one of {levels}; an empty level counts as recreational, and published figures for "
        "novices are twice as high",
        file=roster_of(folder).name, blank=blank, count=everybody, levels=", ".join(LEVELS),
    )  # fmt: skip
    brief = message(
        "{file}, column level: missing for {blank} of {count} athletes",
        file=roster_of(folder).name, blank=blank, count=everybody,
    )  # fmt: skip
    return [ToDo("level", "", text, brief=brief)]


def _span(missing_sessions: Gone) -> str:
    first, last = plain_date(missing_sessions.first), plain_date(missing_sessions.last)
    return first if first == last else message("{first} to {last}", first=first, last=last)


def _return_cells(folder: Path, injuries: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """Return in which file and column the return date of each latest injury is entered."""
    latest = injuries.sort_values("onset_date").drop_duplicates("athlete", keep="last")
    # One list holds many of the injured: it is opened once.
    heading = cache(return_heading)
    cells: dict[str, str] = {}
    for athlete, source in zip(latest["athlete"], latest["source"], strict=True):
        # The table has the code in the file's name; on the disk the file still has the name.
        file = source.replace(athlete, names.get(athlete, athlete)).split("!", 1)[0]
        column = heading(folder / file)
        cells[athlete] = (
            message("{file}, column '{column}'", file=source, column=column) if column else source
        )
    return cells
