"""Stage `audit`: no look-ahead, and no label hidden in what is missing. A failure stops the run."""

import pandas as pd

from features.lookahead import check_no_look_ahead
from features.matrix import catalogue
from ingest.errors import StridecastError
from ingest.store import read_frame, read_tables, write_json
from models.missingness import MissingnessAudit, audit_missingness
from models.outcomes import Outcome, label
from pipelines.stage import Stage, run_stage

SHOWN = 10
"""How many of the most unevenly missing features the report lists."""


def main(stage: Stage) -> None:
    """Write reports/audit.json and stop the run if an audit fails."""
    tables = read_tables(stage.workspace.tables)
    rows = read_frame(stage.workspace.features)
    report = {"look_ahead": _look_ahead(stage, tables)}
    for outcome in stage.params.outcomes:
        report[f"missingness_{outcome}"] = _missingness(stage, tables, rows, outcome)
    write_json(stage.workspace.reports / "audit.json", report)
    for name, audit in report.items():
        print(f"{name}: {audit['sentence']}")
    failed = [str(audit["sentence"]) for audit in report.values() if not audit["passed"]]
    if failed:
        raise StridecastError("audit: " + " ".join(failed), "see reports/audit.json")


def _look_ahead(stage: Stage, tables: dict[str, pd.DataFrame]) -> dict[str, object]:
    settings = stage.params.audit
    table = check_no_look_ahead(
        tables,
        stage.params.features,
        athletes=settings.athletes,
        days=settings.days,
        seed=settings.seed,
    )
    leaking = table[table["rows_different"] > 0]
    compared = int(table["rows_compared"].max())
    sentence = (
        f"{len(leaking)} of {len(table)} features change when later data are removed"
        f" ({compared} rows recomputed)."
    )
    return {
        "passed": leaking.empty,
        "sentence": sentence,
        "leaking_features": leaking["feature"].tolist(),
        "rows_compared": compared,
    }


def _missingness(
    stage: Stage, tables: dict[str, pd.DataFrame], rows: pd.DataFrame, outcome: Outcome
) -> dict[str, object]:
    params = stage.params
    labels = label(
        rows,
        tables["injuries"],
        tables["athletes"],
        outcome,
        params.outcome,
        params.features.injuries,
    )
    known = labels["event"].notna()
    entries = catalogue(params.features.blocks)
    audit = audit_missingness(
        rows.loc[known, [f.name for f in entries]],
        labels.loc[known, "event"],
        rows.loc[known, "athlete"],
        entries,
        params.audit.missingness,
    )
    return {"passed": audit.passed, "sentence": audit.sentence} | _numbers(audit)


def _numbers(audit: MissingnessAudit) -> dict[str, object]:
    values = {"auroc": audit.auroc, "low": audit.low, "high": audit.high}
    known = {name: value if pd.notna(value) else None for name, value in values.items()}
    # An infinite standardised difference (always against never missing) is told by the two rates.
    columns = ["feature", "structural", "missing_events", "missing_others", "difference"]
    return known | {"most_uneven": audit.rates[columns].head(SHOWN).to_dict("records")}


if __name__ == "__main__":
    run_stage(main)
