"""What answers a stop: the files it is about, the setting that lets it be, and your own reason."""

from collections.abc import Mapping
from typing import Final, Protocol

import pandas as pd

from features.audits.result import STOPPED, WARNED
from pipelines.runtime.params import Params

Report = dict[str, dict[str, object]]

FILES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "late_onsets": ("injuries", "sessions"),
    "answers": ("wellness",),
    "first_answers": ("wellness",),
    "pain_answers": ("pain",),
    "first_pain_answers": ("pain",),
    "exercises": ("exercise",),
    "first_exercises": ("exercise",),
    "missing_exertion": ("sessions",),
    "answers_stop": ("wellness",),
    "changed_answers": ("wellness",),
    "history": ("injuries",),
    "near_duplicates": ("sessions",),
    "timing": ("strength", "gait", "body"),
    "units": ("sessions",),
    "risk_set": ("injuries",),
}
"""Tables whose files a stop names; the others are about features of many files."""
SHOWN_FILES: Final = 3

UNSEEN: Final = (
    "a single value that was changed after the fact and still looks like the others",
    "a column computed elsewhere over a whole season, if it alone says little",
    "a plan or a schedule that was rewritten before it was first read",
    "injuries that nobody wrote down, and records of injuries that were none",
    "people who did not join because they were hurt",
)
"""What no audit here can see."""


class HasData(Protocol):
    """Parameters and tables of what is audited."""

    @property
    def params(self) -> Params:
        """Settings."""

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tables of the contract."""


def with_answers(report: Report, audited: HasData) -> Report:
    """Return the report with the files and the setting of each stop; accepted stops warn.

    Parameters
    ----------
    report : dict
        Verdicts by name.
    audited : HasData
        Where the settings and the files' names come from.
    """
    accepted = audited.params.audit.accept
    return {name: _answered(name, verdict, accepted, audited) for name, verdict in report.items()}


def _answered(
    name: str, verdict: dict[str, object], accepted: Mapping[str, str], audited: HasData
) -> dict[str, object]:
    if verdict["passed"]:
        return verdict
    reason = accepted.get(name)
    if reason is not None:
        sentence = f"{verdict['sentence']} Accepted (audit.accept in params.yaml): {reason}."
        return verdict | {"passed": True, "status": WARNED, "sentence": sentence}
    files = _files(name, audited)
    where = f" Files: {', '.join(files)}." if files else ""
    sentence = (
        f"{verdict['sentence']}{where} If it is right as it is: audit.accept: {{{name}: why}} in "
        "params.yaml; a feature is left out by train.without."
    )
    return verdict | {"status": STOPPED, "sentence": sentence}


def _files(name: str, audited: HasData) -> list[str]:
    """Return a few names of files that a stop is about."""
    key = max((k for k in FILES_OF if name == k or name.startswith(f"{k}_")), key=len, default="")
    files: list[str] = []
    for table in FILES_OF.get(key, ()):
        sources = audited.tables[table].get("source", pd.Series(dtype=str))
        files += sources.dropna().astype(str).unique()[:SHOWN_FILES].tolist()
    return files
