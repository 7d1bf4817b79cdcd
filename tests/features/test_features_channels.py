"""Channels of the team's own: worked by hand, against plain pandas, and without look-ahead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.contracts import conform
from common.errors import StridecastError
from features.audits.lookahead import check_no_look_ahead, cut_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue_of, feature_matrix, own_features
from tests.features.cohort import DAY0, make_tables
from tests.features.oracle_windows import faded, over

CHANNELS = {
    "sprint_m": {
        "unit": "m",
        "windows": [7, 28],
        "ewma": [7],
        "spike": True,
        "more_is_worse": True,
    },
    "cmj_cm": {
        "day": "mean",
        "windows": [7],
        "more_is_worse": False,
        "block": "recovery",
        "spike": True,
    },
    "peak": {"day": "max", "windows": [28]},
}
SETTINGS = FeatureSettings.model_validate({"blocks": ["load", "recovery"], "channels": CHANNELS})
NAMES = [
    "extra_sprint_m_7d", "extra_sprint_m_28d", "extra_sprint_m_ewma_7d", "extra_sprint_m_spike",
    "extra_peak_28d", "extra_cmj_cm_7d", "extra_cmj_cm_spike",
]  # fmt: skip


def extra_of(tables, seed):
    """Random rows of each channel: some days none, some several, some without a value."""
    rng = np.random.default_rng(seed)
    parts = []
    for who in tables["athletes"].itertuples():
        days = pd.date_range(who.observed_from, who.observed_to)
        for name, often in (("sprint_m", 0.6), ("cmj_cm", 0.5), ("peak", 0.9), ("other", 0.5)):
            on = np.repeat(days[rng.random(len(days)) < often], rng.integers(1, 3))
            value = np.where(rng.random(len(on)) < 0.1, np.nan, rng.gamma(2, 40, len(on)))
            parts.append(
                pd.DataFrame(
                    {
                        "athlete": who.athlete,
                        "date": on,
                        "channel": name,
                        "value": value,
                        "source": "made",
                    }
                )
            )
    return conform("extra", pd.concat(parts))


def with_extra(seed, athletes=4, days=(60, 200)):
    tables = make_tables(seed, athletes, days=days)
    return tables | {"extra": extra_of(tables, seed)}


def daily(rows, days, how):
    values = rows.groupby("date")["value"].agg(
        lambda v: getattr(v.dropna(), how)() if v.notna().any() else np.nan
    )
    series = values.reindex(days)
    if how != "sum":
        return series
    known = series.notna()
    lately = known.rolling(11, min_periods=1).max() > 0
    return series.where(days.isin(values.index), 0.0).where(days.isin(values.index) | lately)


def window(x, days, share, lag=0):
    return x.shift(lag).rolling(days, min_periods=int(np.ceil(share * days - 1e-9)))


def oracle(tables):
    parts = []
    for who in tables["athletes"].sort_values("athlete").itertuples():
        days = pd.date_range(who.observed_from, who.observed_to)
        own = tables["extra"][tables["extra"]["athlete"] == who.athlete]
        x, cmj, peak = (
            daily(own[own["channel"] == name], days, how)
            for name, how in (("sprint_m", "sum"), ("cmj_cm", "mean"), ("peak", "max"))
        )
        frame = {
            "extra_sprint_m_7d": window(x, 7, 0.8).sum(),
            "extra_sprint_m_28d": window(x, 28, 0.8).sum(),
            "extra_sprint_m_ewma_7d": faded(x, 2 / 8),
            "extra_sprint_m_spike": over(window(x, 7, 0.8).mean(), window(x, 28, 0.8, 7).mean()),
            "extra_peak_28d": window(peak, 28, 1 / 28).mean(),
            "extra_cmj_cm_7d": window(cmj, 7, 1 / 7).mean(),
            "extra_cmj_cm_spike": over(
                window(cmj, 7, 1 / 7).mean(), window(cmj, 28, 1 / 28, 7).mean()
            ),
        }
        parts.append(pd.DataFrame(frame))
    return pd.concat(parts, ignore_index=True)


def every_day(tables):
    ends = tables["athletes"]
    return pd.date_range(ends["observed_from"].min(), ends["observed_to"].max())


@pytest.mark.parametrize("seed", [1, 2])
def test_channels_agree_with_plain_pandas(seed):
    tables = with_extra(seed)
    ours = feature_matrix(tables, SETTINGS, every_day(tables))
    expected = oracle(tables)
    for name in NAMES:
        assert expected[name].notna().sum() > 50
        np.testing.assert_allclose(ours[name], expected[name], rtol=2e-5, atol=1e-9, err_msg=name)


def test_a_week_by_hand():
    """Rows on days 0, 2 and 3; day 1 without a row is 0, an empty cell on day 4 is unknown."""
    tables = make_tables(3, 1, days=(40, 40))
    who = tables["athletes"].iloc[0]
    start = who["observed_from"]
    rows = [(0, 100.0), (2, 50.0), (2, 25.0), (3, 0.0), (4, np.nan), (5, 10.0), (6, 5.0), (7, 1.0)]
    extra = conform(
        "extra",
        pd.DataFrame(
            {
                "athlete": who["athlete"],
                "date": [start + pd.Timedelta(days=day) for day, _ in rows],
                "channel": "sprint_m",
                "value": [value for _, value in rows],
                "source": "made",
            }
        ),
    )
    ours = feature_matrix(tables | {"extra": extra}, SETTINGS, every_day(tables))
    week = ours["extra_sprint_m_7d"].to_numpy()
    assert np.isnan(week[:6]).all()  # fewer than 6 known days
    assert week[6] == 100 + 0 + 75 + 0 + 10 + 5
    assert week[7] == 0 + 75 + 0 + 10 + 5 + 1
    assert np.isnan(week[25])  # ten silent days are rest, more are unknown


def test_a_measure_of_one_day_a_week_is_known_all_week():
    tables = make_tables(3, 1, days=(40, 40))
    who = tables["athletes"].iloc[0]
    days = [who["observed_from"] + pd.Timedelta(days=day) for day in (3, 10, 17, 24)]
    extra = pd.DataFrame(
        {"athlete": who["athlete"], "date": days, "channel": "cmj_cm",
         "value": [30.0, 32.0, 34.0, 36.0], "source": "made"}
    )  # fmt: skip
    tables |= {"extra": conform("extra", extra)}
    week = feature_matrix(tables, SETTINGS, every_day(tables))["extra_cmj_cm_7d"].to_numpy()
    assert np.isnan(week[:3]).all()
    assert week[3:10].tolist() == [30.0] * 7
    assert week[24:31].tolist() == [36.0] * 7
    assert np.isnan(week[31:]).all()


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**31), day=st.integers(40, 150))
def test_deleting_everything_after_t_changes_no_channel(seed, day):
    tables = with_extra(seed, 2)
    t = DAY0 + pd.Timedelta(days=day)
    full = feature_matrix(tables, SETTINGS, pd.DatetimeIndex([t]))
    cut = feature_matrix(cut_tables(tables, t), SETTINGS, pd.DatetimeIndex([t]))
    pd.testing.assert_frame_equal(full, cut, check_exact=True)


def test_the_audit_covers_channels_and_catches_one_that_looks_ahead():
    tables = with_extra(5, 5)
    honest = check_no_look_ahead(tables, SETTINGS, athletes=4, days=4, seed=0).set_index("feature")
    assert (honest.loc[NAMES, "rows_different"] == 0).all()
    assert (honest.loc[NAMES, "rows_known"] > 0).all()

    def peeking(given_tables, given_settings, as_of):
        early = given_tables["extra"].assign(
            date=given_tables["extra"]["date"] - pd.Timedelta(days=1)
        )
        return feature_matrix(given_tables | {"extra": early}, given_settings, as_of)

    caught = check_no_look_ahead(tables, SETTINGS, athletes=4, days=4, seed=0, compute=peeking)
    assert caught.set_index("feature").loc["extra_sprint_m_7d", "rows_different"] > 0


def test_the_catalogue_holds_what_the_settings_declare():
    entries = {one.name: one for one in catalogue_of(SETTINGS)}
    assert set(NAMES) == own_features(SETTINGS)
    assert [n for n in entries if n.startswith("extra_")] == NAMES
    assert entries["extra_sprint_m_28d"].monotone == 1
    assert entries["extra_cmj_cm_7d"].monotone == -1
    assert entries["extra_peak_28d"].monotone == 0
    assert entries["extra_sprint_m_28d"].unit == "m"


def test_a_channel_without_rows_is_unknown_everywhere():
    tables = make_tables(1, 2, days=(60, 60))
    ours = feature_matrix(tables, SETTINGS, every_day(tables))
    assert ours[NAMES].isna().all().all()


def test_the_same_window_twice_is_refused():
    twice = FeatureSettings.model_validate({"channels": {"sprint_m": {"windows": [7, 7]}}})
    with pytest.raises(StridecastError, match="extra_sprint_m_7d"):
        catalogue_of(twice)
