"""`stridecast data check --files`: what would be read of each file, and what refused, and why."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.language import N_, message, plural
from common.retold import retold
from common.text.body_words import region_words
from common.text.plain_words import number
from pipelines.runtime.progress import file_progress
from reporting.languages.repairs import repair_words

SENTENCES = 3
"""How many rejects of one reason are told in full on the terminal; --json has them all."""

FEW = 5
"""So many files of a kind in a folder are listed one by one; --json lists every file."""

PIPE_WIDTH = 200

_COUNTS = {
    "accepted": N_("accepted"),
    "repaired": N_("repaired"),
    "waiting": N_("waiting"),
    "rejected": N_("rejected"),
}

UNSCALED = "_without_scale_set_null"
UNDECLARED = "scale_undeclared"
"""What the readers call an answer, and a row of nothing but answers, that wait for a scale."""


def show_files(path: Path, *, as_json: bool) -> None:
    """Print what a file, a folder or an archive holds, what would be refused, and why.

    Settings and roster of the dataset folder around the path are used where there are any;
    without them local times count as UTC and every folder as an athlete.

    Parameters
    ----------
    path : pathlib.Path
        File, folder or archive.
    as_json : bool
        One JSON object with a list `files` instead of tables.
    """
    from ingest.dataset.settings import FILE_NAME
    from ingest.quality.inspection import NO_SETTINGS
    from ingest.quality.inspection import inspect as look

    today = datetime.now(tz=UTC).date()
    with file_progress("looking") as progress:
        report = look(path, today=today, progress=progress)
    if as_json:
        print(json.dumps(report, indent=2, allow_nan=False, ensure_ascii=False))
    else:
        # A pipe has no width: lines stay whole, so that they can be searched.
        wide = Console(highlight=False)
        _show(report, wide if wide.is_terminal else Console(highlight=False, width=PIPE_WIDTH))
        if path.is_dir() and (NO_SETTINGS in report["assumed"] or (path / FILE_NAME).exists()):
            print(message("next: stridecast score {folder} --names", folder=quote(str(path))))


def _show(report: dict[str, Any], console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in (message("file"), message("kind"), message("holds")):
        table.add_column(heading, overflow="fold")
    for heading in _COUNTS.values():
        table.add_column(message(heading), justify="right")
    files = [_with_waiting(file) for file in report["files"]]
    for file in together([file for file in files if not _is_folded(file)]):
        table.add_row(
            escape(file["file"]),
            file["kind"],
            escape(_holds(file)),
            *(number(file[name], 0) for name in _COUNTS),
        )
    console.print(table)
    assumed = [message(sentence) for sentence in report["assumed"]]
    lines = [*_ignored(files), *assumed, *_waiting(report), *_open_injuries(files)]
    for line in [*lines, *_complaints(files)]:
        console.print(escape(line), soft_wrap=True)
    totals = {name: sum(file[name] for file in files) for name in _COUNTS}
    parts = " + ".join(f"{number(totals[name], 0)} {message(_COUNTS[name])}" for name in _COUNTS)
    summary = plural(
        "{files} file: {read} records read = {parts}",
        "{files} files: {read} records read = {parts}",
        len(files),
        files=number(len(files), 0),
        read=number(report["totals"]["read"], 0),
        parts=parts,
    )
    console.print(escape(summary), soft_wrap=True)


def _with_waiting(entry: dict[str, Any]) -> dict[str, Any]:
    """Count apart the records of which nothing is wrong but that their scale is not declared."""
    undeclared = sum(reject["reason"] == UNDECLARED for reject in entry["rejects"])
    wait_only = entry["repairs"] and all(code.endswith(UNSCALED) for code in entry["repairs"])
    repaired = entry["repaired"] if wait_only else 0
    return entry | {
        "repaired": entry["repaired"] - repaired,
        "waiting": repaired + undeclared,
        "rejected": entry["rejected"] - undeclared,
    }


def _is_folded(entry: dict[str, Any]) -> bool:
    """Return whether a file says nothing by itself: none of data, or an archive that was opened."""
    return bool(entry["ignored"]) and not entry["rejects"]


def _ignored(files: list[dict[str, Any]]) -> list[str]:
    """Return one line per reason why files are none of data; archives are told by their content."""
    reasons = Counter(str(entry["ignored"]) for entry in files if entry["kind"] == "ignored")
    return [
        plural(
            "ignored: {files} file ({why}); --json lists every file",
            "ignored: {files} files ({why}); --json lists every file",
            count,
            files=number(count, 0),
            why=retold(why),
        )
        for why, count in sorted(reasons.items())
    ]


def together(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one entry for the many files of a kind in a folder that nothing is wrong with."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in files:
        folder = entry["file"].rpartition("/")[0] or entry["file"].rpartition("!")[0]
        alike = (folder, entry["kind"]) if _is_plain(entry) else (entry["file"], entry["kind"])
        groups.setdefault(alike, []).append(entry)
    return [
        member
        for (folder, _), several in groups.items()
        for member in (several if len(several) <= FEW else [_summed(folder, several)])
    ]


def _is_plain(entry: dict[str, Any]) -> bool:
    return not (entry["ignored"] or entry["rejects"])


def _summed(folder: str, several: list[dict[str, Any]]) -> dict[str, Any]:
    holds: dict[str, dict[str, Any]] = {}
    for name, content in ((n, h) for entry in several for n, h in entry["holds"].items()):
        span = holds.setdefault(
            name, {"rows": 0} | {k: content[k] for k in ("from", "to") if k in content}
        )
        span["rows"] += content["rows"]
        if "from" in span and "from" in content:
            span |= {
                "from": min(span["from"], content["from"]),
                "to": max(span["to"], content["to"]),
            }
        if "regions" in content:
            span["without_return"] = span.get("without_return", 0) + content["without_return"]
            span["regions"] = dict(Counter(span.get("regions", {})) + Counter(content["regions"]))
    counts = {n: sum(entry[n] for entry in several) for n in _COUNTS}
    file = message("{folder} ({count} files)", folder=folder, count=number(len(several), 0))
    return several[0] | counts | {"file": file, "holds": holds}


def _holds(entry: dict[str, Any]) -> str:
    parts = [
        f"{number(content['rows'], 0)} {table}{_span(content)}"
        for table, content in entry["holds"].items()
    ]
    return ", ".join(parts) or message("nothing")


def _span(content: dict[str, Any]) -> str:
    if "from" not in content:
        return ""
    if content["to"] == content["from"]:
        return f" {content['from']}"
    return " " + message("{first} to {last}", first=content["from"], last=content["to"])


def _waiting(report: dict[str, Any]) -> list[str]:
    """Return a note per file with answers whose scale nobody declared: nothing is wrong there."""
    from ingest.quality.inspection import NO_SETTINGS

    is_new = NO_SETTINGS in report["assumed"]
    notes = []
    for entry in report["files"]:
        items = [
            code.removesuffix(UNSCALED) for code in entry["repairs"] if code.endswith(UNSCALED)
        ]
        rows = sum(reject["reason"] == UNDECLARED for reject in entry["rejects"])
        if items or rows:
            notes.append(_waits(entry["file"], items, is_new=is_new))
    return notes


def _waits(file: str, items: list[str], *, is_new: bool) -> str:
    named = ", ".join(message(item.replace("_", " ")) for item in items)
    values = {"file": file, "items": named or message("every item")}
    if is_new:
        return message(
            "note: {file}: the answers on {items} are in order but not read yet: tell "
            "`stridecast data init FOLDER` which answer is best",
            **values,
        )
    return message(
        "note: {file}: the answers on {items} are in order but not read yet: write into "
        "dataset.yaml, wellness_scales:, which answer is best, as {example}",
        **values, example="`soreness: {worst: 5, best: 1}`",
    )  # fmt: skip


def _open_injuries(files: list[dict[str, Any]]) -> list[str]:
    by_file = [(entry["file"], entry["holds"].get("injuries")) for entry in files]
    return [f"{file}: {_of_injuries(injuries)}" for file, injuries in by_file if injuries]


def _of_injuries(injuries: dict[str, Any]) -> str:
    """Return how many cases are open, which a coach should end or confirm, and what they are."""
    return plural(
        "{rows} injury, {open} without a return date; understood as {regions}",
        "{rows} injuries, {open} without a return date; understood as {regions}",
        injuries["rows"],
        rows=number(injuries["rows"], 0),
        open=number(injuries["without_return"], 0),
        regions=_counted(injuries["regions"]),
    )


def _counted(regions: dict[str, int]) -> str:
    ordered = sorted(regions.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{number(count, 0)} {region_words(region)}" for region, count in ordered)


def _complaints(files: list[dict[str, Any]]) -> list[str]:
    """Return repairs by name, and of every reason the first rejects of each file."""
    lines = []
    for entry in files:
        repairs = {c: n for c, n in entry["repairs"].items() if not c.endswith(UNSCALED)}
        lines += [
            message(
                "{file}: repaired: {what} ({count})",
                file=entry["file"],
                what=repair_words(code),
                count=number(n, 0),
            )
            for code, n in repairs.items()
        ]
        counts = Counter(reject["reason"] for reject in entry["rejects"])
        # `_waiting` tells these: nothing is wrong with them, only their scale is unknown.
        del counts[UNDECLARED]
        for reason, count in counts.items():
            sentences = [r["sentence"] for r in entry["rejects"] if r["reason"] == reason][
                :SENTENCES
            ]
            lines += [_rejected(entry["file"], reason, retold(sentence)) for sentence in sentences]
            if left := count - len(sentences):
                more = plural("{count} more", "{count} more", left, count=number(left, 0))
                lines.append(_rejected(entry["file"], reason, more))
    return lines


def _rejected(file: str, reason: str, why: str) -> str:
    return message("{file}: rejected {code}: {why}", file=file, code=reason, why=why)
