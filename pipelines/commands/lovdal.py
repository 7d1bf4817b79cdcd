"""`stridecast lovdal`: the benchmark on Loevdal 2021, on the published files or on made-up ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

SHOWN = (
    "protocol", "recipe", "events", "auroc", "auroc_low", "auroc_high", "auroc_repeats",
    "average_precision", "prevalence", "calibration_slope",
)  # fmt: skip


def lovdal(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the two published files.", show_default="data/raw/lovdal2021"
        ),
    ] = None,
    made_up: Annotated[
        bool, typer.Option("--made-up", help="Use a generated cohort in the same layout instead.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of the made-up cohort.")] = 0,
    replicates: Annotated[int, typer.Option(min=20, help="Draws of athletes per interval.")] = 500,
    out: Annotated[Path, typer.Option(help="Folder for the tables.")] = Path("reports/lovdal2021"),
) -> None:
    """Compare the published method, the same method without its leak, and ours.

    Both files (days and weeks), on the ten newest athletes as published and on unseen athletes in
    later weeks. The made-up cohort has the published files' layout and their flaw; with it the true
    hazard is known and stands in the table as `oracle`.
    """
    from common.frame_files import write_csv
    from common.store import write_json
    from models.settings.evaluation import IntervalSettings
    from pipelines.studies.lovdal import PUBLISHED_AUROC, benchmark, distance_gives_it_away
    from pipelines.studies.lovdal_source import made_up_files, published_files

    files = made_up_files(seed) if made_up else published_files(data)
    selection = {}
    for kind, file in files.items():
        table = benchmark(
            file.rows,
            IntervalSettings(replicates=replicates),
            log_hazard=file.log_hazard,
            say=lambda line: typer.echo(f"{kind} file, {line}", err=True),  # noqa: B023 - at once
        )
        write_csv(out / f"{kind}.csv", table)
        distance = distance_gives_it_away(file.rows)
        selection[kind] = {"auroc_of_the_distance_to_the_previous_row": distance}
        _show(kind, table, distance, None if made_up else PUBLISHED_AUROC[kind])
    write_json(out / "selection.json", selection)
    typer.echo(f"tables: {out}")


def _show(kind: str, table: "pd.DataFrame", distance: float, published: float | None) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=f"{kind} file", box=None, pad_edge=False)
    for name in SHOWN:
        shown.add_column(name, justify="left" if name in {"protocol", "recipe"} else "right")
    for row in table[list(SHOWN)].itertuples(index=False):
        shown.add_row(*(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row))
    console = Console(highlight=False, width=160)
    console.print(shown)
    for recipe, leak in dict(zip(table["recipe"], table["leak"], strict=True)).items():
        if leak:
            console.print(f"{recipe}: {leak}")
    console.print(
        "leak of selection: healthy rows have three fit weeks either side, so the distance to the "
        f"athlete's previous row alone has an AUROC of {distance:.3f}; no window here reaches it"
    )
    if published is not None:
        console.print(f"published (10 newest athletes, mean of five repeats): {published}")
