"""Outcomes share rows, bins and fits beside the other audits: the report is that of each alone."""

from concurrent.futures import Executor, Future

import pytest

from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue_of, feature_matrix
from models.audits.quick_score import QuickRows
from models.settings.audits import MissingnessSettings, ProximitySettings
from pipelines.runtime.params import Params
from pipelines.stage_parts import audits
from pipelines.stage_parts.audited import Audited
from pipelines.stage_parts.audits import all_audits, audits_of_outcome
from tests.features.cohort import make_tables


class AtOnce(Executor):
    """Does what it is given when it is given it, in the same thread."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture(scope="module")
def world():
    """Thirty athletes; a few injuries are enough for the quick models to be fitted."""
    features = FeatureSettings(blocks=("load", "history"))
    tables = make_tables(3, 30)
    params = Params(dataset="made", outcomes=("any", "knee"), features=features)
    few = {
        "missingness": MissingnessSettings(least_events=3, folds=2, replicates=20),
        "label_proximity": ProximitySettings(least_events=3, folds=2, replicates=20),
    }
    params = params.model_copy(update={"audit": params.audit.model_copy(update=few)})
    rows = feature_matrix(tables, features)
    return Audited(params=params, tables=tables, rows=rows, entries=catalogue_of(features))


def test_the_report_is_the_same_one_after_the_other_and_by_outcome(world, monkeypatch):
    beside = all_audits(world)
    # Something was fitted, else the comparison would say nothing.
    assert beside["missingness_any"]["auroc"] is not None
    assert beside["label_proximity_any"]["table"]
    monkeypatch.setattr(audits, "ThreadPoolExecutor", AtOnce)
    in_turn = all_audits(world)
    assert in_turn == beside
    assert list(in_turn) == list(beside)
    for outcome in world.params.outcomes:
        alone = audits_of_outcome(world, outcome)
        assert alone == {name: beside[name] for name in alone}


def test_a_fit_that_fails_is_told(world, monkeypatch):
    def fail(*_, **__):
        raise ValueError("no trees")

    monkeypatch.setattr(QuickRows, "held_out", fail)
    with pytest.raises(ValueError, match="no trees"):
        all_audits(world)
