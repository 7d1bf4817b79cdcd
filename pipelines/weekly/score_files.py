"""The files that `stridecast score` writes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from common.language import language
from common.store import write_json, write_text
from forecasting.planning.outlook import outlooks
from forecasting.scoring.machine_readable import machine_readable
from forecasting.scoring.spreadsheet import write_safe_csv
from ingest.people.key_fingerprint import write_fingerprint
from ingest.quality.not_read import NotRead
from models.evidence.export import FILE as EVIDENCE_FILE
from pipelines.history.injury_memory import InjuryMemory
from pipelines.history.plan_memory import PlanMemory
from pipelines.runtime.params import project_params
from pipelines.runtime.workspace import Workspace
from pipelines.weekly.next_monday import next_monday
from pipelines.weekly.own_pages import write_own_pages
from pipelines.weekly.page_context import page_context, write_page
from pipelines.weekly.scored import PAGE, REJECTS, SUMMARY, Scored, ScoreRequest
from pipelines.weekly.session_memory import KnownSessions
from pipelines.weekly.to_do import as_json, tasks
from pipelines.weekly.unread import as_rows, unread_things, worth_telling
from reporting.athlete.view import athlete_views
from reporting.context import PageContext, PageSettings
from reporting.weekly.summary_text import summary_text


def write_files(request: ScoreRequest, done: Scored, out: Path) -> None:
    """Write the page, the scores, the account and the history.

    Parameters
    ----------
    request : ScoreRequest
    done : Scored
    out : pathlib.Path
        Folder to write to, whose files replace those of `request.out` together; see
        :mod:`common.file_set`.
    """
    unread = unread_things(done.result, with_names=request.with_names, folder=request.data)
    _write_tables(done, unread, out)
    # In the same set of files as the page, so that a crash leaves no page without its history.
    _write_history(request, done, out)
    context = _context(request, done, unread)
    # Made once: the summary and the page must not differ in what they say of an athlete.
    views = athlete_views(context)
    summary = summary_text(context, with_names=request.summary_names, views=views)
    write_text(out / SUMMARY, summary)
    if request.own_pages:
        write_own_pages(context, out)
    write_page(context, out / PAGE, views)


def _write_tables(done: Scored, unread: Sequence[NotRead], out: Path) -> None:
    week = done.week
    week.write(out)
    if done.memory.compared is not None:
        write_json(out / "scores.json", _scores(done, done.memory.compared, unread))
    write_json(out / "ingest.json", done.result.report)
    if week.learnt:
        write_json(out / EVIDENCE_FILE, week.learnt)
    write_safe_csv(out / REJECTS, done.result.tables["rejects"])


def _scores(done: Scored, compared: pd.DataFrame, unread: Sequence[NotRead]) -> dict[str, Any]:
    """Return the forecasts, and what is left to a coach, for other programs."""
    week = done.week
    scores = machine_readable(
        done.config.name, done.horizon_days, week.scores, week.reasons, compared, week.facts()
    )
    return scores | {
        "to_do": as_json(done.to_do),
        "not_read": as_rows(unread, done.result),
        "questions": [
            {"id": question.id, "kind": question.kind, "matters": question.matters}
            for question in done.result.questions
        ],
    }


def _write_history(request: ScoreRequest, done: Scored, out: Path) -> None:
    """Write what later runs are to know of this one."""
    week, archive, tables = done.week, done.archive, done.result.tables
    place = archive.folder_in(out)
    archive.store(week.scores, done.rows, hindcast=done.is_hindcast, place=out)
    archive.remember_folder(request.data, place=out)
    write_fingerprint(place, done.config)
    KnownSessions(archive.folder, done.config.time_zone, archive.damage).store(
        tables["sessions"], forget=request.accept_gone, place=place
    )
    PlanMemory(archive.folder, archive.damage).store(
        tables["plans"], week.as_of, hindcast=done.is_hindcast, place=place
    )
    InjuryMemory(archive.folder).store(done.injuries_seen, place)


def _context(request: ScoreRequest, done: Scored, unread: Sequence[NotRead]) -> PageContext:
    """Return what the page and the summary are made of."""
    settings = project_params(request.project)
    score = settings.score
    context = page_context(
        done.week,
        Workspace(request.project, done.config.name),
        simulated=done.config.simulated,
        horizon_days=done.horizon_days,
        models=done.models,
        names=done.names,
        memory=done.memory,
        settings=PageSettings(score, settings.promotion),
    )
    ahead = [] if done.week.ahead is None else outlooks(done.week.ahead, settings=score.bands)
    return replace(
        context,
        outlooks={outlook.athlete: outlook for outlook in ahead},
        to_do=tasks(done.to_do, done.names),
        not_read=as_rows(worth_telling(unread), done.result),
        made_on=pd.Timestamp(datetime.now(tz=UTC).date()),
        looks_back=done.is_hindcast,
        is_list_known=done.is_list_known,
        left_out=done.left_out,
        language=language(),
        commands=next_monday(
            request.data, request.out, request.project, with_names=request.with_names
        ),
    )
