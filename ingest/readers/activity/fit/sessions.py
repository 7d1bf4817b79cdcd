"""The sessions of a FIT file: the device's totals where it wrote them, else computed ones."""

from typing import Any, Final

import numpy as np

from ingest.readers.activity.fit.clock import utc_offset_s
from ingest.readers.activity.fit.content import Content, Message, code, number
from ingest.readers.activity.fit.dynamics import dynamics_of
from ingest.readers.activity.fit.effort import hard_of
from ingest.readers.activity.fit.profile import TRANSITION, maker_of, sport_of
from ingest.readers.activity.fit.stream import track_of
from ingest.readers.activity.session_row import SessionRow
from ingest.readers.activity.track import Track, summarise
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.likely_sport import likely_sport
from ingest.readers.activity.track.summary import min_known, stream_cadence

COMPUTED: Final = "totals_computed"
COVERED: Final = 0.9
"""Records must span this share of a session to tell its totals."""
REST_S: Final = 60.0
"""Records of a damaged file this long after its last session are a session cut off."""

_TOTALS: Final = {
    "distance_km": ("total_distance", 1 / 1000),
    "ascent_m": ("total_ascent", 1.0),
    "descent_m": ("total_descent", 1.0),
    "hr_mean": ("avg_heart_rate", 1.0),
    "hr_max": ("max_heart_rate", 1.0),
    "power_w": ("avg_power", 1.0),
}
TOO_SHORT: Final = "elapsed_time_shorter_than_recorded"
SLACK_S: Final = 2.0
"""Elapsed time and timer are rounded apart."""
PERCENT: Final = 100
_NEED_ALL: Final = ("moving_min", "distance_km", "ascent_m", "descent_m")
_ZERO_IS_A_VALUE: Final = ("ascent_m", "descent_m")


def sessions_of(content: Content) -> list[SessionRow]:
    """Return the sessions of one FIT file, one row each.

    The end of a session is its start plus the elapsed time: newer devices write the start into
    `timestamp`, and summaries may come before the records.
    """
    track = track_of(content)
    summaries = [
        session for session in content.all("session") if code(session, "sport") != TRANSITION
    ]
    messages = sorted(summaries, key=lambda session: number(session, "start_time"))
    rows = []
    for place, message in enumerate(messages):
        following = messages[place + 1] if place + 1 < len(messages) else {}
        own = track if len(messages) == 1 else _records_of(track, message, following)
        rows.append(_row(f"session {place + 1}", message, own, content))
    rest = _rest(track, list(content.all("session")))
    if len(rest) and (not messages or content.repairs):
        message = {"start_time": float(rest.time[0]), **_sport_message(content)}
        rows.append(_row(f"session {len(rows) + 1}", message, rest, content, (COMPUTED,)))
    return rows


def _records_of(track: Track, message: Message, following: Message) -> Track:
    # A leg ends at the latest where the next one begins.
    end = min_known(_end(message), number(following, "start_time"))
    start = number(message, "start_time")
    return track.between(start, np.inf if np.isnan(end) else end)


def _end(message: Message) -> float:
    """Return when a session ended; the elapsed time may be shorter than the timer's."""
    lengths = (number(message, "total_elapsed_time"), number(message, "total_timer_time"))
    return number(message, "start_time") + float(np.fmax(*lengths))


def _rest(track: Track, messages: list[Message]) -> Track:
    """Return the records after the last session, if there are enough to matter."""
    if not messages:
        return track
    last = max(_end(message) for message in messages)
    if np.isnan(last) or not len(track) or track.time[-1] < last + REST_S:
        return track.between(np.inf, np.inf)
    return track.between(float(np.nextafter(last, np.inf)), np.inf)


def _sport_message(content: Content) -> dict[str, Any]:
    """Return the sport of a file without a session; several sports cannot be told apart."""
    named = [
        message for message in (*content.all("sport"), *content.all("lap")) if "sport" in message
    ]
    if len({code(message, "sport") for message in named}) != 1:
        return {}
    return {"sport": named[0]["sport"], "sub_sport": named[0].get("sub_sport")}


def _row(
    record: str, message: Message, track: Track, content: Content, repairs: tuple[str, ...] = ()
) -> SessionRow:
    maker = code(content.first("file_id"), "manufacturer")
    sport = sport_of(code(message, "sport"), code(message, "sub_sport"))
    values = _totals(message, track, sport.sport)
    length = _length_s(message, track)
    if length - number(message, "total_elapsed_time") > SLACK_S:
        repairs = (*repairs, TOO_SHORT)
    values["duration_min"] = length / 60
    source = ""
    if sport.sport == "run":
        dynamics = dynamics_of(track, message, maker_of(maker))
        # The power of the totals may be another device's than the dynamics, so it goes first.
        values |= {"power_w": float("nan")} | dynamics.values
        source = dynamics.source
    hard = hard_of(track, message, content)
    values |= {"hard_min": hard.minutes, "hard_km": hard.km}
    values |= {"rpe": rpe_of(message), "feel": feel_of(message)}
    return SessionRow(
        record=record,
        start=_start(message, track),
        sport=sport.sport,
        numbers=values,
        surface=sport.surface,
        utc_offset_s=utc_offset_s(content.first("activity"), maker),
        dynamics_source=source,
        repairs=(*content.repairs, *track.repairs, *repairs),
        # Who chose "other" on the watch did not run; a file cut off before its sport may be a run.
        likely_sport=likely_sport(track) if code(message, "sport") is None else "",
    )


def rpe_of(session: Message) -> float:
    """Return the session RPE (0-10); devices write ten times it, and 0 for "not answered"."""
    tenfold = number(session, "workout_rpe")
    return tenfold / 10 if tenfold > 0 else float("nan")


def feel_of(session: Message) -> float:
    """Return how the athlete felt (0-1, 1 = best); devices write 0 very weak to 100 very strong.

    A device that asked for the feeling also asked for the exertion: 0 without any answer there is
    no answer.
    """
    percent = number(session, "workout_feel")
    unanswered = percent == 0 and not number(session, "workout_rpe") > 0
    return float("nan") if unanswered or not 0 <= percent <= PERCENT else percent / PERCENT


def _start(message: Message, track: Track) -> float:
    start = number(message, "start_time")
    return float(track.time[0]) if np.isnan(start) and len(track) else start


def _totals(message: Message, track: Track, sport: str) -> dict[str, float]:
    values = summarise(track, sport)
    if _covers_too_little(message, track):
        values = {name: value for name, value in values.items() if name not in _NEED_ALL}
    for name, (field, factor) in _TOTALS.items():
        value = number(message, field) * factor
        if value > 0 or (value == 0 and name in _ZERO_IS_A_VALUE):
            values[name] = value
    # A stated 0 is no unknown distance: a long run that lost its distance is asked about later.
    if number(message, "total_distance") == 0 and np.isnan(values.get("distance_km", np.nan)):
        values["distance_km"] = 0.0
    values["moving_min"] = _moving_min(message, values)
    values["cadence_spm"] = _cadence(message, track, sport)
    return values


def _length_s(message: Message, track: Track) -> float:
    """Return the greatest length that the records support, in seconds; NaN where nothing tells.

    Some devices write an elapsed time shorter than the timer's or the records'; elapsed time
    longer than both is a pause.
    """
    elapsed, timer = (number(message, f"total_{name}_time") for name in ("elapsed", "timer"))
    recorded = float(track.time[-1] - track.time[0]) if len(track) else float("nan")
    # A timer longer than the elapsed time counts only where records cover it.
    if not timer <= elapsed and recorded < COVERED * timer:
        timer = float("nan")
    longest = float(np.fmax(elapsed, timer))
    if longest > 0 and not recorded > longest + SLACK_S:
        return longest
    return recorded


def _covers_too_little(message: Message, track: Track) -> bool:
    """Say whether the records leave out so much of the session that they cannot tell its totals."""
    covered = float(track.time[-1] - track.time[0]) if len(track) else 0.0
    return covered < COVERED * number(message, "total_elapsed_time")


def _moving_min(message: Message, values: dict[str, float]) -> float:
    """Return the device's time in motion, else the computed one, never more than the timer's."""
    device = number(message, "total_moving_time") / 60
    if device > 0:
        return device
    timer = number(message, "total_timer_time") / 60
    timer = timer if timer > 0 else float("nan")
    return min_known(values.get("moving_min", float("nan")), timer)


def _cadence(message: Message, track: Track, sport: str) -> float:
    mean = number(message, "avg_cadence")
    if mean > 0:
        fraction = float(np.nan_to_num(number(message, "avg_fractional_cadence")))
        return steps_per_minute(mean + fraction, sport)
    own = stream_cadence(track, sport)
    if not np.isnan(own):
        return own
    others = [name for name in track.channels if name.endswith(".cadence")]
    return (
        stream_cadence(Track(track.time, {"cadence": track.get(others[0])}), sport)
        if others
        else own
    )
