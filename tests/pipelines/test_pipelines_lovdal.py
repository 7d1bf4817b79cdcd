"""The benchmark on Loevdal 2021: made-up files with the published flaw, folds, and the command."""

import io

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from common.errors import StridecastError
from ingest.readers.datasets.lovdal_layout import LAYOUTS
from ingest.readers.datasets.lovdal_rows import layout_of
from models.comparators.balanced_bagging import BalancedBagging
from models.estimators.risk import RiskModel, RiskSettings
from models.settings.comparators import BalancedBaggingSettings
from models.settings.evaluation import IntervalSettings
from pipelines.cli import app
from pipelines.studies.lovdal import RECIPES, benchmark, distance_gives_it_away, protocols
from pipelines.studies.lovdal_columns import KEEP_OFF_DAYS
from pipelines.studies.lovdal_simulated import LovdalSettings, lovdal_cohort
from pipelines.studies.lovdal_source import made_up_files, published_files

SMALL = LovdalSettings(athletes=24, days=300)


def quick():
    """The same recipes with few and small trees."""
    bags = BalancedBaggingSettings(bags=2, draws_per_class=200, trees=5, calibration_folds=2)
    small = RiskSettings(trees=10, calibration_folds=2)
    models = [lambda _: BalancedBagging(bags)] * 2 + [lambda _: RiskModel(small)]
    return [one._replace(model=m) for one, m in zip(RECIPES, models, strict=True)]


@pytest.fixture(scope="module")
def files():
    return made_up_files(seed=1, settings=SMALL)


def test_made_up_files_have_the_layout_and_the_flaw(files):
    cohort = lovdal_cohort(SMALL)
    for layout, content in zip(LAYOUTS, (cohort.day, cohort.week), strict=True):
        header = tuple(pd.read_csv(io.BytesIO(content), nrows=0).columns)
        assert layout_of(header) is layout
        assert not layout.accepts(content)
    for file in files.values():
        before = file.rows.groupby("athlete")["day"].diff()
        assert before[file.rows["injury"]].min() >= KEEP_OFF_DAYS
        assert before[~file.rows["injury"]].median() == 1
        assert distance_gives_it_away(file.rows) > 0.95


def test_the_made_up_hazard_ranks_injuries_and_the_seed_decides(files):
    rows, log_hazard = files["day"]
    assert log_hazard[rows["injury"]].mean() > log_hazard[~rows["injury"]].mean()
    again, other = (made_up_files(seed=s, settings=SMALL)["day"].rows for s in (1, 2))
    pd.testing.assert_frame_equal(rows, again)
    assert not rows.equals(other)


def test_no_protocol_shares_an_athlete_and_the_proper_one_looks_forward(files):
    rows = files["week"].rows
    for name, splits in protocols(rows).items():
        for seen, there in splits:
            assert not set(rows["athlete"].iloc[seen]) & set(rows["athlete"].iloc[there])
            gap = rows["day"].iloc[there].min() - rows["day"].iloc[seen].max()
            assert (gap > KEEP_OFF_DAYS) == (name == "unseen athletes, later")


def test_every_recipe_stands_beside_the_oracle_under_both_protocols(files):
    rows, log_hazard = files["day"]
    table = benchmark(rows, IntervalSettings(replicates=20), log_hazard=log_hazard, recipes=quick())
    expected = [*(recipe.name for recipe in RECIPES), "oracle"]
    for _, part in table.groupby("protocol"):
        assert part["recipe"].tolist() == expected
        assert len(set(part["events"])) == 1
    assert (table["leak"] != "").sum() == 2
    assert table["auroc"].between(0, 1).all()
    assert np.isnan(table.set_index("recipe").loc["oracle", "auroc_repeats"]).all()


def test_missing_files_are_told_with_both_remedies(tmp_path):
    with pytest.raises(StridecastError, match=r"data get lovdal2021.*--made-up"):
        published_files(tmp_path)
    done = CliRunner().invoke(app, ["lovdal", "--data", str(tmp_path)])
    assert isinstance(done.exception, StridecastError)
    assert not (tmp_path / "reports").exists()
