"""What is audited, and what the audits of several outcomes share."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import pandas as pd

from common.arrays import Floats
from features.audits.lookahead import Compute
from features.catalogue.entry import Feature
from features.matrix import feature_matrix
from models.audits.answers import Answers
from models.audits.control_days import RecordedDays
from models.audits.groups import AthleteGroups
from models.audits.missingness import MissingValues, pattern_score
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


@dataclass(frozen=True, eq=False)
class Fits:
    """Quick models of one outcome, which are fitted beside the other audits.

    Parameters
    ----------
    known : pandas.Series
        Which rows are at risk.
    rows : pandas.DataFrame
        athlete, date, event, onset_date of these rows.
    missing : MissingValues
        Of these rows.
    quick : QuickRows
        Their features.
    pattern : future of ndarray, or of None
        What :func:`models.audits.missingness.pattern_score` says.
    score : future of ndarray
        Scores by all features.
    """

    known: pd.Series
    rows: pd.DataFrame
    missing: MissingValues
    quick: QuickRows
    pattern: Future[Floats | None]
    score: Future[Floats]


class Shared:
    """What the audits of several outcomes read, made once.

    Outcomes mostly have the same rows at risk: what depends on rows and on no outcome is made once
    for each set of rows.

    Parameters
    ----------
    audited : Audited
    outcomes : sequence of str
        Which are audited.
    beside : Executor
        What fits quick models. LightGBM holds no lock of Python's while it grows trees, so that
        the other audits go on meanwhile. A fit gets arrays alone: no table is read by two threads.
    """

    def __init__(self, audited: Audited, outcomes: Sequence[Outcome], beside: Executor) -> None:
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
        self._missing: dict[bytes, MissingValues] = {}
        self._quick: dict[bytes, QuickRows] = {}
        self.fits = {
            outcome: self._fits(of_lead[0], beside) for outcome, of_lead in self.labels.items()
        }
        self.alone = values_alone(
            self.x,
            {outcome: of_lead[0]["event"] for outcome, of_lead in self.labels.items()},
            self.x.columns,
            params.audit.purity,
        )

    def _fits(self, labels: pd.DataFrame, beside: Executor) -> Fits:
        """Begin the fits of one outcome."""
        settings = self._audited.params.audit
        known = labels["event"].notna()
        key = known.to_numpy(dtype=bool).tobytes()
        if key not in self._quick:
            at_risk = self.x[known]
            self._quick[key] = QuickRows(at_risk)
            self._missing[key] = MissingValues(at_risk, self._audited.entries)
        rows = labels.loc[known, ["athlete", "date", "event", "onset_date"]]
        y, who = rows["event"].to_numpy(dtype=float), rows["athlete"].to_numpy(dtype=object)
        quick, missing = self._quick[key], self._missing[key]
        score = beside.submit(quick.mean_score, y, who, settings.label_proximity)
        pattern = beside.submit(pattern_score, missing, y, who, settings.missingness)
        return Fits(known, rows, missing, quick, pattern, score)


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
