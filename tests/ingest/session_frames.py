"""Recordings and answers of one athlete, as readers hand them to the joining."""

from typing import Any

import pandas as pd

from common.contracts import CONTRACTS
from common.vocabulary import LEFT_OUT_CHECKS
from ingest.records.sports import ANY_SPORT, masks
from ingest.sessions.day_only import ANSWERED, MARK
from ingest.sessions.joining import Harmonised, harmonise_sessions
from ingest.sessions.list_clocks import ZONELESS
from ingest.sessions.sport_guess import LIKELY_SPORT

ZONE = "Europe/Berlin"
FIRST = pd.Timestamp("2024-05-06", tz="UTC")


def recording(day: int, hour: float, minutes: float = 60.0, **known: Any) -> dict[str, Any]:
    """Return a recording that begins at an hour (UTC) of a day."""
    start = FIRST + pd.Timedelta(days=day, hours=hour)
    local = start.tz_convert(ZONE).tz_localize(None)
    return {
        "athlete": "a",
        "start": start,
        "local_date": local.normalize(),
        "sport": "run",
        "duration_min": minutes,
        "source": "watch.csv",
        "source_hash": "0" * 16,
        "record": f"{day}-{hour:g}",
        "repaired": False,
    } | known


def answer(day: int, hour: float, minutes: float = 60.0, **known: Any) -> dict[str, Any]:
    """Return an answer about a session that ended at an hour (UTC) of a day."""
    return {
        "athlete": "a",
        "end": FIRST + pd.Timedelta(days=day, hours=hour),
        "duration_min": minutes,
        "rpe": 5.0,
        "sport": "run",
        "shoe_id": None,
        "source": "answers.csv",
        "source_hash": "1" * 16,
        "record": f"{day}-{hour:g}",
        "repaired": False,
    } | known


def harmonised(
    recordings: list[dict[str, Any]],
    answers: list[dict[str, Any]] | None = None,
    kinds: dict[str, str] | None = None,
) -> Harmonised:
    """Join recordings and answers."""
    columns = [*CONTRACTS["sessions"].columns, "repaired", ZONELESS, LIKELY_SPORT, MARK,
               ANSWERED]  # fmt: skip
    recorded = pd.DataFrame(recordings, columns=columns)
    # Also without any answer the columns have to be there.
    told = pd.DataFrame(answers or [], columns=list(answer(0, 0)))
    told["end"] = told["end"].astype("datetime64[ns, UTC]")
    told = told.astype(
        {"sport": "str", "source": "str", "shoe_id": "str", "rpe": float, "duration_min": float}
    )
    fits = masks(told["sport"]) if len(told) else ANY_SPORT
    return harmonise_sessions(recorded, told.assign(fits=fits), ZONE, kinds)


def load(found: Harmonised) -> pd.DataFrame:
    """Return runs, minutes and kilometres by day, of runs that count."""
    sessions = found.sessions
    runs = sessions[(sessions["sport"] == "run") & ~sessions["check"].isin(LEFT_OUT_CHECKS)]
    moving = runs["moving_min"].where(runs["moving_min"] > 0, runs["duration_min"])
    whole = runs.assign(minutes=moving, runs=1, without_km=runs["distance_km"].isna())
    days: pd.DataFrame = whole.groupby("local_date")[
        ["runs", "minutes", "distance_km", "without_km"]
    ].sum()
    return days
