"""What the weekly page shows in addition to the week: how far the model can be trusted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.language import message, plural
from common.store import read_json, write_text
from common.text.outcome_words import outcome_words
from common.text.plain_words import number, plain_day
from common.vocabulary import RUNNING_REGIONS
from features.catalogue.core import CORE
from models.metrics.sample_size import needed_rows
from models.settings.training import LEAST_EVENTS
from models.store.model_facts import FACTS_FILE, read_facts
from pipelines.runtime.workspace import Workspace
from pipelines.weekly.models_in_use import ModelInUse
from pipelines.weekly.verification import verified
from pipelines.weekly.week import Week
from reporting.athlete.view import AthleteView
from reporting.context import DEFAULT_PAGE, Memory, PageContext, PageSettings
from reporting.languages.messages import sentence_case
from reporting.weekly.page import render_page

_USUAL_RISK: Final = 0.02
_USUAL_C: Final = 0.70
"""Share of weeks with a new injury, and discrimination, that the need of records is told for."""


def page_context(
    week: Week,
    workspace: Workspace,
    *,
    simulated: bool,
    horizon_days: int,
    models: Mapping[str, ModelInUse],
    names: Mapping[str, str] | None = None,
    memory: Memory | None = None,
    settings: PageSettings = DEFAULT_PAGE,
) -> PageContext:
    """Return the page's content for a week of a dataset.

    Parameters
    ----------
    week : Week
        Scores, reasons and loads.
    workspace : Workspace
        Where the models and the evaluation of the dataset lie, if there are any.
    simulated : bool
        Whether the athletes are simulated.
    horizon_days : int
        Length of the forecast period.
    models : mapping of str to ModelInUse
        Each outcome's model.
    names : mapping of str to str, optional
        Names to show in place of pseudonyms.
    memory : Memory, optional
        Earlier weeks, what was done, and the last verdict.
    settings : PageSettings
        Bands, the list at the top, and what is called unfavourable.
    """
    outcomes = list(dict.fromkeys(week.scores["outcome"]))
    fitted = {n: models[n].folder for n in outcomes if models[n].origin != "evidence"}
    # The base rate is of the model, so that the first row of each outcome tells it for all.
    rates = week.scores.drop_duplicates("outcome").set_index("outcome")["base_rate"]
    return PageContext(
        title=message("{dataset}: injury forecast", dataset=workspace.dataset),
        dataset=workspace.dataset,
        as_of=week.as_of,
        horizon_days=horizon_days,
        scores=week.scores,
        reasons=week.reasons,
        blocks=week.blocks,
        daily_load=week.daily_load,
        base_rates={name: float(rates[name]) for name in outcomes},
        model_notes=_model_notes(workspace, models),
        sample_size_note=_sample_size(workspace, models),
        simulated=simulated,
        evidence_only=not fitted,
        verification=verified(workspace, fitted),
        display_names=names,
        generated_from=_digests(fitted),
        memory=memory or Memory(),
        settings=settings,
        records=week.records,
        figures=week.figures,
        to_check=week.to_check,
        strength=week.strength,
        measured=week.measured,
        complaints=_past_week(week.complaints, week.as_of),
        way_back=week.way_back,
        evidence_note=_evidence_note(week, workspace, models),
    )


def _past_week(complaints: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, list[dict[str, Any]]]:
    """Return each athlete's complaints of the past 7 days, but of what running does not load."""
    days = pd.to_datetime(complaints["date"])
    is_recent = days > as_of - pd.Timedelta(days=7)
    # A complaint without a place is kept, because it may be one of the leg.
    recent = complaints[is_recent & complaints["region"].isin((*RUNNING_REGIONS, "unknown"))]
    return {
        str(athlete): [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]
        for athlete, rows in recent.groupby("athlete")
    }


def _model_notes(workspace: Workspace, models: Mapping[str, ModelInUse]) -> list[str]:
    fitted = {name: model for name, model in models.items() if model.origin != "evidence"}
    if not fitted:
        why = _why_evidence(workspace, models)
        return [
            message("Published evidence, not a model trained on your team alone: {why}.", why=why)
        ]
    return [_model_note(model) for model in fitted.values()]


def _evidence_note(week: Week, workspace: Workspace, models: Mapping[str, ModelInUse]) -> str:
    """Return what there is, and what a model of the team's own needs."""
    if _waiting(workspace, models):
        return f"{sentence_case(_why_evidence(workspace, models))}."
    counts = week.records.groupby("kind")["records"].sum()
    weeks, injuries = counts.get("weeks", 0), counts.get("new injuries", 0)
    rows = needed_rows(len(CORE), _USUAL_RISK, _USUAL_C)
    # No entry at all may mean that nobody wrote them down: this must not read as good news.
    if not counts.get("injury reports", 0):
        return message(
            "The records of {weeks} athlete-weeks up to {day} hold no injury. That does not "
            "prove that nobody was hurt. A model of this team is trained from {least} injuries "
            "on. To work for other athletes it needs about {needed} in {rows} athlete-weeks "
            "(Riley's criterion).",
            weeks=number(weeks, 0), day=plain_day(week.as_of), least=LEAST_EVENTS,
            needed=number(round(rows * _USUAL_RISK, -1), 0), rows=number(round(rows, -2), 0),
        )  # fmt: skip
    return plural(
        "The records hold {injuries} new injury in {weeks} athlete-weeks up to {day}. The share "
        "of your own weeks in the forecast counts only weeks that are over, whose running hours "
        "are known and for which a list says who was hurt. So few are not enough for a model of "
        "this team: a model is trained from {least} injuries on. To work for other athletes it "
        "needs about {needed} in {rows} athlete-weeks (Riley's criterion).",
        "The records hold {injuries} new injuries in {weeks} athlete-weeks up to {day}. The "
        "share of your own weeks in the forecast counts only weeks that are over, whose running "
        "hours are known and for which a list says who was hurt. So few are not enough for a "
        "model of this team: a model is trained from {least} injuries on. To work for other "
        "athletes it needs about {needed} in {rows} athlete-weeks (Riley's criterion).",
        int(injuries),
        injuries=injuries, weeks=number(weeks, 0), day=plain_day(week.as_of), least=LEAST_EVENTS,
        needed=number(round(rows * _USUAL_RISK, -1), 0), rows=number(round(rows, -2), 0),
    )  # fmt: skip


def _waiting(workspace: Workspace, models: Mapping[str, ModelInUse]) -> list[str]:
    return [n for n in models if (workspace.model(n) / FACTS_FILE).exists()]


def _why_evidence(workspace: Workspace, models: Mapping[str, ModelInUse]) -> str:
    waiting = _waiting(workspace, models)
    if not waiting:
        return message("no model was trained on these data")
    return message(
        "the model for {outcomes} that was trained on these data has not passed its gates "
        "(`stridecast promote`)",
        outcomes=", ".join(map(outcome_words, waiting)),
    )


def _model_note(model: ModelInUse) -> str:
    facts = read_facts(model.folder)
    sentence = message(
        "The model for {outcome} learnt from {athletes} athletes, {weeks} weeks and {events} "
        "injuries from {first} to {last}; it was tested on other athletes in later weeks.",
        outcome=outcome_words(model.outcome), athletes=number(facts.athletes, 0),
        weeks=number(facts.rows, 0), events=number(facts.events, 0),
        first=plain_day(facts.trained_from), last=plain_day(facts.trained_to),
    )  # fmt: skip
    if model.origin == "champion":
        return sentence
    return f"{sentence} {message('It has not been promoted.')}"


def _sample_size(workspace: Workspace, models: Mapping[str, ModelInUse]) -> str:
    """Return what the champion learnt from, or without one what the last training had."""
    folders = {
        # Without a champion the last training says how many more records a model would need.
        name: workspace.model(name) if model.origin == "evidence" else model.folder
        for name, model in models.items()
    }
    entries: list[dict[str, Any]] = [
        read_json(path) | {"outcome": name}
        for name, folder in folders.items()
        if (path := folder / "sample_size.json").exists()
    ]
    return " ".join(f"{entry['outcome']}: {entry['sentence']}." for entry in entries)


def _digests(fitted: Mapping[str, Path]) -> dict[str, str]:
    facts = {name: read_facts(folder) for name, folder in fitted.items()}
    return {f"model {name}": own.model_sha256[:12] for name, own in facts.items()}


def write_page(
    context: PageContext, path: Path, views: Sequence[AthleteView] | None = None
) -> None:
    """Render the page, of athletes' views where they are known, and write it atomically."""
    write_text(path, render_page(context, views))
