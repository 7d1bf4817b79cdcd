"""What was not read, or only in part, told where the reader looks; injuries first."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from common.language import N_, message, plural
from common.question import MATTERS, Question, question_id
from common.retold import retold
from common.text.plain_words import number
from common.text.refusal_words import refusal_words
from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words, read_injury_text
from ingest.people.assignment import NOT_OF_THE_TEAM, STRANGER
from ingest.people.decision import People
from ingest.quality.kinds_of_files import kind_of, names_injuries
from ingest.records.account import Account, Refusal, Unread

NOTHING_TO_DO: Final = "none"
"""Kind of what was understood and holds nothing: answers not given, walks, tests not done."""
_ORDER: Final = (*MATTERS, NOTHING_TO_DO)
UNDERSTOOD: Final = frozenset(
    {
        NOT_OF_THE_TEAM, "no_injury", "not_an_activity", "not_answered", "not_done",
        "not_main_sleep", "not_measured", "not_a_morning_reading", "nothing_answered", "walking",
        "weekly_mean", "unused_sensor", "repeat_of_runner", "no_value", "asym",
        "asymmetry_not_read", "loaded_test",
    }
)  # fmt: skip
"""Reasons why a record holds nothing to read: nobody has to do anything about them."""
_UNSCALED: Final = "_without_scale_set_null"
_ITEMS: Final = {
    "sleep_quality": N_("sleep"), "fatigue": N_("fatigue"), "soreness": N_("soreness"),
    "stress": N_("stress"), "mood": N_("mood"), "readiness": N_("readiness"), "pain": N_("pain"),
}  # fmt: skip
_OPEN: Final = {
    "name": N_("{file}: it is not decided whom a name in it means"),
    "person": N_("{file}: a new athlete in it has to be confirmed"),
    "owner": N_("{file}: it is not decided whose file it is"),
}
_UNTIL_THEN: Final = N_("{what}; until then their athletes are shown as unclear, not as healthy")
"""Said of the file; beside one of the athletes the status says it already."""
_SHOWN_ROWS: Final = 6
_QUOTED_ROW: Final = re.compile(r"^'.*': ", re.DOTALL)
_QUOTED: Final = re.compile(r"(?<!\w)(['\"]).*\1(?!\w)", re.DOTALL)
_FIRST_CELLS: Final = re.compile(r"\(.*\)", re.DOTALL)
_BEGINNING: Final = re.compile(r"(\(it begins with ).*\)", re.DOTALL)
_NOT_UNDERSTOOD: Final = ("nothing uses", "nobody knows", "no training in it")
"""Reasons of tabs and columns that may hold something; a note, a plan or an empty tab do not."""
_A_NOTE: Final = "a note"
_OF_INJURIES: Final = re.compile(
    r"injur|verletz|bless|lesi[oó]n|les[aãõ]o|lesões|infort|skad|niggle|schmerz|douleur|dolor|pijn"
)
"""Tabs and columns that tell of injuries; a "medical certificate" does not."""


@dataclass(frozen=True)
class NotRead:
    """Something that was not read.

    Parameters
    ----------
    id : str
        The same from run to run.
    kind : str
        One of :data:`common.question.MATTERS`, or :data:`NOTHING_TO_DO`.
    file : str
        As the coach knows it.
    rows : tuple of str
        Records of it; empty for the whole file.
    sentence : str
        What is not read, why, and what to do; it names nobody and quotes no cell.
    athletes : tuple of str
        Whose it is or may be, where that is known.
    brief : str
        What is not read alone, for a first look; the sentence has the rest.
    local : str
        The sentence for whoever may see names, with the cells that were not understood: they may
        be notes about somebody's health. Empty where it says no more.
    """

    id: str
    kind: str
    file: str
    rows: tuple[str, ...]
    sentence: str
    athletes: tuple[str, ...] = ()
    brief: str = ""
    local: str = ""

    @property
    def matters(self) -> bool:
        """Whether a forecast may lack something because of it."""
        return self.kind in MATTERS[:-1]

    def as_json(self, codes: Mapping[str, str]) -> dict[str, Any]:
        """Return a JSON-able mapping with codes in place of athletes, and without cells."""
        athletes = [codes[athlete] for athlete in self.athletes if athlete in codes]
        fields = asdict(self) | {"rows": list(self.rows), "athletes": athletes}
        return {name: value for name, value in fields.items() if name != "local"}


def not_read(
    accounts: Sequence[Account], people: People, *, with_proposals: bool = False
) -> list[NotRead]:
    """Return what was not read of a folder, the most important first.

    Parameters
    ----------
    accounts : sequence of Account
        One per file, once it is decided who is who.
    people : People
        Who is who.
    with_proposals : bool
        Whether names that only have to be confirmed were read as proposed.
    """
    unread = [entry for account in accounts for entry in _of_file(account)]
    asked = [
        *people.questions,
        *(question for account in accounts for question in account.questions),
    ]
    unread += [
        _of_question(question, people)
        for question in asked
        if not (with_proposals and question.screen == "people")
    ]
    return sorted(unread, key=lambda entry: (_ORDER.index(entry.kind), entry.file, entry.id))


def unclear_athletes(unread: Iterable[NotRead]) -> dict[str, str]:
    """Return whose injuries may not be known, each with the reason; they are not healthy."""
    return {
        athlete: entry.sentence.removesuffix(message(_UNTIL_THEN, what=""))
        for entry in unread
        if entry.kind == MATTERS[0]
        for athlete in entry.athletes
    }


def _of_file(account: Account) -> Iterable[NotRead]:
    if account.ignored:
        yield from (_of_part(account, part) for part in account.unread)
        return
    kind = kind_of(account)
    if not account.read and not (account.unread or account.questions):
        text = message(
            "{file}: holds no records: headings, and nothing below them", file=account.source
        )
        yield NotRead(_id(account, "empty"), NOTHING_TO_DO, account.source, (), text)
    understood = [refusal.reason for refusal in account.refusals if refusal.reason in UNDERSTOOD]
    if understood:
        yield _understood(account, understood)
    open_ = [
        refusal for refusal in account.refusals if refusal.reason not in {STRANGER, *UNDERSTOOD}
    ]
    if whole := [refusal.sentence for refusal in open_ if refusal.record is None]:
        yield _of_whole_file(account, kind, whole[0].removeprefix(f"{account.source}: "))
    if lines := [refusal for refusal in open_ if refusal.record is not None]:
        yield _of_lines(account, kind, lines)
    if items := _unscaled(account):
        text = message(
            "{file}: {items}: not read, because it is not known which answer is best",
            file=account.source, items=", ".join(message(item) for item in items),
        )  # fmt: skip
        yield NotRead(_id(account, "scale"), "wellness", account.source, (), text)
    for part in account.unread:
        yield _of_part(account, part)


def _of_whole_file(account: Account, kind: str, sentence: str) -> NotRead:
    """Return a file that is left out; how it begins may be a sentence about somebody's health."""
    text, local = (
        message("{file}: not read: {why}", file=account.source, why=retold(why))
        for why in (_BEGINNING.sub(r"\1…)", sentence), sentence)
    )
    brief = message("{file}: not read", file=account.source)
    return NotRead(_id(account, "file"), kind, account.source, (), text, brief=brief, local=local)


def _is_note_of_an_injury(source: str, part: Unread) -> bool:
    """Say whether a line beside the others of a list of injuries tells that somebody is hurt."""
    if part.why != _A_NOTE or not names_injuries(source):
        return False
    note = plain_words(part.what.partition("'")[2].removesuffix("'"))
    return read_injury_text(note, {}).region is not None or any(
        says(note, kind) for kind in ("illness", "restricted", "clinician")
    )


def _of_part(account: Account, part: Unread) -> NotRead:
    """Return a part that is left out; its first cells and notes are for who may see names."""
    public = retold(without_cells(part.what))
    text, local = (
        message("{file}: {what}: not read: {why}", file=account.source, what=words, why=why)
        for words, why in (
            (public, retold(_FIRST_CELLS.sub("(…)", part.why))),
            (retold(part.what), retold(part.why)),
        )
    )
    brief = message("{file}: {what}: not read", file=account.source, what=public)
    of_injuries = (
        part.why.startswith(_NOT_UNDERSTOOD) and _OF_INJURIES.search(part.what.lower())
    ) or _is_note_of_an_injury(account.source, part)
    kind = MATTERS[0] if of_injuries else MATTERS[-1]
    return NotRead(
        _id(account, part.what), kind, account.source, (), text, brief=brief, local=local
    )


def without_cells(sentence: str) -> str:
    """Return a sentence about a record without the cells it quotes.

    Examples
    --------
    >>> without_cells("region is 'knee, father ill'; expected one of knee, hip")
    "region is '…'; expected one of knee, hip"
    >>> without_cells("'12.3. | it's the knee': no day is written in it")
    'no day is written in it'
    """
    return _QUOTED.sub("'…'", _QUOTED_ROW.sub("", sentence))


def _unscaled(account: Account) -> list[str]:
    """Return the items whose scale nobody told; a question that is open tells of its own."""
    asked = " ".join(question.default for question in account.questions if question.kind == "scale")
    items = [code.removesuffix(_UNSCALED) for code in account.repairs if code.endswith(_UNSCALED)]
    words = [_ITEMS.get(item, item.replace("_", " ")) for item in items]
    return [word for word in words if not re.search(rf"\b{re.escape(word)}\b", asked)]


def _of_lines(account: Account, kind: str, lines: Sequence[Refusal]) -> NotRead:
    records = tuple(dict.fromkeys(str(line.record) for line in lines))
    shown = ", ".join(records[:_SHOWN_ROWS]) + (", ..." if len(records) > _SHOWN_ROWS else "")
    first = re.sub(r"^\w+ \S+: ", "", lines[0].sentence)
    figures = {"file": account.source, "all": max(account.read, len(records)), "rows": shown}
    text, local = (
        _lines_sentence(kind, len(records), figures, why) for why in (without_cells(first), first)
    )
    brief = plural(
        "{file}: {count} of {all} lines not understood (row {rows})",
        "{file}: {count} of {all} lines not understood (rows {rows})",
        len(records),
        **figures,
    )
    athletes = tuple(sorted({line.athlete for line in lines if line.athlete is not None}))
    return NotRead(
        _id(account, "lines"), kind, account.source, records, text, athletes, brief, local
    )


def _lines_sentence(kind: str, count: int, figures: Mapping[str, object], why: str) -> str:
    text = plural(
        "{file}: {count} of {all} lines not understood (row {rows}): {why}",
        "{file}: {count} of {all} lines not understood (rows {rows}): {why}",
        count,
        why=retold(why),
        **figures,
    )
    return until_then(text) if kind == "injuries" else text


def until_then(subject: str) -> str:
    """Return a sentence about injuries that are not read, with what that means for athletes."""
    return message(_UNTIL_THEN, what=subject)


def _understood(account: Account, reasons: Sequence[str]) -> NotRead:
    counts_in_words = ", ".join(
        f"{refusal_words(reason)} ({number(count, 0)})"
        for reason, count in Counter(reasons).most_common()
    )
    text = plural(
        "{file}: nothing to read in {count} record: {reasons}",
        "{file}: nothing to read in {count} records: {reasons}",
        len(reasons),
        file=account.source, count=number(len(reasons), 0), reasons=counts_in_words,
    )  # fmt: skip
    return NotRead(_id(account, "understood"), NOTHING_TO_DO, account.source, (), text)


def _of_question(question: Question, people: People) -> NotRead:
    """Return what is not read while a question is open; a name stands in no sentence."""
    figures = {"id": question.id, "until": retold(question.default)}
    open_ = _OPEN.get(question.kind)
    if open_:
        asked = message(open_, file=question.file)
        text = message(
            "{what}: {until} (`stridecast data answer FOLDER {id} VALUE`)", what=asked, **figures
        )
    else:
        asked = _asked(question)
        text = _of_open(question, asked, figures)
    name = question.rows[0] if question.kind == "name" else ""
    meant = people.meant.get(name, ()) or (people.proposed.get(name, ""),)
    athletes = tuple(athlete for athlete in meant if athlete) if name else ()
    return NotRead(question.id, question.matters, question.file, (), text, athletes, asked)


def _asked(question: Question) -> str:
    text = retold(question.text)
    if question.file in text:
        return text
    return message("{file}: {what}", file=question.file, what=text)


def _of_open(question: Question, asked: str, figures: dict[str, str]) -> str:
    """Return a question about a file, and the command that answers it."""
    if question.proposal:
        return message(
            "{what} Until this is answered, {until} (`stridecast data answer FOLDER {id}` takes "
            "{proposal}, `... {id} VALUE` another)",
            what=asked, proposal=question.proposal, **figures,
        )  # fmt: skip
    return message(
        "{what} Until this is answered, {until} (`stridecast data answer FOLDER {id} VALUE`)",
        what=asked, **figures,
    )  # fmt: skip


def _id(account: Account, part: str) -> str:
    return question_id("unread", account.source, part)
