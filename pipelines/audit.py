"""Stage `audit`: leaks, copies and unit faults are looked for before anything is trained."""

import pandas as pd

from features.audit_duplicates import audit_duplicates
from features.audit_ranges import audit_ranges
from features.audit_result import Audit
from features.audit_units import audit_units
from features.lookahead import check_no_look_ahead
from features.matrix import catalogue_of
from ingest.errors import StridecastError
from ingest.store import read_frame, read_tables, write_json, write_text
from models.audits_proximity import LEADS, audit_label_proximity
from models.audits_single import audit_single_features
from models.missingness import MissingnessAudit, audit_missingness
from models.outcomes import Outcome, label
from models.splits import holdout
from pipelines.stage import Stage, run_stage
from reporting.audit_page import render_audit_page

SHOWN = 10
"""How many rows of an audit's table the report lists."""

Report = dict[str, dict[str, object]]


def main(stage: Stage) -> None:
    """Write reports/audit.json and reports/audit.html; stop the run if an audit fails."""
    tables = read_tables(stage.workspace.tables)
    rows = read_frame(stage.workspace.features)
    report = _without_labels(stage, tables, rows)
    for outcome in stage.params.outcomes:
        report |= _with_labels(stage, tables, rows, outcome)
    write_json(stage.workspace.reports / "audit.json", report)
    page = render_audit_page(report, stage.params.dataset)
    write_text(stage.workspace.reports / "audit.html", page)
    for name, audit in report.items():
        print(f"{name}: {audit['sentence']}")
    failed = [str(audit["sentence"]) for audit in report.values() if not audit["passed"]]
    if failed:
        raise StridecastError("audit: " + " ".join(failed), "see reports/audit.html")


def _without_labels(stage: Stage, tables: dict[str, pd.DataFrame], rows: pd.DataFrame) -> Report:
    settings, entries = stage.params.audit, catalogue_of(stage.params.features)
    part = _parts(stage, rows)
    return {
        "look_ahead": _look_ahead(stage, tables),
        "duplicates": _told(audit_duplicates(rows, entries, part, settings.duplicates)),
        "ranges": _told(audit_ranges(rows, entries, settings.ranges)),
        "units": _told(audit_units(tables, settings.units)),
    }


def _with_labels(
    stage: Stage, tables: dict[str, pd.DataFrame], rows: pd.DataFrame, outcome: Outcome
) -> Report:
    settings, entries = stage.params.audit, catalogue_of(stage.params.features)
    lead = stage.params.outcome.lead_days
    events = {k: _events(stage, tables, rows, outcome, lead + k) for k in LEADS}
    known = events[0].notna()
    x, who = rows[[f.name for f in entries]], rows["athlete"]
    y = events[0][known]
    missing = audit_missingness(x[known], y, who[known], entries, settings.missingness)
    near = audit_label_proximity(x, events, who, settings.label_proximity)
    single = audit_single_features(x[known], y, entries, settings.single_features)
    return {
        f"missingness_{outcome}": _missingness(missing),
        f"label_proximity_{outcome}": _told(near),
        f"single_features_{outcome}": _told(single),
    }


def _events(
    stage: Stage,
    tables: dict[str, pd.DataFrame],
    rows: pd.DataFrame,
    outcome: Outcome,
    lead_days: int,
) -> pd.Series:
    settings = stage.params.outcome.model_copy(update={"lead_days": lead_days})
    rules = stage.params.features.injuries
    labels = label(rows, tables["injuries"], tables["athletes"], outcome, settings, rules)
    return labels["event"]


def _parts(stage: Stage, rows: pd.DataFrame) -> pd.Series | None:
    """Parts of the split; None where there is too little to split, which is for `train` to say."""
    try:
        return holdout(rows, stage.params.split, reach_days=stage.params.outcome.reach_days)
    except StridecastError:
        return None


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
    return _told(Audit(leaking.empty, sentence, leaking)) | {
        "leaking_features": leaking["feature"].tolist(),
        "rows_compared": compared,
    }


def _told(audit: Audit) -> dict[str, object]:
    facts: dict[str, object] = {"passed": audit.passed, "sentence": audit.sentence}
    return facts | {"found": len(audit.table), "table": _records(audit.table)}


def _missingness(audit: MissingnessAudit) -> dict[str, object]:
    values = {"auroc": audit.auroc, "low": audit.low, "high": audit.high}
    known = {name: value if pd.notna(value) else None for name, value in values.items()}
    # An infinite standardised difference (always against never missing) is told by the two rates.
    columns = ["feature", "structural", "missing_events", "missing_others", "difference"]
    verdict: dict[str, object] = {"passed": audit.passed, "sentence": audit.sentence}
    return verdict | known | {"table": _records(audit.rates[columns])}


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the first rows as JSON takes them: dates as text, null and infinity as null."""
    shown = table.head(SHOWN)
    plain = shown.assign(
        **{c: shown[c].dt.strftime("%Y-%m-%d") for c in shown.select_dtypes("datetime").columns}
    )
    finite = plain.replace([float("inf"), -float("inf")], float("nan")).astype(object)
    records = finite.where(finite.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


if __name__ == "__main__":
    run_stage(main)
