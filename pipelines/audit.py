"""Stage `audit`: leaks, copies and unit faults are looked for before anything is trained."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from common.errors import StridecastError
from common.frame_files import read_frame
from common.store import write_json, write_text
from common.table_files import read_tables
from features.matrix import catalogue_of
from pipelines.runtime.stage import Stage, run_stage
from pipelines.stage_parts.audit_answers import UNSEEN, verdicts_for
from pipelines.stage_parts.audit_sample import audit_sample
from pipelines.stage_parts.audited import Audited
from pipelines.stage_parts.audits import all_audits
from reporting.pages.audit import render_audit_page


def main(stage: Stage) -> None:
    """Write reports/audit.json, reports/audit.html and the verdicts that training depends on.

    Raises
    ------
    StridecastError
        If an audit fails.
    """
    sample = audit_sample(stage.workspace.tables, stage.params.audit.most_athletes)
    drawn = None if sample.is_everybody else sample.ends
    audited = Audited(
        params=stage.params,
        tables=read_tables(stage.workspace.tables, drawn),
        rows=read_frame(stage.workspace.features, athletes=drawn),
        entries=catalogue_of(stage.params.features),
    )
    report = all_audits(audited)
    write_json(stage.workspace.reports / "audit.json", report)
    for outcome in stage.params.outcomes:
        write_json(
            stage.workspace.audits(outcome), verdicts_for(report, outcome, stage.params.outcomes)
        )
    page = render_audit_page(report, stage.params.dataset, (*sample.unseen(), *UNSEEN))
    write_text(stage.workspace.reports / "audit.html", page)
    for line in sample.unseen():
        print(f"not seen: {line}")
    for name, audit in report.items():
        print(f"{name}: {audit['status']}: {audit['sentence']}")
    failed = [str(audit["sentence"]) for audit in report.values() if not audit["passed"]]
    # Last, after the reports are written: they say what to mend.
    if failed:
        raise StridecastError("audit: " + " ".join(failed), "see reports/audit.html")


if __name__ == "__main__":
    run_stage(main)
