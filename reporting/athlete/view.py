"""One athlete as the page shows them: chances, reasons in groups, charts."""

from dataclasses import dataclass
from math import isnan
from typing import Final

import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.outcome_words import outcome_words
from common.text.plain_words import plain_day, probability_words, short_day
from forecasting.planning.outlook import Outlook
from forecasting.reasons.advice import LOW_STEP_RATE_SPM, Advice, advice_for
from forecasting.reasons.before_spike import latest_runs, longest_before_spikes
from forecasting.reasons.families import settled_families
from forecasting.reasons.team_baseline import team_medians
from forecasting.reasons.what_to_do import Lever
from forecasting.scoring.bands import BANDS
from forecasting.status.load_history import DEFAULT_HISTORY
from reporting.athlete.beside import beside_words, known, times_words
from reporting.athlete.figures import Figure, figure_views
from reporting.athlete.inputs import input_notes
from reporting.athlete.measured import Measured, measured_views
from reporting.athlete.own_records import (
    OwnRecords,
    own_records,
    put_right_words,
    to_check_words,
)
from reporting.athlete.past import NOTHING, PastView, done_words, past_view
from reporting.athlete.way_back import WayBack, way_back
from reporting.athlete.weekly_load import spike_runs, weekly_load
from reporting.athlete.why import Why, is_own, why_view
from reporting.charts.ahead import ahead_chart
from reporting.charts.forecasts import forecast_chart
from reporting.charts.load import load_chart, recent_spike
from reporting.context import PageContext
from reporting.languages.messages import freshness, natural_frequency
from reporting.languages.plain_rows import Row, Rows, rows_by_athlete
from reporting.languages.this_week import ThisWeek, this_week
from reporting.planning.terminal_text import ahead_lines

SPIKES: Final = ("longest_run_spike", "longest_time_spike")
STEP_RATES: Final = ("cadence_spm", "lab_cadence_spm")
SPIKE_FROM: Final = DEFAULT_HISTORY.spike_ratio


@dataclass(frozen=True)
class Chance:
    """The forecast of one outcome."""

    outcome: str
    words: str
    probability: float
    percent: str
    range: str
    ratio: float
    ratio_words: str
    beside: str
    band: str
    frequency: str
    past: PastView
    to_usual: float | None = None
    changeable: float | None = None


@dataclass(frozen=True)
class AthleteView:
    """What the templates need of one athlete; `chances` is empty for those not scored."""

    key: str
    code: str
    name: str
    team: str
    rank: int | None
    status: str
    note: str
    chances: tuple[Chance, ...]
    main_reason: str
    lever: str
    days_since: int | None
    days_since_run: int | None
    fresh: str
    last_record: str
    last_day: str
    whys: tuple[Why, ...]
    load: Markup
    spike: str
    week: str
    forecasts: Markup
    flag: str
    standing: str
    way_back: WayBack | None
    back: str
    back_days: int | None
    complains: bool
    inputs: tuple[str, ...]
    advice: tuple[Advice, ...]
    done: tuple[str, ...]
    figures: tuple[Figure, ...]
    history_unknown: bool
    to_do: Lever
    to_check: tuple[str, ...]
    put_right: tuple[str, ...]
    measured: tuple[Measured, ...]
    ahead: tuple[str, ...]
    ahead_chart: Markup


def athlete_views(context: PageContext) -> list[AthleteView]:
    """Return all athletes in the order of their rank, those not scored last."""
    rows = rows_by_athlete(_with_team_median(context.scores.reset_index(drop=True)))
    why = rows_by_athlete(context.reasons)
    blocks = rows_by_athlete(context.blocks)
    weeks = rows_by_athlete(weekly_load(context.daily_load, context.as_of))
    spikes = rows_by_athlete(spike_runs(context.daily_load, context.as_of))
    days = rows_by_athlete(latest_runs(context.daily_load, context.as_of))
    compared = _by_athlete(context.memory.compared)
    past = _by_athlete(context.memory.forecasts)
    done = _by_athlete(context.memory.actions)
    read = rows_by_athlete(context.records)
    own = own_records(context)
    return [
        _view(
            f"a{at + 1}",
            context,
            rows[athlete],
            why[athlete],
            blocks[athlete],
            _Load(
                load_chart(f"l{at + 1}", context.name_of(athlete), weeks[athlete], spikes[athlete]),
                recent_spike(weeks[athlete], spikes[athlete]),
                this_week(
                    weeks[athlete],
                    spikes[athlete],
                    longest_before_spikes(days[athlete], context.as_of),
                    own[athlete].figures,
                ),
            ),
            _Earlier(compared[athlete], past[athlete], done[athlete], read[athlete]),
            own[athlete],
        )
        for at, athlete in enumerate(_order(context))
    ]


@dataclass(frozen=True)
class _Load:
    chart: Markup
    recent_spike: str
    week: ThisWeek


@dataclass(frozen=True)
class _Earlier:
    compared: Rows
    past: Rows
    done: Rows
    read: Rows


def _by_athlete(frame: pd.DataFrame | None) -> dict[str, list[Row]]:
    return rows_by_athlete(pd.DataFrame() if frame is None else frame)


def _order(context: PageContext) -> list[str]:
    leading = context.scores[context.scores["outcome"] == context.outcomes[0]]
    # By code at last, so that two runs of one week give the same page.
    ordered = leading.sort_values(["rank", "status", "athlete"], na_position="last")
    return [str(athlete) for athlete in ordered["athlete"]]


def _view(
    key: str,
    context: PageContext,
    rows: Rows,
    why: Rows,
    blocks: Rows,
    load: _Load,
    earlier: _Earlier,
    own: OwnRecords,
) -> AthleteView:
    by_outcome = {str(row["outcome"]): row for row in rows}
    first = by_outcome[context.outcomes[0]]
    name = context.name_of(first["athlete"])
    scored = [o for o in context.outcomes if o in by_outcome and _is_scored(by_outcome[o])]
    days = first["days_since_record"]
    beside = {str(row["outcome"]): past_view(row) for row in earlier.compared}
    return AthleteView(
        key=key,
        code=str(first["athlete"]),
        name=name,
        team=_text(first["team"]),
        rank=None if pd.isna(first["rank"]) else int(first["rank"]),
        status=first["status"],
        note=_text(first["status_note"]),
        chances=tuple(
            _chance(by_outcome[outcome], context.horizon_days, beside.get(outcome, NOTHING))
            for outcome in scored
        ),
        main_reason=_text(first["main_reason"]),
        lever=_lever(why, first),
        days_since=None if pd.isna(days) else int(days),
        days_since_run=(own.figures or {}).get("days_since_run"),
        fresh=message("no record") if pd.isna(days) else freshness(int(days)),
        last_record=message("none") if pd.isna(days) else plain_day(first["last_record"]),
        last_day="" if pd.isna(days) else short_day(first["last_record"]),
        whys=tuple(why_view(key, name, by_outcome[o], why, blocks) for o in scored),
        load=load.chart,
        spike=load.recent_spike,
        week=load.week.words,
        forecasts=_forecasts(f"f{key}", name, first, earlier.past),
        flag=_text(first["flag"]),
        standing=_text(first["return_note"]),
        way_back=way_back(key, name, context.way_back.get(str(first["athlete"]))),
        back=_text(first["back_note"]),
        back_days=None
        if pd.isna(first["back_since"])
        else (context.as_of - first["back_since"]).days,
        complains=bool(context.complaints.get(str(first["athlete"]))),
        inputs=input_notes([b for b in blocks if b["outcome"] == first["outcome"]], earlier.read),
        advice=_advice(why, load.week),
        done=done_words(earlier.done),
        figures=figure_views(own.figures),
        # Without a list of injuries their number is unknown, and must not read as none.
        history_unknown=bool(own.figures) and (own.figures or {}).get("injuries_12m") is None,
        to_do=own.to_do,
        to_check=to_check_words(own.to_check, name),
        put_right=put_right_words(own.to_check, name),
        measured=measured_views(own.measured),
        ahead=ahead_lines(
            context.outlooks,
            str(first["athlete"]),
            by_time=bool((own.figures or {}).get("runs_without_km_7d")),
        ),
        ahead_chart=_ahead(f"w{key}", name, context.outlooks.get(str(first["athlete"]))),
    )


def _ahead(key: str, name: str, of: Outlook | None) -> Markup:
    return Markup("") if of is None else ahead_chart(key, name, of)


def _can_be_lowered(row: Row) -> bool:
    return bool(row["changeable"] and row["known"]) and row["direction"] == "for"


def _advice(why: Rows, week: ThisWeek) -> tuple[Advice, ...]:
    """Return what answers to this athlete's own reasons for a higher forecast."""
    # A value that is not known cannot be worked on, however much its absence raises the forecast.
    mine = [row for row in why if _can_be_lowered(row)]
    risen = any(row["family"] in SPIKES and row["value"] > SPIKE_FROM for row in mine)
    slow = any(row["family"] in STEP_RATES and row["value"] <= LOW_STEP_RATE_SPM for row in why)
    extra = ({"longer_run"} if risen else set()) | ({"low_step_rate"} if slow else set())
    return advice_for({str(row["family"]) for row in mine}, week.grounds | extra, week.figures)


def _lever(why: Rows, first: Row) -> str:
    """Return what to look into: the first reason that can be changed and is of settled direction.

    Empty if that is the main reason, none is the athlete's own, or the band is low.
    """
    if not _is_scored(first) or first["band"] == BANDS[0]:
        return ""
    mine = [
        row
        for row in why
        if row["outcome"] == first["outcome"]
        and _can_be_lowered(row)
        and is_own(row)
        and row["family"] in settled_families()
    ]
    sentence = str(mine[0]["sentence"]) if mine else ""
    return "" if sentence == first["main_reason"] else sentence


def _forecasts(key: str, name: str, row: Row, past: Rows) -> Markup:
    """Draw the leading outcome's forecasts with this week's, of which nobody knows the outcome."""
    mine = [forecast for forecast in past if forecast["outcome"] == row["outcome"]]
    # NaN draws a ring: the week has only begun, and is not one without an injury.
    now = {"as_of": row["as_of"], "probability": row["probability"], "event": float("nan")}
    return forecast_chart(key, name, [*mine, now], float(row["base_rate"]))


def _is_scored(row: Row) -> bool:
    return bool(pd.notna(row["probability"]))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload] # a single cell


def _chance(row: Row, horizon_days: int, past: PastView) -> Chance:
    return Chance(
        outcome=row["outcome"],
        words=outcome_words(row["outcome"]),
        probability=float(row["probability"]),
        percent=probability_words(row["probability"]),
        range=_range(row),
        ratio=float(row["ratio_to_base"]),
        ratio_words=times_words(row["ratio_to_base"]),
        beside=beside_words(row, past),
        band=row["band"],
        frequency=natural_frequency(row["probability"], horizon_days),
        past=past,
        to_usual=known(row.get("ratio_to_own_usual")),
        changeable=known(row.get("changeable_factor")),
    )


def _with_team_median(scores: pd.DataFrame) -> pd.DataFrame:
    """Add the median chance of the team, of those who are scored."""
    scored = scores[scores["probability"].notna()]
    medians = [
        team_medians(part[["probability"]], part["team"])["probability"]
        for _, part in scored.groupby("outcome")
    ]
    median = pd.concat(medians) if medians else pd.Series(dtype="float64")
    return scores.assign(team_median=median.reindex(scores.index))


def _range(row: Row) -> str:
    low, high = float(row["probability_low"]), float(row["probability_high"])
    if isnan(low) or isnan(high):
        return ""
    return f"{probability_words(low).removesuffix(' %')}\u2013{probability_words(high)}"
