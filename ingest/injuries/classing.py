"""Whether a line of a register is a running injury, a complaint, or not of running.

The default follows the consensus definition of a running-related injury (Yamato 2015: pain of the
lower limbs that restricts or stops running, or makes the runner consult a clinician; low back and
pelvis are counted with them here) and the IOC recording consensus 2020. How many days an injury
has to restrict running before it is an *outcome* is decided later, by a parameter; see
:class:`models.settings.outcomes.OutcomeSettings`.
"""

from typing import Final, NamedTuple

from common.language import N_
from common.vocabulary import RUNNING_REGIONS
from ingest.injuries.severity_words import says

SENTENCES: Final = {
    "days_lost": N_("running was restricted for a day or longer: an injury"),
    "clinician": N_("a clinician was asked: an injury"),
    "restricted": N_("running was stopped or reduced: an injury"),
    "severity": N_("it is called moderate or major: an injury"),
    "substantial": N_("running or performance was reduced at least moderately (OSTRC): an injury"),
    "listed": N_("it stands in the injury list and nothing says how bad it was: an injury"),
    "own_words": N_("dataset.yaml says what its words mean: an injury"),
    "niggle": N_(
        "its words describe a problem that comes and goes, and no missed running: a complaint"
    ),
    "no_days_lost": N_("no running was missed: a complaint"),
    "minor_answer": N_("it is called minor and nothing says that running was changed: a complaint"),
    "not_substantial": N_("running was changed at most slightly (OSTRC): a complaint"),
    "region": N_("this body part is not injured by running"),
    "other_cause": N_("it did not happen while running"),
    "illness": N_("an illness is no injury"),
    "place_unknown": N_(
        "the answer does not say whether it is a body part that running can injure"
    ),
}
"""Code of a reason -> the sentence for whoever reads the table."""


class ReportedInjury(NamedTuple):
    """What is told of one entry.

    Parameters
    ----------
    region : str
        As in the vocabulary.
    severity : str
        As in the vocabulary.
    days_lost : float or None
        From a column, from the return date or from words; None if not told.
    plain : str
        All words of the entry, plain.
    is_decided : bool
        Whether the club itself said in `dataset.yaml` what its words mean.
    """

    region: str
    severity: str
    days_lost: float | None
    plain: str
    is_decided: bool = False


def classify(entry: ReportedInjury) -> tuple[str | None, str]:
    """Return class and reason of an entry of an injury register.

    Returns
    -------
    tuple of (str or None, str)
        `injury`, `complaint` or `not_running`, and a key of :data:`SENTENCES`. An entry that says
        nothing of its severity is an injury.

    Examples
    --------
    >>> classify(ReportedInjury("knee", "unknown", None, "knie physio"))
    ('injury', 'clinician')
    >>> classify(ReportedInjury("lumbar", "unknown", None, "rucken immer mal wieder"))
    ('complaint', 'niggle')
    >>> classify(ReportedInjury("arm", "major", 20, "handgelenk"))
    ('not_running', 'region')
    """
    # The order is the rule: another cause outweighs days lost, and these outweigh the word niggle.
    return _not_running(entry) or _injury(entry) or _complaint(entry) or ("injury", "listed")


def sentence_of(reason: str) -> str:
    """Return the sentence of a reason; empty for an entry that was never classed."""
    return SENTENCES.get(reason, "")


def is_of_running(region: str) -> bool:
    """Return whether running injures this region; an unknown one may be."""
    return region in RUNNING_REGIONS or region in {"other", "unknown"}


def _not_running(entry: ReportedInjury) -> tuple[str, str] | None:
    if not is_of_running(entry.region):
        return "not_running", "region"
    if says(entry.plain, "other_cause"):
        return "not_running", "other_cause"
    # Beside a body part an illness is a second remark and excuses nothing.
    if entry.region == "unknown" and says(entry.plain, "illness"):
        return "not_running", "illness"
    return None


def _injury(entry: ReportedInjury) -> tuple[str, str] | None:
    if says(entry.plain, "clinician"):
        return "injury", "clinician"
    if entry.days_lost is not None and entry.days_lost >= 1:
        return "injury", "days_lost"
    # A number of days is more exact than a word: it decides alone where it is told.
    if entry.days_lost is None and says(entry.plain, "restricted"):
        return "injury", "restricted"
    if entry.severity in {"moderate", "major"}:
        return "injury", "severity"
    return ("injury", "own_words") if entry.is_decided else None


def _complaint(entry: ReportedInjury) -> tuple[str, str] | None:
    if entry.days_lost is not None or says(entry.plain, "unrestricted"):
        return "complaint", "no_days_lost"
    return ("complaint", "niggle") if says(entry.plain, "niggle") else None
