"""What became of each file of a test club: read as, rows, told; and what vanished untold."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.club_parts.club_week import ClubWeek

OURS: Final = {"dataset.yaml", "roster.csv"}
_NULLED: Final = "without_scale_set_null"


class FileRow(NamedTuple):
    """One file of the club: its kind, its rows, and whether what was not read is accounted for."""

    file: str
    kind: str
    read: int
    accepted: int
    repaired: int
    rejected: int
    is_accounted: bool
    untold: str


def file_rows(week: ClubWeek) -> Iterator[FileRow]:
    """Yield every file that lies in the folder, in the order of its path."""
    accounts: dict[str, list[Mapping[str, Any]]] = {}
    for account in week.account.get("files", []):
        accounts.setdefault(str(account["file"]).split("!", 1)[0], []).append(account)
    # The account has the true names of the files also where scores.json has codes in their place.
    listed = week.account.get("not_read") or week.scores.get("not_read", [])
    named_files = {str(entry.get("file", "")) for entry in listed}
    for path in sorted(week.folder.rglob("*")):
        name = path.relative_to(week.folder).as_posix()
        if path.is_file() and name not in OURS and not name.startswith("."):
            yield _row(name, accounts.get(name, []), is_told=_is_told(name, named_files))


def _is_told(name: str, named_files: set[str]) -> bool:
    return any(
        file_name and (file_name == name or Path(file_name).name == Path(name).name)
        for file_name in named_files
    )


def _row(name: str, accounts: list[Mapping[str, Any]], *, is_told: bool) -> FileRow:
    total = {
        key: sum(int(account[key]) for account in accounts)
        for key in ("read", "accepted", "repaired", "rejected")
    }
    kinds = sorted({str(account["kind"]) for account in accounts}) or ["not in the account"]
    ignored = bool(accounts) and all(account["ignored"] for account in accounts)
    untold = "" if ignored or is_told else _missing(accounts, total)
    return FileRow(name, ", ".join(kinds), **total, is_accounted=is_told, untold=untold)


def _missing(accounts: list[Mapping[str, Any]], total: Mapping[str, int]) -> str:
    """Say what of a file was lost and stands in no to-do; empty where nothing was."""
    if not accounts:
        return "the file is in no account"
    if total["read"] != total["accepted"] + total["repaired"] + total["rejected"]:
        return "the account does not add up"
    if total["accepted"] + total["repaired"] == 0:
        return "nothing of it was read"
    # Rejected rows are listed in the account, but a coach reads the to-do alone.
    if total["rejected"]:
        return f"{total['rejected']} rows rejected"
    nulled = [code for account in accounts for code in account["repairs"] if code.endswith(_NULLED)]
    return f"values left out: {', '.join(sorted(set(nulled)))}" if nulled else ""
