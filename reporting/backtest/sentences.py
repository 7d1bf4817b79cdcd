"""A replayed season in sentences."""

from collections.abc import Mapping
from typing import Any, Final

from common.language import N_, message, plural, translated
from common.text.plain_words import number
from models.evaluation.model_words import model_words

STATUS_WORDS: Final = {
    "injured": N_("injured"),
    "silent": N_("silent"),
    "modified": N_("running with an injury"),
    "newcomer": N_("too new"),
    "no_running_record": N_("without runs"),
    "unclear": N_("unclear"),
    "check": N_("to be checked"),
}


def method_words(summary: Mapping[str, Any]) -> str:
    """Say what was known when, and which athlete-weeks have no forecast or no outcome."""
    unscored = ", ".join(
        f"{number(n, 0)} {message(STATUS_WORDS.get(status, status))}"
        for status, n in summary["unscored"].items()
    )
    dropped = summary["forecasts"] - summary["verified"]
    parts = [
        message(
            "Each week was forecast by {model} as it could have been trained on that day: on weeks "
            "whose {days} days had passed, with the injuries and returns known by then; trained "
            "anew every {weeks} weeks, {times} times in all.",
            model=translated(model_words(summary["model"])), days=summary["horizon_days"],
            weeks=summary["retrain_every"], times=summary["trainings"],
        ),
        message(
            "Athlete-weeks without a forecast: {unscored}.", unscored=unscored or message("none")
        ),
    ]  # fmt: skip
    if dropped:
        parts.append(
            plural(
                "{number} forecast has no outcome: it turned out later that the athlete was "
                "injured on that day.",
                "{number} forecasts have no outcome: it turned out later that the athlete was "
                "injured on that day.",
                dropped,
                number=number(dropped, 0),
            )
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
    # Corrected for chance the term may fall below 0: nothing was lost then, and nothing gained.
    lost = max(terms["reliability_corrected"]["value"], 0.0) / uncertainty
    skill = terms["brier_skill"]["value"]
    figures = {
        "resolved": percent(resolved), "lost": percent(lost), "skill": percent(abs(skill)),
    }  # fmt: skip
    if skill > 0:
        return message(
            "Counted as a weather service does it. The season's uncertainty is the Brier score "
            "of a forecast that knows its injury rate and nothing else. Of it the forecasts "
            "resolved {resolved} and lost {lost} to miscalibration (both corrected for chance). "
            "Their Brier score is {skill} lower than that of the base rate known at the time.",
            **figures,
        )
    return message(
        "Counted as a weather service does it. The season's uncertainty is the Brier score of a "
        "forecast that knows its injury rate and nothing else. Of it the forecasts resolved "
        "{resolved} and lost {lost} to miscalibration (both corrected for chance). Their Brier "
        "score is {skill} higher than that of the base rate known at the time.",
        **figures,
    )


def flag_words(summary: Mapping[str, Any]) -> str:
    """Say how many flags led, how far ahead, and how many did not."""
    made = summary["flags"]
    # The keys are texts, because the summary is JSON.
    days = sum(int(day) * n for day, n in made["lead_days"].items())
    figures = {
        "names": summary["per_team"], "flags": number(made["made"], 0), "led": made["led"],
        "horizon": summary["horizon_days"], "late": made["late"],
        "nothing": number(made["nothing"], 0),
    }  # fmt: skip
    parts = [
        message(
            "With {names} names per team and week the lists made {flags} flags: {led} were "
            "followed by an injury within {horizon} days, {late} more by one within 28 days, "
            "{nothing} by none.",
            **figures,
        )
    ]
    if made["led"]:
        ahead = number(days / made["led"])
        parts.append(
            message(
                "Those within the horizon came {days} days before the injury on average.",
                days=ahead,
            )
        )
    if made["unknown"]:
        parts.append(
            message("What followed {count} flags is not known.", count=number(made["unknown"], 0))
        )
    return " ".join(parts)


def injury_words(summary: Mapping[str, Any]) -> str:
    """Say how many of the injuries were flagged, early or in time, and how many were not."""
    hurt = summary["injuries"]
    return message(
        "Of {new} new injuries, {flagged} were on the last list before them, {earlier} more on "
        "an earlier list of the four weeks before and {missed} on none. {unscored} happened to "
        "athletes who had no forecast that week.",
        new=hurt["new"], flagged=hurt["flagged"], earlier=hurt["earlier"], missed=hurt["missed"],
        unscored=hurt["unscored"],
    )  # fmt: skip


def percent(share: float) -> str:
    """Return a share as ``4.2 %``."""
    return f"{number(100 * share)} %"
