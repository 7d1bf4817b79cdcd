"""Every injury of a small cohort is tested once, by models that never saw its athlete."""

import pandas as pd
import pytest

from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from features.injuries.rules import InjuryRules
from models.sampling.outcomes import label
from models.sampling.split_manifest import manifest
from models.settings.evaluation import SplitSettings
from models.settings.outcomes import OutcomeSettings
from pipelines.runtime.params import load_params
from pipelines.studies.cross_validation import CrossValidation, cross_validate
from tests.pipelines.small_cohort import (
    SETTINGS,
    small_tables,
    write_cohort_tables,
    write_params,
)


@pytest.fixture(scope="module")
def request_of(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    tables = small_tables(3, athletes=60, weeks=30)
    workspace = write_cohort_tables(root, "squad", tables)
    # Within what the search may propose.
    write_params(root, "squad", risk=SETTINGS["risk"] | {"trees": 100, "min_data_in_leaf": 50})
    rows = read_frame(workspace.features)
    own = tables["injuries"], tables["athletes"]
    labels = label(rows, *own, "any", OutcomeSettings(), InjuryRules(), tables["sessions"])
    split = manifest(labels.assign(related=labels["event"]), SplitSettings(folds=3), reach_days=7)
    folder = workspace.model("any")
    folder.mkdir(parents=True)
    write_frame(folder / "split.parquet", split)

    def request(splitter, trials=0):
        return CrossValidation(
            load_params(root / "params.yaml"), workspace, "any", splitter, trials
        )

    return request, split[split["event"].notna()]


def test_each_team_is_tested_and_every_injury_once(request_of):
    request, known = request_of
    lines = []
    table = cross_validate(request("leave_team_out"), lines.append)
    assert lines[0] == "LeaveTeamOut(): 3 folds"
    whole = table[table["variable"] == "all"]
    assert whole["events"].iloc[0] == known["event"].sum()
    auroc = whole.set_index("metric")["value"]["auroc"]
    assert auroc > 0.6  # soreness forecasts the injuries of this cohort
    place = request("x").workspace.reports / "cross_validation" / "squad"
    folds = pd.read_csv(place / "any_leave_team_out_folds.csv")
    assert folds[folds["part"] == "test"]["events"].sum() == known["event"].sum()


def test_settings_are_chosen_inside_the_folds(request_of):
    lines = []
    cross_validate(request_of[0]("leave_team_out", trials=1), lines.append)
    assert sum(line.startswith("  inside:") for line in lines) == 3


def test_an_unknown_splitter_is_named(request_of):
    with pytest.raises(StridecastError, match="none of unseen_athletes"):
        cross_validate(request_of[0]("leave_one_out"), print)
