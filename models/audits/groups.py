"""Leaks by athlete: who was asked, who was measured, who left, by what happened to them later.

A history asked only of those who were hurt later, a device or a file that only the injured have,
people who leave on the day they are hurt: no date is wrong, but the group tells the outcome.
"""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact, norm, poisson

from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED, Audit, non_blocking
from features.injuries.rules import running_injuries
from models.audits.quick_score import Scored, auroc_gain
from models.settings.audits import GroupSettings

COLUMNS: Final = ["group", "athletes", "hurt_in_group", "hurt_in_others", "odds_ratio", "low"]
LEAVING: Final = ["left", "hurt_in_last_week", "expected"]
TABLES: Final = ("wellness", "pain", "exercise", "strength", "gait", "body")
CHANNELS: Final = (
    "hr_mean", "cadence_spm", "step_length_m", "vertical_oscillation_mm", "ground_contact_ms",
    "power_w", "rpe",
)  # fmt: skip


def audit_groups(
    tables: Mapping[str, pd.DataFrame], scored: Scored, settings: GroupSettings | None = None
) -> dict[str, Audit]:
    """Compare who is in a group with who is hurt later.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    scored : Scored
        Rows of the outcome with a quick model's scores.
    settings : GroupSettings, optional
        None takes the defaults.

    Returns
    -------
    dict of str to Audit
        ``history`` (injuries before entry), ``measured`` (tables, channels and kinds of files that
        an athlete has at all before the first injury), ``leaving``.
    """
    settings = settings or GroupSettings()
    # As for the labels: a complaint, or an illness, hurts nobody in the sense of these questions.
    tables = {**tables, "injuries": running_injuries(tables["injuries"])}
    groups = {"history": _with_history(tables), "measured": _measured(tables)}
    honest = {
        "history": settings.honest_odds_history,
        "measured": settings.honest_odds_measured,
    }
    verdicts = {name: _judge(of, scored, settings, honest[name]) for name, of in groups.items()}
    return verdicts | {"leaving": _leaving(tables, settings)}


def _with_history(tables: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    both = tables["injuries"].merge(tables["athletes"][["athlete", "observed_from"]], on="athlete")
    before = both["onset_date"] < both["observed_from"]
    return {"an injury before entry": set(both.loc[before, "athlete"])}


def _measured(tables: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Return who has each table, channel and kind of file before a first injury."""
    first = tables["injuries"].merge(tables["athletes"][["athlete", "observed_from"]], on="athlete")
    first = first[first["onset_date"] >= first["observed_from"]]
    # Until the first injury alone: after it whoever is hurt is examined, which is no leak.
    limit = first.groupby("athlete")["onset_date"].min().rename("limit")
    groups: dict[str, set[str]] = {}
    for name in TABLES:
        early = _before(tables[name], "date", limit)
        groups[f"{name} records"] = set(early["athlete"].unique())
        groups |= _kinds(name, early)
    early = _before(tables["sessions"], "local_date", limit)
    for channel in (c for c in CHANNELS if c in early):
        groups[channel] = set(early.loc[early[channel].notna(), "athlete"].unique())
    return groups | _kinds("sessions", early)


def _before(table: pd.DataFrame, day: str, limit: pd.Series) -> pd.DataFrame:
    ends = table["athlete"].map(limit)
    # Who was never hurt counts with all days, which makes a leak look smaller and never larger.
    return table[ends.isna() | (table[day] < ends)]


def _kinds(name: str, table: pd.DataFrame) -> dict[str, set[str]]:
    """Return who has files of each kind: names without digits and without the athlete's folder."""
    if "source" not in table or table.empty:
        return {}
    known = table[["athlete", "source"]].drop_duplicates()
    kind = known["source"].astype(str).map(lambda path: re.sub(r"\d+", "#", path.split("/")[-1]))
    return {
        f"{name} from {pattern}": set(own["athlete"].unique())
        for pattern, own in known.groupby(kind)
    }


def _judge(
    groups: Mapping[str, set[str]], scored: Scored, settings: GroupSettings, honest: float
) -> Audit:
    events = scored.rows.groupby("athlete")["event"].max()
    hurt = events == 1
    if min(int(hurt.sum()), int((~hurt).sum())) < settings.least_hurt:
        sentence = (
            f"{int(hurt.sum())} athletes were hurt later and {int((~hurt).sum())} were not: at "
            f"least {settings.least_hurt} of each are needed."
        )
        return non_blocking(sentence, pd.DataFrame(columns=COLUMNS), NOT_JUDGED)
    rows = [_row(name, hurt, hurt.index.isin(members)) for name, members in groups.items()]
    table = pd.DataFrame(rows, columns=[*COLUMNS, "p_value"])
    table = table.sort_values("low", ascending=False, ignore_index=True)
    # Both: a tiny difference is certain among many athletes, a huge one is luck among few.
    telling = table[(table["p_value"] < settings.lowest_p) & (table["low"] > honest)]
    if telling.empty:
        sentence = (
            f"none of {len(table)} groups of athletes was hurt later more than honest records "
            f"would have it (odds ratio surely above {honest:g})."
        )
        return non_blocking(sentence, table[COLUMNS], PASSED)
    return _verdict(telling, groups, scored, settings)


def _row(name: str, hurt: pd.Series, member: np.ndarray) -> tuple[object, ...]:
    """Return the odds ratio (with 0.5 added to each cell) and its lower bound (Woolf 1955)."""
    cells = np.array(
        [[(hurt & member).sum(), (~hurt & member).sum()],
         [(hurt & ~member).sum(), (~hurt & ~member).sum()]], dtype=float
    )  # fmt: skip
    # Without it a cell of 0 makes the odds ratio 0 or infinite (Haldane and Anscombe's correction).
    padded = cells + 0.5
    log_odds = float(np.log(padded[0, 0] * padded[1, 1] / (padded[0, 1] * padded[1, 0])))
    low = np.exp(log_odds - norm.ppf(0.975) * np.sqrt((1 / padded).sum()))
    shares = cells[:, 0] / np.maximum(cells.sum(axis=1), 1)
    p_value = float(fisher_exact(cells.astype(int), alternative="greater")[1])
    return name, int(member.sum()), *shares, np.exp(log_odds), low, p_value


def _verdict(
    table: pd.DataFrame, groups: Mapping[str, set[str]], scored: Scored, settings: GroupSettings
) -> Audit:
    worst = table.iloc[0]
    members = groups[str(worst["group"])]
    rows = scored.rows[scored.rows["athlete"].isin(members) & (scored.rows["event"] == 1)]
    marked = rows[["athlete", "onset_date"]].rename(columns={"onset_date": "date"})
    value, low, high = auroc_gain(scored, marked, settings.replicates, settings.seed)
    # A group that tells much but moves no forecast warns only: somebody has to look, nothing is
    # lost.
    stops = bool(worst["low"] > settings.highest_odds and low > settings.highest_gain)
    sentence = (
        f"of {worst['athletes']} athletes with {worst['group']} {worst['hurt_in_group']:.0%} were "
        f"hurt later, of the others {worst['hurt_in_others']:.0%} (odds ratio "
        f"{worst['odds_ratio']:.1f}, at least {worst['low']:.1f}); gain in AUROC {value:+.3f} "
        f"({low:+.3f} to {high:+.3f})"
    )
    if stops:
        sentence += (
            f": above {settings.highest_odds:g} and {settings.highest_gain:g}. It was asked, kept "
            "or measured because of the injury: ask everybody, or leave it out"
        )
    return Audit(not stops, f"{sentence}.", table[COLUMNS], STOPPED if stops else WARNED)


def _leaving(tables: Mapping[str, pd.DataFrame], settings: GroupSettings) -> Audit:
    """Compare the injuries in the last week of who left with what their own rate would give.

    Leaving because of an injury hides the injuries, it forecasts none: rows whose window runs past
    the end are dropped. It biases the level, so it warns.
    """
    athletes, injuries = tables["athletes"], tables["injuries"]
    last = athletes["observed_to"].max()
    # Within the last week the end of an observation may be that of the data.
    left = athletes[athletes["observed_to"] < last - pd.Timedelta(days=7)]
    both = injuries.merge(left[["athlete", "observed_to"]], on="athlete")
    ahead = (both["observed_to"] - both["onset_date"]).dt.days
    near = int(ahead.between(0, 7).sum())
    days = (athletes["observed_to"] - athletes["observed_from"]).dt.days.sum()
    inside = injuries.merge(athletes[["athlete", "observed_from"]], on="athlete")
    number = int((inside["onset_date"] >= inside["observed_from"]).sum())
    # Eight days: the window from 0 to 7 days before leaving counts both ends.
    expected = len(left) * 8 * number / max(int(days), 1)
    table = pd.DataFrame([(len(left), near, expected)], columns=LEAVING)
    fact = (
        f"{near} of {len(left)} athletes who left were hurt in their last week; by the rate of all "
        f"{expected:.1f} are to be expected"
    )
    if len(left) == 0:
        return non_blocking("nobody left before the end.", table, PASSED)
    if float(poisson.sf(near - 1, max(expected, 1e-9))) >= settings.lowest_p:
        return non_blocking(f"{fact}: no more than chance.", table, PASSED)
    sentence = (
        f"{fact}: people leave because they are hurt, so injuries are missing and forecasts come "
        "out too low. Keep them on the roster until the season ends."
    )
    return non_blocking(sentence, table, WARNED)
