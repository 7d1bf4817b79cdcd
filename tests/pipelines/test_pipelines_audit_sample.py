"""Who is audited of a large cohort, and what that may miss."""

import pandas as pd
import pytest

from common.frame_files import read_frame, write_frame
from common.table_files import read_tables, write_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from pipelines import audit
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.audit_sample import AuditSample, audit_sample
from tests.features.cohort import make_tables


def test_a_small_cohort_is_audited_whole_and_says_nothing(tmp_path):
    write_tables(tmp_path, make_tables(1, 4))
    sample = audit_sample(tmp_path, 4)
    assert sample.is_everybody
    assert (sample.audited, sample.of, sample.most_missed, sample.unseen()) == (4, 4, 0.0, ())


@pytest.mark.parametrize(("audited", "missed"), [(100, 0.0295), (300, 0.00994), (5000, 0.000599)])
def test_the_error_is_the_rule_of_three(audited, missed):
    sample = AuditSample(audited, 100_000, ("a", "b"))
    assert sample.most_missed == pytest.approx(missed, rel=0.01)
    assert (1 - sample.most_missed) ** audited == pytest.approx(0.05)
    assert f"{audited:,} of 100,000 are audited" in sample.unseen()[0]


def test_the_stage_reads_who_was_drawn_and_tells_who_was_not(tmp_path, monkeypatch, capsys):
    workspace, tables = Workspace(tmp_path, "made"), make_tables(2, 7)
    write_tables(workspace.tables, tables)
    write_frame(workspace.features, feature_matrix(tables, FeatureSettings()))
    seen, page = [], []
    monkeypatch.setattr(audit, "all_audits", lambda audited: seen.append(audited) or {})
    monkeypatch.setattr(audit, "verdicts_for", lambda *given: {})
    monkeypatch.setattr(
        audit, "render_audit_page", lambda report, dataset, unseen: page.append(unseen) or ""
    )
    params = Params(dataset="made", outcomes=("any",))
    few = params.audit.model_copy(update={"most_athletes": 3})
    for settings in (params.audit, few):
        audit.main(Stage(params.model_copy(update={"audit": settings}), workspace))
    whole, drawn = seen
    names = sorted(tables["athletes"]["athlete"])[:3]
    assert len(whole.tables["athletes"]) == 7
    for rows in (drawn.rows, *(table for table in drawn.tables.values() if len(table))):
        assert set(rows["athlete"]) <= set(names)
    everything = read_frame(workspace.features)
    own = everything[everything["athlete"].isin(names)].reset_index(drop=True)
    pd.testing.assert_frame_equal(drawn.rows.reset_index(drop=True), own)
    assert set(read_tables(workspace.tables, (names[0], names[2]))["athletes"]["athlete"]) == set(
        names
    )
    assert "not seen: athletes who were not drawn: 3 of 7 are audited" in capsys.readouterr().out
    assert len(page[1]) == len(page[0]) + 2
