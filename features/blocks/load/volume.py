"""How much: weeks of distance, time, effort, climbing, hard running and other training."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from common.untyped import Untyped
from features.blocks.load.session_load import session_load
from features.blocks.load.sparse_measures import measured_ratio, measured_sum
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition
from features.panel.run_channels import run_beats

WEEKS: Final = (7, 14, 28)
USUAL_DAYS: Final = 182
SETTLED_DAYS: Final = 28
FOSTER: Final = "Foster 2001 (session RPE)"
EXPOSURE: Final = "exposure: incidence is per hour of running (Videbaek 2015)"
DESCRIPTIVE: Final = "descriptive; no effect size is claimed"
RISES_WITH_EXPOSURE: Final = ("hours_28d",)
MEASURED: Final = (
    "; unknown on days with a run that lacks the measure, and null unless the stated share of the "
    "days with a run carries it"
)
PAIRED: Final = "; null unless the share of answers holds for the days with a run"
LOAD_RULE: Final = (
    "; an unrated session counts with the athlete's mean RPE of the rated minutes of the past 28 "
    "days, and load is null if too few days with a session were rated"
)


def recent_hours(days: Days) -> Daily:
    """Return running hours a week over the past 28 days."""
    return days.sum("run_min", 28) / (4 * 60)


def usual_hours(days: Days) -> Daily:
    """Return running hours a week over the past half year, once four weeks of it are known."""
    # Of known days: half a year of which 80 % must be known would be null for most newcomers.
    return days.mean_of_known_days("run_min", USUAL_DAYS, SETTLED_DAYS) * 7 / 60


def adherence(days: Days, window: int) -> Daily:
    """Divide the sets done by the sets prescribed."""
    done = days.sum("done_of_prescribed_sets", window)
    return ratio(done, days.sum("prescribed_sets", window))


@dataclass(frozen=True, kw_only=True)
class _Volume:
    """A family of features that differ only in the window; `{d}` stands for its days."""

    name: str
    label: str
    unit: str
    measure: str
    channel: str | Callable[[Days], str]
    high_per_day: float
    source: str = DESCRIPTIVE
    active: str = ""
    scale: float = 1.0
    rule: str = ""
    structural_null: str = ""
    windows: tuple[int, ...] = WEEKS

    def definition(self, window: int) -> Definition:
        """Return the member of the family with this window."""
        feature = Feature(
            name=self.name.format(d=window),
            block="load",
            label=f"{self.label} in the past {window} days",
            unit=self.unit,
            formula=f"sum of {self.measure} over the {window} days that end on the day" + self.rule,
            source=self.source,
            changeable=True,
            monotone=1 if self.name.format(d=window) in RISES_WITH_EXPOSURE else 0,
            high=self.high_per_day * window,
            structural_null=self.structural_null,
        )
        return Definition(feature, partial(self._sum, window=window))

    def _sum(self, days: Days, window: int) -> Daily:
        channel = self.channel if isinstance(self.channel, str) else self.channel(days)
        if self.active:
            return measured_sum(days, channel, self.active, window) / self.scale
        return days.sum(channel, window) / self.scale


_FAMILIES: Final = (
    _Volume(
        name="distance_{d}d_km",
        label="running distance",
        unit="km",
        measure="running distance",
        channel="run_km",
        high_per_day=60,
    ),
    _Volume(
        name="hours_{d}d",
        label="running time",
        unit="h",
        measure="running time (minutes in motion, elapsed where motion is missing), in hours,",
        channel="run_min",
        high_per_day=10,
        source=EXPOSURE,
        scale=60,
    ),
    _Volume(
        name="srpe_{d}d",
        label="session load (minutes x effort)",
        unit="AU",
        measure="minutes x RPE of every session of any sport",
        channel=session_load,
        high_per_day=5000,
        source=FOSTER,
        active="sessions",
        rule=LOAD_RULE,
    ),
    _Volume(
        name="ascent_{d}d_m",
        label="climbing on runs",
        unit="m",
        measure="metres climbed on runs",
        channel="ascent_m",
        high_per_day=4000,
        active="run_sessions",
        rule=MEASURED,
    ),
    _Volume(
        name="hard_{d}d_min",
        label="hard running (zone 4 and above)",
        unit="min",
        measure="running minutes in heart-rate zone 4 and above",
        channel="hard_min",
        high_per_day=240,
        active="run_sessions",
        rule=MEASURED,
    ),
    _Volume(
        name="heartbeats_{d}d_k",
        label="heartbeats on runs (cardiovascular load)",
        unit="thousands",
        measure="mean heart rate x minutes in motion of runs, in thousands,",
        channel=run_beats,
        high_per_day=150,
        source=f"cardiovascular load, apart from the mechanical; {DESCRIPTIVE}",
        active="run_sessions",
        scale=1000,
        rule=MEASURED,
        windows=(7, 28),
    ),
    _Volume(
        name="cross_training_{d}d_min",
        label="cross-training",
        unit="min",
        measure="minutes of riding, swimming and other sports",
        channel="cross_min",
        high_per_day=600,
    ),
    _Volume(
        name="strength_training_{d}d_min",
        label="strength training",
        unit="min",
        measure="minutes of strength sessions",
        channel="strength_min",
        high_per_day=240,
    ),
    _Volume(
        name="exercise_{d}d_sets",
        label="strength and rehabilitation sets",
        unit="sets",
        measure="sets of logged exercises, mobility left out,",
        channel="exercise_sets",
        high_per_day=100,
        structural_null="no exercise logged yet",
    ),
    _Volume(
        name="descent_{d}d_m",
        label="descending on runs",
        unit="m",
        measure="metres descended on runs",
        channel="descent_m",
        high_per_day=4000,
        active="run_sessions",
        rule=MEASURED,
        windows=(7, 28),
    ),
    _Volume(
        name="hard_{d}d_km",
        label="hard running distance (zone 4 and above)",
        unit="km",
        measure="running distance in heart-rate zone 4 and above",
        channel="hard_km",
        high_per_day=40,
        active="run_sessions",
        rule=MEASURED,
    ),
    _Volume(
        name="walking_{d}d_km",
        label="walking and hiking distance",
        unit="km",
        measure="distance of walks and hikes",
        channel="walk_km",
        high_per_day=80,
        windows=(28,),
    ),
    _Volume(
        name="runs_{d}d",
        label="runs",
        unit="",
        measure="the number of runs",
        channel="run_sessions",
        high_per_day=4,
        windows=(7, 28),
    ),
)


def known_distance(days: Days, window: int) -> Daily:
    """Sum the distances of the runs that have one: what was run at least."""
    return days.sum("run_km_known", window)


def share_of_distance_known(days: Days, window: int) -> Daily:
    """Divide the runs that have a distance by all runs."""
    runs = days.sum("run_sessions", window)
    # By runs and not by kilometres: those of the missing runs are what nobody knows.
    return 1 - ratio(days.sum("runs_without_km", window), runs)


def runs_without_distance(days: Days, window: int) -> Daily:
    """Count the runs whose distance nobody knows."""
    return days.sum("runs_without_km", window)


def _partly_known(window: int) -> tuple[Definition, ...]:
    """Return what of a distance is known, how much of it, and how many runs it leaves out."""

    def feature(name: str, label: str, formula: str, **more: Untyped) -> Feature:
        return Feature(
            name=name,
            block="load",
            label=f"{label} in the past {window} days",
            formula=formula,
            source=DESCRIPTIVE,
            changeable=True,
            **more,
        )

    known = feature(
        f"distance_{window}d_km_known",
        "running distance at least",
        f"sum over {window} days of the distances of the runs that have one",
        unit="km",
        high=60.0 * window,
    )
    share = feature(
        f"distance_{window}d_km_share_known",
        "share of the runs with a distance",
        f"runs with a distance / runs, over {window} days",
        unit="",
        high=1.0,
        decimals=2,
        structural_null="no run in the window",
    )
    without = feature(
        f"runs_without_km_{window}d",
        "runs without a distance",
        f"number of runs without a distance over {window} days",
        unit="",
        high=4.0 * window,
    )
    return (
        Definition(known, partial(known_distance, window=window)),
        Definition(share, partial(share_of_distance_known, window=window)),
        Definition(without, partial(runs_without_distance, window=window)),
    )


def _shares() -> tuple[Definition, ...]:
    hard = tuple(
        Definition(
            Feature(
                name=f"hard_share_{window}d",
                block="load",
                label=f"share of hard running in the past {window} days",
                unit="",
                formula=f"hard minutes / running minutes over {window} days, both on the days on "
                "which both are known" + PAIRED,
                source=DESCRIPTIVE,
                changeable=True,
                high=1.0,
                decimals=2,
            ),
            partial(
                measured_ratio,
                above="hard_min",
                below="run_min",
                active="run_sessions",
                window=window,
            ),
        )
        for window in (7, 28)
    )
    followed = Feature(
        name="exercise_adherence_28d",
        block="load",
        label="share of the prescribed exercise done in the past 28 days",
        unit="",
        formula="sets done / sets prescribed over 28 days, where a prescription was written down",
        source=DESCRIPTIVE,
        changeable=True,
        high=5.0,
        structural_null="nothing prescribed",
        decimals=2,
    )
    return (*hard, Definition(followed, partial(adherence, window=28)))


_USUAL: Final = Definition(
    Feature(
        name="usual_hours_week",
        block="load",
        label="usual running time in a week",
        unit="h",
        formula=f"mean daily running time of the known days of the past {USUAL_DAYS} x 7; null "
        f"below {SETTLED_DAYS} known days",
        source=EXPOSURE,
        changeable=True,
        high=70.0,
    ),
    usual_hours,
)

VOLUMES: Final = (
    *(family.definition(window) for family in _FAMILIES for window in family.windows),
    _USUAL,
    *_shares(),
    *(definition for window in (7, 28) for definition in _partly_known(window)),
)
