import pandas as pd
import pytest

from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from common.store import atomic, read_json, write_json, write_text
from common.table_files import read_tables, write_tables


def test_a_crash_leaves_the_old_file_and_no_part(tmp_path):
    path = tmp_path / "page.html"
    write_text(path, "old")
    with pytest.raises(UnicodeEncodeError):
        # Half of a surrogate pair cannot be encoded: the writing fails on the way.
        write_text(path, "half of the n\ud800")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_file_appears_in_one_step(tmp_path):
    path = tmp_path / "deep/page.html"
    with atomic(path) as part:
        part.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_tables_come_back_as_they_went(tmp_path):
    athletes = pd.DataFrame(
        {
            "athlete": ["a1"],
            "observed_from": [pd.Timestamp("2024-01-01")],
            "observed_to": [pd.Timestamp("2024-12-29")],
        }
    )
    write_tables(tmp_path, {"athletes": athletes})
    tables = read_tables(tmp_path)
    assert set(tables) == set(CONTRACTS)
    assert tables["athletes"]["athlete"].tolist() == ["a1"]
    assert tables["athletes"]["level"].isna().all()
    assert len(tables["sessions"]) == 0
    assert str(tables["sessions"]["start"].dtype) == "datetime64[ns, UTC]"


def test_missing_files_are_told_with_a_remedy(tmp_path):
    for read in (read_frame, read_json):
        with pytest.raises(StridecastError, match="not found; run `dvc repro` first"):
            read(tmp_path / "absent")


def test_half_a_json_is_told_with_its_line(tmp_path):
    path = tmp_path / "metrics.json"
    path.write_text('{"auroc":\n')
    with pytest.raises(StridecastError, match=r"not JSON \(line 2\)"):
        read_json(path)


def test_json_is_sorted_and_has_no_nan(tmp_path):
    path = tmp_path / "metrics.json"
    write_json(path, {"b": 1, "a": 2})
    assert path.read_text().index('"a"') < path.read_text().index('"b"')
    with pytest.raises(ValueError, match="JSON compliant"):
        # NaN is no JSON: a browser could not read the file.
        write_json(path, {"auroc": float("nan")})
    assert read_json(path) == {"a": 2, "b": 1}


def test_frames_keep_types_and_columns_may_be_chosen(tmp_path):
    frame = pd.DataFrame({"athlete": ["a1", None], "km": [1.5, None]})
    write_frame(tmp_path / "f.parquet", frame)
    pd.testing.assert_frame_equal(read_frame(tmp_path / "f.parquet"), frame)
    assert list(read_frame(tmp_path / "f.parquet", ["km"]).columns) == ["km"]
