"""Turns of phrase of the page: chances as frequencies, freshness, days of the forecast."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from common.language import N_, language, message, plural
from common.text.plain_words import TIMES, number, out_of, plain_day
from forecasting.settings import BandSettings

_WEEK: Final = 7
_FULL_BARS: Final = (0.05, 0.1, 0.2, 0.5, 1.0)

METRIC_WORDS: Final = {
    "auroc": N_("AUROC"),
    "average_precision": N_("Average precision"),
    "brier": N_("Brier score"),
    "ipa": N_("IPA"),
    "calibration_intercept": N_("Calibration intercept"),
    "calibration_slope": N_("Calibration slope"),
    "observed_expected": N_("Observed over expected"),
    "ici": N_("ICI"),
    "auroc_soft": N_("AUROC against truth"),
    "share_of_oracle": N_("Share of the oracle"),
    "information_share": N_("Share of the oracle's information"),
    "slope_true": N_("Slope against truth"),
    "when_slope": N_("Slope within athletes"),
    "concordance_within_true": N_("Weeks of the same athlete in the right order"),
    "ici_true": N_("ICI against truth"),
    "ranking_error_true": N_("Error along the ranking"),
    "ranking_error_constant": N_("Error along the ranking of a constant forecast"),
}

MODEL_WORDS: Final = {
    "risk": N_("risk model"),
    "additive": N_("additive model"),
    "logistic": N_("logistic regression"),
    "spline_logistic": N_("logistic regression on splines"),
    "random_forest": N_("random forest"),
    "loevdal_recipe": N_("balanced bagging (L\u00f8vdal 2021)"),
    "evidence_model": N_("published evidence and the own weeks"),
    "published_evidence": N_("published evidence"),
    "previous_injury_score": N_("number of injuries in 12 months"),
    "previous_injury": N_("injured in the past 12 months or not"),
    "longest_run_spike_score": N_("longest-run spike, as a score"),
    "longest_run_spike": N_("longest run more than 10 % above or not"),
    "acwr_above_1_5_score": N_("ACWR, as a score"),
    "acwr_above_1_5": N_("ACWR above 1.5 or not"),
    "ten_percent_rule_score": N_("week's rise, as a score"),
    "ten_percent_rule": N_("week's rise above 10 % or not"),
    "base_rate": N_("base rate for everyone"),
    "oracle": N_("oracle: all that can be observed"),
}
"""In the order in which they are shown."""

METRIC_MEANINGS: Final = {
    "auroc": N_(
        "chance that the week with the new injury had the higher forecast; 0.5 is like tossing "
        "a coin"
    ),
    "average_precision": N_("to be read against the base rate"),
    "brier": N_("mean squared error of the probability; lower is better"),
    "ipa": N_("share of the base rate's Brier score that the model removes; 0 is none"),
    "calibration_intercept": N_("0 is right on average; above 0 forecasts are too low"),
    "observed_expected": N_("injuries; 1 is right; below 1 forecasts are too high"),
    "calibration_slope": N_("1 is right; below 1 forecasts are too extreme"),
    "ici": N_("mean distance of forecast and frequency; 0 is perfect"),
}


def metric_words(metric: str) -> str:
    """Return how the page calls a metric."""
    return message(METRIC_WORDS.get(metric, metric.replace("_", " ")))


def metric_meaning(metric: str) -> str:
    """Return what a metric says, in a line; empty where its name must do."""
    return message(METRIC_MEANINGS[metric]) if metric in METRIC_MEANINGS else ""


def model_words(model: str) -> str:
    """Return how the page calls a model or rule."""
    return message(MODEL_WORDS.get(model, model.replace("_", " ")))


def in_order(models: Iterable[str]) -> list[str]:
    """Return the first, which is in use, then the others in the page's order; strangers last."""
    # The table hands the model in use first; it stays there, whatever its usual place.
    first, *others = dict.fromkeys(models)
    known = list(MODEL_WORDS)
    return [first, *sorted(others, key=lambda m: known.index(m) if m in known else len(known))]


def spells(horizon_days: int) -> str:
    """Return what the horizon's length is called, in the plural."""
    if horizon_days == _WEEK:
        return message("weeks")
    return message("spells of {days} days", days=horizon_days)


def natural_frequency(probability: float, horizon_days: int = 7) -> str:
    """Return a probability as a natural frequency that agrees with its percentage.

    Examples
    --------
    >>> natural_frequency(0.065)
    'Of 1,000 weeks like this one, about 65 end with a new injury and 935 do not.'
    >>> natural_frequency(0.003, horizon_days=14)
    'Of 1,000 spells of 14 days like this one, about 3 end with a new injury and 997 do not.'
    """
    count, of = out_of(probability)
    values = {"of": number(of, 0), "spells": spells(horizon_days)}
    if count == 0:
        return message(
            "Of {of} {spells} like this one, fewer than 1 ends with a new injury.", **values
        )
    return message(
        "Of {of} {spells} like this one, about {count} end with a new injury and {rest} do not.",
        **values, count=count, rest=of - count,
    )  # fmt: skip


def odds_words(probability: float, factor: float = 1.5) -> str:
    """Say what a factor on the odds means for the chance it led to.

    Odds :math:`p / (1 - p)` times f are the chance times f only where p is small; the words take
    the exact ratio of `probability` to what it would be without the factor.

    Examples
    --------
    >>> odds_words(0.02)
    'At this chance, odds \u00d71.5 means about 1.5 times as likely, all else unchanged'
    >>> odds_words(0.4)
    'At this chance, odds \u00d71.5 means about 1.3 times as likely, all else unchanged'
    """
    # The exact ratio, because odds x1.5 are 1.5 times the chance only where the chance is small.
    odds = probability / (1 - probability) / factor
    ratio = probability / (odds / (1 + odds))
    return message(
        "At this chance, odds {factor} means about {ratio} times as likely, all else unchanged",
        factor=f"{TIMES}{number(factor)}", ratio=number(ratio),
    )  # fmt: skip


def band_words(settings: BandSettings) -> str:
    """Return where the bands change, as multiples of the base rate.

    Examples
    --------
    >>> band_words(BandSettings()).split("; ")[1:]
    ['raised: from 1 \u00d7', 'high: from 2 \u00d7', 'very high: above 4 \u00d7']
    """
    raised, high, very_high = (
        f"{limit:g} {TIMES}" for limit in (settings.raised, settings.high, settings.very_high)
    )
    values = {"raised": raised, "high": high, "very_high": very_high}
    if settings.raised == 1:
        return message(
            "low: below the base rate; raised: from {raised}; high: from {high}; "
            "very high: above {very_high}",
            **values,
        )
    return message(
        "low: below {raised} the base rate; raised: from {raised}; high: from {high}; "
        "very high: above {very_high}",
        **values,
    )


def full_bar(highest: float) -> float:
    """Return the chance that fills a bar: round, and the same for every bar of the page.

    Examples
    --------
    >>> full_bar(0.11), full_bar(0.2), full_bar(0.004), full_bar(0.7)
    (0.2, 0.2, 0.05, 1.0)
    """
    return next(full for full in _FULL_BARS if highest <= full)


def forecast_period(as_of: pd.Timestamp, horizon_days: int) -> str:
    """Return first and last day of the forecast."""
    first = plain_day(as_of + pd.Timedelta(days=1))
    last = plain_day(as_of + pd.Timedelta(days=horizon_days))
    return message("{first} to {last}", first=first, last=last)


def sentence_case(words: str) -> str:
    """Return the words with a capital first; names and days keep theirs."""
    return words[:1].upper() + words[1:]


def verdict_words(verdict: Mapping[str, Any] | None) -> str:
    """Return the last monitoring in a sentence with its day; empty before the first.

    Its sentence was written when it ran: on a page of another language the verdict stands alone.
    """
    if verdict is None:
        return ""
    day = plain_day(verdict["until"])
    # A sentence that was written in another language cannot be translated here.
    if verdict.get("language", language()) != language():
        name = sentence_case(verdict_name(str(verdict["verdict"])))
        return message("{verdict} on {day}", verdict=name, day=day)
    return message(
        "{verdict} on {day}: {sentence}",
        verdict=sentence_case(verdict_name(str(verdict["verdict"]))), day=day,
        sentence=verdict["sentence"],
    )  # fmt: skip


def verdict_name(verdict: str) -> str:
    """Return how a reader calls a verdict of the monitor."""
    names = {
        "fine": message("fine"),
        "too early to tell": message("too early to tell"),
        "recalibrate": message("recalibrate"),
        "retrain": message("retrain"),
        "check the data": message("check the data"),
    }
    return names.get(verdict, verdict)


def freshness(days: int) -> str:
    """Return how long before the day of the forecast an athlete's last record was."""
    if days == 0:
        return message("day of the forecast")
    return plural("{count} day before", "{count} days before", days)


def band_name(band: str) -> str:
    """Return how a reader calls a band."""
    return message(_BANDS.get(band, band))


_BANDS: Final = {
    "low": N_("low"),
    "raised": N_("raised"),
    "high": N_("high"),
    "very high": N_("very high"),
}
