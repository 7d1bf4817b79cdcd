"""The registry of file formats: a new format is one module and one line in `READERS`."""

from inspect import signature
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from common.extensions import offered
from ingest.readers.activity.apple.export import AppleHealthReader
from ingest.readers.activity.fit import FitReader
from ingest.readers.activity.fitbit_google import GoogleExercisesReader
from ingest.readers.activity.garmin.account_export import GarminExportReader
from ingest.readers.activity.garmin.activity_list import GarminListReader
from ingest.readers.activity.gpx import GpxReader
from ingest.readers.activity.intervals_icu import IntervalsIcuReader
from ingest.readers.activity.polar_flow import PolarFlowReader
from ingest.readers.activity.samsung import SamsungExerciseReader
from ingest.readers.activity.strava import StravaActivitiesReader
from ingest.readers.activity.strava_old import StravaOldListReader
from ingest.readers.activity.strava_short import StravaShortListReader
from ingest.readers.activity.stryd import StrydReader
from ingest.readers.activity.suunto_json import SuuntoJsonReader
from ingest.readers.activity.tcx import TcxReader
from ingest.readers.activity.training_peaks import TrainingPeaksReader
from ingest.readers.activity.whoop_workouts import WhoopWorkoutsReader
from ingest.readers.base import HEAD_BYTES, FileRefused, Parsed, ReadContext, Reader
from ingest.readers.club.roster import RosterReader
from ingest.readers.club.session_rpe import SessionRpeReader
from ingest.readers.club.sessions import ClubSessionsReader
from ingest.readers.club.specs import TABLE_SPECS
from ingest.readers.club.tables import ClubReader
from ingest.readers.club.wellness import WellnessReader
from ingest.readers.datasets.lovdal_files import LovdalReader
from ingest.readers.datasets.pmdata_fitbit import (
    FitbitExerciseReader,
    FitbitRestingHeartRateReader,
    FitbitSleepReader,
    FitbitSleepScoreReader,
)
from ingest.readers.datasets.pmdata_people import ParticipantsReader, WeightLogReader
from ingest.readers.datasets.pmdata_pmsys import (
    PmsysInjuryReader,
    PmsysSessionReader,
    PmsysWellnessReader,
)
from ingest.readers.datasets.rbds import RbdsReader
from ingest.readers.datasets.ric2024 import Ric2024Reader
from ingest.readers.health.elite_hrv import EliteHrvReader
from ingest.readers.health.exported_nights import SamsungSleepReader, WhoopSleepsReader
from ingest.readers.health.garmin_nights import GarminDaysReader, GarminNightsReader
from ingest.readers.health.garmin_sleep import GarminSleepReader
from ingest.readers.health.hrv4training import Hrv4TrainingReader
from ingest.readers.health.intervals_wellness import IntervalsWellnessReader
from ingest.readers.health.whoop import WhoopDaysReader
from ingest.readers.motion import (
    BmcMetadataReader,
    BmcTrialReader,
    C3dReader,
    OpenSimReader,
    RunScribeReader,
    TrcReader,
)
from ingest.readers.plans.calendar_file import CalendarReader
from ingest.readers.plans.intervals_events import IntervalsEventsReader
from ingest.readers.plans.week_sheet import WeekPlanReader
from ingest.readers.sheets.plain_file import PlainFile
from ingest.readers.sheets.reader import SheetReader
from ingest.readers.strength.forcedecks import ForceDecksReader
from ingest.readers.strength.forcedecks_api import ForceDecksTestsReader, ForceDecksTrialsReader
from ingest.readers.strength.hawkin import HawkinReader
from ingest.readers.strength.vald import ValdReader
from ingest.readers.strength.vald_layouts import LAYOUTS as VALD_LAYOUTS

__all__ = ["READERS", "FileRefused", "Parsed", "ReadContext", "Reader", "find_reader"]


def _own() -> tuple[Reader, ...]:
    """Return the readers of `extensions/readers`; one that cannot be asked is refused at once."""
    readers: tuple[Reader, ...] = offered("readers")
    for reader in readers:
        try:
            signature(reader.sniff).bind(b"")
        except TypeError:
            raise StridecastError(
                f"extensions/readers: the reader of {reader.kind!r} has another sniff",
                "write `def sniff(self, head)`, or `knows(self, path, head)` where the name counts",
            ) from None
    return readers


# Your own readers are asked first. The club CSVs come late: they forgive a damaged header, so they
# could claim a stranger. Sheets come last: any table is one.
READERS: Final[tuple[Reader, ...]] = (
    *_own(),
    FitReader(),
    C3dReader(),
    TrcReader(),
    OpenSimReader(),
    RunScribeReader(),
    BmcTrialReader(),
    BmcMetadataReader(),
    TcxReader(),
    GpxReader(),
    StravaActivitiesReader(),
    StravaOldListReader(),
    StravaShortListReader(),
    GarminListReader(),
    GarminExportReader(),
    GarminNightsReader(),
    GarminDaysReader(),
    AppleHealthReader(),
    TrainingPeaksReader(),
    CalendarReader(),
    # Before the activities: both lists share most of their columns.
    IntervalsEventsReader(),
    IntervalsIcuReader(),
    IntervalsWellnessReader(),
    StrydReader(),
    GoogleExercisesReader(),
    SamsungExerciseReader(),
    PolarFlowReader(),
    SuuntoJsonReader(),
    WhoopWorkoutsReader(),
    WhoopDaysReader(),
    WhoopSleepsReader(),
    SamsungSleepReader(),
    ForceDecksReader(),
    ForceDecksTestsReader(),
    ForceDecksTrialsReader(),
    HawkinReader(),
    *(ValdReader(layout) for layout in VALD_LAYOUTS),
    Hrv4TrainingReader(),
    EliteHrvReader(),
    GarminSleepReader(),
    LovdalReader(),
    RbdsReader(),
    Ric2024Reader(),
    PlainFile(ClubSessionsReader()),
    ParticipantsReader(),
    PmsysSessionReader(),
    PmsysWellnessReader(),
    PmsysInjuryReader(),
    FitbitExerciseReader(),
    FitbitSleepReader(),
    FitbitSleepScoreReader(),
    FitbitRestingHeartRateReader(),
    WeightLogReader(),
    RosterReader(),
    PlainFile(SessionRpeReader()),
    PlainFile(WellnessReader()),
    *(PlainFile(ClubReader(spec)) for spec in TABLE_SPECS),
    WeekPlanReader(),
    SheetReader(),
)


def find_reader(path: Path) -> Reader | None:
    """Return the first reader that recognises the file by its content, or None."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    # The first that knows the file reads it: that is why the order of READERS matters.
    return next((reader for reader in READERS if _knows(reader, path, head)), None)


def _knows(reader: Reader, path: Path, head: bytes) -> bool:
    """Ask one reader; what damaged bytes do to it must not hide the file from the others."""
    try:
        return reader.knows(path, head)
    except Exception:  # noqa: BLE001 - whatever a stranger's bytes do to a sniff
        return False
