"""`stridecast data`: the datasets that are known, getting one, and setting up a team's folder."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipelines.commands.data_check import answer, check, questions
from pipelines.runtime.spoken import Language, language_of
from pipelines.upkeep.changes import changes, undo
from pipelines.upkeep.injuries import injuries

if TYPE_CHECKING:
    from ingest.setup.append import Added

data = typer.Typer(
    no_args_is_help=True, help="Datasets: list them, get one, set up a team's folder."
)
data.command()(check)
data.command()(questions)
data.command()(answer)
data.command()(injuries)
data.command()(changes)
data.command()(undo)
Project = Annotated[Path, typer.Option(help="Folder of the project.")]


@data.command("list")
def list_(project: Project = Path()) -> None:
    """List the known datasets: what they are, their licence and size, and whether they are here."""
    from ingest.setup.public_datasets import DATASETS, place_of

    table = Table(box=None, pad_edge=False)
    for heading in ("name", "what", "licence", "size", "here"):
        table.add_column(heading, overflow="fold")
    for dataset in DATASETS:
        place = place_of(dataset, _places(project, dataset.name))
        here = "yes" if place else f"no: {dataset.get}"
        table.add_row(dataset.name, dataset.content, dataset.licence, dataset.size, here)
    Console(highlight=False).print(table)


@data.command()
def get(
    name: Annotated[str, typer.Argument(help="lovdal2021, pmdata, rbds, ric2024 or demo.")],
    project: Project = Path(),
) -> None:
    """Get a dataset into data/raw/NAME. Only lovdal2021 is downloaded, and only by this command."""
    from common.errors import StridecastError
    from ingest.setup.download import get_lovdal
    from ingest.setup.public_datasets import DATASETS, place_of

    known = {dataset.name: dataset for dataset in DATASETS}
    if name not in known:
        raise StridecastError(f"no dataset {name!r}", f"take one of {', '.join(known)}")
    dataset = known[name]
    target, *_ = _places(project, name)
    place = place_of(dataset, _places(project, name))
    if name == "lovdal2021":
        for path in get_lovdal(place or target):
            print(path)
    elif place:
        print(f"{name} is here: {place}")
    else:
        raise StridecastError(
            f"{name}: not in {target} nor in the shared folder "
            f"({dataset.licence}; {dataset.source})",
            f"{dataset.get}" + ("" if name == "demo" else f" and put the files into {target}"),
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
    language: Language = "",
) -> None:
    """Write dataset.yaml and roster.csv for a folder of exports, from what is found and confirmed.

    What the files tell is proposed in one summary: the team, the time zone of its watches, the
    first day, what the answers of a form mean. What they do not tell is asked for. An item without
    a scale is not read. In a folder that is set up it offers to add new members to roster.csv.
    """
    from common.language import message, speaking
    from pipelines.commands.set_up import SetUpOptions, add_newcomers, is_set_up, set_up
    from pipelines.runtime.workspace import kept_parses

    with speaking(language_of(folder, language)):
        if is_set_up(folder):
            add_newcomers(folder, yes=yes, cache=kept_parses(Path()))
            return
        context = SetUpOptions(
            name, time_zone, observed_from, observed_to, tuple(scale or ()), language
        )
        set_up(folder, context, yes=yes, cache=kept_parses(Path()))
        print(message("next: stridecast score {folder} --names", folder=quote(str(folder))))


@data.command()
def names(
    folder: Annotated[Path, typer.Argument(help="Folder with dataset.yaml and roster.csv.")],
) -> None:
    """Print which code stands for whom, as CSV: athlete,name. It is stored nowhere."""
    import pandas as pd

    from common.errors import StridecastError
    from forecasting.scoring.spreadsheet import safe_csv
    from ingest.dataset.key import existing_key, key_file
    from ingest.dataset.settings import load_config
    from pipelines.weekly.score_folder import names_of

    config = load_config(folder)
    # `names_of` would make a key, and print codes that stand in no forecast.
    if existing_key(config) is None:
        raise StridecastError(
            f"{key_file()}: no pseudonym key here, so no code stands for anybody yet",
            "run `stridecast score` first, or restore the key (docs/monday.md, The key)",
        )
    codes = names_of(folder, config)
    table = pd.DataFrame(codes.items(), columns=["athlete", "name"]).sort_values("name")
    # Safe, because the output may be opened in a spreadsheet, and a name may begin with "=".
    print(safe_csv(table), end="")


@data.command()
def add(
    exports: Annotated[
        list[Path] | None, typer.Argument(help="Files, archives or folders.", show_default=False)
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Dataset folder: data/raw/TEAM.", show_default=False)
    ] = None,
    athlete: Annotated[
        str, typer.Option(help="Whose they are: an id of the roster.", show_default=False)
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the last addition back.")] = False,
    language: Language = "",
) -> None:
    """Put new exports into a team's folder, all of them or none.

    What is there already is not copied again. An export of the same name takes the place of the
    older one if it holds all of it, else it lies beside it with the day in its name, so that a
    later, shorter export takes nothing away. The last addition can be taken back.
    """
    from common.language import plural, speaking
    from ingest.setup.append import add_exports, undo_last

    # Checked here: with --undo no exports are named, so that typer cannot demand them.
    if to is None or not (exports or undo):
        raise typer.BadParameter("name the exports and the folder: data add EXPORTS --to FOLDER")
    if undo:
        taken = undo_last(to)
        with speaking(language_of(to, language)):
            print(plural("{count} file taken back", "{count} files taken back", taken))
        return
    done = add_exports(exports or [], to, athlete)
    with speaking(language_of(to, language)):
        print("\n".join(_added(done)))


def _added(done: "Sequence[Added]") -> list[str]:
    """Return where new files lie now, and how many were there already."""
    from common.language import message, plural

    new = [added for added in done if added.is_new]
    lines = [
        message("{file} (newer)", file=added.place) if added.replaces else str(added.place)
        for added in new
    ]
    known = len(done) - len(new)
    counts = {"new": len(new), "count": len(done), "known": known}
    if known:
        lines.append(
            plural(
                "{new} of {count} files are new; {known} is there already",
                "{new} of {count} files are new; {known} are there already",
                known,
                **counts,
            )
        )
    else:
        lines.append(message("{new} of {count} files are new", **counts))
    return lines


def _places(project: Path, name: str) -> list[Path]:
    from ingest.dataset.find import shared_folder

    return [project / "data" / "raw" / name, shared_folder(project) / "data" / name]
