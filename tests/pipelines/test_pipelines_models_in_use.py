"""Which model scores: the champion, whole and untouched; before it, what may stand in."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.store import write_json
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue_of
from models.estimators.additive import AdditiveRisk
from models.estimators.risk import RiskModel
from models.settings.additive import AdditiveSettings
from models.settings.risk import RiskSettings
from models.store.artifact import Provenance, save
from models.store.champion import Entry, add_champion, champion_folder, read_pointer, roll_back
from pipelines.runtime.workspace import FEATURE_SETTINGS_FILE, Workspace
from pipelines.weekly.models_in_use import model_horizon, models_in_use
from pipelines.weekly.week import forecaster_for

SETTINGS = FeatureSettings(blocks=("load",))
NAMES = [f.name for f in catalogue_of(SETTINGS)][:3]


@pytest.fixture(scope="module")
def matrix():
    rng = np.random.default_rng(3)
    x = pd.DataFrame(rng.normal(size=(300, 3)).astype("float32"), columns=NAMES)
    return x, (rng.random(300) < 0.3).astype(float), np.repeat(np.arange(30), 10)


def write_model(folder, matrix, *, simulated, horizon=7, kind="risk"):
    x, y, who = matrix
    model = (
        RiskModel(RiskSettings(trees=3, min_data_in_leaf=20, calibration_folds=0))
        if kind == "risk"
        else AdditiveRisk(AdditiveSettings(calibration_folds=0))
    ).fit(x, y, who)
    facts = Provenance(
        outcome="any", dataset="demo", simulated=simulated, horizon_days=horizon, lead_days=0,
        rows=300, events=90, athletes=30, trained_from="2023-01-01", trained_to="2023-12-31",
    )  # fmt: skip
    save(model, facts, folder)
    write_json(folder / FEATURE_SETTINGS_FILE, SETTINGS.model_dump(mode="json"))


def promote(workspace, matrix, **facts):
    source = workspace.root / "trained"
    write_model(source, matrix, **facts)
    files = {path.name: path.read_bytes() for path in source.iterdir()}
    entry = Entry(
        version="", manifest_sha256="", model_sha256="m", kind="risk", promoted_at="2024-01-01"
    )
    home = workspace.champion("any")
    home.mkdir(parents=True, exist_ok=True)
    return add_champion(home, files, entry)


def origin(workspace):
    return models_in_use(workspace, ["any"])["any"].origin


def test_a_model_of_real_runners_waits_for_its_gates(tmp_path, matrix):
    workspace = Workspace(tmp_path, "club")
    assert origin(workspace) == "evidence"
    write_model(workspace.model("any"), matrix, simulated=False)
    assert origin(workspace) == "evidence"
    found = models_in_use(workspace, ["any"])["any"]
    assert "published evidence" in forecaster_for(found.folder, "any", 7, found.features).label


def test_a_model_of_simulated_runners_needs_no_promotion_and_a_champion_goes_before_it(
    tmp_path, matrix
):
    workspace = Workspace(tmp_path, "demo")
    write_model(workspace.model("any"), matrix, simulated=True)
    assert origin(workspace) == "trained"
    entry = promote(workspace, matrix, simulated=True)
    found = models_in_use(workspace, ["any"])["any"]
    assert (found.origin, found.folder.name) == ("champion", entry.version)
    assert found.features == SETTINGS


def test_an_additive_champion_scores_and_explains(tmp_path, matrix):
    workspace = Workspace(tmp_path, "demo")
    promote(workspace, matrix, simulated=True, kind="additive")
    found = models_in_use(workspace, ["any"])["any"]
    forecaster = forecaster_for(found.folder, "any", 7, found.features)
    x, _, _ = matrix
    probability = forecaster.probability(x)
    assert forecaster.label.startswith("additive model of demo")
    assert np.isnan(forecaster.bounds(x)[0]).all()  # it was saved without refits
    total = forecaster.contributions(x).sum(axis=1)
    log_odds = np.log(probability / (1 - probability))
    assert np.ptp(log_odds - total) < 1e-9  # what is left is the base value


@pytest.mark.parametrize("name", ["model.txt", "features.json", "manifest.json"])
def test_a_champion_file_altered_by_a_hand_is_refused(tmp_path, matrix, name):
    workspace = Workspace(tmp_path, "demo")
    entry = promote(workspace, matrix, simulated=True)
    path = workspace.champion("any") / entry.version / name
    path.write_text(path.read_text() + " ")
    with pytest.raises(StridecastError, match=rf"{name}: the champion's file was changed after"):
        models_in_use(workspace, ["any"])
    path.unlink()
    with pytest.raises(StridecastError, match=rf"{name}: the champion's file is missing"):
        models_in_use(workspace, ["any"])


def test_rolling_back_goes_step_by_step_to_the_first_champion_and_no_further(tmp_path, matrix):
    workspace = Workspace(tmp_path, "demo")
    home = workspace.champion("any")
    with pytest.raises(StridecastError, match="no champion, so none to roll back to"):
        roll_back(home, "2024-02-01")
    first, second, third = (promote(workspace, matrix, simulated=True) for _ in range(3))
    assert champion_folder(home).name == third.version == "0003"
    assert roll_back(home, "2024-02-01") == (third, second)
    assert roll_back(home, "2024-02-02") == (second, first)
    with pytest.raises(StridecastError, match="only one champion, so none to roll back to"):
        roll_back(home, "2024-02-03")
    assert champion_folder(home).name == "0001"
    # A version's number is never used again, and the log forgets nothing.
    assert promote(workspace, matrix, simulated=True).version == "0004"
    assert [e.version for e in read_pointer(home).stack] == ["0001", "0004"]
    assert [e.did for e in read_pointer(home).log] == [
        *["promoted"] * 3, *["rolled back to"] * 2, "promoted",
    ]  # fmt: skip


def test_a_damaged_former_champion_is_not_gone_back_to(tmp_path, matrix):
    workspace = Workspace(tmp_path, "demo")
    home = workspace.champion("any")
    first, second = (promote(workspace, matrix, simulated=True) for _ in range(2))
    (home / first.version / "model.txt").write_text("tree")
    with pytest.raises(StridecastError, match="was changed after its promotion"):
        roll_back(home, "2024-02-01")
    assert champion_folder(home).name == second.version


def test_a_killed_promotion_leaves_the_old_champion(tmp_path, matrix, monkeypatch):
    workspace = Workspace(tmp_path, "demo")
    home = workspace.champion("any")
    promote(workspace, matrix, simulated=True)
    monkeypatch.setattr(
        "models.store.champion._write_pointer", lambda *_: (_ for _ in ()).throw(OSError)
    )
    with pytest.raises(OSError):  # noqa: PT011 - the planted one
        promote(workspace, matrix, simulated=True)
    monkeypatch.undo()
    (home / "0003.part").mkdir()
    assert champion_folder(home).name == "0001"
    assert promote(workspace, matrix, simulated=True).version == "0003"
    assert not list(home.glob("*.part"))


def test_models_in_use_must_share_a_horizon(tmp_path, matrix):
    workspace = Workspace(tmp_path, "demo")
    write_model(workspace.model("any"), matrix, simulated=True)
    models = models_in_use(workspace, ["any"])
    assert model_horizon(models) == 7
    write_model(workspace.model("knee"), matrix, simulated=True, horizon=14)
    with pytest.raises(StridecastError, match="any 7 days, knee 14 days"):
        model_horizon(models_in_use(workspace, ["any", "knee"]))
