"""The commands of the coming Monday, as they were given this time: for the foot of the page."""

from collections.abc import Sequence
from pathlib import Path
from shlex import join

from common.language import message


def next_monday(
    data: Path, out: Path, project: Path, *, with_names: bool
) -> tuple[tuple[str, str], ...]:
    """Return what to do in words and the command that does it, in order.

    Parameters
    ----------
    data, out, project : pathlib.Path
        As given to `stridecast score`.
    with_names : bool
        Whether names are shown.
    """
    folders = ["--data", str(data), "--out", str(out)]
    where = [] if project == Path() else ["--project", str(project)]
    names = ["--names"] if with_names else []
    shown = [*folders, *where, *names]
    return (
        (
            message("Put the new exports beside the old ones, one line for each file or folder"),
            _command(["data", "add", "EXPORT", "--to", str(data)]),
        ),
        (message("Ask whether the last forecasts were right"), _command(["monitor", *shown])),
        (message("Make the new page"), _command(["score", *shown])),
        (
            message("Write down what was done for an athlete, the name as on this page"),
            _command(["act", "ATHLETE", "--did", "WHAT WAS DONE", *folders, *names]),
        ),
    )


def _command(words: Sequence[str]) -> str:
    return join(["stridecast", *words])
