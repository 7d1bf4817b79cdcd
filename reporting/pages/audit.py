"""The audit page: what was checked before anything was trained, and what was found."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from features.audits.result import PASSED
from reporting.charts import palette
from reporting.languages.messages import sentence_case

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"
_SHOWN: Final = 12
TITLES: Final = {
    "look_ahead": "Nothing is read from the future",
    "duplicates": "Nobody is in the data twice",
    "ranges": "Values are plausible",
    "units": "Units do not jump",
    "near_duplicates": "Nobody is in the data under two names",
    "late_onsets": "Runs do not stop before the written onset",
    "answers": "Questionnaires do not pile up before injuries",
    "first_answers": "Questionnaires are not asked of the hurt only",
    "pain_answers": "Answers about pain do not pile up before injuries",
    "first_pain_answers": "Pain is not asked of the hurt only",
    "exercises": "Exercises do not pile up before injuries",
    "first_exercises": "Exercises are not written down for the hurt only",
    "missing_exertion": "Exertion does not go missing before injuries",
    "answers_stop": "Questionnaires do not stop before injuries",
    "changed_answers": "Answers do not change at once before injuries, and stay changed",
    "history": "Earlier injuries were asked of everybody",
    "measured": "No table, device or file belongs to the hurt only",
    "leaving": "Nobody leaves because of an injury",
    "identity": "No feature is a name",
    "timing": "Tests are not dated back",
    "risk_set": "Only athletes at risk are counted",
    "purity": "No value is followed by an injury too often",
    "missingness": "What is missing does not tell the outcome",
    "label_proximity": "The forecast does not live on the eve of the injury",
    "single_features": "No single feature is too good",
}


@dataclass(frozen=True)
class AuditCard:
    """One audit as it is shown."""

    title: str
    passed: bool
    status: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


def render_audit_page(
    report: Mapping[str, Mapping[str, object]], dataset: str, unseen: Sequence[str] = ()
) -> str:
    """Return the audit page as one HTML file that asks the network for nothing.

    Parameters
    ----------
    report : mapping of str to mapping
        Content of ``reports/audit.json``: `passed`, `sentence` and, where there is one, a table
        as a list of records under `table`. A name is one of :data:`TITLES`, an outcome after it.
    dataset : str
        Name of the dataset.
    unseen : sequence of str
        What no audit can see.
    """
    cards = [audit_card(name, audit) for name, audit in report.items()]
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = environment.get_template("audit.css.j2").render(
        **{name.lower(): getattr(palette, name) for name in ("INK", "MUTED", "PAPER", "CARD")},
        line=palette.LINE,
        good=palette.BAND_COLOURS["low"],
        bad=palette.BAND_COLOURS["very high"],
    )
    stopped = [card for card in cards if not card.passed]
    # "Not judged" stops nothing and yet is no pass: it must not hide among the passed ones.
    doubtful = [card for card in cards if card.passed and card.status != PASSED]
    return environment.get_template("audit.html.j2").render(
        dataset=dataset,
        # What calls for action comes first, whatever the order of the report.
        cards=stopped + doubtful + [card for card in cards if card.status == PASSED],
        stopped=len(stopped),
        doubtful=len(doubtful),
        unseen=tuple(unseen),
        policy=_policy(style),
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
    )


def _policy(style: str) -> str:
    """Admit the inline style by its digest; everything else is refused."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    style_only = f"default-src 'none'; style-src 'sha256-{digest}'; "
    return style_only + "img-src data:; base-uri 'none'; form-action 'none'"


def audit_card(name: str, audit: Mapping[str, object]) -> AuditCard:
    """Return one audit as it is shown: title, verdict, the first rows of its table."""
    # The longest, because "answers" begins "answers_stop" as well.
    known = max((key for key in TITLES if name.startswith(key)), key=len, default="")
    outcome = name.removeprefix(known).strip("_")
    # An audit of an extension has no title here and is shown by its own name.
    title = TITLES.get(known, sentence_case(name.replace("_", " ")))
    rows = audit.get("table", [])
    records = rows if isinstance(rows, list) else []
    columns = tuple(records[0]) if records else ()
    return AuditCard(
        title=f"{title} ({outcome})" if outcome and known else title,
        passed=bool(audit["passed"]),
        # A report may lack the status, which is finer than whether the audit passed.
        status=str(audit.get("status") or ("passed" if audit["passed"] else "stopped")),
        sentence=sentence_case(str(audit["sentence"])),
        columns=tuple(column.replace("_", " ") for column in columns),
        rows=tuple(_cells(record, columns) for record in records[:_SHOWN]),
        more=max(len(records) - _SHOWN, 0),
    )


def _cells(record: Mapping[str, object], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cell(record[column]) for column in columns)


def _cell(value: object) -> str:
    """Return a value in words; numbers with as many digits as a reader can use."""
    if value is None:
        return "unknown"
    # Before the numbers: for Python True is a number too, and would be shown as 1.
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
