"""What is audited, and what the audits of several outcomes share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from features.audits.lookahead import Compute
from features.catalogue.entry import Feature
from features.matrix import feature_matrix
from models.audits.answers import Answers
from models.audits.control_days import RecordedDays
from models.audits.groups import AthleteGroups
from models.audits.missingness import MissingValues
from models.audits.proximity import LEADS
from models.audits.quick_score import QuickRows
from models.audits.values_alone import values_alone
from models.sampling.outcomes import label, risk_set
from models.sampling.risk_set import RiskSet
from models.settings.outcomes import Outcome
from pipelines.runtime.params import Params

Label = Callable[..., pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Audited:
    """What is audited.

    Parameters
    ----------
    params : Params
        Limits, outcomes, split.
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    rows : pandas.DataFrame
        Feature matrix.
    entries : tuple of Feature
        Entries of its features.
    compute : callable
        What made the matrix from the tables.
    label : callable
        What makes the outcomes, as :func:`models.sampling.outcomes.label`.
    """

    params: Params
    tables: Mapping[str, pd.DataFrame]
    rows: pd.DataFrame
    entries: tuple[Feature, ...]
    compute: Compute = feature_matrix
    label: Label = label


class Shared:
    """What the audits of several outcomes read, made once.

    Outcomes mostly have the same rows at risk: what depends on rows and on no outcome is made once
    for each set of rows.

    Parameters
    ----------
    audited : Audited
    outcomes : sequence of str
        Which are audited.
    """

    def __init__(self, audited: Audited, outcomes: Sequence[Outcome]) -> None:
        tables, params = audited.tables, audited.params
        rules, lead = params.features.injuries, params.outcome.lead_days
        self._audited = audited
        self.x = audited.rows[[f.name for f in audited.entries]]
        self.recorded = RecordedDays(tables)
        self.answers = Answers(tables["wellness"])
        self.groups = AthleteGroups.of(tables)
        self.spells = risk_set(
            tables["injuries"], tables["athletes"], rules, tables.get("sessions")
        )
        # Some days more of lead: what lives on the eve of an injury loses its skill then.
        self.labels = {
            outcome: {k: _labels(audited, outcome, lead + k, self.spells) for k in LEADS}
            for outcome in outcomes
        }
        self.alone = values_alone(
            self.x,
            {outcome: of_lead[0]["event"] for outcome, of_lead in self.labels.items()},
            self.x.columns,
            params.audit.purity,
        )
        self._missing: dict[bytes, MissingValues] = {}
        self._quick: dict[bytes, QuickRows] = {}

    def missing(self, known: pd.Series) -> MissingValues:
        """Return which values are missing in the rows that are known."""
        key = known.to_numpy(dtype=bool).tobytes()
        if key not in self._missing:
            self._missing[key] = MissingValues(self.x[known], self._audited.entries)
        return self._missing[key]

    def quick(self, known: pd.Series) -> QuickRows:
        """Return all features of the rows that are known, for quick models."""
        key = known.to_numpy(dtype=bool).tobytes()
        if key not in self._quick:
            self._quick[key] = QuickRows(self.x[known])
        return self._quick[key]


def _labels(audited: Audited, outcome: Outcome, lead_days: int, spells: RiskSet) -> pd.DataFrame:
    settings = audited.params.outcome.model_copy(update={"lead_days": lead_days})
    tables, rules = audited.tables, audited.params.features.injuries
    return audited.label(
        audited.rows,
        tables["injuries"],
        tables["athletes"],
        outcome,
        settings,
        rules,
        tables.get("sessions"),
        spells,
    )
