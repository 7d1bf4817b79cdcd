"""PROBAST+AI (Moons et al. 2025, BMJ 388:e082505): its two parts and four domains, answered.

The questions of each domain are put in our words; the answer is yes, probably, no or unknown.
This is the program's own view of itself: a reader's assessment may differ.
"""

from reporting.card.facts import CardFacts

Row = dict[str, str]
_FEWEST_TEST_EVENTS = 100
_DEVELOPMENT, _EVALUATION = "development (quality)", "evaluation (risk of bias)"


def probast(facts: CardFacts) -> list[Row]:
    """Return part, domain, question, answer, why."""
    return [*_development(facts), *_evaluation(facts)]


def _row(part: str, domain: str, question: str, answer: str, why: str) -> Row:
    return {"part": part, "domain": domain, "question": question, "answer": answer, "why": why}


def _development(facts: CardFacts) -> list[Row]:
    part = _DEVELOPMENT
    enough = all((outcome.model is None) or outcome.enough for outcome in facts.outcomes)
    return [
        *_people(facts, part),
        *_predictors(facts, part),
        *_outcome(facts, part),
        _row(
            part, "analysis", "enough events for what was fitted?", "yes" if enough else "no",
            facts.each("{one.sample_size}"),
        ),
        _row(
            part, "analysis", "missing values handled suitably?", "probably",
            "kept as missing; the missingness audit passed" if facts.passed("missingness")
            else "the missingness audit did not pass",
        ),
        _row(
            part, "analysis", "predictors chosen without looking at the outcome?", "yes",
            "by block in an order declared beforehand; the penalties choose",
        ),
        _row(
            part, "analysis", "imbalance handled without spoiling calibration?", "yes",
            "no resampling, no weights",
        ),
        _row(
            part, "analysis", "optimism and over-fitting accounted for?", "yes",
            "calibrated on out-of-fold forecasts of other athletes; "
            + facts.each("slope {one.out_of_fold_slope} before calibration"),
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
    return [
        *_people(facts, part),
        _row(
            part, "participants and data", "tested on people the model has not seen?", "yes",
            "test athletes are in no training row, and their weeks are later",
        ),
        *_predictors(facts, part),
        *_outcome(facts, part),
        _row(
            part, "analysis", "at least 100 events in the test part?", "no" if few else "yes",
            facts.each("{one.test_events} events"),
        ),
        _row(
            part, "analysis", "everyone at risk included?", "probably",
            facts.each("{one.censored} test rows dropped at the end of observation"),
        ),
        _row(
            part, "analysis", "discrimination and calibration both told?", "yes",
            "with intervals by resampling athletes",
        ),
        _row(
            part, "analysis", "leaks between training and test looked for?", "yes",
            f"{sum(bool(a['passed']) for a in facts.audits.values())} of {len(facts.audits)} "
            "audits passed",
        ),
        _row(
            part, "analysis", "performance in groups told?", "probably",
            "sex, age, level and history; ethnicity and income are unknown",
        ),
        _row(
            part, "analysis", "tested outside the source it was made from?", "no",
            "same source, other athletes, later weeks",
        ),
    ]  # fmt: skip


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
            "yes" if facts.passed("look_ahead") else "no", facts.audit("look_ahead"),
        ),
        _row(
            part, domain, "available when the forecast is made?",
            "yes" if facts.passed("look_ahead") else "no",
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
            facts.each("the {one.horizon_days} days after the forecast"),
        ),
    ]  # fmt: skip
