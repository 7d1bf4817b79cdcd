"""`stridecast experiments tidy`: after it no experiment reformats somebody's own params.yaml."""

import shutil
from pathlib import Path

import pytest
import yaml
from dvc.utils.hydra import apply_overrides
from typer.testing import CliRunner

from common.errors import StridecastError
from pipelines.cli import app
from pipelines.studies.params_layout import Layout, comments, layout_of, tidy
from pipelines.upkeep.installation import settings_layout

ROOT = Path(__file__).parents[2]
EDITS = (
    ("- any\n- knee\n", ""),
    ("outcomes:                # a new injury anywhere; a new knee injury",
     'outcomes: [any, knee]  # both; "quoted" words, and a # in them'),
    ("dataset: demo            # a folder under data/raw",
     "dataset: 'demo'  # ours\n\n\n# A line of its own that is long, far beyond the eighty letters "
     "after which DVC breaks lines of text"),
    ("  - load\n  - recovery\n  - history\n  - strength\n  - gait\n  - equipment\n", ""),
    ("  blocks:\n", "  blocks: [load, recovery, history,\n           strength, gait, equipment]\n"),
    ("  most_features: {any: 38, knee: 38}", "  most_features: {any:  38, 'knee': 38}"),
    ("  without: []            # that", "  without: [longest_run_90d_km]  # hers; that"),
)  # fmt: skip
"""What a user writes by hand: brackets over two lines, quotes, long comments, blank lines."""


@pytest.fixture
def edited(tmp_path):
    text = (ROOT / "params.yaml").read_text()
    for before, after in EDITS:
        assert before in text, before
        text = text.replace(before, after, 1)
    (tmp_path / "params.yaml").write_text(text)
    return tmp_path / "params.yaml"


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(one, other) for one, other in pairs if one != other]


def test_a_tidied_file_changes_under_an_experiment_in_one_line(edited):
    before, values = edited.read_text(), yaml.safe_load(edited.read_text())
    assert values["features"]["blocks"][-1] == "equipment"
    layout = tidy(edited)
    told = edited.read_text()
    assert told != before
    assert layout.lines
    assert yaml.safe_load(told) == values
    assert comments(told) == comments(before)
    apply_overrides(edited, ["risk.num_leaves=3", "dataset=northside"])
    changed = changed_lines(told, edited.read_text())
    assert [(" ".join(one.split()), " ".join(other.split())) for one, other in changed] == [
        ("dataset: demo # ours", "dataset: northside # ours"),
        ("num_leaves: 2", "num_leaves: 3"),
    ]
    apply_overrides(edited, ["risk.num_leaves=2", "dataset=demo"])
    # The comment behind a value that was longer for a while stays where that pushed it.
    assert [one.split() for one in edited.read_text().splitlines()] == [
        one.split() for one in told.splitlines()
    ]
    assert len(changed_lines(told, edited.read_text())) == 1


def test_without_it_an_experiment_writes_the_lines_that_are_told(edited):
    before, layout = edited.read_text(), layout_of(edited)
    apply_overrides(edited, [])
    assert edited.read_text() == layout.text
    kept = [line for at, line in enumerate(before.splitlines(), 1) if at not in layout.lines]
    after = iter(layout.text.splitlines())
    assert all(line in after for line in kept)


def test_what_has_the_layout_is_left_alone(tmp_path):
    path = Path(shutil.copy(ROOT / "params.yaml", tmp_path))
    stood = path.stat().st_mtime_ns
    assert tidy(path).lines == ()
    assert path.stat().st_mtime_ns == stood


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("blocks: [load,   # the first\n         gait]\n", "the comment 'the first'"),
        ("blocks:\n# why\n- load  # this one\n- gait\n", "the comment"),
        # Without its quotes, which DVC drops, YAML 1.1 reads it as true.
        ("team: 'on'\nblocks: [load]\n", "cannot be made one that DVC keeps"),
    ],
)
def test_what_dvc_would_lose_is_named_and_nothing_written(tmp_path, text, told):
    path = tmp_path / "params.yaml"
    path.write_text(text)
    with pytest.raises(StridecastError, match=told):
        tidy(path)
    assert path.read_text() == text


def test_lines_are_told_as_spans_and_comments_found_outside_quotes():
    assert Layout("", (1, 3, 4, 5, 9), ()).places == "1, 3-5, 9"
    assert comments("a: 'x # y'  # z\n\"#\": b#c\n  #  d  \n") == ["z", "d"]


def test_the_command_and_doctor_tell_the_same_lines(edited):
    before = edited.read_text()
    project = ["--project", str(edited.parent)]
    dry = CliRunner().invoke(app, ["experiments", "tidy", "--dry-run", *project])
    assert dry.exit_code == 1
    assert edited.read_text() == before
    places = layout_of(edited).places
    assert dry.output.strip().endswith(f"would be in the layout of DVC: lines {places}")
    (note,) = settings_layout(edited.parent)
    assert (note.level, f"lines {places} in another layout" in note.what) == ("note", True)
    assert CliRunner().invoke(app, ["experiments", "tidy", *project]).exit_code == 0
    (good,) = settings_layout(edited.parent)
    assert good.level == "ok"
    again = CliRunner().invoke(app, ["experiments", "tidy", "--dry-run", *project])
    assert (again.exit_code, "keeps its layout" in again.output) == (0, True)
    assert not list(settings_layout(edited.parent / "elsewhere"))
