"""Each extension point has a working example; what is broken is told with the file's name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from common.errors import StridecastError
from common.extensions import OFFERS, VARIABLE, offered
from ingest.reading.cache_keys import code_digest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "extensions"


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What a process sees in which the examples are in force."""
    trial = Path(__file__).with_name("extension_trial.py")
    done = subprocess.run(
        [sys.executable, str(trial), str(tmp_path_factory.mktemp("console"))],
        cwd=ROOT,
        env=os.environ | {VARIABLE: str(EXAMPLES), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_there_is_an_example_for_every_kind_and_none_is_in_force():
    for kind in OFFERS:
        assert list((EXAMPLES / kind).glob("*.py"))
        assert offered(kind) == ()


def test_an_own_reader_is_asked_first_and_accounted_for(seen):
    assert seen["reader"] == {"kind": "stopwatch_log", "accepted": 1, "rejected": 1}


def test_what_was_parsed_before_is_parsed_again_with_an_own_reader(tmp_path, monkeypatch):
    """A file that no reader knew yesterday is remembered as such only by the same readers."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    before = code_digest.__wrapped__()
    (tmp_path / "readers").mkdir()
    (tmp_path / "readers" / "mine.py").write_text("READERS = ()")
    assert code_digest.__wrapped__() != before


def test_an_own_feature_is_a_column_and_computed_right(seen):
    assert seen["feature"]["listed"]
    assert seen["feature"]["days"] > 100
    assert seen["feature"]["gap"] < 1e-3


def test_an_own_outcome_counts_its_regions_and_reports_the_others(seen):
    assert seen["outcome"] == {"events": [1.0, 0.0], "elsewhere": [False, True]}


def test_an_own_estimator_stands_beside_the_comparators(seen):
    assert seen["estimator"]["names"][-1] == "naive_bayes"
    assert seen["estimator"]["mean"] == pytest.approx(seen["estimator"]["rate"], abs=0.02)


def test_an_own_rule_is_scored_as_threshold_and_as_score(seen):
    assert seen["comparator"]["long_streak"] == 2
    assert seen["comparator"]["long_streak_score"] > 10


def test_an_own_section_is_on_the_page_and_escaped(seen):
    assert seen["section"] == {"heading": True, "raw": False}


@pytest.mark.parametrize(
    ("text", "told"),
    [("1 / 0", "cannot be imported: ZeroDivisionError"), ("READER = 1", "no tuple READERS")],
)
def test_a_broken_extension_is_named(tmp_path, monkeypatch, text, told):
    (tmp_path / "readers").mkdir()
    (tmp_path / "readers" / "mine.py").write_text(text)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(StridecastError, match=rf"mine\.py: .*{told}"):
        offered("readers")


def test_a_broken_extension_is_one_line_also_while_a_stage_is_being_imported(tmp_path):
    (tmp_path / "features").mkdir()
    example = (EXAMPLES / "features" / "third_last_week.py").read_text()
    wrong = example.replace('block="load"', 'block="mine"')
    (tmp_path / "features" / "idea.py").write_text(wrong)
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.featurize"],
        cwd=ROOT,
        env=os.environ | {VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"stridecast: {tmp_path}/features/idea.py: cannot be imported")
    assert "block 'mine' is none of" in line
