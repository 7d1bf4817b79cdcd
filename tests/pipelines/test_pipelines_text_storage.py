"""A Monday is the same to the last byte however its text is kept."""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipelines.weekly import score_folder as monday
from pipelines.weekly.scored import ScoreRequest
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("only", [None, {"activities", "roster.csv", "dataset.yaml"}])
def test_a_monday_is_the_same_however_its_text_is_kept(tmp_path, monkeypatch, only):
    """With all tables, and of a team that has watches alone."""
    raw, written = tmp_path / "raw", []
    write_cohort(simulate(SimulationSettings(athletes=4, weeks=12, seed=8)), raw, tmp_path / "t")
    for path in raw.iterdir():
        if only is not None and path.name not in only:
            path.unlink()
    for name, kept in (("python", monday.python_text), ("usual", nullcontext)):
        # Each reads the files itself: what one parsed is not there for the other.
        monkeypatch.setenv("STRIDECAST_CACHE", str(tmp_path / f"parses_{name}"))
        monkeypatch.setattr(monday, "python_text", kept)
        # The page names the folder that it lies in.
        out = tmp_path / "out"
        asked = ScoreRequest(raw, out, None, out / "none")
        monday.score_folder(asked, lambda _: None)
        written.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
        shutil.rmtree(out)
    assert written[0] == written[1]
    assert {Path("scores.json"), Path("forecast.html")} <= written[0].keys()
