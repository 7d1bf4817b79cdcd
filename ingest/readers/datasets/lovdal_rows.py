"""Load Loevdal 2021: pre-aggregated rows, kept outside the session tables.

The rows are windows before a day, not sessions; they are for the benchmark of their own and never
join the tables of the contracts.
"""

import io
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.errors import StridecastError
from ingest.readers.datasets.lovdal_layout import LAYOUTS, LovdalLayout, is_perceived

REST_DAY: Final = -0.01
_SAME: Final = 1e-6


class OrderCheck(NamedTuple):
    """Share of overlapping periods that agree if read as published, and if read swapped."""

    as_published: float
    swapped: float
    compared: int


def layout_of(header: tuple[str, ...]) -> LovdalLayout | None:
    """Return which of the two files has this header; blanks and order do not matter."""
    return _BY_HEADER.get(frozenset(_plain(name) for name in header))


def load_lovdal(content: bytes, *, name: str, verify: bool = True) -> pd.DataFrame:
    """Return the rows of the day or the week file with periods oldest to newest.

    Parameters
    ----------
    content : bytes
        The CSV.
    name : str
        What messages call the file.
    verify : bool
        Whether to refuse bytes that are not the published ones.

    Returns
    -------
    pandas.DataFrame
        athlete (str), day (days since the first record), injury (bool), then per field the
        periods from the oldest to the latest: "total km, 7 days before" ... "total km, 1 days
        before". Ratings of rest days are NaN. Row order of the file.

    Raises
    ------
    StridecastError
        If the header, the checksum or the order of the periods is not that of the publication.
    """
    cells = _parsed(content, name)
    layout = layout_of(tuple(cells.columns))
    if layout is None:
        raise StridecastError(
            f"{name}: {len(cells.columns)} columns that are neither the day nor the week file's",
            "download it again: stridecast data get lovdal2021",
        )
    if verify and not layout.accepts(content):
        raise StridecastError(
            f"{name}: the checksum is none of the published {layout.kind} file's",
            "the file was changed or damaged; download it again: stridecast data get lovdal2021",
        )
    cells.columns = pd.Index(_named(cells.columns, layout))
    rows = _numbers(cells, name)
    _refuse_swapped(rows, layout, name)
    return _oldest_first(rows, layout)


def check_order(rows: pd.DataFrame, layout: LovdalLayout) -> OrderCheck:
    """Compare each row with the same athlete's row one period later: their windows overlap.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns as in the file.
    layout : LovdalLayout
        Which file it is.
    """
    later = rows.assign(Date=rows["Date"] - layout.step_days)
    pairs = rows.merge(later, on=["Athlete ID", "Date"], suffixes=(" now", " later"))
    published = [_same(pairs, layout, k, k + 1) for k in range(1, layout.periods)]
    swapped = [_same(pairs, layout, k + 1, k) for k in range(1, layout.periods)]
    right, wrong = (np.concatenate(comparisons) for comparisons in (published, swapped))
    # Where both readings agree, as on rest days of 0 km, nothing is told.
    telling = right != wrong
    if not telling.any():
        return OrderCheck(float("nan"), float("nan"), 0)
    return OrderCheck(right[telling].mean(), wrong[telling].mean(), int(telling.sum()))


def _same(
    pairs: pd.DataFrame, layout: LovdalLayout, before_now: int, before_later: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell where a period of the earlier row is the one of the later row that is named."""
    now = pairs[f"{layout.column(layout.tell, layout.place(before_now))} now"]
    later = pairs[f"{layout.column(layout.tell, layout.place(before_later))} later"]
    return np.asarray(np.abs(now.to_numpy() - later.to_numpy()) < _SAME)


def _refuse_swapped(rows: pd.DataFrame, layout: LovdalLayout, name: str) -> None:
    check = check_order(rows, layout)
    if check.compared and check.swapped > check.as_published:
        order = "latest period first" if layout.newest_first else "oldest period first"
        raise StridecastError(
            f"{name}: the suffixes do not run {order}: of {check.compared} telling overlaps of"
            f" neighbouring rows {check.as_published:.0%} agree as published and"
            f" {check.swapped:.0%} the other way round",
            "use the published file: stridecast data get lovdal2021",
        )


def _oldest_first(rows: pd.DataFrame, layout: LovdalLayout) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {
        "athlete": rows["Athlete ID"].astype("int64").astype("str"),
        "day": rows["Date"].astype("int64"),
        "injury": rows["injury"] == 1,
    }
    for field in layout.fields:
        for before in range(layout.periods, 0, -1):
            values = rows[layout.column(field, layout.place(before))]
            rest = is_perceived(field) & (np.abs(values - REST_DAY) < _SAME)
            columns[f"{field}, {before} {layout.kind}s before"] = values.mask(rest)
    # The last one is Date, which is `day` already.
    for field in layout.extra[:-1]:
        columns[field] = rows[field]
    return pd.DataFrame(columns)


def _parsed(content: bytes, name: str) -> pd.DataFrame:
    try:
        return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    except (ValueError, UnicodeDecodeError):
        raise StridecastError(f"{name}: not a CSV", "download the file again") from None


def _named(columns: pd.Index, layout: LovdalLayout) -> list[str]:
    spelling = {_plain(name): name for name in layout.header}
    return [spelling[_plain(name)] for name in columns]


def _numbers(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    numbers: pd.DataFrame = cells.apply(pd.to_numeric, errors="coerce")
    needed = numbers[["Athlete ID", "Date", "injury"]].isna().any(axis=1)
    if needed.any():
        row = int(np.flatnonzero(needed)[0]) + 2
        raise StridecastError(
            f"{name}: row {row}: athlete, date or injury is no number", "download the file again"
        )
    return numbers


def _plain(name: str) -> str:
    return "".join(str(name).lower().split())


_BY_HEADER: Final = {
    frozenset(_plain(name) for name in layout.header): layout for layout in LAYOUTS
}
