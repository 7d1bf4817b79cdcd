"""An estimator of one's own: written, read back, calibrated, explained; or refused in one line."""

import json
import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator

from common.errors import StridecastError
from common.extensions import VARIABLE
from models.comparators.fitted import comparators
from models.comparators.own_estimators import TAKEN, check_names, own_estimators, promotable
from models.comparators.rules import rule_names
from models.estimators.base import cloned
from models.estimators.booster_calibration import Calibration
from models.estimators.own import OwnRisk, writes_itself
from models.estimators.reference_contributions import contributions
from models.settings.comparators import ComparatorSettings, LogisticSettings
from models.settings.own import OwnSettings
from models.store.artifact import Provenance, has_range, load_any, save
from models.store.recalibration import recalibrated

SOURCE = '''
import json
import sys
import numpy as np
from sklearn.base import BaseEstimator


class Line(BaseEstimator):
    """Log-odds: a line in one feature, learnt by counting above and below its median."""

    def fit(self, x, y, groups=None, *, folds=None):
        y = np.asarray(y)
        high = x["spike"].to_numpy() > 0
        rates = [np.clip(y[part].mean(), 1e-3, 1) for part in (~high, high)]
        low, top = (np.log(rate / (1 - rate)) for rate in rates)
        self.level_, self.slope_ = float((low + top) / 2), float((top - low) / 2)
        return self

    def predict_proba(self, x):
        p = 1 / (1 + np.exp(-self.log_odds(x)))
        return np.column_stack([1 - p, p])

    def log_odds(self, x):
        return self.level_ + self.slope_ * np.nan_to_num(x["spike"].to_numpy(dtype=float))

    def to_text(self):
        return json.dumps([self.level_, self.slope_])

    def from_text(self, text):
        self.level_, self.slope_ = json.loads(text)
        return self


class Rounds(Line):
    def to_text(self):
        return json.dumps([round(self.level_, 2), round(self.slope_, 2)])


class NoText(Line):
    def to_text(self):
        return b"bytes"


class CannotRead(Line):
    def from_text(self, text):
        raise KeyError("slope")


class Product(Line):
    """Not a sum of its features: no single change of the median row adds up."""

    def log_odds(self, x):
        sleep = np.nan_to_num(x["sleep"].to_numpy(dtype=float))
        return super().log_odds(x) * (1 + 0.2 * sleep)


class Explains(Product):
    def contributions(self, x):
        found = np.zeros((len(x), x.shape[1] + 1))
        found[:, list(x.columns).index("spike")] = self.log_odds(x) - self.level_
        found[:, -1] = self.level_
        return found


class ExplainsWrongly(Product):
    def contributions(self, x):
        return np.zeros((len(x), x.shape[1] + 1))


class Percent(Line):
    def predict_proba(self, x):
        return 100 * super().predict_proba(x)


class Silent(Line):
    to_text = None


ESTIMATORS = tuple(
    (kind.__name__.lower(), kind())
    for kind in (
        Line, Rounds, NoText, CannotRead, Product, Explains, ExplainsWrongly, Percent, Silent
    )
)
'''
PROVENANCE = Provenance(
    outcome="any", dataset="demo", simulated=True, horizon_days=7, lead_days=0, rows=4800,
    events=400, athletes=120, trained_from="2023-01-01", trained_to="2023-10-01",
)  # fmt: skip


@pytest.fixture
def extension(tmp_path, monkeypatch):
    """A folder of extensions, and how to write its one file anew (a cache goes by folder)."""

    def write(text=SOURCE):
        number = len(list(tmp_path.glob("extensions*")))
        folder = tmp_path / f"extensions{number}" / "estimators"
        folder.mkdir(parents=True)
        (folder / "mine.py").write_text(text)
        monkeypatch.setenv(VARIABLE, str(folder.parent))

    write()
    return write


@pytest.fixture
def fit(extension, cohort):
    def fitted(name):
        model = OwnRisk(own_estimators()[name], OwnSettings(estimator=name))
        return model.fit(cohort.x, cohort.y, cohort.athletes)

    return fitted


def test_it_forecasts_what_its_text_says_calibrated_out_of_fold(fit, cohort, later):
    model = fit("line")
    level, slope = json.loads(model.text_)
    own = level + slope * np.nan_to_num(later.x["spike"].to_numpy(dtype=float))
    wanted = model.calibration_.intercept + model.calibration_.slope * own
    np.testing.assert_allclose(model.decision_function(later.x), wanted, atol=1e-12)
    assert model.out_of_fold_.mean() == pytest.approx(cohort.y.mean(), abs=1e-6)
    assert model.calibration_.slope != 1.0


def test_each_row_is_calibrated_by_a_model_that_never_saw_its_athlete(fit, cohort):
    model = fit("line")
    for fold in (0, 7):
        outside = model.fold_ == fold
        assert not set(cohort.athletes[outside]) & set(cohort.athletes[~outside])
        part = own_estimators()["line"].fit(cohort.x[~outside], cohort.y[~outside])
        own = part.log_odds(cohort.x[outside])
        expected = model.calibration_.intercept + model.calibration_.slope * own
        np.testing.assert_allclose(
            model.out_of_fold_[outside], 1 / (1 + np.exp(-expected)), atol=1e-12
        )


def test_columns_are_found_by_name_whatever_their_order(fit, later):
    model = fit("product")
    # A matrix of another version may have its columns in another order, and more of them.
    turned = later.x[later.x.columns[::-1]].assign(stranger=1.0)
    assert (model.decision_function(turned) == model.decision_function(later.x)).all()


def test_a_sum_of_features_is_explained_exactly(fit, later):
    model = fit("line")
    assert model.reasons_ == "sum"
    found = pd.DataFrame(model.contributions(later.x)[:, :-1], columns=later.x.columns)
    spike = np.nan_to_num(later.x["spike"].to_numpy(dtype=float))
    slope = model.calibration_.slope * json.loads(model.text_)[1]
    median = model.medians_[list(later.x.columns).index("spike")]
    np.testing.assert_allclose(found["spike"], slope * (spike - median), atol=1e-9)
    assert (found.drop(columns="spike").abs().to_numpy() < 1e-12).all()


@pytest.mark.parametrize(("name", "kind"), [("product", "averaged"), ("explains", "own")])
def test_any_other_model_is_explained_and_adds_up(fit, later, name, kind):
    model = fit(name)
    assert model.reasons_ == kind
    found = model.contributions(later.x[:50])
    np.testing.assert_allclose(found.sum(axis=1), model.decision_function(later.x[:50]), atol=1e-9)
    names = list(later.x.columns)
    assert np.abs(found[:, names.index("spike")]).mean() > 0.05
    assert np.abs(found[:, names.index("pain")]).max() < 1e-12


def test_two_features_that_act_only_together_share_by_hand():
    """f = a b against (0, 0): in either order the later gets all, so each gets half of 2 * 3."""
    found, exact = contributions(
        lambda v: v[:, 0] * v[:, 1] + 1, np.array([[2.0, 3.0]]), np.zeros(2), orders=1, seed=0
    )
    assert not exact
    np.testing.assert_allclose(found, [[3.0, 3.0, 1.0]])


def test_the_order_of_rows_and_their_number_change_no_reason(fit, later):
    model, rows = fit("product"), later.x.head(620)
    whole = model.contributions(rows)
    # Reasons are drawn in parts of rows: where a part begins must not show.
    assert (model.contributions(rows[300:310]) == whole[300:310]).all()
    assert (model.contributions(rows[::-1])[::-1] == whole).all()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rounds", "'rounds' forecasts otherwise when it is read back from its text: log-odds"),
        ("notext", "'notext': to_text gave bytes, not a text"),
        ("cannotread", "'cannotread' cannot read back what it wrote: KeyError: 'slope'"),
        ("explainswrongly", "its contributions miss its log-odds by"),
    ],
)
def test_what_cannot_be_promoted_is_refused_in_one_line(fit, name, told):
    with pytest.raises(StridecastError, match=told) as refused:
        fit(name)
    assert len(str(refused.value).splitlines()) == 1


def test_values_that_are_no_probabilities_are_refused(fit):
    with pytest.raises(ValueError, match="no probabilities"):
        fit("percent")


def test_a_saved_model_says_the_same(fit, later, tmp_path):
    model = fit("product")
    written = save(model, PROVENANCE, tmp_path / "model")
    read, facts = load_any(tmp_path / "model")
    assert facts == written
    assert (facts.kind, facts.settings.estimator, has_range(read)) == ("own", "product", False)
    assert (read.decision_function(later.x) == model.decision_function(later.x)).all()
    assert (read.contributions(later.x[:9]) == model.contributions(later.x[:9])).all()
    names = sorted(path.name for path in (tmp_path / "model").iterdir())
    assert names == ["model.json", "own.json", "own.txt"]


def test_a_text_that_was_changed_is_refused(fit, tmp_path):
    save(fit("line"), PROVENANCE, tmp_path / "model")
    path = tmp_path / "model" / "own.txt"
    path.write_text(path.read_text().replace("[", "[ "))
    with pytest.raises(StridecastError, match=r"own.txt: not the model that model.json describes"):
        load_any(tmp_path / "model")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # One per cent: too little to see on a page, and still another model.
        ("self.level_ + self.slope_", "self.level_ + 1.01 * self.slope_", "'line' forecasts other"),
        ("kind.__name__.lower()", "'another_' + kind.__name__.lower()", "no file in extensions"),
        ("return json.dumps", "return json.dumps", ""),
    ],
)
def test_a_model_whose_code_changed_is_proved_before_it_scores(
    fit, extension, tmp_path, old, new, told
):
    save(fit("line"), PROVENANCE, tmp_path / "model")
    assert old in SOURCE
    extension(SOURCE.replace(old, new))
    if told:
        with pytest.raises(StridecastError, match=rf"^{tmp_path}/model: .*{told}"):
            load_any(tmp_path / "model")
    else:
        load_any(tmp_path / "model")


def test_recalibration_moves_its_log_odds_and_leaves_the_model(fit, later, tmp_path):
    model = fit("product")
    moved = recalibrated(model, Calibration(0.3, 0.5), 0.1)
    before = model.decision_function(later.x)
    np.testing.assert_allclose(moved.decision_function(later.x), 0.3 + 0.5 * before, atol=1e-12)
    save(moved, PROVENANCE, tmp_path)
    read, facts = load_any(tmp_path)
    assert facts.base_rate == 0.1
    assert (read.decision_function(later.x) == moved.decision_function(later.x)).all()


def test_without_scikit_learn_what_is_unfitted_is_copied_whole(monkeypatch):
    """As in a coach's environment: a copy, and none that a later fit of the other reaches."""
    own = type("Own", (), {"grid": [1]})()
    own.grid = [1, 2]
    monkeypatch.setitem(sys.modules, "sklearn.base", None)
    copied = cloned(own)
    own.grid.append(3)
    assert type(copied) is type(own)
    assert copied.grid == [1, 2]


def test_who_can_write_itself_is_promotable_and_no_mere_comparator(extension):
    assert not writes_itself(BaseEstimator())
    plain = comparators(LogisticSettings(), ComparatorSettings())
    assert "silent" in plain
    assert "line" not in plain
    assert {"line", "product"} <= set(promotable())
    assert "silent" not in promotable()


# Names become columns and folders.
@pytest.mark.parametrize("name", ["logistic", "risk", "date", "two words", "../up"])
def test_a_name_that_is_taken_or_no_word_is_refused(extension, name):
    assert {"logistic", "risk"} <= TAKEN
    extension(SOURCE + f"\nESTIMATORS = (({name!r}, Line()),)")
    with pytest.raises(StridecastError, match="an estimator cannot be called"):
        own_estimators()


@pytest.mark.parametrize("name", ["acwr_above_1_5", "acwr_above_1_5_score"])
def test_an_estimator_does_not_take_the_place_of_a_rule_that_it_has_to_beat(extension, name):
    extension(SOURCE + f"\nESTIMATORS = (({name!r}, Line()),)")
    with pytest.raises(StridecastError, match=f"an estimator cannot be called '{name}'"):
        check_names(rule_names())


def test_among_the_parameters_is_the_estimator_itself_and_not_its_name():
    mine = BaseEstimator()
    told = OwnRisk(mine, OwnSettings(estimator="line")).get_params()
    assert told["estimator"] is mine
    assert told["calibration_folds"] == OwnSettings(estimator="line").calibration_folds
