"""The audits that look at labels fire on planted faults and stay quiet on clean data."""

import numpy as np
import pandas as pd
import pytest

from common.contracts import CONTRACTS, conform, empty
from features.catalogue.settings import FeatureSettings
from features.injuries.settings import InjuryRules
from features.matrix import catalogue, feature_matrix
from models.audits.missingness import MissingValues, audit_missingness
from models.audits.proximity import audit_label_proximity
from models.audits.single_feature import audit_single_features
from models.audits.values_alone import values_alone
from models.sampling.outcomes import label
from models.settings.audits import MissingnessSettings, ProximitySettings, SingleSettings
from models.settings.outcomes import OutcomeSettings

QUICK = ProximitySettings(replicates=40)
FEW = MissingnessSettings(replicates=40)


def alone(x, y, entries):
    return values_alone(x, {"any": y}, [f.name for f in entries])["any"]


def test_honest_features_are_not_too_good(cohort, entries):
    found = audit_single_features(alone(cohort.x, cohort.y, entries))
    assert found.passed
    assert found.table["auroc"].iloc[0] < 0.75
    assert found.table.set_index("feature").loc["sleep", "direction"] == -1
    # The better direction of each: sleep below 0.5 would be a strong feature overlooked.
    assert (found.table["auroc"] >= 0.5).all()


# A leak may also fall before an injury, as kilometres do.
@pytest.mark.parametrize("sign", [1, -1])
def test_a_feature_written_after_the_injury_stops_the_run(cohort, entries, sign):
    rng = np.random.default_rng(0)
    x = cohort.x.assign(volume=sign * (cohort.y + rng.normal(0, 0.3, len(cohort.y))))
    found = audit_single_features(alone(x, cohort.y, entries))
    assert not found.passed
    assert found.table["feature"].iloc[0] == "volume"
    assert found.table["direction"].iloc[0] == sign
    assert found.sentence.startswith("feature volume alone reaches AUROC 0.9")
    assert "find out which before anything is trained" in found.sentence


def test_a_feature_known_for_few_events_is_not_judged(cohort, entries):
    x = cohort.x.assign(volume=np.where(np.cumsum(cohort.y) < 5, cohort.y, np.nan))
    found = audit_single_features(alone(x, cohort.y, entries), SingleSettings(least_events=20))
    assert found.passed
    assert "volume" not in set(found.table["feature"])


def leads(cohort, seed=0):
    """An onset day in 1-7 for each event; at lead k the rows hurt by then are no longer at risk."""
    day = np.random.default_rng(seed).integers(1, 8, len(cohort.y))
    gone = {k: (cohort.y == 1) & (day <= k) for k in (0, 1, 2)}
    return day, {k: np.where(gone[k], np.nan, cohort.y) for k in gone}


def test_a_forecast_that_holds_with_a_lead_passes(cohort):
    _, events = leads(cohort)
    found = audit_label_proximity(cohort.x, events, cohort.athletes, QUICK)
    assert found.passed
    assert found.table["lead_days"].tolist() == [0, 1, 2]
    assert found.table["lost"].iloc[0] == 0
    assert found.table["events"].is_monotonic_decreasing


def test_a_feature_that_reads_the_eve_of_the_onset_is_caught(cohort):
    day, events = leads(cohort)
    # Only rows whose onset is one or two days away: a lead of two days must lose them all.
    eve = (cohort.y == 1) & (day <= 2)
    x = cohort.x.assign(volume=np.where(eve, 3.0, cohort.x["volume"]))
    found = audit_label_proximity(x, events, cohort.athletes, QUICK)
    assert not found.passed
    assert found.table["lost_low"].iloc[2] > 0.05
    assert "the log already knew" in found.sentence


def test_too_few_events_are_not_judged(cohort):
    _, events = leads(cohort)
    few = {k: np.where(np.nancumsum(y) < 5, y, 0.0) for k, y in events.items()}
    found = audit_label_proximity(cohort.x, few, cohort.athletes, QUICK)
    assert found.passed
    assert "too few" in found.sentence


def loevdal(flawed, athletes=40, days=240, seed=0):
    """A daily log. With the flaw, nothing of the 21 days before an injured row's week is left."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2023-01-02")
    sessions, injuries, roster = [], [], []
    for i in range(athletes):
        name = f"a{i:02d}"
        onset = np.arange(40, days - 10, 50) + rng.integers(0, 20)
        ran = rng.random(days) < 0.8
        if flawed:
            for at in onset:
                # Rows without a log are unknown; a wellness answer a day would make them rest.
                ran[max(at - 35, 0) : at - 7] = False
        on = np.flatnonzero(ran)
        date = start + pd.to_timedelta(on, unit="D")
        sessions.append(
            pd.DataFrame(
                {
                    "athlete": name, "start": date.tz_localize("UTC"), "local_date": date,
                    "sport": "run", "distance_km": rng.gamma(4, 2.5, len(on)),
                    "duration_min": 60.0, "rpe": 5.0, "source": "made", "source_hash": "0",
                }
            )
        )  # fmt: skip
        injuries.append(
            pd.DataFrame(
                {
                    "athlete": name,
                    "onset_date": start + pd.to_timedelta(onset, unit="D"),
                    "return_date": start + pd.to_timedelta(onset + 8, unit="D"),
                    "region": "foot",
                    "source": "made",
                }
            )
        )
        roster.append((name, start, start + pd.Timedelta(days=days - 1)))
    columns = ["athlete", "observed_from", "observed_to"]
    frames = {
        "sessions": pd.concat(sessions),
        "injuries": pd.concat(injuries),
        "athletes": pd.DataFrame(roster, columns=columns),
    }
    return {n: conform(n, frames[n]) if n in frames else empty(n) for n in CONTRACTS}


@pytest.mark.parametrize("flawed", [False, True])
def test_a_file_with_the_flaw_of_loevdal_is_caught(flawed):
    tables = loevdal(flawed)
    settings = FeatureSettings(blocks=("load",), silence_days=3)
    rows = feature_matrix(tables, settings)
    outcome = label(
        rows, tables["injuries"], tables["athletes"], "any", OutcomeSettings(), InjuryRules()
    )
    known = outcome["event"].notna()
    entries = catalogue(settings.blocks)
    x = rows.loc[known, [f.name for f in entries]]
    found = audit_missingness(
        MissingValues(x, entries), outcome.loc[known, "event"], rows.loc[known, "athlete"], FEW
    )
    assert found.passed is not flawed
    if flawed:
        uneven = found.rates.set_index("feature")["difference"]
        assert uneven["distance_28d_km"] > 0.2
        # The gap lies 21 days before the week, so that short windows are whole and long ones are
        # not.
        assert uneven["distance_28d_km"] > uneven["distance_7d_km"]
        assert "gives the outcome away" in found.sentence
