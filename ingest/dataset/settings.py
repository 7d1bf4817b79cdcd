"""`dataset.yaml`: what the files of a dataset do not say themselves."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from common.errors import StridecastError
from common.language import ENGLISH, languages
from common.settings import Settings
from common.settings_errors import settings_error
from common.untyped import FromFile
from common.vocabulary import DIAGNOSES, REGIONS, SIDES
from common.yaml_file import load_yaml

FILE_NAME: Final = "dataset.yaml"
PUBLISHED: Final = frozenset({"pmdata", "rbds", "ric2024", "lovdal2021"})
"""Data sets that were published with ids that are no names."""
WELLNESS_ITEMS: Final = ("sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness")
WellnessItem = Literal["sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness"]


LoadSport = Literal["run", "walk", "hike", "ride", "swim", "strength", "other"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    # "America" is a folder of the zone files: it ends in an error of the file system.
    except (KeyError, ValueError, OSError):
        raise ValueError("is no time zone; expected a name such as Europe/Berlin") from None
    return name


class Scale(Settings):
    """A questionnaire item's scale; answers become 0-1 with 1 = best, linear in between."""

    worst: float
    best: float

    @model_validator(mode="after")
    def _has_two_ends(self) -> "Scale":
        if self.worst == self.best:
            raise ValueError("worst and best are the same number")
        return self


class SheetScale(Settings):
    """The scale of one item of a form, for all of its answers or those of some days."""

    model_config = ConfigDict(populate_by_name=True)

    item: str
    worst: float
    best: float
    first: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _has_two_ends(self) -> "SheetScale":
        if self.worst == self.best:
            raise ValueError("worst and best are the same number")
        return self


class SheetSettings(Settings):
    """What a sheet that people keep does not say itself, or says in words of its own.

    Parameters
    ----------
    kind : str, optional
        What it holds; ``ignore`` leaves it unread.
    columns : mapping of str to str
        Heading as written, or letter of the column, -> what it holds, or a heading that is known;
        ``channel`` for a measure of one's own, ``ignore`` for nothing.
    dates : {"day_first", "month_first"}, optional
        How the file writes dates such as 04/05/2025.
    scales : tuple of SheetScale
        Worst and best answer of each item, for a period where a form changed.
    unit : str, optional
        Unit of test values whose headings name none.
    year : int, optional
        Year of the first date or week that has none.
    day : date, optional
        Day of tests, or of a list of who is injured, whose sheet names none.
    days : mapping of str to date
        The same of one version of a list, by its digest: next week's list of that name is another.
    """

    kind: (
        Literal["form", "weekly_km", "injuries", "strength", "gait", "members", "ignore"] | None
    ) = None
    columns: dict[str, str] = Field(default_factory=dict)
    dates: Literal["day_first", "month_first"] | None = None
    scales: tuple[SheetScale, ...] = ()
    unit: Literal["kg", "lb", "N", "Nm", "N/kg", "Nm/kg", "cm", "s", "reps"] | None = None
    year: int | None = Field(default=None, ge=1990, le=2100)
    day: date | None = None
    days: dict[str, date] = Field(default_factory=dict)


class InjuryMeaning(Settings):
    """What a club says its own words about an injury mean; `injury: false` means none."""

    injury: bool = True
    region: str | None = None
    diagnosis: str | None = None
    side: str | None = None

    @model_validator(mode="after")
    def _is_in_the_vocabulary(self) -> "InjuryMeaning":
        for key, known in (("region", REGIONS), ("diagnosis", DIAGNOSES), ("side", SIDES)):
            value = getattr(self, key)
            if value is not None and value not in known:
                raise ValueError(f"{key} {value!r} is none of {', '.join(known)}")
        if self.injury and self.region is None:
            raise ValueError("name a region, or say injury: false")
        return self


def _known_language(code: str) -> str:
    if code not in languages():
        raise ValueError(f"{code!r} is none of {', '.join(languages())}")
    return code


class DatasetConfig(Settings):
    """The content of a `dataset.yaml`.

    Parameters
    ----------
    name : str
        Name of the dataset; models and pages carry it.
    kind : {"club", "pmdata"}
        Layout of the folder.
    simulated : bool
        Whether the athletes are invented.
    truth_sha256 : str
        Of simulated data: digest of the true probabilities, which lie apart; so that other truth
        is other data to every later stage.
    pseudonyms : {"keyed", "public"}
        ``public`` only where the ids are no secret (simulated or published data).
    time_zone : str
        Zone of every local time in the files.
    observed_from : date
        First day of observation (administrative, never the first log).
    observed_to : date, optional
        Last day of observation; None while the team is still followed.
    wellness_scales : mapping of item to Scale
        Scale of each questionnaire item; an item without one is not read.
    clocks : mapping of reader kind to {"utc", "local"}
        Corrects a format whose files name the wrong clock.
    athletes : mapping of str to str
        Name or number of an athlete in an export -> id of the roster.
    sheets : mapping of str to SheetSettings
        File, or `file#tab` for one sheet of a workbook -> what it does not say itself.
    nobody : list of str
        Names in exports that are nobody's of the team.
    owners : mapping of str to str
        File, folder or archive -> the athlete whose it is, or ``nobody``.
    injury_words : mapping of str to InjuryMeaning
        What words in the club's injury log mean, where the program does not know them.
    injuries_known_from : date, optional
        Day from which every injury of the team was written down; without it the first entry of the
        injury list is taken.
    injuries_asked_at_entry_days : int, optional
        How many days before joining athletes were asked about earlier injuries, where they were.
    recurrent_within_days : int, optional
        An injury of a region that was injured before is recurrent up to so many days after the
        earlier one; without it whenever the earlier one was.
    load_sports : tuple of str
        Sports whose sessions count as running load; a team that mainly plays football, which
        programs call `other`, says ``[run, other]``.
    language : str
        Language of the pages: the code of a catalogue (en, de, es).
    clubs : bool
        Whether each folder in this one is a club with a `dataset.yaml` of its own, which are read
        club by club (the stage `ingest`); nothing else of this file but its name counts then.
    """

    # The name becomes a folder of the cache, so it must not lead anywhere else.
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    kind: Literal["club", "pmdata"] = "club"
    simulated: bool = False
    truth_sha256: str = ""
    pseudonyms: Literal["public", "keyed"] = "keyed"
    public_codes_refused: bool = False
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    time_zone_is_told: bool = True
    observed_from: date
    observed_to: date | None = None
    wellness_scales: dict[WellnessItem, Scale] = Field(default_factory=dict)
    clocks: dict[str, Literal["utc", "local"]] = Field(default_factory=dict)
    athletes: dict[str, str] = Field(default_factory=dict)
    sheets: dict[str, SheetSettings] = Field(default_factory=dict)
    nobody: list[str] = Field(default_factory=list)
    owners: dict[str, str] = Field(default_factory=dict)
    injury_words: dict[str, InjuryMeaning] = Field(default_factory=dict)
    injuries_known_from: date | None = None
    injuries_asked_at_entry_days: Annotated[int, Field(ge=0, le=36500)] | None = None
    recurrent_within_days: Annotated[int, Field(ge=0, le=36500)] | None = None
    load_sports: tuple[LoadSport, ...] = ("run",)
    language: Annotated[str, AfterValidator(_known_language)] = ENGLISH
    clubs: bool = False

    @model_validator(mode="before")
    @classmethod
    def _real_people_have_secret_codes(cls, content: FromFile) -> FromFile:
        """Refuse public codes of real people: theirs are secret, and a to-do says so."""
        if not isinstance(content, dict) or content.get("pseudonyms") != "public":
            return content
        if content.get("simulated") or content.get("name") in PUBLISHED:
            return content
        return content | {"pseudonyms": "keyed", "public_codes_refused": True}

    @model_validator(mode="after")
    def _runs_forward(self) -> "DatasetConfig":
        if self.observed_to is not None and self.observed_to < self.observed_from:
            raise ValueError(
                f"observed_to {self.observed_to} is before observed_from {self.observed_from}"
            )
        return self


def load_config(folder: Path) -> DatasetConfig:
    """Read the `dataset.yaml` of a dataset folder.

    Raises
    ------
    StridecastError
        One line that names the file, the key and what was expected.
    """
    path = folder / FILE_NAME
    if not folder.is_dir():
        raise StridecastError(f"{folder}: no such folder", "name a dataset folder")
    if not path.is_file():
        raise StridecastError(f"{path}: not found", f"let `stridecast data init {folder}` write it")
    content = _parse(path)
    try:
        return DatasetConfig.model_validate(content)
    except ValidationError as error:
        raise settings_error(str(path), error, DatasetConfig) from None


def _parse(path: Path) -> dict[str, Any]:
    content = load_yaml(path, "see data/README.md")
    if not isinstance(content, dict):
        fault = "nothing in it" if content is None else "no settings"
        raise StridecastError(
            f"{path}: {fault}; its lines are keys and values, such as time_zone: Europe/Berlin",
            f"restore it, or delete it and let `stridecast data init {path.parent}` write it",
        )
    return content
