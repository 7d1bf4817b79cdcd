"""What a model would have said in earlier weeks, from the feature rows of those days."""

from collections.abc import Sequence

import pandas as pd

from forecasting.forecaster import Forecaster

WEEKS = 26
"""As many as the page draws."""


def hindcast(
    rows: pd.DataFrame, forecasters: Sequence[Forecaster], as_of: pd.Timestamp, weeks: int = WEEKS
) -> pd.DataFrame:
    """Forecast the weeks before a day for the athletes who have a row on it.

    A row of features knows nothing dated after its day; the model may have learnt from later
    ones, so these weeks verify nothing unless they lie after its training.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date and features, weekly.
    forecasters : sequence of Forecaster
        One per outcome.
    as_of : pandas.Timestamp
        Day of the week that is scored; it is left out itself.
    weeks : int
        How far back.

    Returns
    -------
    pandas.DataFrame
        athlete, outcome, as_of, model, probability.
    """
    here = set(rows.loc[rows["date"] == as_of, "athlete"])
    first = as_of - pd.Timedelta(weeks=weeks)
    is_past = (rows["date"] >= first) & (rows["date"] < as_of) & rows["athlete"].isin(here)
    past = rows[is_past]
    keys = past[["athlete", "date"]].rename(columns={"date": "as_of"})
    parts = [
        keys.assign(
            outcome=forecaster.outcome,
            model=forecaster.label,
            probability=forecaster.probability(past),
        )
        for forecaster in forecasters
    ]
    # Without any forecaster the table still has its columns and their types.
    nothing = keys.iloc[:0].assign(outcome="", model="", probability=0.0)
    forecasts = pd.concat([nothing, *parts], ignore_index=True)
    return forecasts[["athlete", "outcome", "as_of", "model", "probability"]]
