"""`stridecast data injuries`: how each entry of the injury record was classed, and why."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

PIPE_WIDTH = 200
_HEADINGS = ("day", "athlete", "place", "class", "why", "recurrent")


def injuries(
    folder: Annotated[Path, typer.Argument(help="Folder with the team's exports.")],
    names: Annotated[
        bool, typer.Option("--names", help="Show the names of the roster, on this computer only.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; it names nobody.")] = False,
) -> None:
    """Show how each entry of the injury record was classed and why, storing nothing.

    An entry is an injury, a complaint, or not of running; the reason stands beside each. At the
    end stand the injuries per 1,000 hours of running on record, counted as they are and with every
    entry taken for an injury, beside published figures.
    """
    from ingest.dataset.settings import load_config
    from ingest.injuries.account import injury_account, injury_rates
    from ingest.run import ingest
    from pipelines.runtime.workspace import kept_parses
    from pipelines.weekly.score_folder import names_of

    config = load_config(folder)
    tables = ingest(folder, cache=kept_parses(Path()), needs_sessions=False).tables
    rows = [_plain(row) for row in injury_account(tables).to_dict("records")]
    rates = injury_rates(tables)
    if as_json:
        print(json.dumps({"entries": rows, "rates": rates}, indent=2, ensure_ascii=False))
        return
    known = names_of(folder, config) if names else {}
    wide = Console(highlight=False)
    console = wide if wide.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
    console.print(_table(rows, known))
    for line in rate_lines(rates):
        console.print(escape(line), soft_wrap=True)


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    import pandas as pd

    plain = {str(name): None if pd.isna(value) else value for name, value in row.items()}
    return plain | {"day": str(pd.Timestamp(row["day"]).date())}


def _table(rows: list[dict[str, Any]], known: dict[str, str]) -> Table:
    from common.text.body_words import region_words

    table = Table(box=None, pad_edge=False)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(
            row["day"], escape(known.get(row["athlete"], row["athlete"])),
            region_words(row["region"], row["side"]),
            str(row["class"] or "not told").replace("_", " "), row["sentence"],
            {True: "yes", False: "no"}.get(row["recurrent"], ""),
        )  # fmt: skip
    return table


def rate_lines(rates: dict[str, Any]) -> list[str]:
    """Return the counts and rates in sentences."""
    told = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in rates["entries"].items())
    head = f"entries: {told or 'none'}"
    if rates["injuries_per_1000_h"] is None:
        return [head, "no running on record, so no rate per 1,000 h"]
    published = rates["published_per_1000_h"]
    return [
        head,
        f"running injuries per 1,000 h: {rates['injuries_per_1000_h']:.1f} "
        f"({rates['injuries_while_logged']} in {rates['running_hours']:,.0f} h on record); "
        f"were every entry an injury: {rates['every_entry_per_1000_h']:.1f} "
        f"({rates['entries_while_logged']})",
        f"published: {published['recreational']} of recreational runners, "
        f"{published['lowest group']} to {published['novice']} by group (Videbaek 2015)",
    ]
