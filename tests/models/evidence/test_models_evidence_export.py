"""What is exported of a posterior: enough to forecast, nothing of a person."""

import json

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.evidence.export import content, revived
from models.evidence.figures import packaged
from models.evidence.model import EvidenceModel

ROWS = pd.DataFrame(
    {
        "athlete": np.repeat(["secret name", "b", "c"], 40),
        "hours_28d": np.linspace(2, 40, 120),
        "sleep_quality_own": np.tile([0.2, 0.5, 0.8], 40),
        "knee_extension_n_kg": 5.0,
        "sex_code": 1.0,
    }
)
EVENT = pd.Series((np.arange(120) % 17 == 0).astype(float))


@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_a_model_comes_back_as_it_was(outcome):
    model = EvidenceModel.published(outcome).updated(ROWS, EVENT, EVENT * 0, ROWS["athlete"])
    text = json.dumps(content(model))
    back = revived(json.loads(text))
    assert back.predict_proba(ROWS) == pytest.approx(model.predict_proba(ROWS), abs=1e-9)
    assert back.standard_error(ROWS) == pytest.approx(model.standard_error(ROWS), abs=1e-6)
    assert back.counts == model.counts


def test_nothing_of_a_person_is_exported():
    model = EvidenceModel.published().updated(ROWS, EVENT, EVENT * 0, ROWS["athlete"])
    text = json.dumps(content(model))
    assert "secret name" not in text
    assert set(content(model)) == {
        "format", "figures_version", "figures_sha256", "outcome", "horizon_days", "hazard",
        "share", "centres", "share_centres", "counts",
    }  # fmt: skip


def test_another_versions_coefficients_are_refused():
    found = content(EvidenceModel.published())
    found["hazard"]["names"][3] = "moon"
    with pytest.raises(StridecastError, match="other coefficients"):
        revived(found)


def _changed(change):
    """The packaged figures with another figure of the sleep."""
    figures = packaged()
    terms = dict(figures.terms)
    terms["sleep_week"] = terms["sleep_week"].model_copy(update=change)
    return figures.model_copy(update={"terms": terms})


@pytest.mark.parametrize("change", [{"unit": 0.5}, {"high": 1.0}, {"spread": 3.0}])
def test_coefficients_in_another_unit_are_refused(change):
    found = content(EvidenceModel.published())
    with pytest.raises(StridecastError, match="other coefficients"):
        revived(found, _changed(change))


def test_another_wording_of_the_sources_changes_no_coefficient():
    found = content(EvidenceModel.published())
    assert revived(found, _changed({"reading": "in other words"})).counts.rows == 0


def test_a_file_without_a_digest_is_judged_by_its_version():
    found = content(EvidenceModel.published())
    del found["figures_sha256"]
    assert revived(found).counts.rows == 0
    with pytest.raises(StridecastError, match="other coefficients"):
        revived(found | {"figures_version": packaged().version - 1})
