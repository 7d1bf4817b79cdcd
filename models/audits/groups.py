"""Leaks by athlete: who was asked, who was measured, who left, by what happened to them later.

A history asked only of those who were hurt later, a device or a file that only the injured have,
people who leave on the day they are hurt: no date is wrong, but the group tells the outcome.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd
from scipy.special import ndtri

from common.arrays import Bools, Ints, Texts
from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED, Audit, non_blocking
from features.injuries.rules import running_injuries
from models.audits.gains import Scored, auroc_gain
from models.numeric.tail_probabilities import fisher_above, poisson_at_least
from models.settings.audits import GroupSettings

COLUMNS: Final = ["group", "athletes", "hurt_in_group", "hurt_in_others", "odds_ratio", "low"]
LEAVING: Final = ["left", "hurt_in_last_week", "expected"]
TABLES: Final = ("wellness", "pain", "exercise", "strength", "gait", "body")
CHANNELS: Final = (
    "hr_mean", "cadence_spm", "step_length_m", "vertical_oscillation_mm", "ground_contact_ms",
    "power_w", "rpe",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class AthleteGroups:
    """Who is in which group, and what else is asked of groups; it depends on no outcome.

    Parameters
    ----------
    athletes, injuries : pandas.DataFrame
        Tables of the contract; injuries of running alone: a complaint, or an illness, hurts nobody
        in the sense of these questions.
    history, measured : dict of str to set of str
        Members by group: an injury before entry; the tables, channels and kinds of files that an
        athlete has at all before the first injury.
    """

    athletes: pd.DataFrame
    injuries: pd.DataFrame
    history: dict[str, set[str]]
    measured: dict[str, set[str]]

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> Self:
        """Return the groups of the tables of the contract."""
        athletes, injuries = tables["athletes"], running_injuries(tables["injuries"])
        onsets = injuries.merge(athletes[["athlete", "observed_from"]], on="athlete")
        before = onsets["onset_date"] < onsets["observed_from"]
        # Until the first injury alone: after it whoever is hurt is examined, which is no leak.
        limit = onsets[~before].groupby("athlete")["onset_date"].min()
        history = {"an injury before entry": set(onsets.loc[before, "athlete"])}
        return cls(athletes, injuries, history, _measured(tables, limit))


def audit_groups(
    groups: AthleteGroups, scored: Scored, settings: GroupSettings | None = None
) -> dict[str, Audit]:
    """Compare who is in a group with who is hurt later.

    Parameters
    ----------
    groups : AthleteGroups
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
    history, measured = settings.honest_odds_history, settings.honest_odds_measured
    return {
        "history": _judge(groups.history, scored, settings, history),
        "measured": _judge(groups.measured, scored, settings, measured),
        "leaving": _leaving(groups, settings),
    }


def _measured(tables: Mapping[str, pd.DataFrame], limit: pd.Series) -> dict[str, set[str]]:
    """Return who has each table, channel and kind of file before a first injury."""
    groups: dict[str, set[str]] = {}
    for name in TABLES:
        early = _Early.of(tables[name], "date", limit)
        groups[f"{name} records"] = early.with_any(early.mask)
        groups |= early.by_kind_of_file(name)
    early = _Early.of(tables["sessions"], "local_date", limit)
    for channel in (c for c in CHANNELS if c in early.table):
        groups[channel] = early.with_any(early.mask & early.table[channel].notna().to_numpy())
    return groups | early.by_kind_of_file("sessions")


@dataclass(frozen=True, eq=False)
class _Early:
    """The records before each athlete's first injury, athletes as numbers.

    Parameters
    ----------
    table : pandas.DataFrame
        All records.
    codes : ndarray of int
        The athlete of each.
    names : ndarray of str
        The athletes, in the order of their codes.
    mask : ndarray of bool
        Which records are early.
    """

    table: pd.DataFrame
    codes: Ints
    names: Texts
    mask: Bools

    @classmethod
    def of(cls, table: pd.DataFrame, day: str, limit: pd.Series) -> Self:
        codes, names = pd.factorize(table["athlete"])
        ends = limit.reindex(names).to_numpy(dtype="datetime64[ns]")[codes]
        # Who was never hurt counts with all days, which makes a leak look smaller and never larger.
        mask = np.isnat(ends) | (table[day].to_numpy(dtype="datetime64[ns]") < ends)
        mask &= codes >= 0
        return cls(table, codes, np.asarray(names, dtype=object), mask)

    def with_any(self, mask: Bools) -> set[str]:
        """Return who has any of some records."""
        return set(self.names[np.unique(self.codes[mask])])

    def by_kind_of_file(self, name: str) -> dict[str, set[str]]:
        """Return who has files of each kind: names without digits and the athlete's folder."""
        if "source" not in self.table or not self.mask.any():
            return {}
        files, paths = pd.factorize(self.table["source"])
        patterns = [re.sub(r"\d+", "#", str(path).split("/")[-1]) for path in paths]
        kinds, kind_names = pd.factorize(np.array(patterns, dtype=object), sort=True)
        own = np.where(files >= 0, kinds[files], -1)
        present = np.unique(own[self.mask])
        return {
            f"{name} from {kind_names[kind]}": self.with_any(self.mask & (own == kind))
            for kind in present[present >= 0]
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
    low = np.exp(log_odds - ndtri(0.975) * np.sqrt((1 / padded).sum()))
    shares = cells[:, 0] / np.maximum(cells.sum(axis=1), 1)
    p_value = fisher_above(*cells.astype(int).ravel().tolist())
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


def _leaving(groups: AthleteGroups, settings: GroupSettings) -> Audit:
    """Compare the injuries in the last week of who left with what their own rate would give.

    Leaving because of an injury hides the injuries, it forecasts none: rows whose window runs past
    the end are dropped. It biases the level, so it warns.
    """
    athletes, injuries = groups.athletes, groups.injuries
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
    if poisson_at_least(near, max(expected, 1e-9)) >= settings.lowest_p:
        return non_blocking(f"{fact}: no more than chance.", table, PASSED)
    sentence = (
        f"{fact}: people leave because they are hurt, so injuries are missing and forecasts come "
        "out too low. Keep them on the roster until the season ends."
    )
    return non_blocking(sentence, table, WARNED)
