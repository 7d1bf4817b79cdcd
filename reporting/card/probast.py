"""PROBAST+AI (Moons et al. 2025, BMJ 388:e082505): its two parts and four domains, answered.

The questions of each domain are put in our words; the answer is yes, probably, no or unknown. Each
domain ends with the judgement that its answers come to, and each part with its applicability.
This is the program's own view of itself: a reader's assessment may differ.
"""

from typing import Final

from features.audits.result import STOPPED, WARNED
from reporting.card.facts import CardFacts
from reporting.card.origin import chosen_order

Row = dict[str, str]
_FEWEST_TEST_EVENTS = 100
_DEVELOPMENT, _EVALUATION = "development (quality)", "evaluation (risk of bias)"
_RECORDS: Final = (
    "answers", "changed_answers", "pain_answers", "exercises", "first_", "missing_exertion",
    "late_onsets", "measured", "history",
)  # fmt: skip
"""Beginnings of the names of the audits of records that may have been made after the outcome."""
_JUDGEMENT: Final = {_DEVELOPMENT: "concern about quality", _EVALUATION: "risk of bias"}


def probast(facts: CardFacts) -> list[Row]:
    """Return part, domain, question, answer, why."""
    return [
        *_judged(_development(facts)),
        *_applicability(facts, _DEVELOPMENT),
        *_judged(_evaluation(facts)),
        *_applicability(facts, _EVALUATION),
    ]


def _row(part: str, domain: str, question: str, answer: str, why: str) -> Row:
    return {"part": part, "domain": domain, "question": question, "answer": answer, "why": why}


def _judged(rows: list[Row]) -> list[Row]:
    """Put the judgement behind the rows of each domain."""
    table = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        own = [row for row in rows if row["domain"] == domain]
        table += [*own, _judgement(own)]
    return table


def _judgement(rows: list[Row]) -> Row:
    """Return the judgement on a domain: one *no* is enough for high, one *unknown* for unclear."""
    part, domain = rows[0]["part"], rows[0]["domain"]
    against = {answer: [r["question"] for r in rows if r["answer"] == answer] for answer in
               ("no", "unknown")}  # fmt: skip
    if against["no"]:
        level, why = "high", f"answered no: {' '.join(against['no'])}"
    elif against["unknown"]:
        level, why = "unclear", f"unknown: {' '.join(against['unknown'])}"
    else:
        level, why = "low", "no question is answered no or unknown"
    return _row(part, domain, f"judgement: {_JUDGEMENT[part]}", level, why)


def _applicability(facts: CardFacts, part: str) -> list[Row]:
    """Return the concerns about other runners, by domain."""
    # Never "low": other runners are exactly what this run has not seen.
    level = "high" if facts.simulated else "unclear"
    people, injuries = (
        ("nobody in it is real", "injuries by the simulation's rules")
        if facts.simulated
        else ("the athletes of one dataset", "injuries as this dataset's people write them down")
    )
    return [
        _row(part, "applicability", "concern: people", level, people),
        _row(
            part, "applicability", "concern: predictors", "unclear",
            "the same files and formulas for everyone; which measures exist differs between clubs",
        ),
        _row(part, "applicability", "concern: outcome", level, injuries),
    ]  # fmt: skip


def _chosen(facts: CardFacts) -> str:
    return "no" if facts.simulated else "probably"


def _development(facts: CardFacts) -> list[Row]:
    part = _DEVELOPMENT
    enough = all((outcome.model is None) or outcome.enough for outcome in facts.outcomes)
    return [
        *_people(facts, part),
        *_predictors(facts, part),
        *_outcome(facts, part),
        _row(
            part, "analysis", "enough events for what was fitted?", "yes" if enough else "no",
            facts.each("{outcome.sample_size}"),
        ),
        _row(
            part, "analysis", "missing values handled suitably?",
            facts.answer("missingness", if_passed="probably"),
            f"nothing is filled in; missingness: {facts.counted('missingness')}",
        ),
        _row(
            part, "analysis", "predictors chosen without looking at the outcome?", _chosen(facts),
            chosen_order(facts),
        ),
        _row(
            part, "analysis", "imbalance handled without spoiling calibration?", "yes",
            "no resampling, no weights",
        ),
        _row(
            part, "analysis", "optimism and over-fitting accounted for?", "yes",
            "calibrated on out-of-fold forecasts of other athletes; "
            + facts.each("{outcome.out_of_fold_words}"),
        ),
        _row(
            part, "analysis", "repeated rows of one athlete accounted for?", "yes",
            "folds and resampling are by athlete",
        ),
    ]  # fmt: skip


def _evaluation(facts: CardFacts) -> list[Row]:
    part = _EVALUATION
    few = [
        outcome.outcome for outcome in facts.outcomes if outcome.test_events < _FEWEST_TEST_EVENTS
    ]
    unmeasured = [outcome.outcome for outcome in facts.outcomes if not outcome.measured]
    ungrouped = [o.outcome for o in facts.outcomes if o.subgroups is None or o.subgroups.empty]
    return [
        *_people(facts, part),
        _row(
            part, "participants and data", "tested on people the model has not seen?", "yes",
            "test athletes are in no training row, and their weeks are later; for settings see "
            "TRIPOD+AI 18c",
        ),
        *_predictors(facts, part),
        *_outcome(facts, part),
        _row(
            part, "analysis", "at least 100 events in the test part?", "no" if few else "yes",
            facts.each("{outcome.test_events} events"),
        ),
        _row(
            part, "analysis", "everyone at risk included?", "probably",
            facts.each("{outcome.left_out_words}"),
        ),
        _row(
            part, "analysis", "discrimination and calibration both told?",
            "no" if unmeasured else "yes",
            f"not defined for {', '.join(unmeasured)}: too few injuries in the test part"
            if unmeasured else "with intervals by resampling athletes",
        ),
        _row(
            part, "analysis", "leaks between training and test looked for?", _looked_for(facts),
            facts.counted(),
        ),
        _row(
            part, "analysis", "performance in groups told?", "no" if ungrouped else "probably",
            f"no groups of {', '.join(ungrouped)}" if ungrouped
            else "sex, age, level and history; ethnicity and income are unknown",
        ),
        _row(
            part, "analysis", "tested outside the source it was made from?", "no",
            "same source, other athletes, later weeks",
        ),
    ]  # fmt: skip


def _looked_for(facts: CardFacts) -> str:
    """Say whether leaks were looked for: an audit without a verdict has not seen."""
    return "no" if not facts.audits else "yes" if facts.answer() == "yes" else "probably"


def _without_outcome(facts: CardFacts) -> tuple[str, str]:
    """Say whether records of predictors were made before the outcome was known, and why.

    Look-ahead in the code is one thing, answers that were written after the injury another.
    """
    why = f"{facts.audit('look_ahead')} Records made afterwards: {facts.counted(*_RECORDS)}."
    # First the code itself: if it reads the future, nothing about the records can mend that.
    if facts.answer("look_ahead") != "yes":
        return facts.answer("look_ahead"), why
    # A warning is enough: an audit that somebody accepted has still seen something.
    if {STOPPED, WARNED} & {*facts.statuses(*_RECORDS)}:
        return "no", why
    return facts.answer(*_RECORDS, if_passed="yes" if facts.simulated else "probably"), why


def _people(facts: CardFacts, part: str) -> list[Row]:
    domain = "participants and data"
    suits = "no" if facts.simulated else "probably"
    why = "simulated runners" if facts.simulated else "the club's own logs, kept as they happened"
    return [
        _row(part, domain, "data sources suitable?", suits, why),
        _row(
            part, domain, "right people in and out?", "probably",
            "the whole roster; only weeks without a current injury",
        ),
        _row(
            part, domain, "representative of those it is for?", "no" if facts.simulated else
            "unknown", "see what is not known",
        ),
    ]  # fmt: skip


def _predictors(facts: CardFacts, part: str) -> list[Row]:
    domain = "predictors"
    return [
        _row(
            part, domain, "defined the same way for everyone?", "probably",
            "one definition; devices differ between athletes and are kept apart",
        ),
        _row(
            part, domain, "assessed without knowing the outcome?",
            *_without_outcome(facts),
        ),
        _row(
            part, domain, "available when the forecast is made?",
            facts.answer("look_ahead"),
            "a row of day t uses records dated up to t",
        ),
    ]  # fmt: skip


def _outcome(facts: CardFacts, part: str) -> list[Row]:
    domain = "outcome"
    recorded = "yes" if facts.simulated else "unknown"
    return [
        _row(
            part, domain, "determined suitably, the same for everyone?", recorded,
            "by the simulation's rules" if facts.simulated else "depends on who wrote the log",
        ),
        _row(
            part, domain, "a standard definition, fixed beforehand?", "yes",
            "new injuries after the IOC 2020 consensus; params.yaml",
        ),
        _row(
            part, domain, "predictors kept out of its definition?", "yes",
            "injury records define it; earlier injuries alone are predictors",
        ),
        _row(
            part, domain, "window between predictors and outcome suitable?", "yes",
            facts.each("the {outcome.window}"),
        ),
    ]  # fmt: skip
