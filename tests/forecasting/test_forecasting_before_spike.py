"""The longest run before a spike, by hand and against a daily history."""

import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from forecasting.reasons.before_spike import latest_runs, longest_before_spikes
from forecasting.status.load_history import load_history

AS_OF = pd.Timestamp("2025-11-23")


def before(runs):
    """`runs` maps days before the forecast to kilometres; an easy 5 km on every other third day."""
    km = dict.fromkeys(range(0, 120, 3), 5.0) | runs
    sessions = pd.DataFrame(
        [("ann", AS_OF - pd.Timedelta(days=ago), length) for ago, length in km.items()],
        columns=["athlete", "local_date", "distance_km"],
    ).assign(sport="run")
    logged = sessions[["athlete", "local_date"]].set_axis(["athlete", "date"], axis=1)
    history = latest_runs(load_history(sessions, logged, AS_OF, FeatureSettings()), AS_OF)
    found = longest_before_spikes(history.to_dict("records"), AS_OF)
    return found and (found[0], (AS_OF - found[1]).days)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ({}, None),
        ({2: 21.0, 20: 20.0}, None),
        ({2: 42.0, 20: 26.4}, (26.4, 2)),
        # A later run of the week that is no spike beside 42 km is no base either.
        ({0: 40.0, 2: 42.0, 20: 26.4}, (26.4, 2)),
        # Last week's jump permits no higher one this week.
        ({0: 42.2, 7: 26.4, 20: 18.0}, (18.0, 7)),
        ({1: 42.2, 4: 30.0, 10: 24.0, 20: 18.0}, (18.0, 10)),
        # A jump three weeks ago has become what the athlete is used to.
        ({0: 42.2, 16: 26.4, 30: 18.0}, (26.4, 0)),
        # Run again since, last week's length is a base.
        ({0: 42.2, 3: 27.0, 9: 26.4, 20: 18.0}, (27.0, 0)),
        ({8: 42.2, 20: 18.0}, None),
    ],
)  # fmt: skip
def test_the_base_is_the_longest_run_before_the_chain_of_spikes(runs, expected):
    assert before(runs) == expected
