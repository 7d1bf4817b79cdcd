"""One person-week of a test club against its truth: which statements are right, and what is not.

A figure is right if it is stated and `low <= figure <= high`; `null` in the truth means that no
number may be stated. Kilometres count only beside their number of runs without distance.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

STATUS_OF: Final = {
    "no running record": "no_running_record",
    "scored": "running",  # what versions before the statuses of running athletes wrote
}
RUNS: Final = ("running", "modified", "check")
ABSENT: Final = "not in the folder yet"
RUNS_ON_DAYS: Final = 14
SPIKE: Final = 1.10

_REGIONS: Final = {
    "groin_hip": {"pelvis_groin", "hip"},
    "leg": {"lower_leg", "thigh", "achilles"},
    "achilles": {"achilles", "lower_leg", "ankle"},
    "lumbar": {"lumbar", "trunk"},
    "stomach_back": {"trunk", "lumbar"},
}


@dataclass
class Verdict:
    """What is right of one person-week: key -> True or False, and why not.

    Parameters
    ----------
    right : dict of str to bool
        Only keys that apply to the person-week.
    wrong : list of (str, str)
        Key and cause of each False, in words for whoever mends it.
    """

    monday: str
    name: str
    right: dict[str, bool] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def note(self, key: str, cause: str) -> None:
        """Note whether a statement agrees with the truth: an empty cause means that it does."""
        self.right[key] = self.right.get(key, True) and not cause
        if cause:
            self.wrong.append((key, cause))


def plain(name: str) -> str:
    """Return a name without accents, case, points and doubled blanks."""
    letters = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("Ł", "L"))
    letters_alone = "".join(
        letter for letter in letters if not unicodedata.combining(letter)
    ).casefold()
    return " ".join(re.sub(r"[^\w']+", " ", letters_alone).split())


def person_of(name: str, roster: Iterable[Mapping[str, Any]]) -> str | None:
    """Return whose name it is by the truth: the full name first, then what else is used."""
    for person in roster:
        if plain(name) in {plain(person["name"]), plain(person.get("folder") or person["name"])}:
            return str(person["name"])
    for person in roster:
        used = {plain(alias) for many in person["aliases"].values() for alias in many}
        if plain(name) in used:
            return str(person["name"])
    return None


def judge(
    monday: str, name: str, truth: Mapping[str, Any], stated: Mapping[str, Any] | None,
    named_people: Iterable[str],
) -> Verdict:  # fmt: skip
    """Compare one person's statements of a week with the truth.

    Parameters
    ----------
    monday, name : str
        Which person-week.
    truth : mapping
        The truth's entry of the person-week.
    stated : mapping, optional
        The athlete's entry of `scores.json`; None where there is none.
    named_people : iterable of str
        Names of the athletes that a to-do about something not read names.
    """
    verdict = Verdict(monday, name)
    if truth["status"]["is"] == ABSENT and stated is None:
        return verdict
    stated = stated or {}
    _judge_status(verdict, truth, stated)
    _judge_figures(verdict, truth, stated)
    _judge_injuries(verdict, truth, stated, name in set(named_people))
    _judge_spike(verdict, truth, stated)
    return verdict


# ------------------------------------------------------------------------------------ status


def right_statuses(truth: Mapping[str, Any]) -> set[str]:
    """Return every status that the truth's rules call right."""
    status = truth["status"]
    named = {str(status["is"]), *map(str, status["also_right"])}
    right = {STATUS_OF.get(status_name, status_name) for status_name in named}
    running = truth["running"] or {}
    if running.get("to_check"):
        right.add("check")
    days = status.get("days_without_a_run")
    is_open = any(injury["open"] and injury["running_related"] for injury in truth["injuries"])
    if is_open and days is not None and days <= RUNS_ON_DAYS:
        right.add("modified")
    if any(complaint["first"] is None for complaint in truth["complaints"]):
        right.add("unclear")  # an entry without a day: its person is not called healthy
    return right


def _judge_status(verdict: Verdict, truth: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
    got = stated.get("status")
    status = STATUS_OF.get(str(got), str(got)) if got else "nobody of this name"
    right = right_statuses(truth)
    cause = "" if status in right else f"is {status}, right: {' or '.join(sorted(right))}"
    verdict.note("status", cause)


# ----------------------------------------------------------------------------------- figures


def _judge_figures(verdict: Verdict, truth: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
    running = truth["running"]
    if running is None:
        return
    figures = stated.get("figures") or {}
    runs = truth["status"]["is"] in RUNS
    expected = {**running, **_longest(running)}
    for key, names in _KEYS.items():
        for name in names:
            _judge_one(verdict, key, name, expected.get(name), figures, must_be_stated=runs)
    _judge_missing_km(verdict, running, figures)
    if runs:
        asked = [name for names in _KEYS.values() for name in names if expected.get(name)]
        missing = [n for n in asked if not _is_stated(n, expected[n], figures)]
        verdict.note("stated", f"not stated: {', '.join(missing)}" if missing else "")


_KEYS: Final = {
    "hours": ("hours_7d", "hours_28d"),
    "km": ("km_7d", "km_28d"),
    "longest": ("longest_run_km_30d", "longest_run_minutes_30d"),
    "sessions": ("sessions_28d",),
}


def _longest(running: Mapping[str, Any]) -> dict[str, Any]:
    longest = running.get("longest_run_30d") or {}
    return {
        "longest_run_km_30d": longest.get("km"),
        "longest_run_minutes_30d": longest.get("minutes"),
    }


def _judge_one(
    verdict: Verdict, key: str, name: str, truth: Mapping[str, Any] | None,
    figures: Mapping[str, Any], *, must_be_stated: bool,
) -> None:  # fmt: skip
    value = figures.get(name)
    if truth is None:
        if value is not None:
            verdict.note(key, f"{name} {value}: no number may be stated")
        return
    if value is None:
        if must_be_stated and not _is_stated(name, truth, figures):
            verdict.note(key, f"{name} not stated (truth {truth['best']})")
        return
    low, high = truth["low"], truth["high"]
    # A figure written with two decimals may lie half a unit outside.
    inside = low - 0.005 <= value <= high + 0.005
    cause = "" if inside else f"{name} {value:.4g}, truth {truth['best']} ({low} to {high})"
    verdict.note(key, cause)


def _is_stated(name: str, truth: Mapping[str, Any], figures: Mapping[str, Any]) -> bool:
    """Return whether a figure is stated: of runs all without distance, their number is enough."""
    if figures.get(name) is not None:
        return True
    count = figures.get(name.replace("km_", "runs_without_km_"))
    return name.startswith("km_") and truth["best"] == 0 and bool(count)


def _judge_missing_km(
    verdict: Verdict, running: Mapping[str, Any], figures: Mapping[str, Any]
) -> None:
    """Kilometres stated beside another number of runs without distance are not right."""
    sessions = running.get("sessions_28d")
    # Where the number of runs itself is open by some, so is that of those without a distance.
    slack = sessions["high"] - sessions["low"] if sessions else 0
    for window in ("7d", "28d"):
        if figures.get(f"km_{window}") is None or running.get(f"km_{window}") is None:
            continue
        name = f"runs_without_km_{window}"
        truth, value = running.get(name), figures.get(name)
        if truth is None:
            continue
        if value is None:
            verdict.note("km", f"{name} not stated (truth {truth})")
        elif abs(value - truth) > slack:
            verdict.note("km", f"{name} {value}, truth {truth}")


# ---------------------------------------------------------------------------------- injuries


def _judge_injuries(
    verdict: Verdict, truth: Mapping[str, Any], stated: Mapping[str, Any], is_told: bool
) -> None:
    counted = stated.get("injuries") or []
    complaints = stated.get("complaints") or []
    unclear = stated.get("status") == "unclear" or is_told
    for injury in truth["injuries"]:
        about = f"{injury['onset']} {injury['region']} ({injury['text']})"
        if injury["running_related"] is None:
            ok = unclear or any(_is_the(injury, entry) for entry in [*counted, *complaints])
        else:
            # Unclear is right as well: the product may doubt, but not keep silent.
            ok = unclear or any(_is_the(injury, entry) for entry in counted)
        verdict.note("injuries_told", "" if ok else f"{about}: neither counted nor told as unclear")
    false = [entry for entry in counted if not any(_is_the(i, entry) for i in truth["injuries"])]
    false = [entry for entry in false if entry.get("class", "injury") == "injury"]
    for wrong_entry in false:
        sentence = (
            f"{wrong_entry.get('onset')} {wrong_entry.get('region')}: not an injury by the truth"
        )
        verdict.note("injuries_false", sentence)
    verdict.right.setdefault("injuries_false", True)


def _is_the(injury: Mapping[str, Any], stated: Mapping[str, Any]) -> bool:
    region, stated_region = injury["region"], stated.get("region")
    same_region = stated_region in {region, None, "unknown", "other"} | _REGIONS.get(region, set())
    onset = stated.get("onset") or stated.get("date")
    return same_region and onset == injury["onset"]


# ------------------------------------------------------------------------------------- spike


def _judge_spike(verdict: Verdict, truth: Mapping[str, Any], stated: Mapping[str, Any]) -> None:
    """Call a claimed spike false where the truth excludes it.

    It does where a run of the window has no distance, and where the spike's run is longer than
    the longest of the truth.
    """
    spike = _claimed_spike(stated)
    if spike is None:
        return
    longest = (truth["running"] or {}).get("longest_run_30d")
    if longest is None:
        cause = f"spike of {spike}: no run is on record"
    elif longest["a_run_without_km_lies_in_the_window"]:
        cause = f"spike of {spike}: a run without distance lies in its window"
    elif spike > longest["km"]["high"] + 0.05:
        cause = f"spike of {spike} km: the longest run is {longest['km']['best']} km"
    else:
        cause = ""
    verdict.note("spike", cause)


def _claimed_spike(stated: Mapping[str, Any]) -> float | None:
    """Return the kilometres of the run that is called a spike, from figures or reasons."""
    figures = stated.get("figures") or {}
    if figures.get("spike_run_km") is not None:
        return float(figures["spike_run_km"])
    reasons = [reason for forecast in stated.get("forecasts", []) for reason in forecast["reasons"]]
    for reason in reasons:
        risen = (reason["value"] or 0) > SPIKE
        if "spike" in reason["feature"] and reason["direction"] == "for" and risen:
            return float(figures.get("longest_run_km_30d") or 0)
    return None
