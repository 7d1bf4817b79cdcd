"""The faults other than kills: what is done to a copy of the team, and which runs follow."""

import itertools
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.fault_parts.faults_team import (
    ACT,
    ADD,
    AFTER_DAMAGE,
    MONITOR,
    SCORE,
    Run,
    Team,
    limit_file_size,
    without_override,
)

Fault = tuple[str, Callable[[Team], list[Run]]]
FILE_LIMITS = (0, 300, 4_000, 20_000, 60_000)
SMALL_FILES, SMALL_FILES_FULL = 2_000, 100_000


def disk_faults(full: bool) -> Iterator[Fault]:
    """Yield disks that are full, folders that may not be written or read, clocks set back."""
    for most in FILE_LIMITS:
        yield f"disk full at {most} bytes: score", lambda team, most=most: [
            team.run(*SCORE, before=limit_file_size(most)), team.run(*SCORE)
        ]  # fmt: skip
    for name, command in (("monitor", MONITOR), ("act", ACT), ("data add", ADD)):
        for most in FILE_LIMITS if full else FILE_LIMITS[:2]:
            yield f"disk full at {most} bytes: {name}", lambda team, command=command, most=most: [
                team.run(*command, before=limit_file_size(most)), team.run(*command)
            ]  # fmt: skip
    for path in ("out", "out/history/club", "club/sessions.csv", "club", "key", "cache"):
        for mode in (0o500, 0o000):
            yield (
                f"mode {mode:03o} of {path}",
                lambda team, path=path, mode=mode: _closed(team, path, mode),
            )
    yield "clock set back by a year", _clock_back


def _closed(team: Team, path: str, mode: int) -> list[Run]:
    """Take permissions away, run as a user whom they stop, and give them back."""
    # A superuser may write anywhere: without this the fault would not happen in a container.
    ordinary = without_override()
    place = team.place / path
    if not place.exists():
        return []
    before = place.stat().st_mode & 0o777
    place.chmod(mode)
    runs = [team.run(*command, before=ordinary) for command in (SCORE, ACT)]
    # Given back at once: the copy could not even be removed otherwise.
    place.chmod(before)
    return [*runs, team.run(*SCORE, before=ordinary)]


def _clock_back(team: Team) -> list[Run]:
    """Let every file be of next year: to the program its own clock went back."""
    later = time.time() + 365 * 86_400
    for path in team.place.rglob("*"):
        os.utime(path, (later, later))
    return [team.run(*SCORE), team.run(*MONITOR)]


def together() -> Iterator[Fault]:
    """Yield runs at the same time, and files that change while they are read."""
    yield "two scores at once", lambda team: _at_once(team, [SCORE, SCORE])
    yield "score and act at once", lambda team: _at_once(team, [SCORE, ACT])
    elsewhere = ("pipelines.cli", "score", "club", "--out", "other", "--project", "project")
    yield "two outs, one cache", lambda team: _at_once(team, [SCORE, elsewhere])
    yield "two adds at once", lambda team: _at_once(team, [ADD, ADD])
    yield "changed while it is read", _growing


def _at_once(team: Team, commands: list[tuple[str, ...]]) -> list[Run]:
    runs: list[Run] = []
    threads = [
        threading.Thread(target=lambda command=command: runs.append(team.run(*command)))
        for command in commands
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [*runs, team.run(*SCORE)]


def _growing(team: Team) -> list[Run]:
    """Write to an export all the time that it is read."""
    path, done = team.place / "club/sessions.csv", threading.Event()
    line = path.read_text(encoding="utf-8").splitlines()[-1]

    def grow() -> None:
        # Many small writes, so that at least one falls between two reads of the file.
        while not done.wait(0.02):
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")

    writer = threading.Thread(target=grow)
    writer.start()
    run = team.run(*SCORE)
    done.set()
    writer.join()
    return [run, team.run(*SCORE)]


def damaged_files(source: Team, draw: random.Random, full: bool) -> Iterator[Fault]:
    """Yield damages of every file of the history, the settings, the exports and the cache."""
    files = [
        path.relative_to(source.place)
        for folder in ("out", "club", "cache", "key")
        for path in sorted((source.place / folder).rglob("*") or [source.place / folder])
        if path.is_file() and not path.name.startswith((".", "CACHEDIR"))
    ]
    others = itertools.cycle(AFTER_DAMAGE.values())
    for path in [*files, Path("key")]:
        for number in range(4 if full else 1):
            content = damaged((source.place / path).read_bytes(), draw)
            commands = list(AFTER_DAMAGE.values()) if full else [next(others)]
            yield (
                f"damaged {path} ({number})",
                lambda team, path=path, content=content, commands=commands: _damaged(
                    team, path, content, commands
                ),
            )


def damaged(content: bytes, draw: random.Random) -> bytes:
    """Return a content cut off, with bits turned, or zeroed, as disks leave them."""
    kind = draw.randrange(4)
    if kind == 0 or not content:
        return content[: draw.randrange(len(content) + 1)]
    if kind == 1:
        return b"\0" * len(content)
    changed = bytearray(content)
    for _ in range(1 if kind == 2 else 50):  # one bit, or many
        # Single bits: cut or emptied files are caught by their form, a turned bit only by a digest.
        changed[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _damaged(team: Team, path: Path, content: bytes, commands: list[tuple[str, ...]]) -> list[Run]:
    """Damage a file; one command meets it as it is, the others after a score was tried."""
    (team.place / path).write_bytes(content)
    return [team.run(*command) for command in (*commands[:1], SCORE, *commands[1:])]


def small_files(full: bool) -> Iterator[Fault]:
    """Yield a folder with very many files that are none of ours."""

    def many(team: Team) -> list[Run]:
        count = SMALL_FILES_FULL if full else SMALL_FILES
        for number in range(count):
            folder = team.place / "club" / f"notes{number // 1000:03d}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").write_text(f"note {number}")
        return [team.run(*SCORE)]

    yield "very many small files", many
