"""Audits of groups: histories and files of the hurt only, who leaves, who stands there twice."""

import numpy as np
import pandas as pd

from features.audits.near_duplicates import audit_near_duplicates
from features.audits.result import PASSED, STOPPED, WARNED
from features.catalogue.audit_settings import NearDuplicateSettings
from models.audits.gains import Scored
from models.audits.groups import AthleteGroups, audit_groups
from models.settings.audits import GroupSettings
from tests.models.recorded_tables import (
    ONSETS,
    athletes,
    day,
    every,
    injuries,
    scored,
    tables,
)


def earlier(names):
    rows = [(name, day(-60), day(-30), "foot") for name in names]
    return pd.DataFrame(rows, columns=["athlete", "onset_date", "return_date", "region"])


def test_a_history_of_the_hurt_only_stops_and_one_of_everybody_passes():
    hurt, others = [n for n, _ in ONSETS[:20]], [f"a{i:02d}" for i in range(30, 40)]
    onsets = ONSETS[:20]
    few = GroupSettings(least_hurt=5)
    scores = scored(onsets, sees=1.0)
    own = scores.rows["athlete"].isin(hurt[:18]) & (scores.rows["event"] == 1)
    scores = Scored(scores.rows, np.where(own, 9.0, scored(onsets).score))
    for who, status in ((hurt[:18], STOPPED), (hurt[:8] + others[:8], PASSED)):
        world = tables(injuries=pd.concat([injuries(onsets), earlier(who)], ignore_index=True))
        assert audit_groups(AthleteGroups.of(world), scores, few)["history"].verdict == status


def test_a_file_that_only_the_hurt_have_stops_and_the_file_is_named():
    hurt = [name for name, _ in ONSETS[:20]]
    everyone = every(3)
    clinic = everyone[everyone["athlete"].isin(hurt)].assign(source="clinic/visit_12.csv")
    scores = scored(ONSETS[:20], sees=1.0)
    world = tables(injuries=injuries(ONSETS[:20]), pain=clinic)
    event = scores.rows["event"] == 1
    marked = Scored(scores.rows, np.where(event, 9.0, scored(ONSETS[:20]).score))
    found = audit_groups(AthleteGroups.of(world), marked, GroupSettings(least_hurt=5))["measured"]
    assert set(found.table["group"]) >= {"pain records", "pain from visit_#.csv"}
    assert not found.passed or found.verdict == WARNED


def test_leaving_on_the_day_of_an_injury_warns():
    people = athletes()
    ends = {name: day(on) for name, on in ONSETS[:10]}
    gone = people["athlete"].map(ends)
    people = people.assign(observed_to=gone.where(gone.notna(), people["observed_to"]))
    found = audit_groups(AthleteGroups.of(tables(athletes=people)), scored(ONSETS))["leaving"]
    assert found.verdict == WARNED
    assert "10 of 10 athletes who left were hurt in their last week" in found.sentence
    assert audit_groups(AthleteGroups.of(tables()), scored(ONSETS))["leaving"].verdict == PASSED


def test_complaints_hurt_nobody():
    """Before entry, before records of a clinic, and in the last week: no injuries, no verdict."""
    people = athletes()
    ends = people["athlete"].map({name: day(on) for name, on in ONSETS[:10]})
    people = people.assign(observed_to=ends.fillna(people["observed_to"]))
    hurt = injuries(ONSETS[10:]).assign(**{"class": "injury", "class_reason": "written"})
    clinic = every(3)[lambda table: table["date"] >= day(60)]
    complaints = pd.concat(
        [injuries(ONSETS[:10]), earlier([name for name, _ in ONSETS]), injuries([("a35", 50)])]
    ).assign(**{"class": "complaint", "class_reason": "written"})
    scores, few = scored(ONSETS[10:]), GroupSettings(least_hurt=5)
    world = {"athletes": people, "pain": clinic}
    without = audit_groups(AthleteGroups.of(tables(injuries=hurt, **world)), scores, few)
    both = pd.concat([hurt, complaints], ignore_index=True)
    found = audit_groups(AthleteGroups.of(tables(injuries=both, **world)), scores, few)
    for name, audit in without.items():
        assert found[name].sentence == audit.sentence
        pd.testing.assert_frame_equal(found[name].table, audit.table)


def runs_of(name, km, first=0):
    return pd.DataFrame(
        {
            "athlete": name, "sport": "run", "distance_km": km,
            "local_date": [day(first + 2 * i) for i in range(len(km))],
        }
    )  # fmt: skip


def test_one_person_under_two_names_is_found_and_team_mates_are_not():
    rng = np.random.default_rng(0)
    km = rng.gamma(4, 2.5, 80)
    # A second watch measures the same run within about 1 %.
    copy = km * (1 + rng.normal(0, 0.01, 80))
    mate = rng.gamma(4, 2.5, 80)
    found = audit_near_duplicates(
        pd.concat([runs_of("a", km), runs_of("b", copy), runs_of("c", mate)], ignore_index=True)
    )
    assert not found.passed
    assert found.table[["athlete", "other"]].to_numpy().tolist() == [["a", "b"]]
    assert "roster.csv" in found.sentence


def test_a_copy_is_judged_on_days_that_both_have():
    rng = np.random.default_rng(1)
    km = rng.gamma(4, 2.5, 80)
    # Only 30 days in common: two team mates may run the same plan for so long.
    part = pd.concat([runs_of("a", km), runs_of("b", km[:30])], ignore_index=True)
    assert audit_near_duplicates(part).passed
    few = NearDuplicateSettings(least_days=20)
    assert not audit_near_duplicates(part, few).passed
    assert audit_near_duplicates(part.iloc[:0]).passed
