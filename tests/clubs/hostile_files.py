"""Files as devices and programs write them on odd days, every moment under the test's control."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tests.clubs.watches import STRAVA, table_text
from tests.ingest.fit_writer import FitFile, activity, file_id, record, session, timer

FIT_EPOCH = dt.datetime(1989, 12, 31)  # noqa: DTZ001 - UTC without a word, as FIT counts
METRES_PER_DEGREE = 111_195
Part = tuple[float, float, float]
"""Minute from the start, minutes, kilometres."""


def at(day: int, clock: str, month: int = 2) -> dt.datetime:
    """Return a moment of 2025, in the clock of whoever asks."""
    return dt.datetime.fromisoformat(f"2025-{month:02}-{day:02}T{clock}")


def fit_seconds(moment: dt.datetime) -> int:
    return int((moment - FIT_EPOCH).total_seconds())


def fit(
    start: dt.datetime,
    parts: Sequence[Part],
    *,
    elapsed: float | None = None,
    sport: int = 1,
    sub_sport: int = 0,
    ahead_h: float = 1,
    km: float | None = -1,
) -> bytes:
    """Return a recording in UTC; between its parts the timer stands still.

    `km` is the session's own distance, that of the parts if it is -1, none if it is null.
    """
    file = FitFile().extend([file_id()])
    begin = fit_seconds(start)
    file.extend(_records(begin, parts))
    last = max(first + minutes for first, minutes, _ in parts)
    whole = 60 * (elapsed or last)
    told = {
        "total_elapsed_time": whole,
        "total_timer_time": 60 * sum(minutes for _, minutes, _ in parts),
        "total_distance": 1000 * sum(km for *_, km in parts) if km == -1 else km and 1000 * km,
        "sport": sport, "sub_sport": sub_sport, "avg_heart_rate": 150,
    }  # fmt: skip
    end = begin + int(whole)
    return file.extend([session(begin, **told), activity(round(ahead_h * 3600), end)]).done()


def bare(start: dt.datetime, minutes: float, km: float) -> bytes:
    """Return a file that holds a summary and no record."""
    begin, seconds = fit_seconds(start), 60 * minutes
    told = session(begin, seconds, total_distance=1000 * km)
    return FitFile().extend([file_id(), told, activity(3600, begin + round(seconds))]).done()


def multisport(legs: Sequence[tuple[dt.datetime, float, float, int]]) -> bytes:
    """Return one file of several sessions: start (UTC), minutes, kilometres, sport."""
    file = FitFile().extend([file_id()])
    told = []
    for start, minutes, km, sport in legs:
        begin = fit_seconds(start)
        file.extend(_records(begin, [(0, minutes, km)]))
        told.append(session(begin, 60 * minutes, total_distance=1000 * km, sport=sport))
    return file.extend([*told, activity(3600, fit_seconds(legs[-1][0]) + 7200)]).done()


def _records(begin: int, parts: Sequence[Part]) -> Iterable[tuple[int, list]]:
    done = 0.0
    for first, minutes, km in parts:
        seconds, start = round(60 * minutes), begin + round(60 * first)
        yield timer(start, 0)
        for second in range(0, seconds + 1, 5):
            metres = 1000 * (done + km * second / seconds)
            speed = min(1000 * km / seconds, 60)  # what the field can hold
            yield record(start + second, distance=metres, speed=speed, heart_rate=150)
        yield timer(start + seconds, 4)
        done += km


def gpx(segments: Sequence[Sequence[tuple[dt.datetime, float]]], kind: str = "running") -> bytes:
    """Return a track: per segment the moment (UTC) and the kilometre of each point."""
    told = "".join(
        "<trkseg>"
        + "".join(
            f'<trkpt lat="{50 + 1000 * km / METRES_PER_DEGREE:.8f}" lon="8.0">'
            f"<time>{moment:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
            for moment, km in points
        )
        + "</trkseg>"
        for points in segments
    )
    name = f"<type>{kind}</type>" if kind else ""
    return (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk>{name}{told}</trk></gpx>"
    ).encode()


def track(
    start: dt.datetime, minutes: float, km: float, ahead_km: float = 0, every_s: int = 10
) -> list[tuple[dt.datetime, float]]:
    """Return the points of an even run."""
    seconds = range(0, round(60 * minutes) + 1, every_s)
    return [
        (start + dt.timedelta(seconds=second), ahead_km + km * second / (60 * minutes))
        for second in seconds
    ]


def tcx(laps: Sequence[tuple[dt.datetime, float, float]], sport: str = "Running") -> bytes:
    """Return laps (start in UTC, minutes, kilometres) with the points of an even run each."""
    done, told = 0.0, []
    for start, minutes, km in laps:
        points = "".join(
            f"<Trackpoint><Time>{moment:%Y-%m-%dT%H:%M:%SZ}</Time>"
            f"<DistanceMeters>{1000 * metres:.1f}</DistanceMeters></Trackpoint>"
            for moment, metres in track(start, minutes, km, done)
        )
        told.append(
            f'<Lap StartTime="{start:%Y-%m-%dT%H:%M:%SZ}"><TotalTimeSeconds>{60 * minutes}'
            f"</TotalTimeSeconds><DistanceMeters>{1000 * km}</DistanceMeters>"
            f"<Track>{points}</Track></Lap>"
        )
        done += km
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase'
        ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{laps[0][0]:%Y-%m-%dT%H:%M:%SZ}</Id>{"".join(told)}'
        "</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


StravaRow = tuple[dt.datetime, str, str, float, float, float | None, str]


def strava(rows: Sequence[StravaRow]) -> bytes:
    """Return Strava's list: UTC, name, type, elapsed and moving minutes, km, file of the row."""
    table: list[list[object]] = [list(STRAVA)]
    for number, (moment, name, kind, elapsed, moving, km, file) in enumerate(rows):
        row: list[object] = [""] * len(STRAVA)
        row[0], row[2], row[3], row[12] = 900 + number, name, kind, file
        row[1] = f"{moment:%b} {moment.day}, {moment.year}, {moment:%I:%M:%S %p}"
        row[5] = row[15] = round(60 * elapsed)
        row[16] = 60 * moving
        if km is not None:
            row[6], row[17] = f"{km:.2f}", 1000 * km
        table.append(row)
    return table_text(table).encode()


def garmin(
    rows: Sequence[tuple[str, str, str, str]], header: str = "Distance", decimal: str = "."
) -> bytes:
    """Return Garmin's list: activity type, local clock, distance, time."""
    table: list[list[object]] = [["Activity Type", "Date", "Favorite", "Title", header, "Calories",
                                  "Time", "Avg HR", "Max HR"]]  # fmt: skip
    table += [[kind, clock, "false", "Run", km.replace(".", decimal), "500", time, "150", "170"]
              for kind, clock, km, time in rows]  # fmt: skip
    return table_text(table).encode()


def zigzag(points: Sequence[tuple[dt.datetime, float]]) -> list[tuple[dt.datetime, float]]:
    """Swap every fourth pair of neighbours, as an upload that lost its order."""
    swapped = list(points)
    for place, _ in enumerate(pairwise(points)):
        if place % 4 == 1:
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    return swapped
