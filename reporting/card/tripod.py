"""TRIPOD+AI (Collins et al. 2024, BMJ 385:e078378), its 27 items, answered from the stages' files.

Item numbers are those of the statement; the words are ours.
"""

from collections.abc import Callable, Mapping
from typing import Any

from forecasting.status.statuses import SCORED, STATUSES
from models.evaluation.columns_read import count_words
from reporting.card.building import building, files, handling, missing_words, weighting
from reporting.card.facts import CardFacts
from reporting.card.origin import chosen_order, protocol

Row = dict[str, str]
# An item nobody can answer from files is answered as unknown: leaving it out would look complete.
_PUBLISHER = "not known to the program: to be told by whoever publishes a study with it"


def tripod(facts: CardFacts) -> list[Row]:
    """Return one row per item or sub-item: item, about, told here."""
    answers = {**_front(facts), **_methods(facts), **_analysis(facts), **_open(facts)}
    answers |= {**_results(facts), **_discussion(facts)}
    # In the order of the statement's items, which the dictionaries keep.
    return [
        {"item": item, "about": about, "told": answer} for item, (about, answer) in answers.items()
    ]


Answers = dict[str, tuple[str, str]]


def _front(facts: CardFacts) -> Answers:
    names = ", ".join(outcome.outcome for outcome in facts.outcomes)
    return {
        "1": ("title", f"weekly probability of a new running injury ({names}), {facts.dataset}"),
        "2": ("abstract", "the section on each outcome: data, model, performance with intervals"),
        "3a": (
            "context",
            "published models of sports injuries are rarely calibrated or tested on other "
            "athletes (Bullock 2022)",
        ),
        "3b": (
            "target population and users",
            "runners who log their training and are not injured; coaches, physiotherapists, "
            "athletes; once a week",
        ),
        "3c": (
            "known inequalities",
            "novices are injured about twice as often per hour (Videbaek 2015); the rest is not "
            "known here",
        ),
        "4": ("objectives", "development, and evaluation on other athletes in later weeks"),
    }


def _methods(facts: CardFacts) -> Answers:
    origin = "simulated cohort" if facts.simulated else "the dataset's own exports"
    scored = facts.each("{outcome.window}")
    teams = "teams: not recorded" if facts.teams is None else f"{facts.teams} teams"
    return {
        "5a": ("source of data", f"{origin}: {facts.rows_read:,} rows read, each accounted for"),
        "5b": ("dates", f"{facts.observed_from} to {facts.observed_to}"),
        "6a": ("setting", f"{facts.athletes} athletes, {teams}; countries: not recorded"),
        "6b": (
            "eligibility",
            "every athlete of the roster; weeks while injured, and weeks whose window runs past "
            "the end of observation, are left out",
        ),
        "6c": ("treatments", "what was done about injuries and forecasts is not known"),
        "7": (
            "data preparation",
            f"{facts.rows_repaired:,} rows repaired and {facts.rows_rejected:,} rejected, each "
            "with its reason; sources are matched, never averaged",
        ),
        "8a": (
            "outcome",
            f"a new injury ({scored}); a report of the same region within the "
            "recurrence gap is the same injury",
        ),
        "8b": ("assessors", "who assessed the injuries is not recorded"),
        "8c": (
            "blinding",
            "injuries are recorded without knowledge of these forecasts"
            if facts.simulated
            else "not known",
        ),
        "9a": ("choice of predictors", _predictors(facts)),
        "9b": (
            "definition of predictors",
            "docs/features.md; each from records dated up to the day, recomputed on cut data by "
            "the audit",
        ),
        "9c": ("assessors of predictors", "devices and the athletes' own answers"),
        "10": ("sample size", facts.each("{outcome.sample_size}")),
        "11": (
            "missing data",
            f"{_of_each(facts, missing_words)}; an audit stops the run if what is missing "
            f"tells the outcome (here: {facts.counted('missingness')})",
        ),
    }


def _of_each(facts: CardFacts, describe: Callable[[Mapping[str, Any] | None], str]) -> str:
    """Say it of every outcome's model; once where it is the same of all."""
    # The outcomes may be forecast by models of different kinds.
    descriptions = {outcome.outcome: describe(outcome.model) for outcome in facts.outcomes}
    if len(set(descriptions.values())) == 1:
        return next(iter(descriptions.values()))
    return "; ".join(f"{name}: {words}" for name, words in descriptions.items())


def _predictors(facts: CardFacts) -> str:
    """Say how many features each model uses, of how many, by what rule."""
    sizes = [
        f"{outcome.outcome}: {count_words(outcome.model)} of {facts.features_offered} in the matrix"
        if outcome.model
        else f"{outcome.outcome}: no model was fitted"
        for outcome in facts.outcomes
    ]
    return (
        f"{'; '.join(sizes)}; blocks {', '.join(facts.blocks)}; cut at train.most_features "
        f"{chosen_order(facts)}"
    )


def _analysis(facts: CardFacts) -> Answers:
    return {
        "12a": (
            "use of the data",
            "one part to learn from, another of other athletes in later weeks to test on, a gap "
            "of at least the window between them",
        ),
        "12b": ("handling of predictors", _of_each(facts, handling)),
        "12c": (
            "model building",
            _of_each(facts, building),
        ),
        "12d": (
            "clusters",
            "intervals resample athletes; differences between teams: not "
            "modelled, `stridecast leave-team-out` measures them",
        ),
        "12e": (
            "measures",
            "discrimination, calibration, overall error, alert budget, net benefit; each with an "
            "interval",
        ),
        "12f": ("updating", "none within this run"),
        "12g": (
            "predictions in the evaluation",
            "by the stored model file, as in weekly scoring"
            if facts.fitted
            else "by the evidence model on the test part's rows",
        ),
        "13": (
            "class imbalance",
            f"left as it is: no resampling, no class weights{weighting(facts.outcomes)}",
        ),
        "14": ("fairness", "subgroups by sex, age, level and history, above; others unknown"),
        "15": (
            "output",
            "a probability with a range, calibrated on out-of-fold forecasts; whether it is "
            "calibrated on unseen athletes stands first in each outcome's section; bands are the "
            "multiples of the base rate in params.yaml (score.bands)",
        ),
        "16": (
            "training against evaluation",
            "same source, other athletes, later weeks; weeks with an injury: "
            + facts.each("{outcome.rates_words}"),
        ),
        "17": ("ethical approval", _PUBLISHER),
    }


def _open(facts: CardFacts) -> Answers:
    data = "made anew by `dvc repro`" if facts.simulated else "stay with their owner"
    return {
        "18a": ("funding", _PUBLISHER),
        "18b": ("conflicts of interest", _PUBLISHER),
        "18c": (
            "protocol",
            protocol(facts),
        ),
        "18d": ("registration", _PUBLISHER),
        "18e": ("data", f"the data {data}"),
        "18f": ("code", "this repository, Apache-2.0"),
        "19": ("involvement of athletes", "none that is known"),
    }


def _results(facts: CardFacts) -> Answers:
    return {
        "20a": (
            "flow of participants",
            facts.each("{outcome.parts_words}, {outcome.left_out_words}"),
        ),
        "20b": (
            "characteristics",
            f"{facts.athletes} athletes; sex, age and level of each part: data and audits, above"
            if facts.people is not None
            else f"{facts.athletes} athletes; not tabulated",
        ),
        "20c": (
            "predictors in both parts",
            "the strongest of each outcome, above; the weekly monitor tests drift"
            if any(outcome.predictors is not None for outcome in facts.outcomes)
            else "not tabulated: no model was fitted",
        ),
        "21": ("numbers in each analysis", "training, folds and test, by outcome, above"),
        "22": (
            "the model itself",
            _of_each(facts, files),
        ),
        "23a": (
            "performance",
            facts.each(
                "AUROC {outcome.auroc}, calibration slope {outcome.slope}, observed to expected "
                "injuries {outcome.level}"
            ),
        ),
        "23b": ("heterogeneity", "spread across athletes: " + facts.each("{outcome.spread_words}")),
        "24": ("results of updating", "none within this run"),
    }


def _discussion(facts: CardFacts) -> Answers:
    return {
        "25": (
            "interpretation",
            facts.each("{outcome.won_words}")
            + "; what is unfavourable stands first in each section",
        ),
        "26": ("limitations", _limits(facts)),
        "27a": (
            "poor or missing input",
            f"an athlete whose status is {_unscored()} has no number and stands with the reason",
        ),
        "27b": (
            "user's part",
            "put exports into a folder; read the page; decide as a professional",
        ),
        "27c": ("next", "test on another club before anyone relies on it; monitor each week"),
    }


def _limits(facts: CardFacts) -> str:
    """Say what limits the figures, by what this run shows."""
    # What weighs most comes first: in either case nothing was tested on another club.
    first = "the data are simulated" if facts.simulated else "no external test was made"
    small = [
        outcome.outcome
        for outcome in facts.outcomes
        if outcome.model is not None and not outcome.enough
    ]
    learnt = f"; too few injuries for what was offered: {', '.join(small)}" if small else ""
    return f"{first}{learnt}; audits: {facts.counted()}; see what is not known"


def _unscored() -> str:
    # From the vocabulary itself, so that a new status cannot be missing from the card.
    *most, last = [status.replace("_", " ") for status in STATUSES if status != SCORED]
    return f"{', '.join(most)} or {last}"
