"""`stridecast data`: the datasets that are known, getting one, and setting up a team's folder."""

from datetime import UTC, date, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipelines.commands.progress import file_progress
from pipelines.commands.questions import (
    ask_first_day,
    ask_name,
    ask_scales,
    ask_zone,
    zone_of,
)

if TYPE_CHECKING:
    from ingest.wizard import Findings

data = typer.Typer(
    no_args_is_help=True, help="Datasets: list them, get one, set up a team's folder."
)
Project = Annotated[Path, typer.Option(help="Folder of the project.")]


@data.command("list")
def list_(project: Project = Path()) -> None:
    """List the known datasets: what they are, their licence and size, and whether they are here."""
    from ingest.public_datasets import DATASETS, place_of  # noqa: PLC0415 - keeps --help quick

    table = Table(box=None, pad_edge=False)
    for heading in ("name", "what", "licence", "size", "here"):
        table.add_column(heading, overflow="fold")
    for one in DATASETS:
        place = place_of(one, _places(project, one.name))
        here = "yes" if place else f"no: {one.get}"
        table.add_row(one.name, one.what, one.licence, one.size, here)
    Console(highlight=False).print(table)


@data.command()
def get(
    name: Annotated[str, typer.Argument(help="lovdal2021, pmdata, rbds, ric2024 or demo.")],
    project: Project = Path(),
) -> None:
    """Get a dataset into data/raw/NAME. Only lovdal2021 is downloaded, and only by this command."""
    from ingest.download import get_lovdal  # noqa: PLC0415 - keeps --help quick
    from ingest.errors import StridecastError  # noqa: PLC0415
    from ingest.public_datasets import DATASETS, place_of  # noqa: PLC0415

    known = {one.name: one for one in DATASETS}
    if name not in known:
        raise StridecastError(f"no dataset {name!r}", f"take one of {', '.join(known)}")
    one = known[name]
    target, *_ = _places(project, name)
    place = place_of(one, _places(project, name))
    if name == "lovdal2021":
        for path in get_lovdal(place or target):
            print(path)
    elif place:
        print(f"{name} is here: {place}")
    else:
        raise StridecastError(
            f"{name}: not in {target} nor in the shared folder ({one.licence}; {one.source})",
            f"{one.get}" + ("" if name == "demo" else f" and put the files into {target}"),
        )


@data.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder with the team's exports.")],
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what is proposed.")] = False,
    name: Annotated[str, typer.Option(help="Short name of the team.")] = "",
    time_zone: Annotated[str, typer.Option(help="Zone of local times: Europe/Berlin.")] = "",
    observed_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day observed.")
    ] = None,
    observed_to: Annotated[
        datetime | None,
        typer.Option(
            "--to", formats=["%Y-%m-%d"], help="Last day observed; none while the data grow."
        ),
    ] = None,
    scale: Annotated[
        list[str] | None,
        typer.Option(help="Scale of an item, item=worst:best: soreness=7:1; may be repeated."),
    ] = None,
) -> None:
    """Write dataset.yaml and roster.csv for a folder of exports, from what is found and answered.

    No file says the time zone, nor which answer of a form is best: both are asked for.

    An item without a scale is not read.
    """
    from ingest.wizard import Answers, look, scale_of, write, write_roster  # noqa: PLC0415 - keeps --help quick

    scales = dict(scale_of(text) for text in scale or ())
    zone = _zone(time_zone, yes=yes)
    with file_progress("looking") as progress:
        found = look(folder, today=datetime.now(tz=UTC).date(), progress=progress)
    _show(found)
    unknown = {item: span for item, span in found.seen.items() if item not in scales}
    answers = Answers(
        scales=scales | ({} if yes else ask_scales(unknown)),
        name=name or (found.name if yes else ask_name(found.name)),
        time_zone=zone or ask_zone(),
        observed_from=_first_day(observed_from, found.first, yes=yes),
        observed_to=observed_to and observed_to.date(),
        strangers=found.strangers,
        injury_texts=found.injury_texts,
    )
    print(write(folder, answers))
    if found.athletes:
        print(
            f"{write_roster(folder, found.athletes)}: {len(found.athletes)} athletes, named as in"
            " the files; delete the lines of people who are not on the team. All other columns are"
            " optional: level sets the base rate, sex and birth_year serve a model of your own"
        )
    for item in unknown:
        if item not in answers.scales:
            print(
                f"{item}: no scale is declared, so it is not read; add"
                f" `{item}: {{worst: 1, best: 5}}` under wellness_scales: in dataset.yaml"
            )
    print(f"next: stridecast score --data {quote(str(folder))} --out forecast --names")


@data.command()
def add(
    exports: Annotated[
        list[Path], typer.Argument(help="Files, archives or folders.", show_default=False)
    ],
    to: Annotated[Path, typer.Option(help="Dataset folder: data/raw/TEAM.", show_default=False)],
    athlete: Annotated[
        str, typer.Option(help="Whose they are: an id of the roster.", show_default=False)
    ] = "",
) -> None:
    """Put new exports beside the earlier ones; nothing is ever replaced.

    An export of the same name with other content goes into a folder of its own, so that a later,
    shorter export takes nothing away. What is there already is not copied again.
    """
    from ingest.append import add_exports  # noqa: PLC0415 - keeps --help quick

    done = add_exports(exports, to, athlete)
    for one in done:
        print(f"{one.place}" if one.is_new else f"{one.source}: already there as {one.place}")
    print(f"{sum(one.is_new for one in done)} of {len(done)} files are new")


def _places(project: Path, name: str) -> list[Path]:
    from ingest.locate import shared_folder  # noqa: PLC0415 - keeps --help quick

    return [project / "data" / "raw" / name, shared_folder(project) / "data" / name]


def _show(found: "Findings") -> None:
    for kind, files in found.kinds.items():
        print(f"{files} x {kind}")
    if found.first:
        print(f"records from {found.first} to {found.last}")
    for note in found.notes:
        print(note)


def _zone(told: str, *, yes: bool) -> str:
    """Check a zone given as an option before any file is read; without asking it must be one."""
    from ingest.errors import StridecastError  # noqa: PLC0415 - keeps --help quick

    if yes and not told:
        raise StridecastError("the files do not tell the time zone", "say it with --time-zone")
    try:
        return zone_of(told) if told else ""
    except ValueError as error:
        raise StridecastError(f"--time-zone: {error}") from None


def _first_day(told: datetime | None, found: date | None, *, yes: bool) -> date:
    from ingest.errors import StridecastError  # noqa: PLC0415 - keeps --help quick

    if told is not None:
        return told.date()
    if yes and found is None:
        raise StridecastError("the files do not tell the first day", "say it with --from")
    return found if yes and found else ask_first_day(found)
