"""What was read, up to when, what of it counted, and what to do next."""

import dataclasses
from html import unescape

import pandas as pd
import pytest

from reporting.athlete.inputs import input_notes
from reporting.weekly.freshness import stale_words, what_was_read
from reporting.weekly.page import render_page

NEWEST = pd.Timestamp("2024-11-24")


def read_of(kind, records, recent, newest=NEWEST, athlete="ann"):
    return {
        "athlete": athlete,
        "kind": kind,
        "records": records,
        "recent": recent,
        "newest": newest,
    }


def moved(block, effect, known):
    return {"block": block, "contribution_log_odds": effect, "known_features": known}


@pytest.fixture(scope="module")
def read():
    earlier = NEWEST - pd.Timedelta(days=12)
    rows = [
        read_of("sessions", 1200, 40), read_of("sessions", 300, 9, earlier, "bo"),
        read_of("strength tests", 4, 1, earlier), read_of("weeks", 80, 4),
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_what_was_read_is_told_with_the_day_of_the_newest(make_context, read):
    context = make_context(athletes=3, records=read)
    told = "1,500 sessions (newest 24 Nov 2024), 4 strength tests (newest 12 Nov 2024)"
    assert what_was_read(context) == told
    assert told in render_page(context)


# Half of seven days is three and a half.
@pytest.mark.parametrize(("days", "is_stale"), [(0, False), (1, False), (3, False), (4, True)])
def test_a_page_is_stale_once_half_of_its_days_are_over(make_context, read, days, is_stale):
    made = NEWEST + pd.Timedelta(days=days)
    context = make_context(athletes=3, records=read, simulated=False, made_on=made)
    assert bool(stale_words(context)) == is_stale
    assert ("Old records:" in render_page(context)) == is_stale


def test_a_stale_page_says_since_when_and_what_to_do(make_context, read):
    made = pd.Timestamp("2024-12-09")
    context = make_context(athletes=3, records=read, simulated=False, made_on=made)
    assert stale_words(context) == (
        "the newest training record of the team is of Sun 24 Nov 2024, 15 days before this page "
        "was made (Mon 9 Dec 2024); the forecast is for Mon 25 Nov 2024 to Sun 1 Dec 2024. "
        "Add the newer exports to the folder and score again."
    )
    back = dataclasses.replace(context, looks_back=True)
    assert "Later records were left out on purpose." in render_page(back)
    assert "Looking back:" in render_page(back)
    for nobody in ({"simulated": True}, {"made_on": None}, {"records": read[:0]}):
        assert stale_words(dataclasses.replace(context, **nobody)) == ""


def test_weeks_of_kilometres_age_a_page_as_sessions_do(make_context):
    made = NEWEST + pd.Timedelta(days=15)
    team = {"athletes": 3, "simulated": False, "made_on": made}
    weeks = read_of("weeks of kilometres", 30, 4)
    alone = make_context(records=pd.DataFrame([weeks]), **team)
    assert "training record of the team is of Sun 24 Nov 2024, 15 days" in stale_words(alone)
    assert what_was_read(alone) == "30 weeks of kilometres (newest 24 Nov 2024)"
    old = read_of("sessions", 90, 0, NEWEST - pd.Timedelta(days=60))
    newer = weeks | {"newest": made - pd.Timedelta(days=1)}
    assert stale_words(make_context(records=pd.DataFrame([old, newer]), **team)) == ""


@pytest.mark.parametrize(
    ("blocks", "records", "told"),
    [
        ([moved("recovery", 0.3, 4)], [],
         ["Recovery: no questionnaires in the past 28 days, so only what the sessions tell of it "
          "was used"]),
        ([moved("recovery", 0.0, 0)], [],
         ["Recovery: no questionnaires in the past 28 days, so nothing was used"]),
        ([moved("recovery", 0.0, 0)], [read_of("questionnaires", 90, 0)],
         ["Recovery: no questionnaires in the past 28 days, so nothing was used"]),
        ([moved("recovery", 0.0, 0)], [read_of("questionnaires", 90, 3)],
         ["Recovery: questionnaires of 3 of the past 28 days, newest 24 Nov 2024; not used, "
          "because it is too old or holds nothing that this model reads"]),
        ([moved("recovery", 0.01, 2)], [read_of("questionnaires", 90, 26)],
         ["Recovery: questionnaires of 26 of the past 28 days, newest 24 Nov 2024; used, nothing "
          "unusual"]),
        ([moved("recovery", 0.3, 2)], [read_of("questionnaires", 90, 26)],
         ["Recovery: questionnaires of 26 of the past 28 days, newest 24 Nov 2024; used"]),
        ([moved("strength", 0.0, 0)], [],
         ["Strength: no strength tests on record, so nothing was used"]),
        ([], [read_of("strength tests", 1, 1)],
         ["Strength: strength tests of 1 day, newest 24 Nov 2024; this model reads none"]),
        ([moved("gait", 0.2, 3)], [], ["Running form: used"]),
        ([moved("load", 0.2, 3)], [read_of("sessions", 9, 9)], []),
        ([], [read_of("running minutes", 900, 100), read_of("other minutes", 900, 300),
              read_of("rated other minutes", 90, 60),
              read_of("other minutes by heart rate", 500, 150)],
         # 300 of 400 min; of the 300, 60 are rated and 150 have a heart rate.
         ["other sports: 75 % of the training hours of the past 28 days are not running; the "
          "running figures leave them out",
          "effort of other sports: 20 % of their minutes have a rating, 50 % have only a heart "
          "rate, 30 % have neither"]),
        ([], [read_of("running minutes", 900, 100), read_of("other minutes", 900, 5)], []),
    ],
)  # fmt: skip
def test_a_block_that_moves_nothing_says_whether_anything_was_there(blocks, records, told):
    assert list(input_notes(blocks, records)) == told


def test_the_foot_of_the_page_has_the_commands_and_they_are_harmless(make_context):
    commands = (("Make the new page", "stridecast score --data '<b>x</b>' --out forecast"),)
    html = render_page(make_context(athletes=3, commands=commands))
    foot = html.split('id="next"', 1)[1]
    assert "<b>x</b>" not in foot
    assert commands[0][1] in unescape(foot)
    assert "Next Monday" not in render_page(make_context(athletes=3))
