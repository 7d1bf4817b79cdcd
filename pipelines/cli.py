"""The `stridecast` command."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.errors import StridecastError
from pipelines.commands.inspect import inspect
from pipelines.commands.template import template

SHOWN = 10
"""How many athletes the terminal lists; the page has all of them."""

app = typer.Typer(
    name="stridecast",
    help="Weekly injury forecasts for runners: calibrated probabilities, with reasons.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
console = Console(stderr=True, highlight=False)


@app.callback()
def _root() -> None:
    """Keep `score` a subcommand while it is the only one."""


app.command()(inspect)
app.command()(template)


@app.command()
def score(
    data: Annotated[
        Path, typer.Option(help="Folder with dataset.yaml and the exports.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("forecast"),
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day of the forecast; by default the day of the last record."
        ),
    ] = None,
    project: Annotated[
        Path, typer.Option(help="Folder whose artifacts/models hold the trained models.")
    ] = Path(),
    names: Annotated[
        bool, typer.Option("--names", help="Show the roster's ids instead of pseudonyms.")
    ] = False,
) -> None:
    """Rank a team by its risk in the coming week, and write the page a coach reads.

    Writes forecast.html (open it in any browser, no network needed), scores.csv, scores.parquet,
    ingest.json (what became of every row that was read) and rejects.csv (which rows, and why).
    Athletes who are injured, silent or new are listed with the reason why they have no number.
    """
    # Imported here, so that --help answers at once.
    import pandas as pd  # noqa: PLC0415

    from pipelines.score_folder import PAGE, ScoreRequest, score_folder  # noqa: PLC0415

    day = None if as_of is None else pd.Timestamp(as_of).as_unit("ns")
    request = ScoreRequest(data=data, out=out, as_of=day, project=project, with_names=names)
    with console.status("starting") as status:

        def say(line: str) -> None:
            status.update(line)
            console.print(line, markup=False, soft_wrap=True)

        week, shown_names = score_folder(request, say)
    _show(week.scores[week.scores["outcome"] == "any"], shown_names)
    console.print(f"[bold]{out / PAGE}[/bold]", soft_wrap=True)


def _show(scores: "pd.DataFrame", names: dict[str, str]) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Print the head of the ranking."""
    known = scores[scores["probability"].notna()]
    title = f"week after {scores['as_of'].iloc[0].date()}, {scores['model'].iloc[0]}"
    table = Table(title=title, title_justify="left")
    for heading in ("#", "athlete", "probability", "x base", "band", "main reason"):
        table.add_column(heading, justify="right" if heading in "#probabilityx base" else "left")
    for row in known.head(SHOWN).to_dict("records"):
        table.add_row(
            str(row["rank"]),
            escape(names.get(row["athlete"], row["athlete"])),
            f"{row['probability']:.1%}",
            f"{row['ratio_to_base']:.1f}",
            row["band"],
            row["main_reason"],
        )
    console.print(table)
    others = scores.loc[scores["probability"].isna(), "status"].value_counts()
    told = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in others.items()) or "none"
    console.print(f"{len(known)} scored; not scored: {told}")


def main() -> None:
    """Run the command; bad input is one line and exit code 1, wrong usage exit code 2."""
    debug = "--debug" in sys.argv
    arguments = [word for word in sys.argv[1:] if word != "--debug"]
    try:
        app(args=arguments, prog_name="stridecast")
    except StridecastError as error:
        from pipelines.stage import tell  # noqa: PLC0415 - heavy, and needed only here

        sys.exit(tell(error, debug=debug))


if __name__ == "__main__":
    main()
