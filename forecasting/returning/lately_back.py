"""Who runs again after an injury: the stage that the log tells, and what the next one asks for."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from common.language import message, translated
from common.text.body_words import region_words
from common.text.plain_words import plain_date
from forecasting.returning.messages import stage_words
from forecasting.returning.own_rows import pain_of, sessions_of
from forecasting.returning.stages import Position, Stage, position, texts, tissue_of

FIRST_WEEKS_DAYS: Final = 28
"""So long after a return the careful line stands before anything else is tried (convention)."""

_Row = Mapping[Any, Any]


def lately_back(
    tables: Mapping[str, pd.DataFrame], injuries: pd.DataFrame, as_of: pd.Timestamp
) -> dict[str, str]:
    """Return the careful line of each athlete whose latest injury ended in the past four weeks.

    Also of those who run although nobody entered a return date within so many days of the onset:
    whether they are over it is then the first thing to ask.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `sessions` and `pain`.
    injuries : pandas.DataFrame
        The running injuries as known on the day: athlete, onset_date, return_date, region and,
        where known, diagnosis.
    as_of : pandas.Timestamp
        Day of the forecast.

    Returns
    -------
    dict of str to str
        One sentence by athlete; nobody of whom nothing was logged in the past two weeks.
    """
    ended = injuries["return_date"].fillna(injuries["onset_date"])
    # Of two injuries with one onset the open one, or the one that ended later, is the latest.
    order = injuries.assign(until=injuries["return_date"].fillna(as_of))
    latest = order[ended <= as_of].sort_values(["athlete", "onset_date", "until"])
    latest = latest.drop_duplicates("athlete", keep="last")
    since = (as_of - latest["return_date"].fillna(latest["onset_date"])).dt.days
    asked = latest[since <= FIRST_WEEKS_DAYS]
    sessions = sessions_of(tables["sessions"], asked["athlete"])
    pain = pain_of(tables["pain"], asked["athlete"])
    lines = {
        str(row["athlete"]): _line(
            row,
            position(
                sessions[row["athlete"]],
                pain[row["athlete"]],
                row["onset_date"],
                str(row["region"]),
                as_of,
            ),
        )
        for row in asked.to_dict("records")
    }
    return {athlete: line for athlete, line in lines.items() if line}


def _line(row: _Row, stands: Position) -> str:
    region = str(row["region"])
    # Without a log of two weeks a stage would be a guess.
    if stands.stage is None:
        return ""
    back: Any = row["return_date"]
    is_ended: bool = not pd.isna(back)
    if not is_ended:
        return _unended(row, stands.stage)
    values = {"day": plain_date(back), "region": region_words(region)}
    if stands.stage == Stage.FULL:
        return message(
            "Back from an injury since {day} ({region}). The training log shows the usual "
            "volume again: keep it for some weeks before you raise it.",
            **values,
        )
    return message(
        "Back from an injury since {day} ({region}). The training log shows the stage: {stage}. "
        "Before the next stage: {needs}.",
        **values, stage=stage_words(stands.stage), needs=_needs(row, stands.stage),
    )  # fmt: skip


def _unended(row: _Row, stage: Stage) -> str:
    values = {"onset": plain_date(row["onset_date"]), "region": region_words(str(row["region"]))}
    if stage == Stage.FULL:
        return message(
            "No return date is entered for the injury of {onset} ({region}), but the training "
            "log shows the usual volume again: is it over?",
            **values,
        )
    return message(
        "No return date is entered for the injury of {onset} ({region}): is it over? The "
        "training log shows the stage: {stage}. Before the next stage: {needs}.",
        **values, stage=stage_words(stage), needs=_needs(row, stage),
    )  # fmt: skip


def _needs(row: _Row, stage: Stage) -> str:
    diagnosis = row.get("diagnosis")
    known = None if diagnosis is None or pd.isna(diagnosis) else str(diagnosis)
    return translated(texts().next[tissue_of(known, str(row["region"]))][stage])
