"""What became of the forecasts and of the data behind them, and one plain verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from common.language import message, plural
from common.text.outcome_words import outcome_words
from common.text.plain_words import number, plain_date
from forecasting.monitoring.calibration_watch import (
    WEEKS_TO_FALSE_ALARM,
    evidence_of_shift,
    figures,
)
from forecasting.monitoring.data_findings import (
    Finding,
    Verdict,
    athletes_scored,
    changed_devices,
    data_findings,
    feature_drifts,
    fell_silent,
)
from forecasting.monitoring.outcomes import LEAST_EVENTS
from forecasting.monitoring.shift import shift_table

JUDGED: Final = "not acted"
GROUPS: Final = ("all", "acted", JUDGED)
LEAST_EVENTS_FOR_SLOPE: Final = 30
SLOPE_ERRORS: Final = 3.0


@dataclass(frozen=True)
class Unseen:
    """The last record, and the as-of days of the weeks whose end it does not reach."""

    last_record: pd.Timestamp
    weeks: tuple[pd.Timestamp, ...]


def monitor(
    forecasts: pd.DataFrame,
    rows: pd.DataFrame,
    actions: pd.DataFrame,
    horizon_days: int,
    unseen: Unseen | None = None,
) -> dict[str, Any]:
    """Compare forecasts with outcomes and recent data with earlier data.

    Calibration is judged on forecasts nobody acted on: an injury that was prevented would count
    against the forecast that helped to prevent it. Only forecasts of the model in use count.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        All archived weeks with event, from :func:`forecasting.monitoring.outcomes.followed`.
    rows : pandas.DataFrame
        The archived feature rows.
    actions : pandas.DataFrame
        athlete, date, did.
    horizon_days : int
        Length of the forecast period.
    unseen : Unseen, optional
        Weeks that are said to be over although no record reaches their end: they keep any verdict
        from being "fine".

    Returns
    -------
    dict
        verdict ("too early to tell" where no horizon has passed, or too few injuries were seen to
        judge the forecasts, and nothing else stands out), sentence, findings, outcomes, evidence,
        shifts (:func:`forecasting.monitoring.shift.shift_table`), value_drift, missing_drift,
        silent, new_devices; plain values.
    """
    marked = _marked(_of_model_in_use(forecasts), actions, horizon_days)
    known = marked[marked["event"].notna()]
    table = [
        {"outcome": str(outcome), "group": group} | figures(_group(part, group))
        for outcome, part in known.groupby("outcome", sort=False)
        for group in GROUPS
    ]
    evidence = {str(o): _evidence(_group(p, JUDGED)) for o, p in known.groupby("outcome")}
    verified = _group(known, JUDGED)
    silent, new = fell_silent(forecasts), changed_devices(forecasts)
    drifts = feature_drifts(rows, forecasts)
    findings = [
        *data_findings(silent, new, drifts, athletes_scored(forecasts)),
        *_model_findings(table, evidence),
        *([_unseen_finding(unseen)] if unseen else []),
    ]
    # "fine" after a handful of injuries would be praise without evidence.
    if _verdict(findings) == "fine" and _is_early(table):
        findings.append(Finding("early", "too early to tell", _early_sentence(table)))
    return {
        "verdict": _verdict(findings),
        "sentence": _sentence(findings, table),
        "findings": [vars(finding) for finding in findings if finding.kind != "early"],
        "outcomes": table,
        "evidence": evidence,
        "shifts": shift_table(verified, horizon_days),
        "silent": silent,
        "new_devices": new,
        **{name: _plain(frame) for name, frame in drifts.items()},
    }


def _of_model_in_use(forecasts: pd.DataFrame) -> pd.DataFrame:
    # Weeks of an earlier model say nothing of the one that is in use.
    latest = forecasts[forecasts["as_of"] == forecasts["as_of"].max()]
    return forecasts.merge(latest[["outcome", "model"]].drop_duplicates(), on=["outcome", "model"])


def _marked(forecasts: pd.DataFrame, actions: pd.DataFrame, horizon_days: int) -> pd.DataFrame:
    """Mark forecasts after which something was done before their horizon ended."""
    days: Mapping[Any, pd.Series] = dict(iter(actions.groupby("athlete")["date"]))
    end = pd.Timedelta(days=horizon_days)
    acted = [
        athlete in days and bool(days[athlete].between(day, day + end).any())
        for athlete, day in zip(forecasts["athlete"], forecasts["as_of"], strict=True)
    ]
    return forecasts.assign(acted=np.array(acted, dtype=bool))


def _group(part: pd.DataFrame, group: str) -> pd.DataFrame:
    wanted = {"all": part["acted"] | True, "acted": part["acted"], JUDGED: ~part["acted"]}
    chosen: pd.DataFrame = part.loc[wanted[group]]
    return chosen


def _evidence(part: pd.DataFrame) -> float:
    week = part["as_of"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    return evidence_of_shift(
        week, part["probability"].to_numpy(dtype=float), part["event"].to_numpy(dtype=float)
    )


def _model_findings(table: list[dict[str, Any]], evidence: Mapping[str, float]) -> list[Finding]:
    findings = []
    for row in table:
        if row["group"] != JUDGED:
            continue
        name, slope, error = row["outcome"], row["slope"], row["slope_se"]
        if evidence[name] >= WEEKS_TO_FALSE_ALARM:
            findings.append(Finding("calibration", "recalibrate", _of_outcome(row, table)))
        # Too flat by three standard errors: the question is asked again every Monday.
        is_flat = slope is not None and error is not None and slope < 1 - SLOPE_ERRORS * error
        if is_flat and row["events"] >= LEAST_EVENTS_FOR_SLOPE:
            findings.append(Finding("slope", "retrain", _slope_words(name, slope)))
    return findings


def _verdict(findings: list[Finding]) -> Verdict:
    """Return the gravest: nothing is worth fitting to data that are wrong."""
    verdicts = {finding.verdict for finding in findings}
    order: tuple[Verdict, ...] = (
        "check the data",
        "retrain",
        "recalibrate",
        "too early to tell",
    )
    return next((verdict for verdict in order if verdict in verdicts), "fine")


def _unseen_finding(unseen: Unseen) -> Finding:
    words = plural(
        "no record after {last}: the week after {weeks} cannot be judged; add the new exports, "
        "bring the injury list up to date and run this again",
        "no record after {last}: the weeks after {weeks} cannot be judged; add the new exports, "
        "bring the injury list up to date and run this again",
        len(unseen.weeks),
        last=plain_date(unseen.last_record),
        weeks=", ".join(plain_date(day) for day in unseen.weeks),
    )
    return Finding("unseen", "too early to tell", words)


def _judged_row(table: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what is judged of the leading outcome: the forecasts nobody acted on."""
    return next((row for row in table if row["group"] == JUDGED), None)


def _is_early(table: list[dict[str, Any]]) -> bool:
    judged = _judged_row(table)
    return judged is None or judged["events"] < LEAST_EVENTS


def _early_sentence(table: list[dict[str, Any]]) -> str:
    judged = _judged_row(table)
    if judged is None:
        return message("no forecast period is over yet")
    # No ratio and no interval: with so few injuries both would suggest more than is known.
    words = plural(
        "{outcome}: {count} new injury, {expected} expected; too few to judge the forecasts yet "
        "({least} injuries at least)",
        "{outcome}: {count} new injuries, {expected} expected; too few to judge the forecasts yet "
        "({least} injuries at least)",
        int(judged["events"]),
        outcome=outcome_words(judged["outcome"]),
        expected=number(judged["expected"]),
        least=LEAST_EVENTS,
    )
    return _without_acted(words, judged["outcome"], table)


def _sentence(findings: list[Finding], table: list[dict[str, Any]]) -> str:
    verdict = _verdict(findings)
    if verdict != "fine":
        return "; ".join(finding.sentence for finding in findings if finding.verdict == verdict)
    judged = _judged_row(table)
    return _of_outcome(judged, table) if judged else message("nothing was forecast")


def _slope_words(outcome: str, slope: float) -> str:
    return message(
        "{outcome}: calibration slope {slope}, 1 is right",
        outcome=outcome_words(outcome),
        slope=number(slope, 2),
    )


def _of_outcome(entry: Mapping[str, Any], table: list[dict[str, Any]]) -> str:
    """Say how many injuries of an outcome there were beside how many were expected."""
    words = plural(
        "{outcome}: {count} new injury, {expected} expected, O/E {oe} ({low}-{high})",
        "{outcome}: {count} new injuries, {expected} expected, O/E {oe} ({low}-{high})",
        int(entry["events"]),
        outcome=outcome_words(entry["outcome"]),
        expected=number(entry["expected"]),
        oe=number(entry["oe"], 2),
        low=number(entry["oe_low"], 2),
        high=number(entry["oe_high"], 2),
    )
    return _without_acted(words, entry["outcome"], table)


def _without_acted(words: str, outcome: str, table: list[dict[str, Any]]) -> str:
    """Say that the figures leave out forecasts somebody acted on, where there are such."""
    is_any = any(
        row["forecasts"] for row in table if (row["outcome"], row["group"]) == (outcome, "acted")
    )
    if not is_any:
        return words
    return message("{words} (without forecasts that somebody acted on)", words=words)


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(name): value.item() if hasattr(value, "item") else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]
