import hashlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from ingest.readers.datasets.lovdal_rows import load_lovdal
from tests.ingest.lovdal_files import DAY, WEEK, as_csv, daily_logs

LOGS = daily_logs(athletes=2, days=45, seed=3)
LAYOUTS = [pytest.param(DAY, id="day"), pytest.param(WEEK, id="week")]


def test_the_layouts_have_the_published_widths():
    assert len(DAY.header) == 73
    assert len(WEEK.header) == 72
    assert DAY.header[-3:] == ("Athlete ID", "injury", "Date")
    assert WEEK.header[-6:-4] == ("Athlete ID", "injury")
    assert len(set(WEEK.header)) == 72


@pytest.mark.parametrize("layout", LAYOUTS)
def test_periods_run_from_the_oldest_to_the_latest_in_both_files(layout):
    rows = load_lovdal(as_csv(layout, LOGS), name="x.csv", verify=False)
    row = rows[(rows["athlete"] == "1") & (rows["day"] == 30)].iloc[0]
    found = [name for name in rows.columns if name.startswith(f"{layout.tell}, ")]
    assert found == [
        f"{layout.tell}, {k} {layout.kind}s before" for k in range(layout.periods, 0, -1)
    ]
    step = layout.step_days
    told = [
        LOGS[1][30 - k * step : 30 - (k - 1) * step].sum() for k in range(layout.periods, 0, -1)
    ]
    assert np.allclose(row[found].astype(float), told, atol=1e-3)
    assert rows["injury"].sum() == sum(day % 17 == 0 for day in rows["day"])


def test_a_rating_of_a_rest_day_is_unknown():
    rows = load_lovdal(as_csv(DAY, LOGS), name="x.csv", verify=False)
    assert rows["perceived exertion, 1 days before"].isna().all()
    assert rows["total km, 1 days before"].notna().all()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_swapped_order_of_suffixes_is_refused(layout):
    with pytest.raises(StridecastError, match=r"suffixes do not run .* 100% the other way round"):
        load_lovdal(as_csv(layout, LOGS, swapped=True), name="x.csv", verify=False)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wrong_checksum_is_refused(layout):
    with pytest.raises(StridecastError, match="checksum is none of the published"):
        load_lovdal(as_csv(layout, LOGS), name="x.csv")


def test_both_kinds_of_digest_are_accepted():
    content = b"one\r\n"
    # As git names a content: its length, five bytes, stands before it.
    blob = hashlib.sha1(b"blob 5\0" + content).hexdigest()
    assert replace(DAY, git_blobs=(blob,)).accepts(content)
    assert replace(DAY, sha256=(hashlib.sha256(content).hexdigest(),)).accepts(content)
    assert not replace(DAY, git_blobs=(blob,)).accepts(content + b"\n")


def test_another_file_is_refused():
    with pytest.raises(StridecastError, match="neither the day nor the week"):
        load_lovdal(b"a,b\n1,2\n", name="x.csv")


def test_a_row_without_an_athlete_is_named():
    content = as_csv(DAY, LOGS)
    cells = pd.read_csv(pd.io.common.BytesIO(content), dtype=str)
    cells.loc[4, "Athlete ID"] = "x"
    with pytest.raises(StridecastError, match="row 6"):
        load_lovdal(cells.to_csv(index=False).encode(), name="x.csv", verify=False)
