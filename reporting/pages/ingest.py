"""The page of the data's quality: what was read, what was refused and why, and what to fix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from ingest.quality.dataset_quality import LONG_GAP_DAYS
from reporting.charts import palette
from reporting.html import colours, environment, policy

SHOWN: Final = 40
LOW_COVERAGE: Final = 0.5


@dataclass(frozen=True)
class QualityCard:
    """One section: a sentence, and a table that may be cut."""

    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    good: bool


def render_ingest_page(report: Mapping[str, Any]) -> str:
    """Return the page as one HTML file that asks the network for nothing.

    Parameters
    ----------
    report : mapping
        Content of `reports/ingest.json`: `dataset`, `totals`, and under `quality` the tables of
        :func:`ingest.quality.dataset_quality.quality`.
    """
    pages = environment()
    # Rendered before the page, whose security policy admits this text alone, by its digest.
    style = pages.get_template("audit.css.j2").render(
        colours(),
        good=palette.BAND_COLOURS["low"],
        bad=palette.BAND_COLOURS["very high"],
    )
    return pages.get_template("ingest.html.j2").render(
        report=report,
        cards=quality_cards(report["quality"]),
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        policy=policy(style),
    )


def quality_cards(quality: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[QualityCard]:
    """Return the sections of the page, what to fix first."""
    low = [athlete for athlete in quality["athletes"] if athlete["logged_share"] < LOW_COVERAGE]
    fix, odd = quality["to_fix"], quality["suspicious"]
    return [
        _card(
            "What to fix",
            _count(fix, "reason", "reasons") + " for which files or rows were refused.",
            fix,
            ("kind", "reason", "records", "files", "file", "row", "sentence"),
            good=not fix,
        ),
        _card(
            "What was read",
            "Every record is accepted, repaired by name, or rejected with a reason.",
            quality["sources"],
            ("kind", "files", "read", "accepted", "repaired", "rejected", "repairs", "rejects"),
        ),
        _card(
            "What was read of whom",
            "By athlete and source, most refusals first; a row without an athlete holds what a"
            " file of several athletes cannot be said to hold of one.",
            sorted(quality["by_athlete"], key=lambda row: (-row["rejected"], -row["repaired"])),
            ("athlete", "kind", "files", "read", "accepted", "repaired", "rejected", "repairs",
             "rejects", "from", "to", "days", "longest_gap_days"),
        ),
        _card(
            "Who logs, and where the gaps are",
            f"{len(low)} of {_count(quality['athletes'], 'athlete', 'athletes')} logged on less"
            f" than {LOW_COVERAGE:.0%} of the days. A gap is a silence of more than {LONG_GAP_DAYS}"
            " days. After how many silent days load is unknown, and not rest, is the setting"
            " features.silence_days.",
            # Whoever logs least comes first: the table is cut, and the gaps are what to look at.
            sorted(quality["athletes"], key=lambda row: row["logged_share"]),
            ("athlete", "observed_from", "observed_to", "logged_days", "logged_share", "sessions",
             "files", "gaps", "longest_gap_days", "gap_from", "gap_to"),
            good=not low,
        ),
        _card(
            "Values that may be wrong",
            "They are kept, for they may be true; look at them.",
            odd,
            ("athlete", "what", "sessions", "first_date", "source"),
            good=not odd,
        ),
        _card(
            "What is unknown",
            "Share of unknown values by column; a column without any value is of no use.",
            # A column without any value is usually a heading that was not recognised.
            sorted(quality["unknown"], key=lambda row: -row["unknown_share"]),
            ("table", "column", "unknown_share"),
        ),
    ]  # fmt: skip


def _card(
    title: str,
    sentence: str,
    rows: Sequence[Mapping[str, Any]],
    columns: tuple[str, ...],
    *,
    good: bool = True,
) -> QualityCard:
    # A folder of many clubs has thousands of rows: a page of all of them would not be read.
    shown = tuple(tuple(_cell(name, row[name]) for name in columns) for row in rows[:SHOWN])
    heads = tuple(name.replace("_", " ") for name in columns)
    return QualityCard(title, sentence, heads, shown, max(0, len(rows) - SHOWN), good)


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{code} {n:,}" for code, n in value.items())
    if name.endswith("_share") and isinstance(value, float):
        return f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _count(rows: Sequence[object], singular: str, plural_form: str) -> str:
    return f"{len(rows):,} {singular if len(rows) == 1 else plural_form}"
