"""A replayed season in sentences."""

from collections.abc import Mapping
from typing import Any, Final

from common.text.plain_words import number
from models.evaluation.model_ranking import model_words

STATUS_WORDS: Final = {
    "injured": "injured",
    "silent": "silent",
    "modified": "running with an injury",
    "newcomer": "too new",
    "no_running_record": "without runs",
    "unclear": "unclear",
    "check": "to be checked",
}


def method_words(summary: Mapping[str, Any]) -> str:
    """Say what was known when, and which athlete-weeks have no forecast or no outcome."""
    unscored = ", ".join(
        f"{n:,} {STATUS_WORDS.get(status, status)}" for status, n in summary["unscored"].items()
    )
    dropped = summary["forecasts"] - summary["verified"]
    parts = [
        f"Each week was forecast by {model_words(summary['model'])} as it could have been trained "
        f"on that day: on weeks whose {summary['horizon_days']} days had passed, with the injuries "
        f"and returns known by then; trained anew every {summary['retrain_every']} weeks, "
        f"{summary['trainings']} times in all.",
        f"Athlete-weeks without a forecast: {unscored or 'none'}.",
    ]
    if dropped:
        parts.append(
            f"{dropped:,} forecasts have no outcome: the athlete later proved to have been injured "
            "on the day."
        )
    return " ".join(parts)


def murphy_words(terms: Mapping[str, Mapping[str, float]]) -> str:
    """Say what share of the season's uncertainty was resolved, and what miscalibration cost.

    Parameters
    ----------
    terms : mapping of str to mapping
        value, low and high of each term of :func:`models.metrics.murphy.murphy`.
    """
    uncertainty = terms["uncertainty"]["value"]
    resolved = terms["resolution_corrected"]["value"] / uncertainty
    lost = max(terms["reliability_corrected"]["value"], 0.0) / uncertainty
    skill = terms["brier_skill"]["value"]
    return (
        "As a weather service counts: of the season's uncertainty (the Brier score of knowing its "
        f"injury rate and nothing else) the forecasts resolved {percent(resolved)} and lost "
        f"{percent(lost)} to miscalibration, chance taken off both. Against the base rate known at "
        f"the time the Brier score is {percent(abs(skill))} {'lower' if skill > 0 else 'higher'}."
    )


def flag_words(summary: Mapping[str, Any]) -> str:
    """Say how many flags led, how far ahead, and how many did not."""
    made = summary["flags"]
    days = sum(int(day) * n for day, n in made["lead_days"].items())
    ahead = f", {number(days / made['led'])} days ahead on average" if made["led"] else ""
    unknown = f", and {made['unknown']} by nothing that is known" if made["unknown"] else ""
    return (
        f"With {summary['per_team']} names per team and week the lists made {made['made']:,} "
        f"flags: {made['led']} led to an injury within {summary['horizon_days']} days{ahead}; "
        f"{made['late']} more were followed by one within 28 days, {made['nothing']:,} by "
        f"none{unknown}."
    )


def injury_words(summary: Mapping[str, Any]) -> str:
    """Say how many of the injuries were flagged, early or in time, and how many were not."""
    hurt = summary["injuries"]
    return (
        f"Of {hurt['new']} new injuries {hurt['flagged']} stood on the last list before them, "
        f"{hurt['earlier']} more on an earlier list of the four weeks before, {hurt['missed']} on "
        f"none; {hurt['unscored']} befell athletes who had no forecast that week."
    )


def percent(share: float) -> str:
    """Return a share as ``4.2 %``."""
    return f"{number(100 * share)} %"
