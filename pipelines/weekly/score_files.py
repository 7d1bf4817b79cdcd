"""The files that `stridecast score` writes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from common.language import language
from common.store import write_json, write_text
from forecasting.planning.outlook import outlooks
from forecasting.scoring.machine_readable import machine_readable
from forecasting.scoring.spreadsheet import write_safe_csv
from ingest.people.key_fingerprint import write_fingerprint
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
from pipelines.weekly.to_do import as_json
from pipelines.weekly.unread import as_rows, unread_things, worth_telling
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
    week, archive = done.week, done.archive
    unread = unread_things(done.result, with_names=request.with_names, folder=request.data)
    week.write(out)
    compared = done.memory.compared
    if compared is not None:
        write_json(
            out / "scores.json",
            machine_readable(
                done.config.name,
                done.horizon_days,
                week.scores,
                week.reasons,
                compared,
                week.facts(),
            )
            | {
                "to_do": as_json(done.to_do),
                "not_read": as_rows(unread, done.result),
                "questions": [
                    {"id": question.id, "kind": question.kind, "matters": question.matters}
                    for question in done.result.questions
                ],
            },
        )
    write_json(out / "ingest.json", done.result.report)
    if week.learnt:
        write_json(out / EVIDENCE_FILE, week.learnt)
    write_safe_csv(out / REJECTS, done.result.tables["rejects"])
    archive.store(week.scores, done.rows, hindcast=done.is_hindcast, place=out)
    archive.remember_folder(request.data, place=out)
    write_fingerprint(archive.folder_in(out), done.config)
    KnownSessions(archive.folder, done.config.time_zone, archive.damage).store(
        done.result.tables["sessions"],
        forget=request.accept_gone,
        place=archive.folder_in(out),
    )
    PlanMemory(archive.folder, archive.damage).store(
        done.result.tables["plans"],
        week.as_of,
        hindcast=done.is_hindcast,
        place=archive.folder_in(out),
    )
    InjuryMemory(archive.folder).store(done.injuries_seen, archive.folder_in(out))
    score = project_params(request.project).score
    context = page_context(
        week,
        Workspace(request.project, done.config.name),
        simulated=done.config.simulated,
        horizon_days=done.horizon_days,
        models=done.models,
        names=done.names,
        memory=done.memory,
        score=score,
    )
    ahead = [] if week.ahead is None else outlooks(week.ahead, settings=score.bands)
    acted_on = replace(
        context,
        outlooks={one.athlete: one for one in ahead},
        to_do=[one.told(done.names) for one in done.to_do],
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
    write_text(out / SUMMARY, summary_text(acted_on, with_names=request.summary_names))
    if request.own_pages:
        write_own_pages(acted_on, out)
    write_page(acted_on, out / PAGE)
