"""A model card's section on one outcome: what it is worth, what won, whom it serves less well."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from models.evaluation.columns_read import columns_words, count_words
from models.evaluation.model_words import model_words
from models.settings.evaluation import GateSettings
from reporting.card.building import trees_words
from reporting.card.facts import OutcomeFacts, value_words
from reporting.card.net_benefit import net_benefit_table
from reporting.card.verdict import verdict
from reporting.languages.messages import sentence_case

MEANING: Final[Mapping[str, str]] = {
    "auroc": "an injured week outranks an uninjured one in this share of pairs; 0.5 is a coin",
    "average_precision": "mean share of flags that are right; without skill the share of injured "
    "weeks",
    "brier": "mean squared error of the probability",
    "ipa": "gain over the base rate for everyone; 0 is none",
    "observed_expected": "injuries that happened per injury forecast; 1 is right",
    "calibration_intercept": "0 is right; above, the forecasts are too low",
    "calibration_slope": "1 is right; below, high forecasts are too high and low ones too low",
    "ici": "mean distance of the forecast from the smoothed observed share",
    "auroc_soft": "AUROC against the true probabilities of the simulation",
    "slope_true": "slope against the true probabilities",
    "ici_true": "mean distance from the true probabilities' smooth curve",
    "ranking_error_true": "mean distance from the true probabilities in twentieths of the forecast",
    "ranking_error_constant": "the same of the base rate for everyone, in the same twentieths",
    "information_true": "log score gained over the base rate against the true risk, nats a week",
    "who_slope": "event on the athlete's own past mean of the log-odds; 1 is right",
    "when_slope": "event on this week's deviation from it; 1 is right, below 1 it dares too much",
    "when_spread": "standard deviation of the deviation: how much the weeks are told apart",
    "concordance_within": "pairs of weeks of one athlete in order; biased on drawn events, for "
    "weeks after an injury are later controls with a higher count",
    "who_slope_true": "the same slope against the true probabilities",
    "when_slope_true": "the same slope against the true probabilities",
    "concordance_within_true": "pairs of weeks of one athlete in order, by true probabilities; "
    "unbiased",
    "share_of_oracle": "share of the way from a coin to what can be known at all, by ranking",
    "information_share": "share of the information that can be had at all: not only the order",
}
_SUBGROUP_METRICS: Final = ("auroc", "observed_expected")

DISTANCES: Final = (
    "Intervals are percentiles over resampled athletes. A distance (ici, ranking error) grows with "
    "every such draw, so that its value may lie near or below the low end."
)

KINDS: Final = {
    "risk": "gradient-boosted trees (LightGBM)",
    "additive": "an additive model",
    # Its comma at the end is meant: `_model` goes on with "on so many features".
    "evidence": "published evidence updated by the training rows, weighed against trees (LightGBM) "
    "where these are better than none,",
}
"""What the card calls each kind of model."""


@dataclass(frozen=True)
class CardTable:
    """A table with a caption."""

    title: str
    frame: pd.DataFrame

    def rows(self) -> list[list[str]]:
        """Return the cells in words."""
        return [[_cell(value) for value in row] for row in self.frame.itertuples(index=False)]


def outcome_section(
    facts: OutcomeFacts, limits: GateSettings
) -> tuple[str, list[str], list[CardTable]]:
    """Return title, sentences and tables of one outcome.

    Parameters
    ----------
    facts : OutcomeFacts
        Its model and evaluation.
    limits : GateSettings
        Where the gates of slope and level close.
    """
    tables = {
        "On unseen athletes in later weeks": _performance(facts),
        "Against every comparator (gains are positive where the model in use is better)": (
            _comparison(facts)
        ),
        "Training, folds and test": _parts(facts),
        "What the forecasts rest on (mean absolute contribution, log-odds)": facts.blocks,
        "The strongest predictors in both parts": facts.predictors,
        "Alert budget": _alerts(facts),
        "Net benefit per 1,000 athlete-weeks, at half, once, twice and four times the base rate": (
            None if facts.curve is None else net_benefit_table(facts.curve, facts.in_use)
        ),
        "Subgroups": _subgroups(facts),
    }
    shown = [CardTable(t, frame) for t, frame in tables.items() if frame is not None and len(frame)]
    return f"New injury: {facts.outcome}", _sentences(facts, limits), shown


def _sentences(facts: OutcomeFacts, limits: GateSettings) -> list[str]:
    return [
        f"Outcome: a new injury ({facts.outcome}) in the {facts.window}, among weeks in which the "
        "athlete is not injured.",
        # Before the model and its figures: what is unfavourable must be read first.
        *(verdict(facts, limits) if facts.in_use else []),
        _model(facts),
        f"Training part: {facts.sample_size}{_counted(facts)}.",
        f"Test part: {facts.left_out_words}.",
        DISTANCES,
        *([facts.cross_validated] if facts.cross_validated else []),
        _won(facts),
    ]


def _counted(facts: OutcomeFacts) -> str:
    """Say which parameters are counted of a model that rests on evidence."""
    # Only models that rest on evidence have this entry.
    if not facts.model or "trees_rung" not in facts.model:
        return ""
    return (
        "; counted are the features that trees may use, for published priors hold the coefficients "
        "of the evidence"
    )


def _model(outcome: OutcomeFacts) -> str:
    if outcome.model is None and not outcome.in_use:
        return (
            "No model was fitted: too few injuries, and no published incidence is at hand. This "
            "outcome is not forecast; the others stand without it."
        )
    if outcome.model is None:
        return (
            "No model was fitted: too few injuries. Forecasts come from published incidence and "
            "hazard ratios, updated by the team's own weeks (the evidence model)."
        )
    facts = outcome.model
    trees = f" ({trees_words(facts)})" if trees_words(facts) else ""
    return (
        f"Model in use: {KINDS[facts['kind']]} on {count_words(facts)}{trees}, "
        f"calibrated out of fold (slope {facts['calibration_slope']:.2f}, intercept "
        f"{facts['calibration_intercept']:+.2f}), digest {facts['model_sha256'][:12]}."
    )


def _won(facts: OutcomeFacts) -> str:
    better, others = facts.beaten()
    if not better and not others:
        return "What won among the comparators is undefined: the test part has a single outcome."
    verdict = (
        f"What won: {facts.standing[:1].lower()}{facts.standing[1:]}. " if facts.standing else ""
    )
    return (
        f"{verdict}{sentence_case(facts.won_words)} (lower Brier score and higher AUROC, the "
        "paired interval clear of zero for one of them)."
    )


def _performance(facts: OutcomeFacts) -> pd.DataFrame:
    figures = facts.metrics.get(facts.in_use, {})
    return pd.DataFrame(
        [
            {
                "measure": name.replace("_", " "),
                "value (interval)": value_words(figures[name]),
                "says": says,
            }
            for name, says in MEANING.items()
            if name in figures
        ]
    )


def _comparison(facts: OutcomeFacts) -> pd.DataFrame | None:
    if facts.comparison is None:
        return None
    return pd.DataFrame(
        [
            {
                "against": model_words(str(row["against"])),
                "columns": columns_words(str(row["against"]), facts.model),
                "AUROC gain": _gain(row, "auroc"),
                "Brier gain": _gain(row, "brier"),
                "better": bool(row["better"]),
            }
            for row in facts.comparison.to_dict("records")
        ]
    )


def _gain(row: Mapping[Hashable, float], metric: str) -> str:
    value, low, high = (row[f"{metric}_{end}"] for end in ("gain", "low", "high"))
    return f"{value:+.3g} ({low:+.3g} to {high:+.3g})"


def _parts(facts: OutcomeFacts) -> pd.DataFrame:
    parts = facts.parts.assign(part=facts.parts["part"].str.replace("_", " "))
    folds = facts.folds
    if not folds.empty:
        folds = folds.assign(part="fold " + folds["fold"].astype(str))
    columns = ["part", "first_date", "last_date", "athletes", "rows", "events"]
    return pd.concat([parts, folds], ignore_index=True)[columns]


def _alerts(facts: OutcomeFacts) -> pd.DataFrame | None:
    if facts.alerts is None:
        return None
    rows = facts.alerts[facts.alerts["model"] == facts.in_use]
    return pd.DataFrame(
        {
            "flags per team and week": rows["flags_per_team_week"].astype(int),
            "share of flags followed by an injury": _ranged(rows, "precision"),
            "share of injuries flagged": _ranged(rows, "recall"),
            "days of lead": _ranged(rows, "lead_days"),
            "false alarms per athlete-season": _ranged(rows, "false_alarms_per_season"),
        }
    )


def _ranged(rows: pd.DataFrame, name: str) -> list[str]:
    ends = {"value": name, "low": f"{name}_low", "high": f"{name}_high"}
    return [
        value_words({end: _known(row[column]) for end, column in ends.items()})
        for row in rows.reindex(columns=list(ends.values())).to_dict("records")
    ]


def _subgroups(facts: OutcomeFacts) -> pd.DataFrame | None:
    if facts.subgroups is None or facts.subgroups.empty:
        return None
    shown = facts.subgroups[facts.subgroups["metric"].isin(_SUBGROUP_METRICS)]
    rows = [
        {
            "group": f"{row['variable']}: {row['group']}".replace("_", " "),
            "events": int(row["events"]),
            "measure": str(row["metric"]).replace("_", " "),
            "value (interval)": value_words({k: _known(row[k]) for k in ("value", "low", "high")}),
            "note": "" if pd.isna(row["note"]) else str(row["note"]),
        }
        for row in shown.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
