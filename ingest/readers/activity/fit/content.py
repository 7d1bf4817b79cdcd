"""What a FIT file says, whichever way it was decoded: record columns and summary messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from common.arrays import Floats

FIT_EPOCH: Final = 631_065_600
"""FIT seconds count from 1989-12-31T00:00:00Z; this is that moment in Unix seconds."""
RECORD_FIELDS: Final = (
    "timestamp", "distance", "speed", "enhanced_speed", "altitude", "enhanced_altitude",
    "heart_rate", "cadence", "fractional_cadence", "power", "vertical_oscillation",
    "stance_time", "stance_time_balance", "step_length", "vertical_ratio",
    "position_lat", "position_long",
)  # fmt: skip
"""Native record fields that are read, by their names in the FIT profile."""

Message = Mapping[str, Any]


def number(message: Message, name: str) -> float:
    """Return a number of a message; NaN where it is absent, or is no number in a damaged file."""
    value = message.get(name)
    # Damaged files hold lists and texts where a number belongs.
    return float(value) if isinstance(value, int | float) else float("nan")


def code(message: Message, name: str) -> int | None:
    """Return the number of an enumeration; None where it is absent or no whole number."""
    value = number(message, name)
    # NaN is no integer either, so that an absent field needs no test of its own.
    return int(value) if value.is_integer() else None


def text(value: object) -> str:
    """Return a text field; what is no text in a damaged file is empty."""
    return value.strip() if isinstance(value, str) else ""


def application_id(value: object) -> str:
    """Return the id of an application in hexadecimal, empty where it is absent or damaged."""
    if isinstance(value, bytes):
        return value.hex()
    numbers = value if isinstance(value, list | tuple) else ()
    return "".join(f"{byte:02x}" for byte in numbers if isinstance(byte, int))


class DeveloperSeries(NamedTuple):
    """One developer field over the records.

    Parameters
    ----------
    application : str
        Hexadecimal id of the application that wrote it.
    name, units : str
        As the application declared them.
    values : array of shape (n,)
        NaN where absent.
    """

    application: str
    name: str
    units: str
    values: Floats


@dataclass(frozen=True)
class Content:
    """The decoded content of one FIT file.

    Parameters
    ----------
    records : mapping of str to array of shape (n,)
        Fields of :data:`RECORD_FIELDS` that occur; scaled, times in Unix seconds, positions in
        degrees, NaN where absent.
    developer : sequence of DeveloperSeries
        Developer fields of the records.
    messages : mapping of str to sequence of mappings
        Summary messages by name; scaled, times in Unix seconds, enumerations as numbers.
    repairs : tuple of str
        What was wrong with the file and is now left out.
    """

    records: Mapping[str, Floats] = field(default_factory=dict)
    developer: Sequence[DeveloperSeries] = ()
    messages: Mapping[str, Sequence[Message]] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether not one message could be read."""
        return not self.records and not any(self.messages.values())

    def all(self, name: str) -> Sequence[Message]:
        """Return all messages of a name."""
        return self.messages.get(name, ())

    def first(self, name: str) -> Message:
        """Return the first message of a name, an empty one if there is none."""
        messages = self.all(name)
        return messages[0] if messages else {}
