"""What two files of a club tell differently about the same runs, weeks or injuries."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from common.language import N_, message, plural
from common.question import question_id
from common.text.plain_words import plain_date
from ingest.injuries.settle import with_class
from ingest.injuries.two_lists import (
    ends_of_other_files,
    lasting_ends,
    one_of_two_lists,
    pairs_of_files,
    return_of_both,
)
from ingest.quality.compared_runs import ComparedRuns, since
from ingest.quality.not_read import NotRead, until_then

_WEEK_SHARE: Final = 0.25
_WEEK_LEAST_KM: Final = 5.0
_FEWEST_WEEKS: Final = 2
_DAYS: Final = pd.Timedelta(days=2)
"""Days of a return that differ by more are told."""


_ONE_INJURY: Final = N_(
    "{file} and {other} do not agree on an injury of {athlete} (begun {onset} or {other_onset}, "
    "back {back} or {other_back}): correct one of them; until then the earlier beginning and "
    "the later return count"
)
_STAYS_OPEN: Final = N_(
    "{file} and {other} do not agree on an injury of {athlete} (begun {onset} or {other_onset}, "
    "back {back} or {other_back}): correct one of them; until then it counts from the earlier "
    "beginning and as not over"
)
_ENDED: Final = N_(
    "{file} lists an injury of {athlete} as not over (begun {onset}), but {other} says on {day} "
    "that it is over: it counts as over since then; write the return date into the list, or "
    "that the injury goes on"
)
_NEVER_BEGUN: Final = N_(
    "{file} says on {day} that a problem of {athlete} is over, but no file says when it began"
)
_TWO_SIDES: Final = N_(
    "an injury of {athlete} is on the left in one and on the right in the other of {file} and "
    "{other} (begun {onset} and {other_onset}, back {back} and {other_back}): is it the same "
    "injury? Correct one of them; until then both count"
)


class _Pair(NamedTuple):
    """Two files that tell something of an athlete differently."""

    taken: str
    other: str


def disagreements(
    records: Mapping[str, pd.DataFrame], runs: ComparedRuns, names: Mapping[str, str]
) -> list[NotRead]:
    """Return what two files tell differently, the injuries first.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows before they were joined, with ids of athletes and files as the coach knows them:
        `injuries`, `weekly_km`, and what :func:`lasting_ends` reads, where present.
    runs : ComparedRuns
        Of all athletes.
    names : mapping of str to str
        Code -> id.
    """
    # First, because they decide whether somebody counts as healthy.
    differing = _injuries(records.get("injuries"))
    differing += _ends(records.get("injuries"), lasting_ends(records))
    differing += _runs(runs.apart, names)
    return differing + _weeks(runs.near, records.get("weekly_km"), names)


def _injuries(entries: pd.DataFrame | None) -> list[NotRead]:
    if entries is None or entries.empty:
        return []
    classed = with_class(entries.reset_index(drop=True))
    classed_pairs = [
        (classed.iloc[pair.first], classed.iloc[pair.second], pair.is_one)
        for pair in pairs_of_files(classed)
    ]
    return [
        _of_injury(first, second, is_one=is_one)
        for first, second, is_one in classed_pairs
        if not (is_one and _agree(first, second))
    ]


def _ends(entries: pd.DataFrame | None, ends: pd.DataFrame | None) -> list[NotRead]:
    """Return what tells an end of an injury that is open, or that nothing tells the beginning of.

    Who answers "knee fine" in a form without a known injury had none: only lists tell of injuries.
    """
    if ends is None or ends.empty:
        return []
    none = pd.DataFrame(
        columns=["athlete", "onset_date", "return_date", "region", "side", "source"]
    )
    known = none
    if entries is not None and len(entries):
        known = one_of_two_lists(with_class(entries.reset_index(drop=True)))
    ends_found = ends_of_other_files(known, ends)
    applied = [
        _of_end(ends.iloc[end_told.end], known.iloc[end_told.injury])
        for end_told in ends_found
        if end_told.is_open
    ]
    never = [ends.iloc[end_told.end] for end_told in ends_found if end_told.injury < 0]
    return applied + [_of_end(end, None) for end in never if end["listed"]]


def _of_end(end: pd.Series, injury: pd.Series | None) -> NotRead:
    athlete, file = str(end["athlete"]), str(end["source"])
    figures = {"day": plain_date(end["date"])}
    if injury is None:
        pair = _Pair(file, "")
        figures |= {"file": file}
    else:
        pair = _Pair(str(injury["source"]), file)
        figures |= {"file": pair.taken, "other": file, "onset": plain_date(injury["onset_date"])}
    text, local = (
        message(_NEVER_BEGUN if injury is None else _ENDED, athlete=who, **figures)
        for who in (message("somebody"), athlete)
    )
    if injury is not None:
        return _entry("injuries", pair, athlete, text, local)
    entry = _entry("injuries", pair, athlete, until_then(text), until_then(local))
    return replace(entry, athletes=(athlete,))


def _agree(first: pd.Series, second: pd.Series) -> bool:
    """Say whether two entries tell the same days; a return that one does not know is none."""
    back, again = first["return_date"], second["return_date"]
    if pd.notna(back) and pd.notna(again) and abs(back - again) > _DAYS:
        return False
    return bool(abs(second["onset_date"] - first["onset_date"]) <= _DAYS)


def _of_injury(first: pd.Series, second: pd.Series, *, is_one: bool) -> NotRead:
    pair = _Pair(str(first["source"]), str(second["source"]))
    figures = {
        "file": pair.taken,
        "other": pair.other,
        "onset": plain_date(first["onset_date"]),
        "other_onset": plain_date(second["onset_date"]),
        "back": _day_or_open(first["return_date"]),
        "other_back": _day_or_open(second["return_date"]),
    }
    athlete = str(first["athlete"])
    taken: str = _STAYS_OPEN if pd.isna(return_of_both(first, second)) else _ONE_INJURY
    text, local = (
        message(taken if is_one else _TWO_SIDES, athlete=who, **figures)
        for who in (message("somebody"), athlete)
    )
    return _entry("injuries", pair, athlete, text, local)


def _day_or_open(day: pd.Timestamp) -> str:
    return message("not told") if pd.isna(day) else plain_date(day)


def _runs(apart: pd.DataFrame, names: Mapping[str, str]) -> list[NotRead]:
    """Return the files of lists that tell the distance of a joined run differently."""
    return [
        _of_runs(names.get(str(code), str(code)), _Pair(str(taken), str(other)), rows)
        for (code, taken, other), rows in apart.groupby(["athlete", "file", "other"], sort=True)
    ]


def _of_runs(athlete: str, pair: _Pair, rows: pd.DataFrame) -> NotRead:
    latest = rows.sort_values("local_date").iloc[-1]
    figures = {
        "file": pair.taken,
        "other": pair.other,
        "day": plain_date(latest["local_date"]),
        "km": f"{latest['distance_km']:.1f}",
        "other_km": f"{latest['distance_km_other']:.1f}",
    }
    text, local = (
        plural(
            "{file} and {other} do not agree on {count} run of {athlete}, on {day}: {km} km, "
            "which counts, or {other_km} km",
            "{file} and {other} do not agree on {count} runs of {athlete}, last on {day}: {km} "
            "km, which counts, or {other_km} km",
            len(rows),
            athlete=who,
            **figures,
        )
        for who in (message("somebody"), athlete)
    )
    return _entry("other", pair, athlete, text, local)


def _weeks(
    near: pd.DataFrame, weekly: pd.DataFrame | None, names: Mapping[str, str]
) -> list[NotRead]:
    """Return the sheets of weeks that tell far other kilometres than the runs of those weeks."""
    if weekly is None or weekly.empty or near.empty:
        return []
    # A run that is doubted itself is no proof against a sheet.
    runs = near[(near["sport"] == "run") & near["check"].isna()]
    runs = runs.assign(athlete=runs["athlete"].map(names))
    weeks = weekly[weekly["km"].notna() & (weekly["week_start"] > since(near))]
    both = weeks.merge(
        runs[["athlete", "local_date", "distance_km"]].assign(known=runs["distance_km"].notna()),
        on="athlete",
    )
    within = both[both["local_date"].between(both["week_start"], both["week_end"])]
    sums = within.groupby(["athlete", "source", "week_start", "km"], as_index=False).agg(
        run=("distance_km", "sum"), known=("known", "all")
    )
    differ = (sums["km"] - sums["run"]).abs()
    # With one run of unknown distance the sum of the week is too small and proves nothing.
    apart = sums[sums["known"] & (differ > _WEEK_LEAST_KM) & (differ > _WEEK_SHARE * sums["run"])]
    return [
        _of_weeks(str(athlete), rows)
        for athlete, rows in apart.groupby("athlete", sort=True)
        if rows["week_start"].nunique() >= _FEWEST_WEEKS
    ]


def _of_weeks(athlete: str, rows: pd.DataFrame) -> NotRead:
    latest = rows.sort_values("week_start").iloc[-1]
    source, count = str(latest["source"]), int(rows["week_start"].nunique())
    text, local = (
        message(
            "{file}: in {count} weeks of {athlete} the kilometres differ from those of the runs "
            "on record, last in the week of {day}: {km} km in the file, {run} km of runs, which "
            "count. Is an export missing?",
            file=source, count=count, athlete=who, day=plain_date(latest["week_start"]),
            km=f"{latest['km']:.0f}", run=f"{latest['run']:.0f}",
        )
        for who in (message("somebody"), athlete)
    )  # fmt: skip
    return _entry("other", _Pair(source, ""), athlete, text, local)


def _entry(kind: str, pair: _Pair, athlete: str, text: str, local: str) -> NotRead:
    return NotRead(
        question_id("differ", *pair, athlete), kind, pair.taken, (), text, brief=text, local=local
    )
