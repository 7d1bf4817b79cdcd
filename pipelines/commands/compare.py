"""`stridecast compare`: whether one run is better than another, or has had luck with its rows."""

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import pandas as pd

PIPE_WIDTH = 200


def compare(
    one: Annotated[
        str, typer.Argument(help="Experiment, commit, MLflow run (name or id) or folder.")
    ],
    other: Annotated[str, typer.Argument(help="The run that is held against it.")],
    outcome: Annotated[
        str, typer.Option(help="any, knee ...; by default all that both have.")
    ] = "",
    model: Annotated[str, typer.Option(help="Whose forecasts: risk, additive, logistic ...")] = "",
    common: Annotated[bool, typer.Option("--common", help="Only the rows both forecast.")] = False,
    replicates: Annotated[int, typer.Option(min=20, help="Draws of athletes.")] = 500,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
    project: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
) -> None:
    """Compare two runs row by row: paired differences, athletes resampled, with intervals.

    A run is the name of a DVC experiment, a git commit or branch, an MLflow run (its name, its id,
    or the id's first digits), or a folder ("." is the workspace). A difference counts only where
    its interval excludes 0.
    """
    from pipelines.studies.compare_runs import compare_runs

    with _patience():
        comparison = compare_runs(
            (one, other),
            outcome,
            model,
            common=common,
            replicates=replicates,
            project=project,
        )
    for name, run in comparison.skipped.items():
        print(f"{name}: left out, only {run} has it", file=sys.stderr)
    if as_json:
        records = {name: _records(table) for name, table in comparison.tables.items()}
        print(json.dumps(records, indent=2, allow_nan=False))
        return
    for name, table in comparison.tables.items():
        _show(f"{name}: {other} against {one}", table.to_dict("records"), one, other)


@contextmanager
def _patience() -> Iterator[None]:
    """Tell on a terminal what takes so long."""
    console = Console(stderr=True)
    with console.status("reading the kept forecasts (slow while a queue runs), then resampling"):
        yield


def _show(title: str, rows: list[dict[Any, Any]], one: str, other: str) -> None:
    from models.evaluation.run_comparison import SAME

    if all(row["verdict"] == SAME for row in rows):
        print(f"{title}: identical forecasts")
        return
    shown = Table(title=title, box=None, title_justify="left")
    for heading in ("measure", _short(one), _short(other), "difference", "interval", ""):
        side: Literal["left", "right"] = "left" if heading in {"measure", ""} else "right"
        shown.add_column(heading, justify=side, no_wrap=True)
    for row in rows:
        shown.add_row(
            str(row["metric"]).replace("_", " "),
            _told(row["one"], ".4g"),
            _told(row["other"], ".4g"),
            _told(row["difference"], "+.3g"),
            _interval(row["low"], row["high"]),
            row["verdict"],
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PIPE_WIDTH)
    console.print(shown)
    console.print(_sentence(rows, other))


def _sentence(rows: list[dict[Any, Any]], other: str) -> str:
    """Return the verdict over every row of the table."""
    told = [f"{row['metric']} {row['verdict']}".replace("_", " ") for row in rows if row["verdict"]]
    if told:
        return f"{other}: {', '.join(told)}."
    unknown = any(math.isnan(row["low"]) or math.isnan(row["high"]) for row in rows)
    return f"No difference: every {'known ' if unknown else ''}interval includes 0."


def _told(value: float, digits: str) -> str:
    return "unknown" if math.isnan(value) else f"{value:{digits}}"


def _interval(low: float, high: float) -> str:
    """Return the interval; it is unknown where too few draws define the measure."""
    unknown = math.isnan(low) or math.isnan(high)
    return "unknown" if unknown else f"{low:+.3g} to {high:+.3g}"


def _records(table: "pd.DataFrame") -> list[dict[Any, Any]]:
    """Return the rows as JSON takes them: what is undefined is null."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _short(name: str) -> str:
    """Keep columns narrow: an MLflow run's id has 32 digits."""
    return name if len(name) <= 20 else f"{name[:8]}..."  # noqa: PLR2004
