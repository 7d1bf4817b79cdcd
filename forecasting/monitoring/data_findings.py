"""What stands out in the data behind the forecasts: who fell silent, new devices, drifts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from common.language import message, plural
from common.text.plain_words import plain_day
from features.labels import feature_words
from forecasting.monitoring.drift import missing_drift, spans, value_drift
from forecasting.status.statuses import SCORED, status_now

Verdict = Literal["fine", "too early to tell", "recalibrate", "retrain", "check the data"]
FEW_ATHLETES: Final = 3
MANY: Final = 0.2
"""Share of the athletes that must fall silent, or change their device, to be an alarm."""

MANY_FEATURES: Final = 3
NEW_DAYS: Final = 14
OLD_NEWS_DAYS: Final = 28
"""Who fell silent longer ago was told of before, or left before the first forecast."""


@dataclass(frozen=True)
class Finding:
    """Something to know (a notice) or to act on (an alarm that points to a verdict)."""

    kind: str
    verdict: Verdict
    sentence: str


def athletes_scored(forecasts: pd.DataFrame) -> int:
    """Return how many athletes the latest list holds."""
    latest = forecasts[forecasts["as_of"] == forecasts["as_of"].max()]
    return int(latest["athlete"].nunique())


def _leading(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts of one outcome: status and device are the same in all."""
    first: pd.DataFrame = forecasts[forecasts["outcome"] == forecasts["outcome"].iloc[0]]
    return first.sort_values("as_of")


def fell_silent(forecasts: pd.DataFrame) -> list[dict[str, str]]:
    """Return who is silent now, was not two weeks ago, and had a record in the past four."""
    weeks = _leading(forecasts)
    last = weeks["as_of"].max()
    now = weeks[(weeks["as_of"] == last) & (weeks["status"] == "silent")]
    earlier = weeks[weeks["as_of"] <= last - pd.Timedelta(days=NEW_DAYS)]
    before = earlier.drop_duplicates("athlete", keep="last").set_index("athlete")["status"]
    # Who had no forecast two weeks ago counts as new: unknown is not "silent before".
    is_new = (now["athlete"].map(before) != "silent").to_numpy()
    recent = now["last_record"] >= last - pd.Timedelta(days=OLD_NEWS_DAYS)
    new = now[is_new & recent.to_numpy(dtype=bool)]
    return [
        {"athlete": row["athlete"], "since": str(row["last_record"].date())}
        for row in new.to_dict("records")
    ]


def changed_devices(forecasts: pd.DataFrame) -> list[dict[str, str]]:
    """Return whose device of the past two weeks differs from the one before."""
    weeks = _leading(forecasts)
    with_device = weeks[weeks["device"].notna()]
    since = weeks["as_of"].max() - pd.Timedelta(days=NEW_DAYS)
    before = with_device[with_device["as_of"] <= since].drop_duplicates("athlete", keep="last")
    now = with_device[with_device["as_of"] > since].drop_duplicates("athlete", keep="last")
    both = now.merge(before[["athlete", "device"]], on="athlete", suffixes=("", "_before"))
    changed = both[both["device"] != both["device_before"]]
    return [
        {"athlete": row["athlete"], "before": row["device_before"], "now": row["device"]}
        for row in changed.to_dict("records")
    ]


def feature_drifts(rows: pd.DataFrame, forecasts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Compare the rows of those who were scored: who is injured or silent trains differently."""
    leading = _leading(forecasts)
    scored = leading.loc[leading["status"].map(status_now) == SCORED, ["athlete", "as_of"]]
    keys = scored.rename(columns={"as_of": "date"})
    before_and_now = spans(rows.merge(keys, on=["athlete", "date"]))
    if before_and_now is None:
        return {"value_drift": pd.DataFrame(), "missing_drift": pd.DataFrame()}
    return {
        "value_drift": value_drift(*before_and_now),
        "missing_drift": missing_drift(*before_and_now),
    }


def data_findings(
    silent: list[dict[str, str]],
    new: list[dict[str, str]],
    drifts: Mapping[str, pd.DataFrame],
    athletes: int,
) -> list[Finding]:
    """Return what stands out, as alarms where it concerns many athletes or features.

    Parameters
    ----------
    silent, new : list of dict
        From :func:`fell_silent` and :func:`changed_devices`.
    drifts : mapping of str to pandas.DataFrame
        From :func:`feature_drifts`.
    athletes : int
        How many the latest list holds.
    """
    # In a team of five one silent athlete is a fifth, and no alarm.
    many = max(FEW_ATHLETES, MANY * athletes)
    findings = []
    if silent:
        details = ", ".join(_since(silence) for silence in silent)
        verdict: Verdict = "check the data" if len(silent) >= many else "fine"
        findings.append(Finding("silent", verdict, _silent_words(len(silent), details)))
    if new:
        details = ", ".join(_device(change) for change in new)
        verdict = "check the data" if len(new) >= many else "fine"
        findings.append(Finding("device", verdict, _device_words(len(new), details)))
    for name, say in (("value_drift", _shifted_words), ("missing_drift", _missing_words)):
        frame = drifts[name]
        drifted = [] if frame.empty else list(frame.loc[frame["drifted"], "feature"])
        if drifted:
            # Of so many features one or two shift for harmless reasons; several point at the data.
            verdict = "check the data" if len(drifted) >= MANY_FEATURES else "fine"
            details = "; ".join(map(feature_words, drifted[:MANY_FEATURES])) + (
                "" if len(drifted) <= MANY_FEATURES else " ..."
            )
            findings.append(Finding(name, verdict, say(len(drifted), details)))
    return findings


def _since(silence: Mapping[str, str]) -> str:
    return message(
        "{athlete} since {day}", athlete=silence["athlete"], day=plain_day(silence["since"])
    )


def _silent_words(count: int, who: str) -> str:
    return plural(
        "{count} stopped logging: {who}", "{count} stopped logging: {who}", count, who=who
    )


def _device(change: Mapping[str, str]) -> str:
    return message(
        "{athlete} ({before} to {now})",
        athlete=change["athlete"], before=change["before"], now=change["now"],
    )  # fmt: skip


def _device_words(count: int, who: str) -> str:
    return plural(
        "{count} changed the device: {who}", "{count} changed the device: {who}", count, who=who
    )


def _shifted_words(count: int, names: str) -> str:
    return plural(
        "{count} feature shifted: {which}", "{count} features shifted: {which}", count, which=names
    )


def _missing_words(count: int, names: str) -> str:
    return plural(
        "{count} feature went missing: {which}",
        "{count} features went missing: {which}",
        count,
        which=names,
    )
