"""The model card: every item of both checklists, figures as they were given, unknowns said."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from forecasting.status.statuses import SCORED, STATUSES
from reporting.card.document import model_card
from reporting.card.facts import CardFacts, OutcomeFacts, value_words
from reporting.card.probast import probast
from reporting.card.tripod import tripod

NUMBERS = {"value": 0.7123, "low": 0.6512, "high": 0.7734}
SUB_ITEMS = {"3": "abc", "5": "ab", "6": "abc", "8": "abc", "9": "abc", "12": "abcdefg",
             "18": "abcdef", "20": "abc", "23": "ab", "27": "abc"}  # fmt: skip


@pytest.fixture
def outcome() -> OutcomeFacts:
    parts = {"first_date": "2023-01-01", "last_date": "2023-12-31"}
    return OutcomeFacts(
        outcome="any",
        horizon_days=7,
        lead_days=0,
        in_use="risk",
        model={
            "kind": "risk", "features": ["a", "b"], "calibration_slope": 1.02,
            "calibration_intercept": -0.4, "model_sha256": "0123456789abcdef",
        },
        metrics={"risk": {"auroc": NUMBERS, "calibration_slope": NUMBERS | {"low": None}}},
        parts=pd.DataFrame(
            [
                {"part": "train", "rows": 2000, "athletes": 40, "events": 90} | parts,
                {"part": "test", "rows": 700, "athletes": 13, "events": 31} | parts,
            ]
        ),
        folds=pd.DataFrame(),
        sample_size="2,000 rows are too few",
        enough=False,
        censored=17,
        standing="The lowest Brier score is that of the risk model",
        comparison=pd.DataFrame(
            [
                {"against": name, "better": better}
                | {f"{m}_{e}": 0.0123 for m in ("auroc", "brier") for e in ("gain", "low", "high")}
                for name, better in (("base_rate", True), ("logistic", False), ("oracle", False))
            ]
        ),
    )  # fmt: skip


@pytest.fixture
def facts(outcome) -> CardFacts:
    return CardFacts(
        dataset="northside",
        simulated=False,
        observed_from="2023-01-01",
        observed_to="2024-06-30",
        athletes=53,
        rows_read=1000,
        rows_accepted=900,
        rows_repaired=60,
        rows_rejected=40,
        regions="12 knee, 3 hip",
        audits={"look_ahead": {"passed": True, "sentence": "0 of 2 features | change."}},
        blocks=["load"],
        features_offered=142,
        outcomes=[outcome],
    )


def test_every_item_of_tripod_ai_is_answered(facts):
    items = [row["item"] for row in tripod(facts)]
    expected = [f"{n}{s}" for n in range(1, 28) for s in SUB_ITEMS.get(str(n), [""])]
    assert items == expected
    assert all(row["told"] for row in tripod(facts))


def test_the_card_counts_the_features_that_a_model_uses(facts):
    told = {row["item"]: row["told"] for row in tripod(facts)}
    assert "any: 2 features of 142 in the matrix; blocks load" in told["9a"]
    unfitted = replace(facts, outcomes=[replace(facts.outcomes[0], model=None)])
    assert "no model was fitted" in {r["item"]: r["told"] for r in tripod(unfitted)}["9a"]
    assert "fixed before training" not in told["18c"]


def test_both_parts_and_all_domains_of_probast_ai_are_answered(facts):
    rows = pd.DataFrame(probast(facts))
    domains = {"participants and data", "predictors", "outcome", "analysis", "applicability"}
    assert len(rows["part"].unique()) == 2
    for _, part in rows.groupby("part"):
        assert set(part["domain"]) == domains
    judged = rows["question"].str.startswith(("judgement", "concern"))
    assert set(rows.loc[~judged, "answer"]) <= {"yes", "probably", "no", "unknown"}
    assert set(rows.loc[judged, "answer"]) <= {"high", "low", "unclear"}
    few = rows[rows["question"].str.contains("100 events")].iloc[0]
    # 31 injuries of the test part, where 100 are asked for.
    assert (few["answer"], few["why"]) == ("no", "any: 31 events")


def test_a_failed_audit_turns_the_answer(facts):
    failed = {"look_ahead": {"passed": False, "sentence": "2 of 2 features change."}}
    assert answers(replace(facts, audits=failed), "available when") == {"no"}
    assert answers(replace(facts, audits=failed), "assessed without") == {"no"}


def test_an_audit_that_was_not_made_or_has_no_verdict_is_no_pass(facts):
    """Unknown is not favourable: the fixture has no audit of what is missing at all."""
    assert answers(facts, "missing values") == {"unknown"}
    assert answers(replace(facts, audits={}), "available when") == {"unknown"}
    # Without any audit nothing was checked.
    assert answers(replace(facts, audits={}), "leaks between") == {"no"}
    unjudged = {"passed": True, "status": "not judged", "sentence": "too few injuries."}
    told = replace(facts, audits=facts.audits | {"missingness_any": unjudged})
    assert answers(told, "missing values") == {"unknown"}
    assert answers(told, "leaks between") == {"probably"}
    text = model_card(told).markdown()
    assert "| missingness any | not judged | too few injuries. |" in text
    assert "Audits before training: 1 of 2 audits passed, 1 not judged." in text


def test_audits_of_a_sample_say_so(facts):
    assert "Not seen by the audits" not in model_card(facts).markdown()
    sampled = replace(facts, not_audited=("athletes who were not drawn: 50 of 900 are audited",))
    wanted = "Not seen by the audits: athletes who were not drawn: 50 of 900 are audited."
    assert wanted in model_card(sampled).markdown()


@pytest.mark.parametrize(
    ("status", "simulated", "answer"),
    [
        ("passed", True, "yes"),
        # Of real people no audit can exclude a record that was made up later.
        ("passed", False, "probably"),
        ("not judged", True, "unknown"),
        ("warned", True, "no"),
    ],
)
def test_records_made_after_the_injury_are_asked_for_beside_look_ahead(
    facts, status, simulated, answer
):
    audit = {"passed": True, "status": status, "sentence": "-"}
    told = replace(facts, simulated=simulated, audits=facts.audits | {"pain_answers_any": audit})
    assert answers(told, "assessed without") == {answer}


def test_one_no_makes_a_domain_high_and_one_unknown_unclear(facts):
    rows = pd.DataFrame(probast(facts))
    judged = rows[rows["question"].str.startswith("judgement")].set_index(["part", "domain"])
    evaluation = judged.loc["evaluation (risk of bias)", "answer"]
    assert evaluation["analysis"] == "high"
    assert evaluation["participants and data"] == "unclear"
    why = judged.loc[("evaluation (risk of bias)", "analysis"), "why"]
    assert "at least 100 events in the test part?" in why


def test_what_was_not_measured_is_not_called_told(facts, outcome):
    assert answers(facts, "discrimination and") == {"yes"}
    blank = replace(outcome, metrics={"risk": {"auroc": NUMBERS}})
    assert answers(replace(facts, outcomes=[blank]), "discrimination and") == {"no"}
    assert answers(facts, "performance in groups") == {"no"}


def test_a_card_of_simulated_runners_claims_no_choice_blind_to_outcomes(facts):
    """The core of features was compared on simulated cohorts, test parts included."""
    simulated = replace(facts, simulated=True)
    assert answers(simulated, "predictors chosen") == {"no"}
    assert answers(facts, "predictors chosen") == {"probably"}
    for card in (simulated, facts):
        told = {row["item"]: row["told"] for row in tripod(card)}
        assert "test part" in told["18c"]
        assert "without looking at outcomes" not in told["9a"]
    assert "no outcome of this dataset took part" in told["9a"]


def test_a_later_window_is_told_as_it_is(facts, outcome):
    later = replace(facts, outcomes=[replace(outcome, lead_days=3)])
    said = "7 days, from 3 days after the forecast on"
    assert said in {row["item"]: row["told"] for row in tripod(later)}["8a"]
    assert said in pd.DataFrame(probast(later))["why"].str.cat()


def test_everyone_without_a_number_is_named(facts):
    told = {row["item"]: row["told"] for row in tripod(facts)}["27a"]
    assert all(status.replace("_", " ") in told for status in STATUSES if status != SCORED)


def test_rows_that_the_truth_leaves_out_are_told(facts, outcome):
    told = replace(facts, outcomes=[replace(outcome, left_out=5)])
    assert "5 left out because the simulation says" in model_card(told).markdown()
    assert "left out because the simulation" not in model_card(facts).markdown()


def test_the_alert_budget_has_its_intervals(facts, outcome):
    names = ("precision", "recall", "lead_days", "false_alarms_per_season")
    row = {f"{n}{end}": v for n in names for end, v in (("", 0.2), ("_low", 0.1), ("_high", 0.3))}
    alerts = pd.DataFrame([{"model": "risk", "flags_per_team_week": 3} | row])
    text = model_card(replace(facts, outcomes=[replace(outcome, alerts=alerts)])).markdown()
    assert "| 3 | " + " | ".join(["0.2 (0.1 to 0.3)"] * 4) + " |" in text


def answers(facts: CardFacts, question: str) -> set[str]:
    rows = pd.DataFrame(probast(facts))
    return set(rows.loc[rows["question"].str.startswith(question), "answer"])


def test_teams_are_counted_where_they_are_known(facts):
    items = [
        {row["item"]: row["told"] for row in tripod(replace(facts, teams=t))} for t in (4, None)
    ]
    assert "53 athletes, 4 teams" in items[0]["6a"]
    assert "teams: not recorded" in items[1]["6a"]


def test_the_card_tells_figures_winners_and_unknowns(facts):
    text = model_card(facts).markdown()
    assert "| auroc | 0.712 (0.651 to 0.773) |" in text
    assert "0.712 (interval unknown)" in text
    assert (
        "better than 1 of 2 comparators: of the simple rules and the base rate 1 of 1, of the "
        "fitted and published models 0 of 1"
    ) in text
    assert "What won: the lowest Brier score is that of the risk model." in text
    assert "| logistic regression | the 2 of the model | +0.0123 (+0.0123 to +0.0123) |" in text
    assert "1,000 rows read: 900 accepted, 60 repaired, 40 rejected" in text
    assert "no external test was made" in text
    assert "Race, ethnicity and income: not recorded" in text
    assert r"0 of 2 features \| change." in text


def test_without_a_model_the_card_says_so(facts, outcome):
    none = replace(outcome, model=None, in_use="evidence_model", metrics={}, comparison=None)
    text = model_card(replace(facts, outcomes=[none])).markdown()
    assert "No model was fitted" in text
    assert "(the evidence model)" in text
    assert "What won among the comparators is undefined" in text


def test_simulated_runners_are_called_so(facts):
    text = model_card(replace(facts, simulated=True)).markdown()
    assert "refuse to score real athletes" in text
    assert "nobody in this dataset is real" in text


def test_the_page_escapes_and_fetches_nothing(facts):
    page = model_card(replace(facts, regions="<script>alert(1)</script>")).html()
    assert "<script>" not in page
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    assert page.count("<h2>") == len(model_card(facts).sections)


def test_what_is_undefined_is_called_unknown():
    assert value_words({"value": None, "low": None, "high": None}) == "unknown"


def test_what_nested_cross_validation_says_stands_before_the_test_part(facts, outcome):
    said = "Nested cross-validation, every injury tested once: AUROC 0.61 (0.55 to 0.67)."
    told = replace(facts, outcomes=[replace(outcome, cross_validated=said)])
    assert model_card(told).markdown().count(said) == 1
    assert "cross-validation, every" not in model_card(facts).markdown()
