"""Fits that each leave out a fold, made together, are those made one by one."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.numeric import ridge_folds, row_blocks
from models.numeric.block_design import BlockDesign
from models.numeric.ridge_folds import left_out_log_odds
from models.numeric.ridge_logistic import fit_blocks

ROWS = 1200
PENALTIES = np.array([5.0, 20.0, 20.0])


def problem(slope=1.0, seed=0):
    rng = np.random.default_rng(seed)
    x = pd.DataFrame(rng.normal(size=(ROWS, 3)))
    y = (rng.random(ROWS) < 1 / (1 + np.exp(2 - slope * x[0]))).to_numpy(dtype=float)
    # Numbers of folds need not follow each other.
    return BlockDesign(x, lambda rows: [rows.to_numpy()]), y, rng.integers(0, 4, ROWS) * 3 + 1


def fit(design, y, penalties, places=None):
    rows = np.arange(ROWS) if places is None else places
    base, slopes = fit_blocks(design.part(rows), y[rows], penalties)
    return np.append(base, slopes)


def one_by_one(design, y, penalties, fold):
    raw = np.empty(ROWS)
    for number in np.unique(fold):
        beta = fit(design, y, penalties, np.flatnonzero(fold != number))
        out = np.flatnonzero(fold == number)
        raw[out] = np.concatenate(list(design.part(out))) @ beta
    return raw


@pytest.mark.parametrize("at_once", [ROWS, 170])
@pytest.mark.parametrize("share", [1.0, 0.5])
def test_fits_made_together_are_those_made_one_by_one(at_once, share, monkeypatch):
    monkeypatch.setattr(row_blocks, "ROWS_AT_ONCE", at_once)
    monkeypatch.setattr(ridge_folds, "fit_blocks", None)  # nobody goes astray
    design, y, fold = problem()
    target = share * y
    together = left_out_log_odds(design, target, PENALTIES, fold, fit(design, target, PENALTIES))
    expected = one_by_one(design, target, PENALTIES, fold)
    np.testing.assert_allclose(together, expected, atol=1e-8)


def test_folds_whose_steps_do_not_shrink_are_fitted_one_by_one(monkeypatch):
    design, y, fold = problem()
    alone = []

    def noted(*problem_of_one, **start):
        alone.append(1)
        return fit_blocks(*problem_of_one, **start)

    monkeypatch.setattr(ridge_folds, "fit_blocks", noted)
    # At even chances the curvature is many times what it is at the fit.
    together = left_out_log_odds(design, y, PENALTIES, fold, np.zeros(4))
    np.testing.assert_allclose(together, one_by_one(design, y, PENALTIES, fold), atol=1e-8)
    assert alone


def test_a_fold_without_a_minimum_is_refused():
    design, y, fold = problem()
    y = np.where(fold == fold[0], y, 0.0)
    start = fit(design, y, PENALTIES)
    with pytest.raises(StridecastError, match="reached no minimum"):
        left_out_log_odds(design, y, PENALTIES, fold, start)
