"""`stridecast act`: from names and texts to lines of the action log."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.dataset import load_config
from ingest.errors import StridecastError
from pipelines.actions import Action, actions_of_csv, log_actions
from pipelines.archive import Archive
from pipelines.lock import only_writer
from pipelines.score_folder import names_of


@dataclass(frozen=True)
class ActRequest:
    """One action, or a CSV of many; see :func:`pipelines.commands.act.act`."""

    athlete: str | None
    did: str
    out: Path
    day: date
    csv: Path | None
    data: Path | None


def act_on(request: ActRequest) -> int:
    """Log the actions and return how many were new.

    Raises
    ------
    StridecastError
        If there are no forecasts yet, the athlete is unknown, or nothing is said to be done.
    """
    archive = _archive(request)
    known = _known(archive, request.data)
    actions = (
        actions_of_csv(request.csv, known) if request.csv is not None else [_one(request, known)]
    )
    with only_writer(request.out):
        return log_actions(archive.folder, actions)


def _archive(request: ActRequest) -> Archive:
    if request.data is not None:
        return Archive(request.out, load_config(request.data).name)
    found = sorted(path.name for path in (request.out / "history").glob("*") if path.is_dir())
    if not found:
        raise StridecastError(
            f"{request.out}: no forecasts here yet", "name the folder of `stridecast score --out`"
        )
    if len(found) > 1:
        raise StridecastError(
            f"{request.out}: forecasts of several datasets ({', '.join(found)})",
            "say with --data which one is meant",
        )
    return Archive(request.out, found[0])


def _known(archive: Archive, data: Path | None) -> dict[str, str]:
    """Return the pseudonym behind every name that may be given."""
    forecasts = archive.forecasts()
    if forecasts is None:
        raise StridecastError(f"{archive.out}: no forecasts here yet", "run `stridecast score`")
    known = {str(one): str(one) for one in forecasts["athlete"].unique()}
    roster = {} if data is None else names_of(data, load_config(data))
    return known | {name: code for code, name in roster.items() if code in known}


def _one(request: ActRequest, known: dict[str, str]) -> Action:
    if request.athlete is None or not request.did.strip():
        raise StridecastError(
            "an athlete and --did are needed", 'stridecast act ATHLETE --did "what was done"'
        )
    if request.athlete not in known:
        raise StridecastError(
            f"{request.athlete}: no forecast of this athlete in {request.out}",
            "use the id of the page; for the roster's ids add --data",
        )
    return Action(known[request.athlete], request.day, request.did.strip())
