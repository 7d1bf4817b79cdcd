"""How long each kind of file was fuzzed, over all runs, and what came of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from common.store import write_json


@dataclass(frozen=True)
class Tally:
    """What fuzzing of one kind of file took (processor seconds) and gave."""

    seconds: float = 0.0
    executions: int = 0
    crashes: int = 0
    last_crash: str = ""
    inputs: Sequence[str] = ()
    """Names of the files below `crashes` with the input of each crash."""

    def plus(self, other: "Tally") -> "Tally":
        """Return both together; the later crash is the one that is told."""
        return Tally(
            round(self.seconds + other.seconds, 1),
            self.executions + other.executions,
            self.crashes + other.crashes,
            other.last_crash or self.last_crash,
            list(dict.fromkeys([*self.inputs, *other.inputs])),
        )

    def sentence(self) -> str:
        """Return the figures in a line, and the end of the last crash's trace where there was one.

        >>> Tally(12.5, 300, 0).sentence()
        '300 executions in 12 processor seconds, 0 crashes'
        """
        crash = f" ({', '.join(self.inputs)})\n{self.last_crash}" if self.last_crash else ""
        return (
            f"{self.executions} executions in {self.seconds:.0f} processor seconds, "
            f"{self.crashes} crashes{crash}"
        )


class Ledger:
    """The tallies of all kinds, beside the grown corpus; each addition is written at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "ledger.json"
        tallies = json.loads(self._path.read_text()) if self._path.is_file() else {}
        self._tallies = {kind: Tally(**tally) for kind, tally in tallies.items()}

    def of(self, kind: str) -> Tally:
        """Return what is known of a kind; of an unknown one, nothing was run."""
        return self._tallies.get(kind, Tally())

    def add(self, kind: str, tally: Tally) -> None:
        """Count what one run gave."""
        # Written after every slice, for fuzzing is stopped far more often than it ends.
        self._tallies[kind] = self.of(kind).plus(tally)
        write_json(
            self._path, {name: asdict(kind_tally) for name, kind_tally in self._tallies.items()}
        )

    def next_of(self, kinds: list[str], seconds: float) -> str | None:
        """Return the kind with the fewest seconds, or None where all have as many as asked for."""
        # The one with the fewest: a run that is stopped early leaves no kind untried.
        least = min(kinds, key=lambda kind: self.of(kind).seconds)
        return least if self.of(least).seconds < seconds else None

    def report(self, kinds: list[str]) -> dict[str, object]:
        """Return the figures by kind and in all."""
        tallies = {kind: self.of(kind) for kind in kinds}
        return {
            "readers": {kind: asdict(tally) for kind, tally in tallies.items()},
            "core_hours": round(sum(tally.seconds for tally in tallies.values()) / 3600, 3),
            "executions": sum(tally.executions for tally in tallies.values()),
            "crashes": sum(tally.crashes for tally in tallies.values()),
        }
