"""Injuries that are not over on a day, and what to ask about those whose return nobody wrote."""

from typing import Final

import pandas as pd

from common.language import N_, message
from common.text.body_words import region_words
from common.text.plain_words import plain_date
from features.injuries.rules import as_known_on, running_injuries
from features.injuries.settings import InjuryRules
from features.injuries.spells import injury_spells

FORGOTTEN_DAYS: Final = 365
"""An injury of so long ago whose return nobody wrote down is not taken for a present one."""
WEEK_DAYS: Final = 7

QUESTION: Final = N_("injured or back? enter the return date")
OPEN_COLUMNS: Final = (
    "athlete", "onset_date", "region", "side", "diagnosis", "run_since_onset", "is_overdue",
)  # fmt: skip


def open_injuries(
    injuries: pd.DataFrame, runs: pd.DataFrame, as_of: pd.Timestamp, rules: InjuryRules
) -> pd.DataFrame:
    """Return the injury that each athlete has on a day; of several the first.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table; what nobody could know on the day is left out here.
    runs : pandas.DataFrame
        athlete, local_date, sport, duration_min.
    as_of : pandas.Timestamp
        Day of the forecast.
    rules : InjuryRules
        How long an injury lasts whose return nobody wrote down.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, region, side, diagnosis; run_since_onset (last run after the onset,
        null without one) and is_overdue (nobody wrote the return although the usual time has
        passed and the athlete is not back to running as before).
    """
    seen = runs[runs["local_date"] <= as_of]
    spells = injury_spells(as_known_on(injuries, as_of), rules, seen)
    recent = spells["onset_date"] > as_of - pd.Timedelta(days=FORGOTTEN_DAYS)
    now = spells[(spells["known_from"] <= as_of) & (spells["end_date"] > as_of) & recent]
    first = now.sort_values(["athlete", "onset_date", "region"]).drop_duplicates("athlete")
    days = first["region"].map(lambda region: rules.duration_days(str(region)))
    overdue = first["onset_date"] + pd.to_timedelta(days, unit="D") <= as_of
    rows = first.assign(is_overdue=overdue).merge(
        _last_run_since(first, seen), on="athlete", how="left"
    )
    return rows[list(OPEN_COLUMNS)]


def _last_run_since(first: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    both = runs[["athlete", "local_date"]].merge(first[["athlete", "onset_date"]], on="athlete")
    after = both[both["local_date"] > both["onset_date"]]
    return after.groupby("athlete", as_index=False).agg(run_since_onset=("local_date", "max"))


def runs_again(injuries: pd.DataFrame, sessions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return who runs although their latest injury has no return date.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table.
    sessions : pandas.DataFrame
        athlete, local_date, sport; only runs up to `as_of` count.
    as_of : pandas.Timestamp
        Day of the forecast.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, first_run, runs; one row per athlete with a run after the onset and in
        the :data:`WEEK_DAYS` up to `as_of`. `first_run` begins the last stretch of runs after the
        onset without a pause of more than :data:`WEEK_DAYS`.
    """
    # A look back must not see a return that was written down later.
    known = running_injuries(as_known_on(injuries, as_of))
    latest = known.sort_values(["athlete", "onset_date", "return_date"])
    latest = latest.drop_duplicates("athlete", keep="last")
    open_ = latest.loc[latest["return_date"].isna(), ["athlete", "onset_date"]]
    runs = sessions[(sessions["sport"] == "run") & (sessions["local_date"] <= as_of)]
    after = runs[["athlete", "local_date"]].merge(open_, on="athlete")
    after = after[after["local_date"] > after["onset_date"]].sort_values(["athlete", "local_date"])
    # Who tried to run and stopped again is back since the last stretch, not since the trial.
    pause = after.groupby("athlete")["local_date"].diff().dt.days
    after["stretch"] = (pause > WEEK_DAYS).groupby(after["athlete"]).cumsum()
    last = after[after["stretch"] == after.groupby("athlete")["stretch"].transform("max")]
    rows = last.groupby(["athlete", "onset_date"], as_index=False).agg(
        first_run=("local_date", "min"), last_run=("local_date", "max"), runs=("local_date", "size")
    )
    recent = (as_of - rows["last_run"]).dt.days < WEEK_DAYS
    back: pd.DataFrame = rows.loc[recent, ["athlete", "onset_date", "first_run", "runs"]]
    return back.reset_index(drop=True)


def open_note(onset: pd.Timestamp, region: str, last_run: pd.Timestamp) -> str:
    """Say what is not known, and the one entry that settles it."""
    values = {
        "onset": plain_date(onset), "region": region_words(region), "question": message(QUESTION),
    }  # fmt: skip
    if pd.notna(last_run) and last_run > onset:
        return message(
            "injury of {onset} ({region}) has no return date and no run is logged after {day}: "
            "{question}",
            day=plain_date(last_run), **values,
        )  # fmt: skip
    return message(
        "injury of {onset} ({region}) has no return date and no run is logged since: {question}",
        **values,
    )


def to_ask(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a week's scores that wait for a return date, one per athlete."""
    # The note is in the language spoken, so the question is looked up in the same one.
    asked = scores["status_note"].str.endswith(message(QUESTION)).fillna(value=False).astype(bool)
    return scores[asked].drop_duplicates("athlete")
