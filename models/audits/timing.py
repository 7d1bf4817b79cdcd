"""The timing audit: whether tests cluster just before injuries, as if dated back.

A result that comes in after the injury but bears an earlier date passes every cut in time: the
date itself is wrong. What gives it away is when such records fall: a test is no likelier in the
week before an injury than in the weeks before that one.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.injuries.rules import running_injuries
from models.numeric.tail_probabilities import binomial_at_least
from models.settings.audits import TimingSettings

TABLES: Final = ("strength", "gait", "body")
COLUMNS: Final = ["table", "injuries", "just_before", "earlier", "ratio", "p_value"]


def audit_timing(
    tables: Mapping[str, pd.DataFrame], settings: TimingSettings | None = None
) -> Audit:
    """Compare the rate of tests just before injuries with the rate in the weeks before.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    settings : TimingSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        One row per table; `ratio` of the daily rates, `p_value` one-sided.
    """
    settings = settings or TimingSettings()
    rows = [_row(name, tables[name], tables["injuries"], settings) for name in TABLES]
    table = pd.DataFrame(rows, columns=COLUMNS)
    is_caught = (table["ratio"] > settings.highest_ratio) & (table["p_value"] < settings.lowest_p)
    caught = table[is_caught]
    return Audit(caught.empty, _sentence(table, caught, settings), table)


def _row(
    name: str, records: pd.DataFrame, injuries: pd.DataFrame, settings: TimingSettings
) -> tuple[object, ...]:
    days = records[["athlete", "date"]].drop_duplicates()
    # Of injuries alone: who has a complaint is tested because of it, and rightly so. Two injuries
    # of one day would count each test twice.
    onsets = running_injuries(injuries)[["athlete", "onset_date"]].drop_duplicates()
    both = onsets.merge(days, on="athlete")
    ahead = (both["onset_date"] - both["date"]).dt.days
    near = int(ahead.between(1, settings.days).sum())
    far = int(ahead.between(settings.days + 1, settings.days + settings.earlier_days).sum())
    share = settings.days / (settings.days + settings.earlier_days)
    # No earlier test at all would make the ratio infinite on a single test.
    ratio = (near / settings.days) / (max(far, 1) / settings.earlier_days)
    p_value = binomial_at_least(near, near + far, share)
    return name, len(onsets), near, far, ratio, np.clip(p_value, 0.0, 1.0)


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, settings: TimingSettings) -> str:
    if caught.empty:
        ratios = ", ".join(f"{r.table} {r.ratio:.1f}" for r in table.itertuples() if r.just_before)
        return (
            f"tests do not cluster before injuries (rate against earlier weeks: {ratios or '-'})."
        )
    worst = caught.sort_values("ratio", ascending=False).iloc[0]
    return (
        f"{worst['table']} results are {worst['ratio']:.1f} times as frequent in the "
        f"{settings.days} days before an injury as in the {settings.earlier_days} days before "
        f"those ({worst['just_before']} against {worst['earlier']}): they look dated back. Give "
        "them the day on which they were known."
    )
