"""What `score` says of a reading in the terminal: counted, repaired, refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from common.language import message, plural
from common.retold import retold
from common.text.plain_words import number
from common.text.refusal_words import refusal_words
from ingest.people.assignment import STRANGER
from ingest.quality.not_read import UNDERSTOOD
from ingest.run import IngestResult
from reporting.languages.repairs import repair_words

SHOWN_REJECTS = 5


def account_line(result: IngestResult) -> str:
    """Say how many files and records were read, and what became of the records."""
    totals, files = result.report["totals"], result.report["files"]
    logs = sum(not account["ignored"] and account["kind"] != "club_roster" for account in files)
    return plural(
        "{files} file with records ({others} more: archives, settings or no log): {read} records "
        "read = {accepted} accepted + {repaired} repaired + {rejected} rejected",
        "{files} files with records ({others} more: archives, settings or no log): {read} records "
        "read = {accepted} accepted + {repaired} repaired + {rejected} rejected",
        logs,
        files=number(logs, 0), others=number(len(files) - logs, 0),
        **{name: number(totals[name], 0) for name in ("read", "accepted", "repaired", "rejected")},
    )  # fmt: skip


def repaired_lines(files: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what was repaired; which file it was names people, and stands in ingest.json alone."""
    counts: Counter[str] = Counter()
    for account in files:
        counts.update(account["repairs"])
    repair_texts = [
        f"{repair_words(code)} ({number(count, 0)})" for code, count in counts.most_common()
    ]
    # No file is named here: its name may hold an athlete's.
    line = message("repaired: {what}; ingest.json says where", what=", ".join(repair_texts))
    return [f"  {line}"] if repair_texts else []


def refused_lines(result: IngestResult, place: Path, *, with_names: bool) -> list[str]:
    """Return the refused records in words, and where all of them are.

    A sentence names its file, and a file often its athlete: without leave to show names only the
    reasons are told, in a terminal whose output may go to a log.
    """
    rejects = result.tables["rejects"]
    # Names that nobody has decided on are left out: their question tells everything.
    rows = rejects[~rejects["reason"].eq(STRANGER)]
    if not with_names:
        counts = rows["reason"].map(refusal_words).value_counts().items()
        reasons = ", ".join(f"{reason} ({number(count, 0)})" for reason, count in counts)
        line = message("refused: {reasons}; {file} says where", reasons=reasons, file=place)
        return [f"  {line}"] if reasons else []
    # Files that hold nothing to read come every time, and would hide what somebody has to mend.
    open_ = rows[~rows["reason"].isin(UNDERSTOOD)].to_dict("records")
    lines = [_refused_line(row["source"], row["sentence"]) for row in open_]
    everything = message("all {count} in {file}", count=number(len(rejects), 0), file=place)
    more = [f"  {everything}"] if len(rejects) > min(len(lines), SHOWN_REJECTS) else []
    return lines[:SHOWN_REJECTS] + more


def _refused_line(source: str, sentence: str) -> str:
    """Name the file once; sentences about a whole file begin with it."""
    return f"  {source}: {retold(sentence.removeprefix(f'{source}: '))}"
