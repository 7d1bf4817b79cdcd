import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.datasets.ric2024 import Ric2024Reader
from tests.ingest import strength_files as files

HEADER = (
    "sub_id,datestring,filename,speed_r,age,Height,Weight,Gender,DominantLeg,InjDefn,InjJoint,"
    "InjSide,SpecInjury,Level,YrsRunning\n"
)
ROWS = (
    # No injury, and yet a joint is named: the definition counts.
    "1,2012-07-17 10:37:48,a.json,2.6,33,179.3,83,Female,Right,No injury,Knee,Right,,Elite,3\n"
    # 255, 999 and 1564 stand for an unknown age, height and mass; so do the zeros of the next row.
    "2,2012-08-17 10:37:48,b.json,2.6,255,999,1564,Unknown,,2 workouts missed in a row,Knee,"
    'Bilateral,"ITB syndrome",,999\n'
    "2,2011-08-17 10:37:48,c.json,2.7,40,0,0,Male,,Continuing to train in pain,Hip/Pelvis,Left,"
    "pain,,2\n"
    # A visit without a day is the last one.
    "2,NaT,d.json,2.7,40,170,70,Male,,,No Injury,,,,2\n"
)


def test_sentinels_repeats_and_contradictions(tmp_path):
    parsed = files.read_text(tmp_path, HEADER + ROWS, "ric2024")
    frame = parsed.records["cross_section"]
    assert frame[["age", "height_cm", "mass_kg", "years_running"]].iloc[1].isna().all()
    assert frame[["height_cm", "mass_kg"]].iloc[2].isna().all()
    assert frame["visit"].tolist() == [1, 2, 1, 3]
    assert frame["injured"].tolist() == [False, True, True, False]
    assert frame[["region", "side", "diagnosis"]].iloc[1].tolist() == ["knee", "both", "itbs"]
    assert parsed.account.repairs == {
        "age_sentinel_set_null": 1,
        "Height_sentinel_set_null": 2,
        "Weight_sentinel_set_null": 2,
        "YrsRunning_sentinel_set_null": 1,
        "day_unknown": 1,
        "no_injury_though_a_joint_is_named": 1,
    }
    assert (parsed.account.read, parsed.account.repaired) == (4, 4)


@pytest.mark.parametrize("year", ["3012", "0001", "1990"])
def test_a_day_of_another_age_is_unknown(tmp_path, year):
    parsed = files.read_text(tmp_path, HEADER + ROWS.replace("2012-07", f"{year}-07"), "ric2024")
    assert parsed.account.repairs["day_unknown"] == 2
    assert parsed.records["cross_section"]["date"].isna().sum() == 2


def test_the_published_file():
    shared = Path(os.environ.get("STRIDECAST_SHARED", "../shared")) / "data/ric2024"
    path = shared / "run_data_meta.csv"
    if not path.is_file():
        pytest.skip("RIC 2024 is not on this machine")
    parsed = Ric2024Reader().read(path, files.bare_context(path.parent))
    frame = parsed.records["cross_section"]
    assert parsed.account.read == 1832
    assert frame["athlete"].nunique() == 1402
    assert int((frame.groupby("athlete").size() > 1).sum()) == 209
    assert frame["date"].max() < pd.Timestamp("2018-01-01")
