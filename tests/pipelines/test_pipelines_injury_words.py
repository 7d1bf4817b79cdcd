"""`stridecast data injuries` tells classes, reasons and rates in the language asked for."""

import pytest
from typer.testing import CliRunner

from common.language import speaking
from pipelines.cli import app
from pipelines.upkeep.injuries import rate_lines

RATES = {
    "entries": {"injury": 7, "not told": 1}, "running_hours": 1234.0, "injuries_while_logged": 7,
    "entries_while_logged": 8, "injuries_per_1000_h": 5.67, "every_entry_per_1000_h": 6.48,
    "published_per_1000_h": {"recreational": 7.7, "lowest group": 2.5, "novice": 17.8},
}  # fmt: skip


def test_the_rates_are_told_in_whole_sentences():
    head, rate, published = rate_lines(RATES)
    assert head == "entries: injury (7), not told (1)"
    assert rate == (
        "running injuries per 1,000 h: 5.7 (7 in 1,234 h on record); were every entry an injury: "
        "6.5 (8)"
    )
    assert published.startswith("published: 7.7 of recreational runners, 2.5 to 17.8")
    with speaking("de"):
        assert rate_lines(RATES)[0] == "Einträge: Verletzung (7), nicht gesagt (1)"
        assert "5,7 (7 in 1.234 aufgezeichneten h)" in rate_lines(RATES)[1]


def test_without_running_there_is_no_rate():
    told = rate_lines(RATES | {"entries": {}, "injuries_per_1000_h": None})
    assert told == ["entries: none", "no running on record, so no rate per 1,000 h"]


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("en", "why", "it stands in the injury list and nothing says how bad it was"),
        ("de", "warum", "es steht in der Verletzungsliste, und nichts sagt, wie schlimm es war"),
        ("es", "por qué", "está en la lista de lesiones y nada indica su gravedad"),
    ],
)
def test_each_entry_has_its_reason(tmp_path, monkeypatch, language, heading, sentence):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("STRIDECAST_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "club"
    folder.mkdir()
    settings = "name: club\ntime_zone: UTC\nobserved_from: 2024-01-01\n"
    (folder / "dataset.yaml").write_text(settings)
    (folder / "roster.csv").write_text("athlete\nAnn Lee\n")
    (folder / "injuries.csv").write_text(
        "athlete,onset_date,return_date,region,side,severity\nAnn Lee,2024-03-04,,knee,left,\n"
    )
    done = CliRunner().invoke(app, ["data", "injuries", str(folder), "--language", language])
    assert done.exit_code == 0, done.output
    assert heading in done.output
    assert sentence in " ".join(done.output.split())
