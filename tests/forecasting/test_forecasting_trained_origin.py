"""Where a trained model's forecasts come from: how much is published, how much was learnt."""

from dataclasses import replace

import numpy as np
import pandas as pd

from forecasting.evidence.team_forecaster import trained_sentence
from models.evidence.model import Counts, EvidenceModel

ROWS = pd.DataFrame({"hours_28d": [10.0, 16.0], "injuries_12m": [0.0, 1.0]})


def learnt(shrunk):
    """Return a posterior whose coefficients are known so much better."""
    prior = EvidenceModel.published()
    hazard = replace(prior.hazard, covariance=shrunk * prior.hazard.covariance)
    return replace(prior, hazard=hazard, counts=Counts(rows=2400, events=31, athletes=40))


def test_the_share_is_that_of_the_variance_left():
    # A quarter of the published variance is left: three quarters were learnt.
    told = trained_sentence(learnt(0.25), ROWS, trees=0.0)
    assert told == (
        "25 % published evidence, 75 % the 31 injuries in 2,400 athlete-weeks that the model "
        "learnt from."
    )


def test_trees_are_named_and_without_rows_nothing_is_told():
    # Nothing was learnt but by the trees: 1 - 0.4.
    told = trained_sentence(learnt(np.float64(1.0)), ROWS, trees=0.4)
    assert told.startswith("60 % published evidence, ")
    assert told.endswith("Decision trees, which learn from the data alone, have a part in it.")
    assert not trained_sentence(learnt(0.25), ROWS.iloc[:0], trees=0.4)
