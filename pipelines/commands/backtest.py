"""`stridecast backtest`: last season again, week by week, with what was known then."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.runtime.progress import file_progress
from pipelines.runtime.spoken import Language, language_of


def _known(outcome: str) -> str:
    from models.settings.outcomes import known_outcome

    try:
        return known_outcome(outcome)
    except ValueError as error:
        # As an error of usage (exit code 2), before minutes of work.
        raise typer.BadParameter(f"{outcome!r} {error}") from None


class ModelName(StrEnum):
    """The model whose weekly lists are shown in full; the tables have the figures of both."""

    risk = "risk"
    additive = "additive"


def backtest(  # noqa: PLR0913, PLR0917 - one per option
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with dataset.yaml and the exports.", show_default=False),
    ] = None,
    dataset: Annotated[
        str, typer.Option(help="Without --data: a dataset whose stages have run.")
    ] = "demo",
    outcome: Annotated[
        str,
        typer.Option(
            callback=_known,
            help="Which new injuries: any, knee, another region, or an outcome of your own.",
        ),
    ] = "any",
    model: Annotated[ModelName, typer.Option(help="Whose lists are shown.")] = ModelName.risk,
    weeks: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Weeks to replay, the latest; by default 52, or half of the data if shorter.",
        ),
    ] = None,
    retrain_every: Annotated[
        int,
        typer.Option(
            min=1, help="Weeks between trainings; they keep the level right (docs/replay.md)."
        ),
    ] = 4,
    flags: Annotated[int, typer.Option(min=1, help="Names on each team's weekly list.")] = 3,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("backtest"),
    project: Annotated[
        Path, typer.Option(help="Folder with params.yaml; without one the defaults hold.")
    ] = Path(),
    language: Language = "",
) -> None:
    """Replay a season: forecast each week with what was known then, and see what came true.

    Writes backtest.html (open it in any browser), backtest.md, backtest.json, forecasts.csv and
    one CSV file per table: what a club would have seen each week, flags that led and flags that
    did not, what 1, 3, 5 or 10 flags a week would have been worth, and whether the probabilities
    were right, as a weather service verifies its own.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from common.language import message, speaking
    from common.text.plain_words import number
    from pipelines.studies.backtest import BacktestRequest
    from pipelines.studies.backtest_folder import PAGE
    from pipelines.studies.backtest_folder import backtest as run
    from reporting.backtest.sentences import flag_words, injury_words

    # On standard error, so that standard output stays free for pipes.
    console = Console(stderr=True, highlight=False)

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    request = BacktestRequest(
        data=data,
        dataset=dataset,
        outcome=outcome,
        model=model.value,
        weeks=weeks,
        retrain_every=retrain_every,
        per_team=flags,
        project=project,
    )
    with speaking(language_of(data, language)):
        with file_progress(message("replaying")) as progress:
            summary = run(request, out, say, progress)
        say(
            message(
                "{weeks} weeks, {forecasts} forecasts, {events} new injuries, {expected} expected",
                weeks=summary["weeks"], forecasts=number(summary["verified"], 0),
                events=summary["events"], expected=number(summary["expected"], 0),
            )
        )  # fmt: skip
        say(flag_words(summary))
        say(injury_words(summary))
        say(str(out / PAGE))
