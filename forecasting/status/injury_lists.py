"""What `scores.json` and the page list of each athlete's injuries and complaints."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from features.injuries.known_running import known_runs
from features.injuries.rules import as_known_on
from features.injuries.settings import InjuryRules
from features.injuries.spells import injury_spells

YEAR_DAYS: Final = 365
INJURY_COLUMNS: Final = (
    "athlete", "onset", "region", "side", "diagnosis", "class", "class_reason", "recurrent",
    "return", "open", "reported_on",
)  # fmt: skip
COMPLAINT_COLUMNS: Final = (
    "athlete", "date", "region", "side", "severity", "value_0_10", "source",
)  # fmt: skip


def injury_list(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, rules: InjuryRules
) -> pd.DataFrame:
    """Return every entry of the injury record as known on a day, the newest of an athlete first.

    Returns
    -------
    pandas.DataFrame
        :data:`INJURY_COLUMNS`. `class` is null where it could not be told. `open`: whether the
        entry counts as going on. A return that was written as a plan ("3 weeks") may lie in the
        future while the injury is open.
    """
    written = tables["injuries"]
    seen = written[written["onset_date"] <= as_of]
    if "reported_on" in seen:
        # By "not later", so that an entry without a day of report is kept: null compares as false.
        seen = seen[~(seen["reported_on"] > as_of)]
    going_on = _open_keys(tables, as_of, rules)
    keys = zip(seen["athlete"], seen["onset_date"], seen["region"], strict=True)
    table = seen.rename(columns={"onset_date": "onset", "return_date": "return"})
    # By key and not by return date: without one an injury ends by the stated default of its region.
    table = table.assign(open=[key in going_on for key in keys])
    ordered = table.sort_values(["athlete", "onset"], ascending=[True, False], kind="stable")
    return ordered.reindex(columns=list(INJURY_COLUMNS)).reset_index(drop=True)


def _open_keys(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, rules: InjuryRules
) -> set[tuple[str, pd.Timestamp, str]]:
    """Return athlete, onset and region of what goes on, entries of an unclear class included."""
    known = as_known_on(tables["injuries"], as_of)
    if "class" in known:
        is_unclear = known["class"].isna() & known["class_reason"].notna()
        # Unknown is never favourable: what may be an injury is listed as open.
        known = known.assign(**{"class": known["class"].mask(is_unclear, "injury")})
    spells = injury_spells(known, rules, known_runs(tables, as_of))
    now = spells[(spells["known_from"] <= as_of) & (spells["end_date"] > as_of)]
    return set(now[["athlete", "onset_date", "region"]].itertuples(index=False, name=None))


def complaint_list(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the complaints of the past twelve months, the newest of an athlete first.

    Returns
    -------
    pandas.DataFrame
        :data:`COMPLAINT_COLUMNS`; value_0_10 is null where it was told in words, `source` is what
        it was told in.
    """
    if "complaints" not in tables:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in COMPLAINT_COLUMNS})
    rows = tables["complaints"]
    first = as_of - pd.Timedelta(days=YEAR_DAYS)
    recent = rows[(rows["date"] > first) & (rows["date"] <= as_of)]
    # The table's `source` is a file; the page says what kind of question it was told in.
    named = recent.drop(columns="source").rename(columns={"kind": "source"})
    ordered = named.sort_values(["athlete", "date"], ascending=[True, False], kind="stable")
    return ordered.reindex(columns=list(COMPLAINT_COLUMNS)).reset_index(drop=True)
