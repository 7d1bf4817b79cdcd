"""What a team's own weeks teach the evidence model: which rows count, and the posterior."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.injuries.known_running import known_runs
from features.injuries.rules import as_known_on
from features.injuries.settings import InjuryRules
from models.evidence.columns import Columns
from models.evidence.model import ANY, KNEE, OUTCOMES, EvidenceModel
from models.evidence.verified import Verified, verified_gain
from models.sampling.outcomes import label, risk_set
from models.settings.outcomes import OutcomeSettings

RECENT_WEEKS: Final = 26
"""Weeks whose forecasts make the team's expected rate."""
SPANS: Final = "injury_spans"


@dataclass(frozen=True, eq=False)
class TeamEvidence:
    """The evidence model of each outcome after a team's own weeks.

    Parameters
    ----------
    models : mapping of str to EvidenceModel
        By outcome.
    recent : pandas.DataFrame
        The team's feature rows of the past half year of which running hours are known.
    verified : mapping of str to Verified
        How the forecasts of each outcome did on the team's own weeks; empty without any.
    """

    models: Mapping[str, EvidenceModel]
    recent: pd.DataFrame
    verified: Mapping[str, Verified] = field(default_factory=dict)

    def expected_rate(self, outcome: str) -> float:
        """Return the team's expected rate: the mean forecast of its recent athlete-weeks.

        Without such weeks it is the reference runner's probability.
        """
        model = self.models[outcome]
        if self.recent.empty:
            return model.reference_probability
        return float(model.predict_proba(self.recent)[:, 1].mean())


def published_evidence(horizon_days: int) -> TeamEvidence:
    """Return the models before any weeks of a team."""
    models = {name: EvidenceModel.published(name, None, horizon_days) for name in OUTCOMES}
    return TeamEvidence(models, pd.DataFrame())


def team_evidence(
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    outcome: OutcomeSettings,
    rules: InjuryRules,
) -> TeamEvidence:
    """Return the posterior of each outcome given what was known on a day.

    Parameters
    ----------
    rows : pandas.DataFrame
        Weekly feature rows up to the day: athlete, date, features.
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated later than the day is used.
    as_of : pandas.Timestamp
        The day.
    outcome : OutcomeSettings
        Horizon.
    rules : InjuryRules
        How injury reports are counted.
    """
    # Without hours an athlete would be learnt from, and count in the rate, with those of the level.
    rows = rows[(rows["date"] <= as_of) & _hours_known(rows)].reset_index(drop=True)
    learnt = learnable(rows, tables, as_of, outcome, rules)
    models = published_evidence(outcome.horizon_days).models
    verified: dict[str, Verified] = {}
    if not learnt.empty:
        verified = {name: verified_gain(learnt, name, outcome) for name in OUTCOMES}
        seen = (learnt, learnt[f"event_{ANY}"], learnt[f"event_{KNEE}"], learnt["athlete"])
        models = {name: model.updated(*seen) for name, model in models.items()}
    recent = rows[rows["date"] > as_of - pd.Timedelta(weeks=RECENT_WEEKS)]
    return TeamEvidence(models, recent, verified)


def learnable(
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    outcome: OutcomeSettings,
    rules: InjuryRules,
) -> pd.DataFrame:
    """Return the rows whose outcome is known on the day, with `event_any` and `event_knee`.

    A row counts where its athlete was at risk, running hours are known, and injuries were being
    written down all through its horizon: silence of a list that nobody kept is no health. Where
    nobody wrote a return, an athlete who does not run again is not at risk: the weeks without
    running and without a new injury would teach that hours harm and that returns do not.
    """
    labels = known_labels(rows, OUTCOMES, tables, as_of, outcome, rules)
    table = rows.assign(
        **{f"event_{name}": of_name["event"].to_numpy() for name, of_name in labels.items()}
    )
    known = table[f"event_{ANY}"].notna() & table[f"event_{KNEE}"].notna()
    injuries = as_known_on(tables["injuries"], as_of)
    written = _written_down(rows, injuries, tables.get(SPANS), outcome.reach_days)
    return table[known & written].reset_index(drop=True)


def known_labels(
    rows: pd.DataFrame,
    outcomes: Iterable[str],
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    outcome: OutcomeSettings,
    rules: InjuryRules,
) -> dict[str, pd.DataFrame]:
    """Return the labels of rows by outcome, from what was known on a day.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete and date.
    outcomes : iterable of str
        Names.
    tables : mapping of str to pandas.DataFrame
        athletes, injuries and, where they are known, sessions and mileage.
    as_of, outcome, rules
        As for :func:`learnable`.

    Returns
    -------
    dict of str to pandas.DataFrame
        Of :func:`models.sampling.outcomes.label`.
    """
    # Also when old weeks are replayed: returns and reports that came later would leak into the fit.
    injuries = as_known_on(tables["injuries"], as_of)
    athletes = tables["athletes"]
    # Nobody is observed past the day, so rows whose horizon is not over yet drop out.
    seen_to = athletes["observed_to"].where(athletes["observed_to"] <= as_of, as_of)
    athletes = athletes.assign(observed_to=seen_to)
    runs = known_runs(tables, as_of) if "sessions" in tables else None
    spells = risk_set(injuries, athletes, rules, runs)
    return {
        name: label(rows, injuries, athletes, name, outcome, rules, runs, spells)
        for name in outcomes
    }


def _hours_known(rows: pd.DataFrame) -> pd.Series:
    columns = Columns(rows)
    hours: Floats = columns.first_known(("hours_28d", "usual_hours_week", "hours_7d"))
    return pd.Series(~np.isnan(hours), index=rows.index)


def _written_down(
    rows: pd.DataFrame, injuries: pd.DataFrame, spans: pd.DataFrame | None, reach_days: int
) -> pd.Series:
    """Say of which rows injuries were written down from the day to the end of the horizon."""
    if spans is None or spans.empty:
        # Without spans a list is taken to be kept from its first onset on; that one began it.
        first: pd.Timestamp = injuries["onset_date"].min()
        return pd.Series((rows["date"] >= first).to_numpy(), index=rows.index)
    ends = rows["date"] + pd.Timedelta(days=reach_days)
    pairs = rows[["athlete", "date"]].assign(end=ends, row=rows.index).merge(spans, on="athlete")
    covered = (pairs["known_from"] <= pairs["date"]) & (
        pairs["known_to"].isna() | (pairs["end"] <= pairs["known_to"])
    )
    return pd.Series(rows.index.isin(pairs.loc[covered, "row"]), index=rows.index)
