"""Everything the page says, as frames and texts: what a stage hands over and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pandas as pd

from common.language import ENGLISH
from forecasting.planning.outlook import Outlook
from forecasting.scoring.week import DEFAULT_SCORE
from forecasting.settings import ScoreSettings
from forecasting.status.records_read import RECORD_COLUMNS
from models.settings.evaluation import GateSettings

DEFAULT_GATES = GateSettings()


def no_records() -> pd.DataFrame:
    """Return a table of records in which nothing was read."""
    return pd.DataFrame(columns=list(RECORD_COLUMNS))


def rows_of(athlete: str, frame: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return an athlete's rows of a frame that has a column `athlete`; None where there is none."""
    # None stays None: a frame that nobody handed over is not the same as one without rows.
    return None if frame is None else frame[frame["athlete"] == athlete].reset_index(drop=True)


@dataclass(frozen=True)
class Verified:
    """How well the models in use forecast athletes they had not seen; None where it is not known.

    Parameters
    ----------
    metrics : pandas.DataFrame or None
        outcome, model, metric, columns (:class:`models.evaluation.columns_read.ColumnsRead`),
        value, low, high; models in the order in which they are shown, the model in use first.
    calibration : pandas.DataFrame or None
        outcome, predicted, observed, low, high (0-1): points of the calibration plot.
    alert_budget : pandas.DataFrame or None
        outcome and the columns of :func:`models.metrics.alert_budget.alert_budget`, of the model
        in use.
    stability : pandas.DataFrame or None
        outcome and the columns of :func:`models.explanation.reason_stability.reason_stability`.
    """

    metrics: pd.DataFrame | None = None
    calibration: pd.DataFrame | None = None
    alert_budget: pd.DataFrame | None = None
    stability: pd.DataFrame | None = None


@dataclass(frozen=True)
class Memory:
    """What the folder remembers of earlier weeks; None where there is nothing yet.

    Parameters
    ----------
    compared : pandas.DataFrame or None
        Columns of :data:`forecasting.scoring.comparison.COMPARED_COLUMNS`.
    forecasts : pandas.DataFrame or None
        Earlier forecasts, from :func:`forecasting.monitoring.outcomes.followed`: athlete, outcome,
        as_of, probability, event, onset_date.
    actions : pandas.DataFrame or None
        What was done: athlete, date, did.
    verdict : mapping or None
        `verdict`, `sentence` and `until` of the last `monitor.json`.
    is_hindcast : bool
        Whether the earlier forecasts were computed afterwards.
    """

    compared: pd.DataFrame | None = None
    forecasts: pd.DataFrame | None = None
    actions: pd.DataFrame | None = None
    verdict: Mapping[str, Any] | None = None
    is_hindcast: bool = False

    def of(self, athlete: str) -> Self:
        """Return what is remembered of one athlete, and nothing of the others.

        The verdict of the monitoring names other athletes, so that it is left out.
        """
        return replace(
            self,
            compared=rows_of(athlete, self.compared),
            forecasts=rows_of(athlete, self.forecasts),
            actions=rows_of(athlete, self.actions),
            verdict=None,
        )


@dataclass(frozen=True)
class PageSettings:
    """What params.yaml says of the page.

    Parameters
    ----------
    score : ScoreSettings
        Where the bands of the scores change, and whom the list at the top names.
    gates : GateSettings
        Outside which range a calibration is called unfavourable.
    """

    score: ScoreSettings = DEFAULT_SCORE
    gates: GateSettings = DEFAULT_GATES


DEFAULT_PAGE = PageSettings()


@dataclass(frozen=True)
class Task:
    """What is left to do in a few words, and the whole sentences behind them."""

    brief: str
    more: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """What the weekly page is made of.

    Parameters
    ----------
    title : str
        Heading, for instance the team's name.
    dataset : str
        Name of the dataset.
    as_of : pandas.Timestamp
        Day of the forecast; records up to and including it were used.
    horizon_days : int
        Length of the period the forecast is for; it begins the day after `as_of`.
    scores : pandas.DataFrame
        Columns of :data:`forecasting.scoring.week.SCORE_COLUMNS`, all outcomes one below the other.
    reasons : pandas.DataFrame
        Columns of :data:`forecasting.reasons.ranked.REASON_COLUMNS`, all outcomes.
    blocks : pandas.DataFrame
        athlete, outcome, block, contribution_log_odds.
    daily_load : pandas.DataFrame
        From :func:`forecasting.status.load_history.load_history`.
    base_rates : mapping of str to float
        Outcomes and their base rates; the first outcome is the one athletes are ranked by.
    model_notes : sequence of str
        Sentences about the model: what it learnt from, when.
    sample_size_note : str
        How the training data compare with the sample that is needed.
    simulated : bool
        Whether the athletes are simulated.
    evidence_only : bool
        Whether the forecasts come from the evidence model.
    verification : Verified
        How well the models in use forecast.
    display_names : mapping of str to str, optional
        Names to show in place of pseudonyms.
    generated_from : mapping of str to str
        Digests of the inputs, for the foot of the page.
    memory : Memory
        Earlier forecasts, what was done, and the last verdict of the monitoring.
    to_do : sequence of str or Task
        What the team has to put right in its files.
    settings : PageSettings
        Bands, the list at the top, and what is called unfavourable.
    records : pandas.DataFrame
        From :func:`forecasting.status.records_read.records_read`.
    evidence_note : str
        Where there is no model of the team's own: what is on record and what one needs.
    made_on : pandas.Timestamp, optional
        The day on which the page is made; without it nothing is said about its age.
    looks_back : bool
        Whether records later than `as_of` were left out on purpose.
    is_list_known : bool
        Whether it is known what the injury record said on that day.
    commands : sequence of (str, str)
        What to do next, in words and as a command.
    figures, to_check, strength, measured : pandas.DataFrame, optional
        From :func:`forecasting.scoring.figures.figure_table`,
        :func:`forecasting.scoring.figures.sessions_to_check`,
        :func:`forecasting.reasons.side_differences.best_trials` and
        :func:`forecasting.reasons.measured.measured`.
    complaints : mapping of str to sequence of mapping
        Of each athlete the complaints of the past week: date, region, side.
    way_back : mapping of str to mapping
        From :func:`forecasting.returning.outlook.outlooks`, of who is injured.
    left_out : sequence of str
        Of each outcome that cannot be forecast, why not.
    not_read : sequence of mapping
        What was not read, the most important kind first: kind, file, rows, sentence, athletes.
    outlooks : mapping of str to Outlook
        Of each athlete who has a forecast the week ahead.
    language : str
        Code of the language of the page.
    """

    title: str
    dataset: str
    as_of: pd.Timestamp
    horizon_days: int
    scores: pd.DataFrame
    reasons: pd.DataFrame
    blocks: pd.DataFrame
    daily_load: pd.DataFrame
    base_rates: Mapping[str, float]
    model_notes: Sequence[str]
    sample_size_note: str
    simulated: bool
    evidence_only: bool = False
    verification: Verified = Verified()
    display_names: Mapping[str, str] | None = None
    generated_from: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = Memory()
    to_do: Sequence[str | Task] = ()
    settings: PageSettings = DEFAULT_PAGE
    records: pd.DataFrame = field(default_factory=no_records)
    evidence_note: str = ""
    made_on: pd.Timestamp | None = None
    looks_back: bool = False
    is_list_known: bool = True
    commands: Sequence[tuple[str, str]] = ()
    figures: pd.DataFrame | None = None
    to_check: pd.DataFrame | None = None
    strength: pd.DataFrame | None = None
    measured: pd.DataFrame | None = None
    complaints: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    way_back: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    not_read: Sequence[Mapping[str, Any]] = ()
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    language: str = ENGLISH

    def __post_init__(self) -> None:
        outcomes = set(self.scores["outcome"])
        # The order of the base rates is that of the outcomes, so that none of them may be missing.
        if not outcomes or outcomes - set(self.base_rates):
            raise ValueError(f"base rates are needed for every outcome of the scores: {outcomes}")

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes, the leading one first."""
        return tuple(self.base_rates)

    def name_of(self, athlete: str) -> str:
        """Return the name to show for a pseudonym."""
        return (self.display_names or {}).get(athlete, athlete)
