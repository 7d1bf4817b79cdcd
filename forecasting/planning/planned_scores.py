"""Scores of a week that is planned: the chance, its place and its reasons know the plan.

What the plan does to the hazard (:mod:`models.week_ahead.effects`) is that of any injury; the
share of a region is taken as unmoved, so that the ratio holds for every outcome. Without a plan a
forecast stays that of the athlete's usual week.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from common.language import message
from common.text.plain_words import number, plain_weekday
from forecasting.planning.team_plan import TeamPlan
from forecasting.reasons.ranked import REASON_COLUMNS
from forecasting.reasons.team_baseline import OF_THESE_ROWS, TeamReference
from forecasting.scoring.bands import bands
from forecasting.settings import BandSettings
from models.numeric.weighted_logistic import logit

PLAN: Final = "plan"
USUAL: Final = "usual"
NONE: Final = "none"
FEATURE: Final = "planned_week"
"""Name of the reason; no feature of the catalogue, for it is of days that are still to come."""
LEAST_LOG_ODDS: Final = 0.05
"""A plan that moves the odds by less than 5 % is no reason."""


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores, reasons and contributions by block of a week, all outcomes one below the other."""

    scores: pd.DataFrame
    reasons: pd.DataFrame
    blocks: pd.DataFrame


def planned_scores(
    week: Scored,
    team: TeamPlan,
    settings: BandSettings,
    untouched: tuple[str, ...] = (),
    reference: TeamReference = OF_THESE_ROWS,
) -> Scored:
    """Return a week whose forecasts know what is planned.

    Parameters
    ----------
    week : Scored
        Of forecasts that do not know it.
    team : TeamPlan
        The week ahead.
    settings : BandSettings
        Where bands begin.
    untouched : tuple of str
        Labels of models whose forecasts no plan moves (everyone's base rate).
    reference : TeamReference
        Where the medians of the team come from.

    Returns
    -------
    Scored
        Chance, range, multiples, band and rank of who has a plan are those of the planned week;
        `week_ahead` says which week it is (``plan``, ``usual`` or, with too few weeks on record
        for a usual one, ``none``; null where no week moves the forecast), and
        `probability_without_plan` what was forecast without it.
        The plan is a reason and a block of its own, so that contributions still sum to the
        log-odds.
    """
    parts = [
        _outcome(week, part, team, settings, untouched, reference)
        for _, part in week.scores.groupby("outcome", sort=False)
    ]
    why = pd.concat([week.reasons, *(part.reasons for part in parts)], ignore_index=True)
    return Scored(
        scores=pd.concat([part.scores for part in parts], ignore_index=True),
        reasons=_own_first(why),
        blocks=pd.concat([week.blocks, *(part.blocks for part in parts)], ignore_index=True),
    )


def _outcome(
    week: Scored,
    scores: pd.DataFrame,
    team: TeamPlan,
    settings: BandSettings,
    untouched: tuple[str, ...],
    reference: TeamReference,
) -> Scored:
    # One base rate for all is told because nothing better is known: a plan must not move it.
    if str(scores["model"].iloc[0]) in untouched:
        return Scored(scores, week.reasons.iloc[:0], week.blocks.iloc[:0])
    ahead = scores.assign(week_ahead=_week_ahead(scores, team))
    # Without any plan no forecast moves.
    if not team.has_plan.any():
        return Scored(ahead, week.reasons.iloc[:0], week.blocks.iloc[:0])
    plan = _with_plan(scores, team, np.flatnonzero(team.has_plan))
    moved = _moved(ahead, plan, settings)
    why = _reasons(plan, moved, reference).astype(week.reasons.dtypes.to_dict())
    return Scored(_main_reason(moved, why, week.reasons), why, _blocks(plan, moved))


def _week_ahead(scores: pd.DataFrame, team: TeamPlan) -> pd.Series:
    """Return for which week each athlete is forecast; null of who is not."""
    sources_in_rows = np.where(team.has_plan, PLAN, np.where(team.has_usual, USUAL, NONE))
    known = pd.Series(sources_in_rows, index=team.rows["athlete"].astype(str))
    sources = scores["athlete"].astype(str).map(known).astype("str")
    return sources.where(scores["probability"].notna())


def _with_plan(scores: pd.DataFrame, team: TeamPlan, at: np.ndarray) -> pd.DataFrame:
    """Return athlete, chance and range with the plan, and what the plan holds."""
    names = team.rows["athlete"].iloc[at].astype(str).tolist()
    mine = scores.set_index("athlete").reindex(names)
    before, below, above = (
        mine[name].to_numpy(dtype=np.float64, na_value=np.nan)
        for name in ("probability", "probability_low", "probability_high")
    )
    ahead = replace(team.ahead.rows(at), probability=before, low=below, high=above)
    planned = team.planned.rows(at)
    low, high = ahead.range_(planned)
    return pd.DataFrame(
        {
            "athlete": pd.Series(names, dtype="str"),
            "before": before,
            "probability": ahead.risk(planned),
            "probability_low": low,
            "probability_high": high,
            "km": planned.week_km,
            "longest_km": planned.longest,
            "weekday": _weekdays(team, np.argmax(planned.longest_km, axis=1)),
        }
    ).dropna(subset="before", ignore_index=True)


def _weekdays(team: TeamPlan, day: np.ndarray) -> list[int]:
    return [(team.as_of + pd.Timedelta(days=int(days_ahead) + 1)).weekday() for days_ahead in day]


def _moved(scores: pd.DataFrame, plan: pd.DataFrame, settings: BandSettings) -> pd.DataFrame:
    """Return an outcome's scores with the planned chance and everything that is made of it."""
    by = plan.set_index("athlete")
    has = scores["athlete"].isin(by.index)
    before = scores["probability"]
    table = scores.assign(
        probability_without_plan=before.where(has),
        **{
            name: scores[name].mask(has, scores["athlete"].map(by[name]))
            for name in ("probability", "probability_low", "probability_high")
        },
    )
    # `changeable_factor` multiplies odds, the other multiples a chance: each needs its own ratio.
    odds = np.exp(_logit(table["probability"]) - _logit(before))
    # What the chance is compared with stays, so that all multiples move by one ratio.
    ratio = table["probability"] / before
    table = table.assign(
        ratio_to_base=table["ratio_to_base"] * ratio,
        ratio_to_population=table["ratio_to_population"] * ratio,
        ratio_to_own_usual=table["ratio_to_own_usual"] * ratio,
        changeable_factor=table["changeable_factor"] * odds,
        band=bands(table["probability"], float(table["base_rate"].iloc[0]), settings).to_numpy(),
    ).sort_values(
        ["probability", "athlete"], ascending=[False, True], na_position="last", ignore_index=True
    )
    known = table["probability"].notna()
    return table.assign(rank=pd.Series(np.arange(1, len(table) + 1), dtype="Int64").where(known))


def _reasons(plan: pd.DataFrame, scores: pd.DataFrame, reference: TeamReference) -> pd.DataFrame:
    """Return the plan as a reason for each athlete whose forecast it changes."""
    effect = (_logit(plan["probability"]) - _logit(plan["before"])).to_numpy(dtype=np.float64)
    teams = plan["athlete"].map(scores.set_index("athlete")["team"])
    measure = f"{scores['outcome'].iloc[0]}.plan"
    effects = pd.DataFrame({FEATURE: effect}, plan.index)
    # Too few athletes have no median: then the whole effect counts as the athlete's own.
    middle = reference.medians(measure, effects, teams)[FEATURE].fillna(0.0)
    rows = [
        _reason(row, scores, float(log_odds), float(log_odds - median))
        for row, log_odds, median in zip(plan.to_dict("records"), effect, middle, strict=True)
        if abs(log_odds) >= LEAST_LOG_ODDS
    ]
    return pd.DataFrame(rows, columns=list(REASON_COLUMNS))


def _own_first(reasons: pd.DataFrame) -> pd.DataFrame:
    """Put the plan among an athlete's reasons: for before against, furthest from the team first."""
    sign = np.where(reasons["direction"] == "for", 1.0, -1.0)
    keys = pd.DataFrame(
        {
            "forecast": reasons.groupby(["outcome", "athlete"], sort=False).ngroup(),
            "against": sign < 0,
            "near": -sign * reasons["beyond_team_log_odds"],
        }
    )
    order = keys.sort_values(list(keys.columns), kind="stable").index
    return reasons.loc[order].reset_index(drop=True)


def _reason(
    row: dict[Any, Any], scores: pd.DataFrame, log_odds: float, beyond: float
) -> dict[str, Any]:
    plan_words = plan_sentence(row["km"], row["longest_km"], row["weekday"])
    return {
        "athlete": row["athlete"],
        "outcome": scores["outcome"].iloc[0],
        "block": PLAN,
        "family": FEATURE,
        "feature": FEATURE,
        "label": message("the week as planned"),
        "value": float(row["km"]),
        "unit": "km",
        "contribution_log_odds": log_odds,
        "odds_factor": float(np.exp(log_odds)),
        "sentence": plan_words,
        "own_sentence": plan_words,
        "changeable": True,
        "direction": "for" if log_odds > 0 else "against",
        "known": True,
        "beyond_team_log_odds": beyond,
    }


def plan_sentence(km: float, longest_km: float, weekday: int) -> str:
    """Say what is planned of a week."""
    if not longest_km > 0:
        return message("Planned: no running in the coming week")
    return message(
        "Planned: {km} km in the coming week, the longest run {longest} km on {day}",
        km=number(km), longest=number(longest_km), day=plain_weekday(weekday),
    )  # fmt: skip


def _main_reason(scores: pd.DataFrame, why: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Put the plan first where it raises the forecast more, beyond the team's, than all else."""
    if why.empty:
        return scores
    rising = why[why["direction"] == "for"].set_index("athlete")
    mine = others[(others["outcome"] == why["outcome"].iloc[0]) & (others["direction"] == "for")]
    most = mine[mine["known"]].groupby("athlete")["beyond_team_log_odds"].max()
    next_most = most.reindex(rising.index).fillna(0.0).clip(lower=0.0)
    first = rising[rising["beyond_team_log_odds"] > next_most]["sentence"]
    named = scores["athlete"].map(first)
    return scores.assign(main_reason=scores["main_reason"].mask(named.notna(), named))


def _blocks(plan: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    effect = _logit(plan["probability"]) - _logit(plan["before"])
    return pd.DataFrame(
        {
            "athlete": plan["athlete"],
            "outcome": str(scores["outcome"].iloc[0]),
            "block": PLAN,
            "contribution_log_odds": effect.to_numpy(dtype=np.float64),
            "known_features": 1,
        }
    )


def _logit(p: pd.Series) -> pd.Series:
    return pd.Series(logit(p.to_numpy(dtype=np.float64, na_value=np.nan)), p.index)
