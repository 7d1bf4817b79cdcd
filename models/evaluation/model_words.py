"""How sentences call the models; pages that only name them load no measure for it."""

from typing import Final

MODEL_WORDS: Final = {
    "risk": "the risk model",
    "additive": "the additive model",
    "logistic": "logistic regression",
    "spline_logistic": "logistic regression with splines",
    "random_forest": "the random forest",
    "loevdal_recipe": "bagged boosting on balanced draws",
    "evidence_model": "the evidence model",
    "published_evidence": "published evidence alone",
    "base_rate": "the base rate for everyone",
    "ten_percent_rule": "the 10 % rule",
    "ten_percent_rule_score": "the weekly change as a score",
    "acwr_above_1_5": "ACWR > 1.5",
    "acwr_above_1_5_score": "ACWR as a score",
    "longest_run_spike": "the longest-run spike > 10 %",
    "longest_run_spike_score": "the longest-run spike as a score",
    "previous_injury": "any injury in 12 months",
    "previous_injury_score": "the number of injuries in 12 months",
}
"""How sentences call the models of a table."""


def model_words(model: str) -> str:
    """Return how a sentence calls a model of the tables."""
    return MODEL_WORDS.get(model, model.replace("_", " "))
