"""The `stridecast` command."""

from pipelines.runtime.entry import enter, keep_what_is_loaded

if __name__ == "__main__":
    enter()

import sys

import typer

from common import run_log
from pipelines.commands.act import act
from pipelines.commands.backtest import backtest
from pipelines.commands.compare import compare, reproduced
from pipelines.commands.data import data
from pipelines.commands.data_check import inspect
from pipelines.commands.evaluate import evaluate
from pipelines.commands.lovdal import lovdal
from pipelines.commands.monitor import monitor
from pipelines.commands.plan import plan
from pipelines.commands.promote import promote
from pipelines.commands.recalibrate import recalibrate
from pipelines.commands.refits import cross_validate, leave_team_out
from pipelines.commands.score import score
from pipelines.commands.template import template
from pipelines.runtime.call_room import with_call_room
from pipelines.runtime.help_words import run
from pipelines.runtime.leave import leave
from pipelines.runtime.one_line import tell
from pipelines.studies.experiments import experiments
from pipelines.upkeep.doctor import doctor
from pipelines.upkeep.privacy import privacy

app = typer.Typer(
    name="stridecast",
    help="Weekly injury forecasts for runners: calibrated probabilities, with reasons.",
    epilog="Every command also takes --verbose (run, files by id, timings) and --debug.",
    no_args_is_help=True,
    # Typer's own traceback shows local variables, which may hold somebody's data.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(score)
app.command()(plan)
app.command()(act)
app.command()(monitor)
app.command()(promote)
app.command()(evaluate)
app.command()(recalibrate)
app.command()(leave_team_out)
app.command()(cross_validate)
app.command()(backtest)
app.command()(lovdal)
app.command()(template)
app.command()(doctor)
app.command()(compare)
app.command()(reproduced)
app.command(hidden=True)(inspect)
app.add_typer(data, name="data")
app.add_typer(privacy, name="privacy")
app.add_typer(experiments, name="experiments")


def main() -> None:
    """Run the command; bad input is one line and exit code 1, wrong usage exit code 2."""
    enter()
    debug = "--debug" in sys.argv
    if "--verbose" in sys.argv:
        run_log.begin()
    # Taken out here, so that both hold for every command and may stand anywhere.
    arguments = [word for word in sys.argv[1:] if word not in {"--debug", "--verbose"}]
    try:
        code = with_call_room(run, app, arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        code = tell(error, debug=debug)
    sys.exit(code)


def run_and_leave() -> None:
    """Run the command in a process of its own, and end it."""
    keep_what_is_loaded()
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, int):
            leave(ended.code)
        raise


if __name__ == "__main__":
    run_and_leave()
