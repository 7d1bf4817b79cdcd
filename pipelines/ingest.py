"""Stage `ingest`: every file of the dataset into tables, every row accounted for."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from pathlib import Path
from typing import Any

from common.store import write_json, write_text
from common.table_files import write_table_parts
from ingest.dataset.find import locate_raw
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.people.key_fingerprint import check_key, write_fingerprint
from ingest.records.account import COUNTS
from ingest.run import ingested
from pipelines.clubs.club_parts import check_keys, write_clubs, write_fingerprints
from pipelines.runtime.dataset import write_dataset, write_unclear
from pipelines.runtime.progress import file_progress
from pipelines.runtime.stage import Stage, run_stage
from pipelines.runtime.workspace import kept_parses, original_root
from reporting.pages.ingest import render_ingest_page


def main(stage: Stage) -> None:
    """Write data/tables/<dataset>, reports/ingest.json and reports/ingest.html."""
    folder, payload = locate_raw(stage.params.dataset, stage.workspace.root)
    config = load_config(folder)
    # In the project itself: DVC deletes the temporary copy that a queued experiment runs in.
    keys = original_root(stage.workspace.root) / "data" / "keys"
    report = (
        _clubs(stage, (folder, payload), keys)
        if config.clubs
        else _one_dataset(stage, (folder, payload), config, keys / config.name)
    )
    write_dataset(stage.workspace, config)
    write_unclear(stage.workspace.tables, report["unclear"])
    write_json(stage.workspace.reports / "ingest.json", report)
    write_text(stage.workspace.reports / "ingest.html", render_ingest_page(report))
    print("\n".join(account_lines(report)))


def _one_dataset(
    stage: Stage, folders: tuple[Path, Path], config: DatasetConfig, keys: Path
) -> dict[str, Any]:
    folder, payload = folders
    check_key(keys, config)
    with file_progress("reading") as progress:
        cache = kept_parses(stage.workspace.root)
        with ingested(folder, payload=payload, progress=progress, cache=cache) as result:
            write_table_parts(stage.workspace.tables, result.club.tables.rows)
    # After the tables: a run that failed has given nobody a code.
    write_fingerprint(keys, config)
    return result.report


def _clubs(stage: Stage, folders: tuple[Path, Path], keys: Path) -> dict[str, Any]:
    root, tables = stage.workspace.root, stage.workspace.tables
    check_keys(folders[0], keys)
    report = write_clubs(folders, tables, stage.params.place(), root, kept_parses(root))
    write_fingerprints(folders[0], keys)
    return {**report, "dataset": stage.params.dataset}


def account_lines(report: dict[str, Any]) -> list[str]:
    """Return the account of the files as lines of a table, one per kind of file, and the totals."""
    by_kind: dict[str, list[int]] = {}
    for account in report["files"]:
        counts = by_kind.setdefault(account["kind"], [0] * (len(COUNTS) + 1))
        for position, amount in enumerate([1, *(account[name] for name in COUNTS)]):
            counts[position] += amount
    header = f"{'kind':<28}{'files':>7}" + "".join(f"{name:>11}" for name in COUNTS)
    rows = [
        f"{kind:<28}{counts[0]:>7,}" + "".join(f"{n:>11,}" for n in counts[1:])
        for kind, counts in sorted(by_kind.items())
    ]
    total = [len(report["files"]), *(report["totals"][name] for name in COUNTS)]
    last = f"{'in all':<28}{total[0]:>7,}" + "".join(f"{n:>11,}" for n in total[1:])
    regions = ", ".join(f"{n} {region}" for region, n in report["injuries_by_region"].items())
    return [
        header,
        *rows,
        last,
        f"{report['athletes']:,} athletes, {report['sessions']:,} sessions"
        f" ({report['merged_sessions']:,} seen by two sources and matched)",
        f"injuries: {regions or 'none'}",
    ]


if __name__ == "__main__":
    run_stage(main)
