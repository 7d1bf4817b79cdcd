"""The normal distribution of the kernels is SciPy's."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.special import log_ndtr, ndtr

from models.numeric.normal_kernel import log_normal_below, normal_below

# Far into both tails, where a difference from 1 would lose all its digits.
EVERYWHERE = np.concatenate([np.linspace(-60, 40, 4001), [-1e150, -1e8, -30.0, 0.0, 1e8]])


@pytest.mark.parametrize(
    ("ours", "theirs"), [(normal_below, ndtr), (log_normal_below, log_ndtr)], ids=["plain", "log"]
)
def test_both_tails_are_those_of_scipy(ours, theirs):
    np.testing.assert_allclose(ours(EVERYWHERE), theirs(EVERYWHERE), rtol=1e-12, atol=1e-290)


def test_the_shape_is_that_of_the_question_and_the_unknown_stays_unknown():
    # Turned round, so that the values do not lie in memory as they stand.
    z = np.array([[0.0, np.nan], [1.0, -1.0]])[:, ::-1]
    np.testing.assert_allclose(normal_below(z), ndtr(z), rtol=1e-14)
    assert np.isnan(log_normal_below(z)[0, 0])


def test_what_a_week_asks_for_loads_no_special_functions_of_scipy():
    """They load much of NumPy with them: a twentieth of what a Monday costs."""
    code = (
        "import sys, numpy as np, pipelines.weekly.scored;"
        "from forecasting.returning.blend import log_normal_below;"
        "from models.evidence.posterior import share_likelihood;"
        "from models.metrics.sample_size import needed_rows;"
        "log_normal_below(np.zeros(3)); needed_rows(3, 0.02, 0.7);"
        "share_likelihood(np.zeros((3, 1)), np.ones(3))(np.zeros(2));"
        "assert 'scipy.special' not in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
