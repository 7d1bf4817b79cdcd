"""The latest week by parts of athletes, so that no memory holds the whole.

A part reads the tables and the feature rows of its athletes, forecasts, gives reasons, and writes
its frames. Where there are several, each first notes what the others need of it
(:mod:`pipelines.week_parts.score_notes`); what the notes add up to is told to every part, so that
the week is the same to the last bit, however it was divided.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from common.errors import StridecastError
from common.frame_files import read_frame
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from pipelines.runtime.engine import Place
from pipelines.runtime.kept_parts import folder_of_parts, name_of_inputs, run_missing
from pipelines.week_parts.score_join import join_week
from pipelines.week_parts.score_notes import add_up, has_plans, pace_of_all, returns_of_all
from pipelines.week_parts.score_part import ScorePart, note_part, score_part
from pipelines.week_parts.score_reading import WeekRequest, day_matrix
from pipelines.weekly.current_week import MOST_DESCRIBED, learnt_of, settings_groups
from pipelines.weekly.everybody import Learnt
from pipelines.weekly.week import has_model

_CODE: Final = (
    "common", "features", "models", "forecasting", "pipelines/weekly", "pipelines/week_parts",
    "extensions",
)  # fmt: skip


def write_week(request: WeekRequest, out: Path, place: Place, root: Path) -> None:
    """Write the files of the week, the same under every engine and for every size of the parts.

    Parameters
    ----------
    request : WeekRequest
        `score.chunk_athletes` bounds the athletes of a part, and with them the memory of a process.
    out : pathlib.Path
        Folder for the frames of :class:`pipelines.weekly.week.Week`, `compared` and `past`.
    place, root
        As for :func:`pipelines.stage_parts.feature_parts.write_features`.

    Raises
    ------
    StridecastError
        As :func:`pipelines.runtime.kept_parts.run_missing`.
    """
    with folder_of_parts(root, "scores", _name(request, root)) as folder:
        parts = _parts(request, folder / "parts")
        if len(parts) > 1:
            shared_facts = _shared_facts(request, parts, folder, place)
            parts = [replace(part, **shared_facts) for part in parts]
            run_missing(score_part, parts, place, "forecasts")
        else:
            score_part(parts[0])
        join_week([part.out for part in parts], out)


def last_day(features: Path) -> pd.Timestamp:
    """Return the latest day of the feature rows, from what the file says of its columns.

    Raises
    ------
    StridecastError
        If there is no row.
    """
    metadata = pq.read_metadata(features)
    at = metadata.schema.names.index("date")
    groups = [metadata.row_group(n).column(at).statistics for n in range(metadata.num_row_groups)]
    days = [group.max for group in groups if group is not None and group.has_min_max]
    if not days:
        raise StridecastError(
            f"{features}: no weekly row of anybody", "look at reports/ingest.html"
        )
    return pd.Timestamp(max(days))


def _shared_facts(
    request: WeekRequest, parts: list[ScorePart], parts_folder: Path, place: Place
) -> dict[str, Any]:
    """Return what every part is told of everybody."""
    learnt = _learnt(request)
    print("what the athletes have in common:")
    notes = _noted(parts, parts_folder / "notes", place, learnt=learnt)
    pace = pace_of_all(notes)
    returns = returns_of_all(notes)
    if has_plans(notes):
        # Athletes without an own pace get the team's, also in a plan: a second round with it.
        notes = _noted(parts, parts_folder / "notes-of-plans", place, learnt=learnt, pace=pace)
    shared = parts_folder / "shared"
    add_up(notes, shared)
    return {"learnt": learnt, "returns": returns, "shared": shared, "pace": pace}


def _noted(parts: list[ScorePart], folder: Path, place: Place, **facts: Any) -> list[Path]:  # noqa: ANN401 - fields of the part
    asked = [replace(part, out=folder / part.out.name, **facts) for part in parts]
    run_missing(note_part, asked, place, "notes")
    return [part.out for part in asked]


def _learnt(request: WeekRequest) -> dict[int, Learnt]:
    """Return what all records have taught: of all rows where an outcome has no trained model."""
    learnt = {}
    for place, (settings, names) in enumerate(settings_groups(request.models)):
        group = [request.models[name] for name in names]
        tables: dict[str, pd.DataFrame] = {}
        # Then the rows of one day are enough: those of all weeks may not fit into memory.
        if all(has_model(model.folder) for model in group):
            rows = _described(request, settings)
        else:
            tables, rows = read_tables(request.tables), read_frame(request.features)
            rows = day_matrix(request, tables, rows, settings)
        of_all, _ = learnt_of(group, rows, tables, request.as_of, request.horizon_days)
        learnt[place] = _without_rows(of_all)
    return learnt


def _without_rows(learnt: Learnt) -> Learnt:
    """Leave out the rows it was learnt from: half a year of everybody would go to every part."""
    if learnt.evidence is None:
        return learnt
    nobody = learnt.evidence.recent.iloc[:0].copy()
    return replace(learnt, evidence=replace(learnt.evidence, recent=nobody))


def _described(request: WeekRequest, settings: FeatureSettings) -> pd.DataFrame:
    """Return the day's rows of some athletes, which tell on what all forecasts are based."""
    today = ds.field("date") == request.as_of
    names = ds.dataset(request.features).head(MOST_DESCRIBED, columns=["athlete"], filter=today)
    athletes = names.column("athlete").to_pandas()
    if athletes.empty:
        return pd.DataFrame(columns=["athlete", "date"])
    ends = (str(athletes.min()), str(athletes.max()))
    rows = read_frame(request.features, athletes=ends)
    if settings == request.own_features:
        return rows
    return day_matrix(request, read_tables(request.tables, ends), rows, settings)


def _parts(request: WeekRequest, folder: Path) -> list[ScorePart]:
    people = read_frame(request.tables / "athletes.parquet", ["athlete"])["athlete"]
    names, size = sorted(people.astype(str)), request.score.chunk_athletes
    return [
        ScorePart(request, some[0], some[-1], folder / f"part-{number:06d}")
        for number, some in enumerate(names[i : i + size] for i in range(0, len(names), size))
    ]


def _name(request: WeekRequest, root: Path) -> str:
    models = request.models.values()
    written = [path for model in models for path in model.folder.rglob("*") if path.is_file()]
    files = [*request.tables.glob("*.parquet"), request.features, *written]
    settings = [
        request.own_features, request.score, request.status, *(model.features for model in models)
    ]  # fmt: skip
    others = (request.as_of, request.horizon_days, request.is_simulated)
    described = [
        *(options.model_dump_json() for options in settings),
        *(f"{model.outcome} {model.origin} {model.folder}" for model in models),
        repr(others),
    ]
    return name_of_inputs(files, [root / name for name in _CODE], "\n".join(described))
