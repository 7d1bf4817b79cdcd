"""The recovery block: sleep, mood and soreness against the athlete's own past, and pain."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from common.untyped import Untyped
from features.blocks.complaints import DEFINITIONS as COMPLAINTS
from features.blocks.load.internal_load import EFFORT
from features.blocks.load.volume import DESCRIPTIVE
from features.catalogue.entry import Feature
from features.catalogue.settings import days_needed
from features.kernels.trend import rolling_slope
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition

OWN_PAST_DAYS: Final = 28
PERSONAL: Final = (
    "wellness is personal: own past doubled the average precision (0.029 to 0.062) in one "
    "re-analysis of Loevdal 2021"
)
MALISOUX: Final = "339 runners, 26 weeks, 2025"
POOR_SLEEP: Final = f"poor sleep quality: HR 1.36 (1.04-1.78) ({MALISOUX})"
PAIN: Final = "pain during or after runs precedes reported injury (demo cohort: weak)"


def deviation(days: Days, channel: str) -> Daily:
    """Mean of the past 7 days in standard deviations from the mean of all days before them."""
    # Lag 7: with this week in the past the deviation would be pulled towards 0.
    mean = days.past_mean(channel, 7, OWN_PAST_DAYS)
    return ratio(days.answered_mean(channel, 7) - mean, days.past_std(channel, 7, OWN_PAST_DAYS))


def _latest(days: Days, channel: str) -> Daily:
    return days.latest(channel, 7)


def _week(days: Days, channel: str) -> Daily:
    return days.answered_mean(channel, 7)


def _slope(days: Days, channel: str) -> Daily:
    # A slope through two answers of seven would be noise with a sign.
    needed = days_needed(7, days.settings.answered_share)
    return days.on_every_day(lambda d: rolling_slope(d.values(channel), d.panel.offsets, 7, needed))


def pain_max(days: Days, channel: str) -> Daily:
    """Worst answer of the past 7 days; one answer is enough, for a worst can only be missed."""
    return days.any_max(channel, 7)


def pain_mean(days: Days) -> Daily:
    """Mean of the answered days of the past 7."""
    return ratio(days.sum_of_known_days("pain", 7), days.known("pain", 7))


def pain_days(days: Days, channel: str) -> Daily:
    """Days of the past 28 with a pain above 0."""
    felt = days.derived(
        f"{channel} felt",
        lambda d: np.where(np.isnan(d.values(channel)), np.nan, d.values(channel) > 0),
    )
    return days.sum_of_known_days(felt, 28)


def answered_share(days: Days, channel: str, window: int) -> Daily:
    """Share of the window's days with an answer."""
    # True or false on every day: that nobody answered is itself known.
    answered = days.derived(f"{channel} answered", lambda d: ~np.isnan(d.values(channel)))
    return days.sum(answered, window) / window


def questionnaire_silence(days: Days) -> Daily:
    """Days since the last wellness answer."""
    return days.on_every_day(lambda d: d.days_since("answered", d.values("answered") > 0))


def _feature(name: str, label: str, formula: str, **more: Untyped) -> Feature:
    fields: dict[str, Any] = {"unit": "", "source": DESCRIPTIVE, "changeable": True} | more
    return Feature(name=name, block="recovery", label=label, formula=formula, **fields)


def _on(compute: Callable[[Days, str], Daily], channel: str) -> Callable[[Days], Daily]:
    return lambda days: compute(days, channel)


def _item(
    name: str,
    label: str,
    channel: str,
    **more: Untyped,
) -> tuple[Definition, ...]:
    """Latest answer, mean and slope of the week, and the week against the athlete's own past."""
    monotone = more.pop("monotone", 0)
    unit, high = str(more.get("unit", "")), float(more["high"])
    rise = more | {"unit": f"{unit or 'scale'}/day", "low": -high, "high": high, "decimals": 2}
    own = more | {"unit": "SD", "source": PERSONAL, "low": -10.0, "high": 10.0, "decimals": 1}
    entries: tuple[tuple[Feature, Callable[[Days, str], Daily]], ...] = (
        (
            _feature(
                f"{name}_latest",
                f"latest {label}",
                f"last {label} of the past 7 days",
                **more,
            ),
            _latest,
        ),
        (
            _feature(
                f"{name}_7d",
                f"{label} in the past 7 days",
                f"mean {label} over 7 days; null below the stated share of answered days",
                monotone=monotone,
                **more,
            ),
            _week,
        ),
        (
            _feature(
                f"{name}_slope_7d",
                f"trend of {label} over the past 7 days",
                f"least-squares slope per day of {label} over 7 days; null below the stated share "
                "of answered days",
                **rise,
            ),
            _slope,
        ),
        (
            _feature(
                f"{name}_deviation",
                f"{label} this week against the athlete's own past",
                f"(mean {label} of days 0-6 - mean of all days before) / sample standard "
                f"deviation of all days before; null below {OWN_PAST_DAYS} days of past or if "
                "it never varied",
                monotone=monotone,
                **own,
            ),
            deviation,
        ),
    )
    return tuple(Definition(feature, _on(compute, channel)) for feature, compute in entries)


_SCALE: Final[dict[str, Any]] = {"high": 1.0, "decimals": 2}

DEFINITIONS: Final[tuple[Definition, ...]] = (
    *_item("sleep_h", "hours of sleep", "sleep_h", unit="h", high=24.0),
    *_item(
        "sleep_quality",
        "sleep quality (1 = best)",
        "sleep_quality",
        source=POOR_SLEEP,
        monotone=-1,
        **_SCALE,
    ),
    Definition(
        _feature(
            "sleep_quality_28d",
            "sleep quality (1 = best) in the past 28 days",
            "mean sleep quality over 28 days; null below the stated share of answered days",
            source=POOR_SLEEP,
            monotone=-1,
            **_SCALE,
        ),
        lambda d: d.answered_mean("sleep_quality", OWN_PAST_DAYS),
    ),
    Definition(
        _feature(
            "sleep_quality_own",
            "sleep quality (1 = best) as a rule",
            f"mean of all answers up to the day; null below {OWN_PAST_DAYS} answers",
            source=POOR_SLEEP,
            monotone=-1,
            **_SCALE,
        ),
        lambda d: d.past_mean("sleep_quality", 0, OWN_PAST_DAYS),
    ),
    *_item(
        "fatigue",
        "freshness (1 = best)",
        "fatigue",
        source=f"fatigue rises 1 week before injury ({MALISOUX})",
        **_SCALE,
    ),
    *_item(
        "soreness",
        "freedom from soreness (1 = best)",
        "soreness",
        source=f"soreness rises 1-2 weeks before injury ({MALISOUX})",
        **_SCALE,
    ),
    *_item(
        "stress",
        "calm (1 = best)",
        "stress",
        source="higher-risk clusters in 202 trail runners, differently in boys and girls of 161 "
        "school runners",
        **_SCALE,
    ),
    *_item("mood", "mood (1 = best)", "mood", **_SCALE),
    *_item("readiness", "readiness to train (1 = best)", "readiness", **_SCALE),
    *_item("resting_hr", "resting heart rate", "resting_hr_bpm", unit="bpm", low=25.0, high=130.0),
    *_item("hrv", "heart-rate variability (rMSSD)", "hrv_rmssd_ms", unit="ms", high=400.0),
    # Its mean has an entry of its own: for pain one answer of the week is enough.
    *(
        definition
        for definition in _item("pain", "pain", "pain", unit="of 10", source=PAIN, high=10.0)
        if definition.feature.name != "pain_7d"
    ),
    Definition(
        _feature(
            "pain_max_7d",
            "worst pain in the past 7 days",
            "largest pain rating of 7 days; null without an answer",
            unit="of 10",
            source=PAIN,
            monotone=1,
            high=10.0,
        ),
        partial(pain_max, channel="pain"),
    ),
    Definition(
        _feature(
            "pain_mean_7d",
            "mean pain in the past 7 days",
            "mean over the answered days of 7 of the day's largest rating; null without an answer",
            unit="of 10",
            source=PAIN,
            monotone=1,
            high=10.0,
        ),
        pain_mean,
    ),
    Definition(
        _feature(
            "pain_days_28d",
            "days with pain in the past 28 days",
            "days of 28 with a pain rating above 0; null without an answer",
            unit="days",
            source=PAIN,
            monotone=1,
            high=28.0,
            decimals=0,
        ),
        partial(pain_days, channel="pain"),
    ),
    Definition(
        _feature(
            "knee_pain_max_7d",
            "worst knee pain in the past 7 days",
            "largest knee-pain rating of 7 days, 0 on days with answers about other regions only; "
            "null without an answer",
            unit="of 10",
            source=PAIN,
            monotone=1,
            high=10.0,
        ),
        partial(pain_max, channel="knee_pain"),
    ),
    Definition(
        _feature(
            "pain_answered_28d",
            "share of days with an answer about pain in the past 28 days",
            "days with a pain answer among the 28 that end on the day / 28",
            high=1.0,
            decimals=2,
        ),
        partial(answered_share, channel="pain", window=28),
    ),
    *COMPLAINTS,
    *EFFORT,
    Definition(
        _feature(
            "wellness_silence_days",
            "days since the last wellness answer",
            "days from the last day with any wellness value to the day",
            unit="days",
            structural_null="never answered",
            high=4000.0,
            decimals=0,
        ),
        questionnaire_silence,
    ),
    Definition(
        _feature(
            "wellness_answered_28d",
            "share of days with a wellness answer in the past 28 days",
            "days with any wellness value among the 28 that end on the day / 28",
            high=1.0,
            decimals=2,
        ),
        partial(answered_share, channel="answered", window=28),
    ),
)
