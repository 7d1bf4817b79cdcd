"""Which answer is worst: stated, told by hand, or asked; per form and per period."""

import numpy as np
import pandas as pd
import pytest

from common.question import Question
from ingest.readers.sheets.answers import merged
from ingest.readers.sheets.deciding.scales import change_of_scale, form_of
from tests.ingest.sheets import sheet_files as files

SLEEP = "Sleep (1 = very bad, 5 = very good)"


def form(path, heading, answers):
    days = pd.date_range("2025-01-01", periods=len(answers)).strftime("%Y-%m-%d")
    return files.table(
        path,
        [["Date", "Name", heading], *([d, "Ann", a] for d, a in zip(days, answers, strict=True))],
    )


def test_a_stated_scale_is_read_in_its_direction(tmp_path):
    parsed = files.read(form(tmp_path / "a.csv", SLEEP, [1, 5, 4]))
    # (answer - 1) / 4.
    assert files.told(parsed, "wellness", "sleep_quality") == [(0.0,), (1.0,), (0.75,)]
    turned = files.read(form(tmp_path / "b.csv", "Sleep (1 = very good, 5 = very bad)", [1, 5, 4]))
    assert files.told(turned, "wellness", "sleep_quality") == [(1.0,), (0.0,), (0.25,)]


def test_without_stated_ends_it_is_asked_and_not_read(tmp_path):
    path = form(tmp_path / "a.csv", "Stress (1-5)", [1, 5, 4])
    parsed = files.read(path)
    assert set(parsed.records) == {"waiting"}  # only who answered, for the questions about names
    assert files.reasons(parsed) == ["scale_undeclared"] * 3
    (question,) = parsed.account.questions
    assert question.proposal == "[{item: stress, worst: 5, best: 1}]"
    assert not question.safe
    answer = merged(None, question, question.proposal)
    parsed = files.read(path, sheets={"a.csv": {"scales": answer}})
    assert files.told(parsed, "wellness", "stress") == [(1.0,), (0.0,), (0.25,)]


def test_the_scale_of_the_dataset_holds_where_it_can_be_the_forms(tmp_path):
    path = form(tmp_path / "a.csv", "Stress (1-5)", [1, 5, 4])
    parsed = files.read(path, wellness_scales={"stress": {"worst": 5, "best": 1}})
    assert files.told(parsed, "wellness", "stress") == [(1.0,), (0.0,), (0.25,)]
    parsed = files.read(path, wellness_scales={"stress": {"worst": 7, "best": 1}})
    assert [question.kind for question in parsed.account.questions] == ["scale"]


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        ([0.47, 0.87], (0, 1)),
        ([2, 5], (1, 5)),
        ([36, 52], (0, 100)),
        ([0, 1], (0, 5)),
        ([3, 9], (1, 10)),
        ([0, 9], (0, 10)),
    ],
)
def test_the_length_of_a_scale_by_its_answers(answers, ends):
    assert form_of(np.array(answers, dtype=float)) == ends


def test_a_form_that_changes_in_mid_season_is_noticed_and_asked_about(tmp_path):
    rng = np.random.default_rng(3)
    answers = [*rng.integers(1, 6, 40), *rng.integers(1, 11, 40)]
    # Surely an answer of the longer scale.
    answers[41] = 10
    path = form(tmp_path / "a.csv", "Fatigue (1 = fresh, 10 = exhausted)", answers)
    (question,) = files.read(path).account.questions
    assert "worst: 5, best: 1, to:" in question.proposal
    assert "worst: 10, best: 1, from:" in question.proposal
    scales = merged(None, question, question.proposal)
    found = files.told(
        files.read(path, sheets={"a.csv": {"scales": scales}}), "wellness", "fatigue"
    )
    assert found[answers[:40].index(5)] == (0.0,)
    assert found[41] == (0.0,)


def test_a_form_on_one_scale_has_no_change():
    rng = np.random.default_rng(4)
    days = pd.Series(pd.date_range("2025-01-01", periods=200))
    for high in (5, 7, 10):
        assert change_of_scale(rng.integers(1, high + 1, 200).astype(float), days) is None


def test_answers_for_several_items_are_kept_together():
    asked = [
        Question(
            f"scale-{n}", "scale", "a.csv", "?", proposal=f"[{{item: {n}, worst: 1, best: 5}}]"
        )
        for n in ("mood", "stress")
    ]
    first = merged(None, asked[0], "5 1")
    both = merged(first, asked[1], "{worst: 1, best: 5}")
    assert both == [
        {"item": "mood", "worst": 5.0, "best": 1.0},
        {"item": "stress", "worst": 1, "best": 5},
    ]
    assert merged(both, asked[0], "1 5")[-1] == {"item": "mood", "worst": 1.0, "best": 5.0}
    with pytest.raises(ValueError, match="5 1"):
        merged(None, asked[0], "high is good")


def test_one_question_for_all_items_without_ends(tmp_path):
    rows = [["Date", "Name", "Sleep", "Fatigue"], ["2025-03-03", "Ann", 4, 2]]
    path = files.table(tmp_path / "a.csv", rows)
    (question,) = files.read(path).account.questions
    assert question.proposal == (
        "[{item: sleep_quality, worst: 1, best: 5}, {item: fatigue, worst: 5, best: 1}]"
    )
    scales = merged([{"item": "mood", "worst": 1, "best": 5}], question, question.proposal)
    assert [scale["item"] for scale in scales] == ["mood", "sleep_quality", "fatigue"]
    parsed = files.read(path, sheets={"a.csv": {"scales": scales}})
    assert files.told(parsed, "wellness", "sleep_quality", "fatigue") == [(0.75, 0.75)]


def test_a_diary_whose_days_resemble_each_other_changes_no_scale():
    """Drifting answers of one person on 1-10; asked about in 13 % of such diaries before."""
    asked = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        state, answers = rng.normal(), []
        for _ in range(45):
            state = 0.7 * state + 0.714 * rng.normal()
            answers.append(float(np.clip(round(1 + 9 * (0.5 + 0.2 * state)), 1, 10)))
        days = pd.Series(pd.date_range("2025-01-01", periods=45))
        asked += change_of_scale(np.array(answers), days) is not None
    # 5 % of 120 diaries: each false alarm is a question to a coach.
    assert asked <= 6


def test_a_teams_form_that_grows_longer_is_still_noticed():
    found = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        days = np.repeat(pd.date_range("2025-01-01", periods=30), 4)
        ends = np.where(np.arange(120) < 60, 5, 10)
        answers = np.clip(np.round(1 + (ends - 1) * rng.normal(0.5, 0.2, 120)), 1, ends)
        found += change_of_scale(answers, pd.Series(days)) is not None
    assert found >= 38
