"""The `audit` section of `params.yaml`: how much is checked, and what stops a run."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings
from features.catalogue.audit_settings import (
    DuplicateSettings,
    IdentitySettings,
    NearDuplicateSettings,
    RangeSettings,
    UnitSettings,
)
from models.settings.audits import (
    GroupSettings,
    MissingnessSettings,
    ProximitySettings,
    PuritySettings,
    RecordSettings,
    SingleSettings,
    TimingSettings,
)


class AuditSettings(Settings):
    """How much the audits recompute, and where they stop the run.

    Parameters
    ----------
    athletes, days, seed : int
        Size and seed of the look-ahead audit's sample.
    most_athletes : int
        Athletes whose records are audited at the most; of more, a sample whose error is told.
    missingness : MissingnessSettings
        The missing-pattern model and its limit.
    duplicates, near_duplicates, ranges, units, label_proximity, single_features, identity, timing,
    purity, records, groups
        Limits of the other audits.
    accept : dict of str to str
        Audits that do not stop, with the reason in your words, which the report repeats.
    """

    athletes: Annotated[int, Field(ge=1)] = 12
    days: Annotated[int, Field(ge=1)] = 6
    seed: int = 0
    most_athletes: Annotated[int, Field(ge=100)] = 5_000
    missingness: MissingnessSettings = MissingnessSettings()
    duplicates: DuplicateSettings = DuplicateSettings()
    ranges: RangeSettings = RangeSettings()
    units: UnitSettings = UnitSettings()
    label_proximity: ProximitySettings = ProximitySettings()
    single_features: SingleSettings = SingleSettings()
    identity: IdentitySettings = IdentitySettings()
    timing: TimingSettings = TimingSettings()
    near_duplicates: NearDuplicateSettings = NearDuplicateSettings()
    records: RecordSettings = RecordSettings()
    groups: GroupSettings = GroupSettings()
    accept: dict[str, Annotated[str, Field(min_length=3)]] = Field(default_factory=dict)
    purity: PuritySettings = PuritySettings()
