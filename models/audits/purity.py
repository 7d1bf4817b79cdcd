"""The purity audit: no value of a feature is followed by an injury in most of its rows.

A leak in a few rows leaves a feature's AUROC far below the limit of the single-feature audit. But
it marks those rows as no honest value does: at a base rate of some per cent, a value or a tail of
values after which every second athlete is hurt has been written by the injury.
"""

from typing import Final

import pandas as pd

from features.audits.result import Audit
from models.audits.values_alone import ValueAlone, ValuesAlone
from models.numeric.telling_values import ABOVE, AT, BELOW, NOWHERE
from models.settings.audits import PuritySettings

COLUMNS: Final = ["feature", "where", "value", "rows", "events", "share", "low"]
_WORDS: Final = {ABOVE: "at or above", BELOW: "at or below", AT: "at"}


def audit_purity(
    measured: ValuesAlone, settings: PuritySettings | None = None, horizon_days: int = 7
) -> Audit:
    """Look for values, and tails of values, that injuries follow too often.

    Parameters
    ----------
    measured : ValuesAlone
        Every feature against the outcome, with the settings' fewest rows and events.
    settings : PuritySettings, optional
        None takes the defaults.
    horizon_days : int
        Length of the outcome window.

    Returns
    -------
    Audit
        The table holds each feature's most telling value or tail, the worst first.
    """
    settings = settings or PuritySettings()
    rows = [_row(alone) for alone in measured.features if alone.where != NOWHERE]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = table.sort_values("low", ascending=False, kind="stable", ignore_index=True)
    # Over a long horizon every second row may honestly be followed by an injury.
    base_rate = measured.events / max(measured.at_risk, 1)
    limit = max(settings.limit(horizon_days), settings.times_base * base_rate)
    caught = table[table["low"] > limit]
    return Audit(caught.empty, _sentence(table, caught, limit), table)


def _row(alone: ValueAlone) -> tuple[str, str, float, int, int, float, float]:
    counts = int(alone.rows_there), int(alone.events_there)
    share = alone.events_there / alone.rows_there
    return alone.feature, _WORDS[alone.where], alone.value, *counts, share, alone.low


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, limit: float) -> str:
    if table.empty:
        return "no value of a feature comes before enough injuries to be judged."
    worst = table.iloc[0]
    finding = (
        f"{worst['feature']} {worst['where']} {worst['value']:g} is followed by an injury in "
        f"{worst['share']:.0%} of {worst['rows']} rows"
    )
    if caught.empty:
        return f"{finding}, the most of {len(table)} features and not surely above {limit:.0%}."
    return (
        f"{finding}, surely above {limit:.0%}: it was written by the injury, or after it. Find out "
        "when this value is known, and leave it out until then."
    )
