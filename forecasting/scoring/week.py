"""Score a week: rank who can be scored, say of the others why not, and give reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.language import message
from features.catalogue.entry import Feature
from forecasting.forecaster import Forecaster
from forecasting.reasons.ranked import block_contributions, reasons
from forecasting.reasons.sentences import NO_CONTEXT, ReasonContext
from forecasting.reasons.team_baseline import TeamReference
from forecasting.scoring.bands import bands
from forecasting.scoring.guard import refuse_simulated
from forecasting.scoring.reference_comparisons import (
    COMPARISON_COLUMNS,
    no_comparisons,
    reference_comparisons,
)
from forecasting.settings import BandSettings, ScoreSettings
from forecasting.status.statuses import NO_RUNNING_RECORD, SCORED

SCORE_COLUMNS: Final = (
    "athlete", "team", "as_of", "outcome", "status", "status_note", "model", "probability",
    "probability_low", "probability_high", "base_rate", "ratio_to_base", "band", "rank",
    "main_reason", "flag", "last_record", "days_since_record", "days_since_onset", "return_note",
    "device", "back_since", "back_note", "back_line", "origin", *COMPARISON_COLUMNS, "week_ahead",
    "probability_without_plan",
)  # fmt: skip


DEFAULT_SCORE: Final = ScoreSettings()

BESIDE_TEAM: Final = ("hours_7d", "hours_28d")
"""Features of which the words tell the team's median too: hours say little by themselves."""

SHARED_BELOW: Final = 0.05
"""A reason less than 5 % on the odds beyond the team's median is shared with the team."""


@dataclass(frozen=True)
class ScoreResult:
    """One outcome's forecasts of one week.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row per athlete, columns :data:`SCORE_COLUMNS`, best known risk first; who is not
        scored comes last with null probability and rank.
    reasons : pandas.DataFrame
        From :func:`forecasting.reasons.ranked.reasons`.
    blocks : pandas.DataFrame
        From :func:`forecasting.reasons.ranked.block_contributions`.
    """

    scores: pd.DataFrame
    reasons: pd.DataFrame
    blocks: pd.DataFrame


def score_week(
    rows: pd.DataFrame,
    forecaster: Forecaster,
    status: pd.DataFrame,
    as_of: pd.Timestamp,
    catalogue: Sequence[Feature],
    *,
    data_simulated: bool,
    context: ReasonContext = NO_CONTEXT,
    settings: ScoreSettings = DEFAULT_SCORE,
) -> ScoreResult:
    """Score every athlete of a dataset on one day for one outcome.

    Parameters
    ----------
    rows : pandas.DataFrame
        The feature matrix: athlete, date and features; only rows of `as_of` are used.
    forecaster : Forecaster
        The model.
    status : pandas.DataFrame
        From :func:`forecasting.status.athlete_status.athlete_status`; decides who is listed and
        who is scored. The columns flag (a new device), device, back_since and back_note (from
        :func:`forecasting.status.returned.returned`) and back_line (from
        :func:`forecasting.returning.lately_back.lately_back`) are passed on where present.
    as_of : pandas.Timestamp
        The day of the forecast.
    catalogue : sequence of Feature
        Wording and blocks.
    data_simulated : bool
        Whether the athletes are simulated.
    context : ReasonContext
        The runs and complaints behind the features.
    settings : ScoreSettings
        Bands and number of reasons.

    Raises
    ------
    StridecastError
        If the model learnt from simulated athletes and these are real.
    """
    # First of all: not one number of such a model may reach a real athlete.
    refuse_simulated(model_simulated=forecaster.simulated, data_simulated=data_simulated)
    listed = _without_row(status, rows, as_of)
    ready = listed.loc[listed["status"] == SCORED, ["athlete"]]
    # "1:1" stops a doubled row, which would put an athlete on the list twice.
    today = ready.merge(rows[rows["date"] == as_of], on="athlete", how="left", validate="1:1")
    if today.empty:
        return _nobody(listed, forecaster, as_of)
    probability = forecaster.probability(today)
    effects = forecaster.contributions(today)
    teams = today["athlete"].map(listed.set_index("athlete")["team"])
    why = reasons(
        _beside_team(today, teams, f"{forecaster.outcome}.hours", context.team),
        effects,
        catalogue,
        forecaster.outcome,
        context=context,
        settings=settings.reasons,
        teams=teams,
    )
    scored = pd.DataFrame({"athlete": today["athlete"], "probability": probability})
    blocks = pd.DataFrame()
    # Of a pass that only gathers what athletes have in common nothing else is looked at.
    if not context.team.takes_notes:
        low, high = forecaster.bounds(today)
        scored = scored.assign(probability_low=low, probability_high=high).join(
            reference_comparisons(today, probability, effects, forecaster, catalogue)
        )
        blocks = block_contributions(today, effects, probability, catalogue, forecaster.outcome)
    scores = _table(listed, scored, why, forecaster, as_of, settings.bands)
    return ScoreResult(scores, why, blocks)


def _beside_team(
    today: pd.DataFrame, teams: pd.Series, measure: str, team: TeamReference
) -> pd.DataFrame:
    """Add the team's median hours, for the words alone."""
    hours = today.reindex(columns=list(BESIDE_TEAM)).astype("float64")
    return today.join(team.medians(measure, hours, teams).add_prefix("team_"))


def _without_row(status: pd.DataFrame, rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Turn athletes who are ready but have no feature row that day into `no_running_record`."""
    present = rows["athlete"][rows["date"] == as_of]
    lacking = (status["status"] == SCORED) & ~status["athlete"].isin(present)
    note = message("not under observation on this day: not scored")
    return status.assign(
        status=status["status"].mask(lacking, NO_RUNNING_RECORD),
        status_note=status["status_note"].mask(lacking, note),
    )


def _table(
    listed: pd.DataFrame,
    scored: pd.DataFrame,
    why: pd.DataFrame,
    forecaster: Forecaster,
    as_of: pd.Timestamp,
    band_settings: BandSettings,
) -> pd.DataFrame:
    table = listed.merge(scored, on="athlete", how="left", validate="1:1")
    table = table.sort_values(
        ["probability", "athlete"], ascending=[False, True], na_position="last", ignore_index=True
    )
    known = table["probability"].notna()
    table = table.assign(
        as_of=as_of,
        outcome=forecaster.outcome,
        model=forecaster.label,
        origin=forecaster.origin,
        base_rate=forecaster.base_rate,
        ratio_to_base=table["probability"] / forecaster.base_rate,
        band=bands(table["probability"], forecaster.base_rate, band_settings),
        rank=pd.Series(np.arange(1, len(table) + 1), dtype="Int64").where(known),
        main_reason=_main_reason(table, why),
    )
    return _passed_on(table)[list(SCORE_COLUMNS)]


def _passed_on(table: pd.DataFrame) -> pd.DataFrame:
    """Give what the status says beyond its minimum one type, also where nobody has it."""
    wanted = table.reindex(columns=[*table.columns.union(list(SCORE_COLUMNS), sort=False)])
    typed = wanted.astype(
        {
            "flag": "str",
            "return_note": "str",
            "device": "str",
            "days_since_onset": "Int64",
            "back_since": "datetime64[ns]",
            "back_note": "str",
            "back_line": "str",
            "week_ahead": "str",
            "probability_without_plan": "float64",
        }
    )
    return typed.fillna({"flag": "", "return_note": "", "back_note": "", "back_line": ""})


def _main_reason(table: pd.DataFrame, why: pd.DataFrame) -> pd.Series:
    """Return the known reason for that is most the athlete's own; null if not scored.

    Where none lies beyond the team's median the nearest to it is told, as shared with the team.
    """
    # Only a known value is the main reason: "not known" may raise a forecast but explains nothing.
    first = why[(why["direction"] == "for") & why["known"]].drop_duplicates("athlete")
    shared = first["beyond_team_log_odds"] < SHARED_BELOW
    for_most = [
        message("As for most of the team: {reason}", reason=reason)
        for reason in first["sentence"][shared]
    ]
    reason_sentences = first["sentence"].mask(
        shared, pd.Series(for_most, first.index[shared], dtype="str")
    )
    main_reasons = (
        table["athlete"]
        .map(reason_sentences.astype("str").set_axis(first["athlete"]))
        .astype("str")
    )
    words = main_reasons.fillna(message("nothing on record is associated with a higher forecast"))
    return words.where(table["probability"].notna())


def _nobody(listed: pd.DataFrame, forecaster: Forecaster, as_of: pd.Timestamp) -> ScoreResult:
    numbers = ("probability", "probability_low", "probability_high")
    nothing = pd.DataFrame(
        {"athlete": pd.Series(dtype="str")} | {n: pd.Series(dtype="float64") for n in numbers}
    ).join(no_comparisons())
    no_effects = pd.DataFrame(index=nothing.index)
    why = reasons(nothing, no_effects, (), forecaster.outcome)
    return ScoreResult(
        scores=_table(listed, nothing, why, forecaster, as_of, BandSettings()),
        reasons=why,
        blocks=block_contributions(nothing, no_effects, nothing["probability"].to_numpy(), (), ""),
    )
