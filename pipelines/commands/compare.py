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
    reference: Annotated[
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
            (reference, other),
            outcome,
            model,
            common=common,
            replicates=replicates,
            project=project,
        )
    for name, run in comparison.skipped.items():
        # To standard error, so that the output of --json stays JSON.
        print(f"{name}: left out, only {run} has it", file=sys.stderr)
    if as_json:
        records = {name: _records(table) for name, table in comparison.tables.items()}
        print(json.dumps(records, indent=2, allow_nan=False))
        return
    for name, table in comparison.tables.items():
        _show(f"{name}: {other} against {reference}", table.to_dict("records"), reference, other)


def reproduced(
    reference: Annotated[str, typer.Argument(help="The run that was made before: as for compare.")],
    other: Annotated[str, typer.Argument(help="The run that repeats it.")] = ".",
    tolerance: Annotated[
        float, typer.Option(min=0, help="Largest difference of a probability that is none.")
    ] = 1e-6,
    outcome: Annotated[str, typer.Option(help="any, knee ...; by default all.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
    project: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
) -> None:
    """Ask whether a run repeats another: the same rows, every model's forecasts within a tolerance.

    On another processor the last digits of fitted numbers differ; the forecasts should not.

    Exit code 0: reproduced; 1: not, or a run is not found; 2: wrong usage.
    """
    from pipelines.studies.compare_runs import apart

    with _patience():
        differences = apart((reference, other), outcome, project)
    if not _tell_reproduced(differences, tolerance, as_json=as_json):
        raise typer.Exit(code=1)


def _tell_reproduced(apart: "dict[str, pd.DataFrame]", tolerance: float, *, as_json: bool) -> bool:
    """Say of each outcome how far forecasts lie apart, and return whether all are within."""
    within = {name: bool((table["largest"] <= tolerance).all()) for name, table in apart.items()}
    if as_json:
        by_outcome = {
            name: {"reproduced": within[name], "models": _finite(table)}
            for name, table in apart.items()
        }
        print(
            json.dumps({"tolerance": tolerance, "outcomes": by_outcome}, indent=2, allow_nan=False)
        )
        return all(within.values())
    for name, table in apart.items():
        far, rows = table[table["largest"] > tolerance], int(table["rows"].max())
        size = f"{name}: {len(table)} models, {rows:,} rows"
        # Three answers: to the last bit, within the tolerance, and not. Only the last is a failure.
        if not (table["differing"] > 0).any():
            print(f"{size}: the same to the last bit")
        elif far.empty:
            worst = table.iloc[0]
            print(
                f"{size}: reproduced within {tolerance:g}; the largest difference is "
                f"{worst['largest']:.1e} ({worst['model']})"
            )
        else:
            too_far = ", ".join(f"{row.model} by {row.largest:.1e}" for row in far.itertuples())
            print(f"{size}: not reproduced within {tolerance:g}: {too_far}")
    return all(within.values())


def _finite(table: "pd.DataFrame") -> list[dict[Any, Any]]:
    """Return the rows as JSON takes them: of a model that one run lacks the largest is null."""
    # JSON has no infinity, and `allow_nan=False` would stop the command.
    known = table["largest"].map(math.isfinite)
    return table.astype(object).where(known, table.assign(largest=None)).to_dict("records")


@contextmanager
def _patience() -> Iterator[None]:
    """Tell on a terminal what takes so long."""
    console = Console(stderr=True)
    with console.status("reading the kept forecasts (slow while a queue runs), then resampling"):
        yield


def _show(title: str, rows: list[dict[Any, Any]], reference: str, other: str) -> None:
    from models.evaluation.run_comparison import SAME

    if all(row["verdict"] == SAME for row in rows):
        print(f"{title}: identical forecasts")
        return
    shown = Table(title=title, box=None, title_justify="left")
    for heading in ("measure", _short(reference), _short(other), "difference", "interval", ""):
        side: Literal["left", "right"] = "left" if heading in {"measure", ""} else "right"
        shown.add_column(heading, justify=side, no_wrap=True)
    for row in rows:
        shown.add_row(
            str(row["metric"]).replace("_", " "),
            _number(row["one"], ".4g"),
            _number(row["other"], ".4g"),
            _number(row["difference"], "+.3g"),
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
    verdicts = [
        f"{row['metric']} {row['verdict']}".replace("_", " ") for row in rows if row["verdict"]
    ]
    if verdicts:
        return f"{other}: {', '.join(verdicts)}."
    # An interval nobody could compute must not be counted as one that holds 0.
    unknown = any(math.isnan(row["low"]) or math.isnan(row["high"]) for row in rows)
    return f"No difference: every {'known ' if unknown else ''}interval includes 0."


def _number(value: float, digits: str) -> str:
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
    return name if len(name) <= 20 else f"{name[:8]}..."
