"""The model card as a document: sections of sentences and tables, as Markdown and as one page."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reporting.card.facts import CardFacts, status_of
from reporting.card.outcome import CardTable, outcome_section
from reporting.card.probast import probast
from reporting.card.tripod import tripod
from reporting.charts import palette

_Answer = Callable[[CardFacts], list[dict[str, str]]]

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"
_CHECKLISTS: Final[tuple[tuple[str, str, _Answer], ...]] = (
    (
        "TRIPOD+AI, item by item",
        "What a report of a prediction model should tell (Collins et al. 2024, BMJ 385:e078378).",
        tripod,
    ),
    (
        "PROBAST+AI, domain by domain",
        "Quality and risk of bias (Moons et al. 2025, BMJ 388:e082505), the questions in our "
        "words; the program's own view of itself.",
        probast,
    ),
)
"""The two checklists that a card is mapped to."""


@dataclass(frozen=True)
class Section:
    """A heading, what is said under it, and its tables."""

    title: str
    sentences: Sequence[str] = field(default_factory=tuple)
    tables: Sequence[CardTable] = field(default_factory=tuple)


@dataclass(frozen=True)
class ModelCard:
    """The whole card."""

    title: str
    sections: Sequence[Section]

    def markdown(self) -> str:
        """Return the card as Markdown."""
        lines = [f"# {self.title}", ""]
        for section in self.sections:
            lines += [f"## {section.title}", ""]
            for sentence in section.sentences:
                lines += [_plain(sentence), ""]
            for table in section.tables:
                lines += [*_table(table), ""]
        return "\n".join(lines).rstrip() + "\n"

    def html(self) -> str:
        """Return the card as one HTML file that asks the network for nothing."""
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            # A misspelt name in the template stops the card, where a blank would go unnoticed.
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
        # Before the digest: the policy admits exactly the style that stands in the page.
        style += "td{white-space:normal;vertical-align:top}caption{text-align:left;font-weight:600}"
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
        return environment.get_template("card.html.j2").render(
            card=self,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        )


def model_card(facts: CardFacts) -> ModelCard:
    """Return the card of a dataset's models.

    Parameters
    ----------
    facts : CardFacts
        What the stages wrote; the card holds no figure from anywhere else.
    """
    return ModelCard(
        f"Model card: {facts.dataset}",
        [
            _purpose(facts),
            # Results before data and checklists: the unfavourable must not stand where nobody
            # scrolls.
            *(Section(*outcome_section(outcome, facts.limits)) for outcome in facts.outcomes),
            _data(facts),
            _unknown(facts),
            *(
                Section(title, [sentence], [_checklist(answers, facts)])
                for title, sentence, answers in _CHECKLISTS
            ),
        ],
    )


def _purpose(facts: CardFacts) -> Section:
    who = (
        "simulated runners; these models refuse to score real athletes"
        if facts.simulated
        else ("the athletes of this dataset")
    )
    return Section(
        "What it is for",
        [
            f"Each week, for each athlete who is not injured, the probability of a new running "
            f"injury. Learnt from {who}.",
            "For coaches, physiotherapists and athletes, as a reason to look at somebody. It is no "
            "diagnosis, it does not say that a load caused an injury, and it is not for selection, "
            "contracts or insurance.",
            "Ranking skill of an honest forecast of new running injuries is an AUROC of 0.60 to "
            "0.70 in published cohorts; whether the forecasts are "
            "calibrated is what to ask first, and stands first below.",
        ],
    )


def _data(facts: CardFacts) -> Section:
    audits = pd.DataFrame(
        [
            {
                "audit": name.replace("_", " "),
                "came to": status_of(verdict),
                "found": verdict["sentence"],
            }
            for name, verdict in facts.audits.items()
        ]
    )
    return Section(
        "Data and audits",
        [
            f"{facts.athletes} athletes, observed from {facts.observed_from} to "
            f"{facts.observed_to}; {facts.rows_read:,} rows read: {facts.rows_accepted:,} "
            f"accepted, {facts.rows_repaired:,} repaired, {facts.rows_rejected:,} rejected.",
            f"Injuries by region: {facts.regions}." if facts.regions else "No injury is recorded.",
            f"Audits before training: {facts.counted()}. Not judged means too little to say, and "
            "is no pass; what no audit can see stands at the end of reports/audit.html.",
            *(f"Not seen by the audits: {what}." for what in facts.not_audited),
        ],
        [*_people(facts), CardTable("What was checked before training", audits)],
    )


def _people(facts: CardFacts) -> list[CardTable]:
    if facts.people is None or facts.people.empty:
        return []
    return [CardTable(f"Athletes of each part ({facts.outcomes[0].outcome})", facts.people)]


def _unknown(facts: CardFacts) -> Section:
    return Section("What is not known", facts.unknown())


def _checklist(answers: _Answer, facts: CardFacts) -> CardTable:
    return CardTable("", pd.DataFrame(answers(facts)))


def _table(table: CardTable) -> list[str]:
    columns = [str(name).replace("_", " ") for name in table.frame.columns]
    lines = [f"**{table.title}**", ""] if table.title else []
    lines += ["| " + " | ".join(columns) + " |", "| " + " | ".join("---" for _ in columns) + " |"]
    for row in table.rows():
        lines.append("| " + " | ".join(_plain(cell) for cell in row) + " |")
    return lines


def _plain(text: str) -> str:
    """Keep text from being read as markup."""
    # A sentence of an audit may hold a file's name, and with it any mark.
    return text.replace("|", "\\|").replace("<", "&lt;")
