"""Leaks of records: what was written after an injury, or because of it, and dated before it.

Every kind is one question about a day (did the runs stop before it, did answers pile up before
it), asked of the days of injuries and of control days of the same athletes
(:mod:`models.audits.control_days`). What happens before injuries more often than before other days
is a trace of the injury itself. How much a forecast gains from it is measured on a quick model: its
AUROC with the injuries that bear the trace, less that without them. Where the trace is what goes
missing in a column, the same rows are forecast without what that column tells: the two models'
difference is known far better than that between injuries with the trace and others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Bools
from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED, Audit, non_blocking
from models.audits.control_days import RATED, RUNS, RecordedDays, control_days, onset_days
from models.audits.gains import Scored, auroc_gain, paired_gain
from models.numeric.tail_probabilities import fisher_above
from models.settings.audits import RecordSettings

Flag = Callable[[RecordedDays, pd.DataFrame], Bools]
Gain = tuple[float, float, float]
"""The gain in AUROC, and the ends of its interval."""
Blind = Callable[[str, str], tuple[Scored, Scored]]
"""Scores the rows with everything, and without what a table's column tells."""

COLUMNS: Final = ["injuries", "with_trace", "share", "share_of_other_days", "gain", "low", "high"]
SURGE: Final = 2.0
LEAST_SURGE: Final = 3
QUIET_DAYS: Final = 5
LEAST_RUNS: Final = 4
LEAST_SESSIONS: Final = 2
LEAST_ANSWERS: Final = 8


@dataclass(frozen=True)
class Trace:
    """One kind of trace.

    Parameters
    ----------
    table : str
        Where it is looked for.
    flag : callable
        Says of each day (athlete, date) whether it bears the trace; from records before it only.
    words : str
        What a sentence says of such injuries: "58 of 300 injuries ...".
    remedy : str
        What to do about it.
    column : str
        Of the table, if the trace is that it goes missing.
    spares : callable, optional
        Says which days surely do not bear it; with a column.
    """

    table: str
    flag: Flag
    words: str
    remedy: str
    column: str = ""
    spares: Flag | None = None


def runs_stopped(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
    """Say on which days there had been no run for five, by somebody who runs every week.

    The five days up to the eve, or up to the day itself: the run on which somebody was hurt may
    have been left in, or the onset may be written down on a day without one.
    """
    runs = recorded[RUNS]
    silent = (runs.before(days, 0, QUIET_DAYS - 1) == 0) | (runs.before(days, 1, QUIET_DAYS) == 0)
    # Not the days of silence, with which every runner would look like one who seldom runs.
    usual = runs.before(days, QUIET_DAYS + 3, QUIET_DAYS + 30)
    return np.asarray(silent & (usual >= LEAST_RUNS))


def piled_up(table: str) -> Flag:
    """Return the flag of days before which records came at twice their usual rate."""

    def flag(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
        near = recorded[table].before(days, 1, 7)
        usual = recorded[table].before(days, 8, 35) / 4
        return np.asarray((near >= LEAST_SURGE) & (near > SURGE * usual))

    return flag


def was_asked_only_then(table: str) -> Flag:
    """Return the flag of days with records in the week before and none in the month before."""

    def flag(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
        near = recorded[table].before(days, 1, 7)
        return np.asarray((near > 0) & (recorded[table].before(days, 8, 35) == 0))

    return flag


def exertion_is_missing(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
    """Say on which days the week before had sessions and no exertion, by somebody who tells it.

    In the four weeks before that week, at least half of the days with sessions have an exertion.
    """
    both = recorded["sessions"], recorded[RATED]
    near, near_rated = (kind.before(days, 1, 7) for kind in both)
    usual, usual_rated = (kind.before(days, 8, 35) for kind in both)
    # Of somebody who hardly ever rates a session a missing one says nothing.
    tells_it = (usual_rated >= LEAST_RUNS) & (usual_rated * 2 >= usual)
    return np.asarray((near >= LEAST_SESSIONS) & (near_rated == 0) & tells_it)


def nothing_is_missing(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
    """Say on which days the week before has an exertion, or no session that could have one."""
    sessions, rated = (recorded[kind].before(days, 1, 7) for kind in ("sessions", RATED))
    return np.asarray((rated > 0) | (sessions == 0))


def answers_stop(table: str) -> Flag:
    """Return the flag of days with no record in the week before, by somebody who answers."""

    def flag(recorded: RecordedDays, days: pd.DataFrame) -> Bools:
        near = recorded[table].before(days, 1, 7)
        usual = recorded[table].before(days, 8, 35)
        return np.asarray((near == 0) & (usual >= LEAST_ANSWERS))

    return flag


_GONE: Final = (
    "what is missing tells of the injury: find out why it is missing, or leave the column out "
    "(train.without)"
)
_DATED: Final = (
    "they look filled in after the injury and dated before it, or asked of the hurt only: keep "
    "what was entered in time"
)
TRACES: Final[dict[str, Trace]] = {
    "late_onsets": Trace(
        "sessions",
        runs_stopped,
        "follow five days without a run",
        "their onset looks written down late: mend it in the register, or forecast with a lead "
        "(outcome.lead_days)",
    ),
    "answers": Trace(
        "wellness", piled_up("wellness"), "follow a week of twice the usual answers", _DATED
    ),
    "first_answers": Trace(
        "wellness", was_asked_only_then("wellness"), "follow the only answers in a month", _DATED
    ),
    "pain_answers": Trace(
        "pain", piled_up("pain"), "follow a week of twice the usual answers about pain", _DATED
    ),
    "first_pain_answers": Trace(
        "pain", was_asked_only_then("pain"), "follow the only answers about pain in a month", _DATED
    ),
    "exercises": Trace(
        "exercise", piled_up("exercise"), "follow a week of twice the usual exercises", _DATED
    ),
    "first_exercises": Trace(
        "exercise", was_asked_only_then("exercise"), "follow the only exercises in a month", _DATED
    ),
    "missing_exertion": Trace(
        "sessions",
        exertion_is_missing,
        "follow a week of sessions without exertion",
        _GONE,
        "rpe",
        nothing_is_missing,
    ),
    "answers_stop": Trace(
        "wellness", answers_stop("wellness"), "follow a week without the usual answers", _GONE
    ),
}


def audit_records(
    tables: Mapping[str, pd.DataFrame],
    new_injuries: pd.DataFrame,
    scored: Scored,
    settings: RecordSettings | None = None,
    recorded: RecordedDays | None = None,
    blind: Blind | None = None,
) -> dict[str, Audit]:
    """Look for every kind of trace before the new injuries of an outcome.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    new_injuries : pandas.DataFrame
        Athlete and onset_date of the outcome's new injuries.
    scored : Scored
        Rows with a quick model's scores.
    settings : RecordSettings, optional
        None takes the defaults.
    recorded : RecordedDays, optional
        Of the tables, where they were numbered for another outcome.
    blind : callable, optional
        Asked only where something goes missing before injuries; None takes the coarser gain.

    Returns
    -------
    dict of str to Audit
        By kind of :data:`TRACES`; each table has one row.
    """
    settings = settings or RecordSettings()
    onsets = onset_days(new_injuries, tables["athletes"])
    others = control_days(onsets, tables["injuries"], tables["athletes"])
    recorded = recorded or RecordedDays(tables)
    empty = pd.DataFrame(columns=COLUMNS)
    return {
        name: non_blocking(f"there is no {trace.table} record: nothing to give away.", empty)
        if tables[trace.table].empty
        else _judge(_Looked(trace, recorded, scored, blind, settings), onsets, others)
        for name, trace in TRACES.items()
    }


@dataclass(frozen=True, eq=False)
class _Looked:
    """A trace, and what it is looked for in."""

    trace: Trace
    recorded: RecordedDays
    scored: Scored
    blind: Blind | None
    settings: RecordSettings

    def gain(self, onsets: pd.DataFrame, marked: Bools, *, there: bool) -> Gain:
        """Return the likely gain in AUROC from a trace in the records.

        It is a paired difference where the trace was found and a column carries it.
        """
        trace, settings = self.trace, self.settings
        draws = settings.replicates, settings.seed
        if not there or self.blind is None or trace.spares is None:
            # Without a column to leave out, the injuries themselves are: coarser, and needs no
            # second model.
            return auroc_gain(self.scored, onsets[marked], *draws)
        spared = onsets[trace.spares(self.recorded, onsets)]
        return paired_gain(*self.blind(trace.table, trace.column), spared, *draws)


def _judge(looked: _Looked, onsets: pd.DataFrame, others: pd.DataFrame) -> Audit:
    trace, settings = looked.trace, looked.settings
    if min(len(onsets), len(others)) < settings.least_injuries:
        sentence = (
            f"{len(onsets)} injuries after a month of observation, {len(others)} days to compare "
            f"with: at least {settings.least_injuries} of each are needed."
        )
        return non_blocking(sentence, pd.DataFrame(columns=COLUMNS), NOT_JUDGED)
    marked, usual = (trace.flag(looked.recorded, days) for days in (onsets, others))
    shares = Shares.of(marked, usual)
    # The blind model is dear, so it is fitted only where a trace was found.
    gain = looked.gain(onsets, marked, there=shares.p_value < settings.lowest_p)
    return verdict(gain, trace, shares, settings)


@dataclass(frozen=True)
class Shares:
    """How many injuries and how many other days show a trace, and the p-value of the excess."""

    injuries: int
    marked: int
    usual: float
    p_value: float

    @classmethod
    def of(cls, marked: Bools, usual: Bools) -> "Shares":
        """Count, and test whether injuries show the trace more often (one-sided)."""
        hits, other_hits = int(marked.sum()), int(usual.sum())
        p_value = fisher_above(hits, len(marked) - hits, other_hits, len(usual) - other_hits)
        return cls(len(marked), hits, float(usual.mean()), p_value)

    def counts_sentence(self, words: str) -> str:
        """Return the counts in a sentence's words."""
        share = self.marked / max(self.injuries, 1)
        return (
            f"{self.marked} of {self.injuries} injuries ({share:.0%}) {words}, against "
            f"{self.usual:.0%} of other days"
        )


def verdict(gain: Gain, trace: Trace, shares: Shares, settings: RecordSettings) -> Audit:
    """Return the verdict: a trace that is there warns, one that forecasts live on stops."""
    share = shares.marked / max(shares.injuries, 1)
    row = (shares.injuries, shares.marked, share, shares.usual, *gain)
    table = pd.DataFrame([row], columns=COLUMNS)
    finding = shares.counts_sentence(trace.words)
    if shares.p_value >= settings.lowest_p:
        return non_blocking(f"{finding}: no more than chance.", table, PASSED)
    value, low, high = gain
    worth = f"likely gain in AUROC {value:+.3f} ({low:+.3f} to {high:+.3f})"
    stops = bool(low > settings.highest_gain)
    certainty = "surely above" if stops else "not surely above"
    sentence = f"{finding}; {worth}, {certainty} {settings.highest_gain:g}: {trace.remedy}."
    return Audit(not stops, sentence, table, STOPPED if stops else WARNED)
