"""What answers a stop: the files it is about, the setting that lets it be, and your own reason."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pandas as pd

from features.audits.result import PASSED, STOPPED, WARNED
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


def verdicts_for(report: Report, outcome: str, outcomes: Sequence[str]) -> Report:
    """Return what the training of one outcome has to know of the audits: no count that passed.

    Another draw of audited days, or one more outcome, then trains nothing again.

    Parameters
    ----------
    report : dict
        Verdicts by name; those that look at an outcome end in its name.
    outcome : str
        The outcome that is trained.
    outcomes : sequence of str
        All outcomes that were audited.

    Returns
    -------
    dict
        `passed` and `status` by name, and the sentence of each audit that did more than pass.
    """
    return {
        name: {
            key: verdict[key]
            for key in ("passed", "status", "sentence")
            if key in verdict and not (key == "sentence" and _simply_passed(verdict))
        }
        for name, verdict in report.items()
        if _outcome_of(name, outcomes) in {"", outcome}
    }


def _simply_passed(verdict: Mapping[str, object]) -> bool:
    return bool(verdict["passed"]) and verdict.get("status", PASSED) == PASSED


def _outcome_of(name: str, outcomes: Sequence[str]) -> str:
    """Return the outcome that an audit's name ends in: `knee`, or `below_the_knee`, not both."""
    return max(
        (outcome for outcome in outcomes if name.endswith(f"_{outcome}")), key=len, default=""
    )


def _answered(
    name: str, verdict: dict[str, object], accepted: Mapping[str, str], audited: HasData
) -> dict[str, object]:
    # An accepted audit that passes needs no acceptance: the note is for stops alone.
    if verdict["passed"]:
        return verdict
    reason = accepted.get(name)
    if reason is not None:
        sentence = f"{verdict['sentence']} Accepted (audit.accept in params.yaml): {reason}."
        # A warning, and no plain pass: pages and the model card go on to say what was accepted.
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
    # The longest, because "answers" begins "answers_stop" as well.
    key = max((k for k in FILES_OF if name == k or name.startswith(f"{k}_")), key=len, default="")
    files: list[str] = []
    for table in FILES_OF.get(key, ()):
        sources = audited.tables[table].get("source", pd.Series(dtype=str))
        files += sources.dropna().astype(str).unique()[:SHOWN_FILES].tolist()
    return files
