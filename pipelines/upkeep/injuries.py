"""`stridecast data injuries`: how each entry of the injury record was classed, and why."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.language import N_, message, speaking, translated
from pipelines.runtime.spoken import Language, language_of

PIPE_WIDTH = 200
_HEADINGS = (N_("day"), N_("athlete"), N_("place"), N_("class"), N_("why"), N_("recurrent"))
_CLASSES = {
    "injury": N_("injury"),
    "complaint": N_("complaint"),
    "not_running": N_("not of running"),
    "not told": N_("not told"),
}


def injuries(
    folder: Annotated[Path, typer.Argument(help="Folder with the team's exports.")],
    names: Annotated[
        bool, typer.Option("--names", help="Show the names of the roster, on this computer only.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; it names nobody.")] = False,
    language: Language = "",
) -> None:
    """Show how each entry of the injury record was classed and why, storing nothing.

    An entry is an injury, a complaint, or not of running; the reason stands beside each. At the
    end stand the injuries per 1,000 hours of running on record, counted as they are and with every
    entry taken for an injury, beside published figures.
    """
    # Imported here, so that --help answers at once.
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
    # Never in JSON: that output is made to be passed on.
    known = names_of(folder, config) if names else {}
    wide = Console(highlight=False)
    # In a pipe rich assumes 80 columns and would cut the reasons into pieces.
    console = wide if wide.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
    with speaking(language_of(folder, language)):
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
        table.add_column(message(heading), overflow="fold")
    for row in rows:
        table.add_row(
            row["day"], escape(known.get(row["athlete"], row["athlete"])),
            region_words(row["region"], row["side"]),
            _class_words(row["class"] or "not told"), translated(row["sentence"]),
            {True: message("yes"), False: message("no")}.get(row["recurrent"], ""),
        )  # fmt: skip
    return table


def _class_words(name: str) -> str:
    return message(_CLASSES[name]) if name in _CLASSES else name.replace("_", " ")


def rate_lines(rates: dict[str, Any]) -> list[str]:
    """Return the counts and rates in sentences, in the language spoken."""
    from common.text.plain_words import number

    by_class = ", ".join(f"{_class_words(name)} ({n})" for name, n in rates["entries"].items())
    head = message("entries: {told}", told=by_class or message("none"))
    if rates["injuries_per_1000_h"] is None:
        return [head, message("no running on record, so no rate per 1,000 h")]
    published = rates["published_per_1000_h"]
    return [
        head,
        message(
            "running injuries per 1,000 h: {rate} ({count} in {hours} h on record); were every "
            "entry an injury: {every} ({entries})",
            rate=number(rates["injuries_per_1000_h"]), count=rates["injuries_while_logged"],
            hours=number(rates["running_hours"], 0), every=number(rates["every_entry_per_1000_h"]),
            entries=rates["entries_while_logged"],
        ),
        message(
            "published: {recreational} of recreational runners, {lowest} to {novice} by group "
            "(Videbaek 2015)",
            recreational=number(published["recreational"]),
            lowest=number(published["lowest group"]), novice=number(published["novice"]),
        ),
    ]  # fmt: skip
