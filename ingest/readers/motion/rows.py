"""From what a trial tells to rows of the gait table and the account of the file.

One record is one value: a metric of a side.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.gait.analysis import Findings, analyse
from ingest.gait.summary import PLAUSIBLE, Value, speed_mismatch, summarise_values
from ingest.gait.trial import Trial
from ingest.readers.base import FileRefused, Parsed, ReadContext
from ingest.readers.motion.dated import day_of
from ingest.records.account import REJECT_COLUMNS, Account
from ingest.records.rules import rule_of

WALKING: Final = (
    "the trial is walking: double support, or a pelvis that is low while the legs are apart; only"
    " running is kept, so that the series of a runner is not mixed"
)


def parsed_trial(trial: Trial, path: Path, context: ReadContext, kind: str, device: str) -> Parsed:
    """Return the rows and the account of a file that holds one trial.

    Raises
    ------
    FileRefused
        If nobody's, undated, not running, or without a single step.
    """
    athlete, day = context.athlete_of(path), day_of(path, context)
    findings = analyse(trial)
    # Before the values, so that a walking trial is refused as such and not value by value.
    demand_running(findings)
    values = summarise_values(findings.values)
    if not values:
        raise FileRefused(
            "no_stride", "no whole ground contact in the trial; export a longer stretch"
        )
    # What the reader mended touches every value; what the analysis turned, certain metrics alone.
    repairs = {**dict.fromkeys(trial.repairs, tuple(PLAUSIBLE)), **findings.repairs}
    source = context.source(path)
    frame, account = value_rows(values, findings.speed_m_s, repairs, source, kind)
    return Parsed(account, {"gait": frame.assign(athlete=athlete, date=day, device=device)})


def demand_running(findings: Findings) -> None:
    """Refuse a trial that is no running.

    Raises
    ------
    FileRefused
        With the reason ``walking`` or ``gait_unknown``.
    """
    if findings.mode == "walking":
        raise FileRefused("walking", WALKING)
    if findings.mode == "unknown":
        raise FileRefused(
            "gait_unknown",
            "the recording does not tell running from walking: it needs contacts of both feet, or"
            " both hips and the height of the pelvis, for a whole step",
        )


def value_rows(
    values: list[Value],
    speed: float | None,
    repairs: Mapping[str, tuple[str, ...]],
    source: str,
    kind: str,
) -> tuple[pd.DataFrame, Account]:
    """Return rows of the gait table, without athlete, date and device, and their account.

    Parameters
    ----------
    values : list of Value
        What the trial tells.
    speed : float, optional
        Speed of the trial in m/s.
    repairs : mapping of str to tuple of str
        Code -> metrics it touched; one that dropped a value, and so touched none of those that
        stay, counts once.
    source, kind : str
        The file, and its reader's kind.
    """
    wrong = {value: _why_wrong(value, values, speed, source) for value in values}
    valid = [value for value in values if not wrong[value]]
    touched = {
        code: [value for value in valid if value.metric in metrics]
        for code, metrics in repairs.items()
    }
    mended = {value for ones in touched.values() for value in ones}
    rejects = [
        (source, f"{value.metric} {value.side}", *why)
        for value, why in wrong.items()
        if why is not None
    ]
    account = Account(
        source=source,
        kind=kind,
        read=len(values),
        accepted=len(valid) - len(mended),
        repaired=len(mended),
        repairs={
            code: len(ones) or 1 for code, ones in touched.items() if ones or not repairs[code]
        },
        rejects=pd.DataFrame(rejects, columns=list(REJECT_COLUMNS), dtype="str"),
    )
    return _frame(valid, mended, speed, source), account


def _frame(
    valid: list[Value], mended: set[Value], speed: float | None, source: str
) -> pd.DataFrame:
    rule = rule_of("gait", "speed_m_s")
    # A wrong speed costs the speed alone: angles and times of the trial are right without it.
    known = speed is not None and rule.low <= speed <= rule.high
    return pd.DataFrame(
        {
            "speed_m_s": np.full(len(valid), speed if known else np.nan, dtype=float),
            "metric": pd.Series([value.metric for value in valid], dtype="str"),
            "side": pd.Series([value.side for value in valid], dtype="str"),
            "value": np.array([value.value for value in valid], dtype=float),
            "unit": pd.Series([value.unit for value in valid], dtype="str"),
            "spread": np.array([value.spread for value in valid], dtype=float),
            "strides": np.array([value.strides for value in valid], dtype=float),
            "source": source,
            "record": pd.Series([f"{value.metric} {value.side}" for value in valid], dtype="str"),
            "repaired": np.array([value in mended for value in valid], dtype=bool),
        }
    )


def _why_wrong(
    value: Value, values: list[Value], speed: float | None, source: str
) -> tuple[str, str] | None:
    if not value.is_plausible:
        low, high = PLAUSIBLE[value.metric]
        return "implausible_value", (
            f"{source}: {value.metric} {value.side} is {value.value:.4g} over {value.strides}"
            f" strides; runners lie between {low:g} and {high:g}: check markers, model and units"
        )
    # Of the two the step length is doubted: cadence is counted from contacts and needs no scale.
    off = speed_mismatch(values, speed) if value.metric == "step_length_m" else 0.0
    if off:
        return "speed_mismatch", (
            f"{source}: cadence x step length is {100 * off:+.0f} % off the speed of"
            f" {speed:.2f} m/s; check the speed of the trial and the foot markers"
        )
    return None
