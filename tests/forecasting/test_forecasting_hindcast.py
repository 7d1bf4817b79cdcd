import numpy as np
import pandas as pd

from forecasting.forecaster import Forecaster
from forecasting.scoring.past_weeks import hindcast

AS_OF = pd.Timestamp("2024-11-24")
# Today, the two weeks before, and one from before the 26 weeks.
DAYS = [AS_OF - pd.Timedelta(weeks=back) for back in (0, 1, 2, 30)]


def forecaster(outcome="any"):
    return Forecaster(
        label="model", outcome=outcome, base_rate=0.02, simulated=True,
        predict_proba=lambda r: np.column_stack([1 - r["x"], r["x"]]),
        contributions=lambda r: pd.DataFrame(index=r.index),
    )  # fmt: skip


def rows():
    days = pd.DataFrame({"date": DAYS, "x": [0.1, 0.2, 0.3, 0.4]})
    here = days.assign(athlete="here")
    # Who has no row of today is not here any more.
    return pd.concat([here, days[1:].assign(athlete="left")], ignore_index=True)


def test_only_earlier_weeks_of_those_who_are_still_here():
    found = hindcast(rows(), [forecaster(), forecaster("knee")], AS_OF, weeks=26)
    assert set(found["athlete"]) == {"here"}
    any_ = found.query("outcome == 'any'").sort_values("as_of")
    assert any_["as_of"].tolist() == [DAYS[2], DAYS[1]]
    assert any_["probability"].tolist() == [0.3, 0.2]
    assert len(found) == 4


def test_no_model_gives_an_empty_table_of_the_same_columns():
    found = hindcast(rows(), [], AS_OF)
    assert found.empty
    assert list(found) == ["athlete", "outcome", "as_of", "model", "probability"]
