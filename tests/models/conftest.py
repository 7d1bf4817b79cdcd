"""A small cohort with a known hazard: weekly rows, seven features, two of them noise."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from features.catalogue.entry import Feature
from models.estimators.risk import RiskModel
from models.settings.risk import RiskSettings

NAMES = ["spike", "pain", "sleep", "volume", "age", "noise_a", "noise_b"]
SMALL = RiskSettings(
    trees=60, num_leaves=4, min_data_in_leaf=40, learning_rate=0.1, lambda_l2=30.0,
    calibration_folds=3,
)  # fmt: skip
DIRECTIONS = {"spike": 1, "sleep": -1}


@dataclass(frozen=True)
class Cohort:
    x: pd.DataFrame
    y: np.ndarray
    athletes: np.ndarray
    dates: pd.Series
    truth: np.ndarray

    @property
    def rows(self):
        return pd.DataFrame({"athlete": self.athletes, "date": self.dates})


def make_cohort(athletes=120, weeks=40, seed=0, base=-2.6):
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(athletes), weeks)
    personal = rng.normal(size=(athletes, len(NAMES)))
    # 0.36 + 0.64: a variance of 1, a good third of it between athletes.
    values = 0.6 * personal[who] + 0.8 * rng.normal(size=(len(who), len(NAMES)))
    log_odds = base + values @ np.array([0.8, 0.4, -0.6, 0.0, 0.2, 0.0, 0.0])
    truth = 1 / (1 + np.exp(-log_odds))
    y = (rng.random(len(who)) < truth).astype(float)
    # After the events were drawn: what nobody answered still had its effect.
    values[rng.random(values.shape) < 0.05] = np.nan
    return Cohort(
        x=pd.DataFrame(values.astype(np.float32), columns=NAMES),
        y=y,
        athletes=np.array([f"a{i:03d}" for i in who]),
        dates=pd.Series(
            pd.Timestamp("2023-01-01")
            + pd.to_timedelta(np.tile(np.arange(weeks) * 7, athletes), unit="D")
        ),
        truth=truth,
    )


def entry(name, block="load", **more):
    fields = {"label": name, "unit": "", "formula": "", "source": "", "changeable": True}
    return Feature(name=name, block=block, **(fields | more))


@pytest.fixture(scope="session")
def cohort():
    return make_cohort()


@pytest.fixture(scope="session")
def later():
    return make_cohort(seed=1)


@pytest.fixture(scope="session")
def fitted(cohort):
    return RiskModel(SMALL, DIRECTIONS).fit(cohort.x, cohort.y, cohort.athletes)


@pytest.fixture(scope="session")
def entries():
    blocks = dict(
        zip(NAMES, ["load", "recovery", "recovery", "load", "history", "load", "load"], strict=True)
    )
    return [entry(name, block) for name, block in blocks.items()]


@pytest.fixture(scope="session")
def new_cohort():
    return make_cohort


@pytest.fixture(scope="session")
def small():
    return SMALL


@pytest.fixture(scope="session")
def directions():
    return DIRECTIONS


@pytest.fixture(scope="session")
def new_entry():
    return entry
