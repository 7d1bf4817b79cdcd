"""Outcomes on timelines drawn by hand.

One character is one day, day 0 is 2024-01-01:

    .   not injured          t   the as-of date
    K k knee injury: onset, then every day before the return
    A a ankle injury, likewise (`A` and `K` on one day: two lines)

Injuries here are short, so that a timeline fits on a line: `min_days` is 0 but where it is tested.
    |   the day after `observed_to`
"""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from features.injuries.settings import InjuryRules
from models.sampling.outcomes import label, new_injuries, risk_set
from models.settings.outcomes import OutcomeSettings

DAY0 = pd.Timestamp("2024-01-01")
REGION = {"K": "knee", "A": "ankle"}


def day(number):
    return DAY0 + pd.Timedelta(days=number)


def injury(onset, end, region, athlete="a"):
    return {
        "athlete": athlete,
        "onset_date": day(onset),
        "return_date": day(end),
        "region": region,
        "side": "left",
        "diagnosis": "unknown",
    }


def drawn(*lines):
    """Injuries, as-of day and observed_to of a timeline."""
    reports, as_of, last = [], None, 200
    for line in lines:
        for at, mark in enumerate(line):
            if mark in REGION:
                tail = line[at + 1 :]
                length = len(tail) - len(tail.lstrip(mark.lower()))
                reports.append(injury(at, at + 1 + length, REGION[mark]))
            elif mark == "t":
                as_of = at
            elif mark == "|":
                last = at - 1
    return frame(reports), as_of, last


def frame(reports):
    columns = ["athlete", "onset_date", "return_date", "region", "side", "diagnosis"]
    table = pd.DataFrame(reports, columns=columns)
    return table.astype({"onset_date": "datetime64[ns]", "return_date": "datetime64[ns]"})


def labelled(*lines, outcome="any", horizon=7, lead=0, rules=None):
    injuries, as_of, last = drawn(*lines)
    rows = pd.DataFrame({"athlete": ["a"], "date": [day(as_of)]})
    athletes = pd.DataFrame({"athlete": ["a"], "observed_to": [day(last)]})
    settings = OutcomeSettings(horizon_days=horizon, lead_days=lead, min_days=0)
    rules = rules or InjuryRules(recurrence_gap_days=2)
    return label(rows, injuries, athletes, outcome, settings, rules).iloc[0]


EVENT, NONE, NOT_AT_RISK, INCOMPLETE = 1.0, 0.0, "not at risk", "incomplete"


def verdict(row):
    if not row["at_risk"]:
        assert np.isnan(row["event"])
        return NOT_AT_RISK
    if not row["complete"]:
        assert np.isnan(row["event"])
        return INCOMPLETE
    return row["event"]


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        ("...t..............", NONE),
        ("...tKkk...........", EVENT),  # t + 1
        ("...t......Kkk.....", EVENT),  # t + 7, the last day
        ("...t.......Kkk....", NONE),  # t + 8
        (".Kkk....t.........", NONE),  # long over
        (".Kkk.t............", NONE),  # returned yesterday
        ("...Kkkt...........", NONE),  # t is the day of return: at risk again
        ("...t...|..........", INCOMPLETE),  # window ends after observed_to
        ("...t.Kk|..........", INCOMPLETE),  # ... even with an event inside it
        ("...t.......|......", NONE),  # window ends on observed_to
        ("...t......|.......", INCOMPLETE),  # one day too far
    ],
)
def test_timeline_any(timeline, expected):
    assert verdict(labelled(timeline)) == expected


@pytest.mark.parametrize(
    ("onset", "end", "expected"),
    [(3, 9, NOT_AT_RISK), (1, 4, NOT_AT_RISK), (3, 3, NOT_AT_RISK), (1, 3, NONE), (4, 9, EVENT)],
)
def test_injured_on_the_as_of_day(onset, end, expected):
    """t = 3: an injury covers its onset day always, and the day of return never."""
    assert verdict(one_row(3, [injury(onset, end, "knee")])) == expected


def one_row(as_of, reports, outcome="any", rules=None, **settings):
    rows = pd.DataFrame({"athlete": ["a"], "date": [day(as_of)]})
    athletes = pd.DataFrame({"athlete": ["a"], "observed_to": [day(300)]})
    rules = rules or InjuryRules()
    chosen = OutcomeSettings(**{"min_days": 0, **settings})
    return label(rows, frame(reports), athletes, outcome, chosen, rules).iloc[0]


@pytest.mark.parametrize(
    ("lines", "any_", "knee", "elsewhere"),
    [
        # an ankle injury is an event of `any`; for `knee` it is flagged and nothing else
        (("...t.Aaa..........",), EVENT, NONE, True),
        (("...t.Kkk..........",), EVENT, EVENT, False),
        # it does not end the horizon: a knee injury after the ankle's return counts
        (("...tAa..Kk........",), EVENT, EVENT, True),
        # ... but one that begins while the ankle is injured is not new
        (("...tAaaaaaa.......", "........Kk........"), EVENT, NONE, True),
        # both on one day: both are new
        (("...t..Aa..........", "......Kk.........."), EVENT, EVENT, True),
        # an injury anywhere takes the row out of the risk set of both
        (("..Aaat.Kk.........", "..Aaaaaa.........."), NOT_AT_RISK, NOT_AT_RISK, False),
    ],
)
def test_regions(lines, any_, knee, elsewhere):
    assert verdict(labelled(*lines)) == any_
    row = labelled(*lines, outcome="knee")
    assert verdict(row) == knee
    assert row["other_region_event"] == elsewhere
    assert not labelled(*lines)["other_region_event"]


@pytest.mark.parametrize(("again", "expected"), [(0, EVENT), (1, EVENT), (21, EVENT), (22, EVENT)])
def test_a_written_return_ends_an_injury(again, expected):
    reports = [injury(0, 10, "knee"), injury(10 + again, 60, "knee")]
    assert verdict(one_row(10 + again - 1, reports)) == (NOT_AT_RISK if again == 0 else expected)


@pytest.mark.parametrize(("again", "expected"), [(1, NONE), (21, NONE), (22, EVENT)])
def test_after_an_assumed_return_the_same_region_within_21_days_is_the_same_injury(again, expected):
    rules = InjuryRules(default_duration_days={"knee": 10})
    open_ = injury(0, 0, "knee") | {"return_date": pd.NaT}
    reports = [open_, injury(10 + again, 60, "knee")]
    as_of = 10 + again - 1
    assert verdict(one_row(as_of, reports, rules=rules)) == expected
    # Another region is another injury.
    other = [open_, injury(10 + again, 60, "ankle")]
    assert verdict(one_row(as_of, other, rules=rules)) == EVENT


def test_an_injury_without_a_return_lasts_by_default():
    rules = InjuryRules(default_duration_days={"knee": 10})
    report = injury(0, 0, "knee") | {"return_date": pd.NaT}
    assert verdict(one_row(9, [report], rules=rules)) == NOT_AT_RISK
    assert verdict(one_row(10, [report], rules=rules)) == NONE


def test_least_time_loss_is_a_parameter():
    reports = [injury(5, 8, "knee")]
    assert verdict(one_row(3, reports, rules=InjuryRules(min_time_loss_days=3))) == EVENT
    assert verdict(one_row(3, reports, rules=InjuryRules(min_time_loss_days=4))) == NONE


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        ("...tKk............", NOT_AT_RISK),  # hurt during the lead: no longer at risk
        ("...t.Kk...........", NOT_AT_RISK),
        ("...t..Kk..........", EVENT),  # t + lead + 1
        ("...t........Kk....", EVENT),  # t + lead + 7
        ("...t.........Kk...", NONE),
        ("...t.........|....", NONE),
        ("...t........|.....", INCOMPLETE),
    ],
)
def test_lead(timeline, expected):
    assert verdict(labelled(timeline, lead=2)) == expected


@pytest.mark.parametrize(("horizon", "expected"), [(7, NONE), (14, EVENT), (28, EVENT)])
def test_horizon(horizon, expected):
    assert verdict(labelled("...t........Kk........", horizon=horizon)) == expected


def test_onset_date_is_that_of_the_first_event():
    row = labelled("...t.Kk..Aa........")
    assert row["onset_date"] == day(5)
    assert pd.isna(labelled("...t...............")["onset_date"])


def test_athletes_and_row_order_do_not_mix():
    rows = pd.DataFrame(
        {"athlete": ["b", "a", "c", "a"], "date": [day(3), day(3), day(3), day(60)]},
        index=[7, 3, 9, 1],
    )
    reports = frame([injury(5, 9, "knee", "b"), injury(61, 70, "knee", "a")])
    athletes = pd.DataFrame({"athlete": ["c", "a", "b"], "observed_to": day(300)})
    found = label(rows, reports, athletes, "any", OutcomeSettings(min_days=0), InjuryRules())
    assert found.index.tolist() == [7, 3, 9, 1]
    assert found["event"].tolist() == [1.0, 0.0, 0.0, 1.0]


def test_unknown_athlete_is_named():
    rows = pd.DataFrame({"athlete": ["a", "b", "x"], "date": [day(3)] * 3})
    athletes = pd.DataFrame({"athlete": ["a", "b"], "observed_to": [day(300)] * 2})
    with pytest.raises(StridecastError, match="'x' has rows but stands in no roster"):
        label(rows, frame([]), athletes, "any", OutcomeSettings(), InjuryRules())


def test_agrees_with_a_day_by_day_walk_in_sixty_thousand_rows():
    """Independent oracle: one boolean per athlete-day, filled by loops."""
    rng = np.random.default_rng(0)
    names = [f"a{i:03d}" for i in range(600)]
    reports = [
        injury(int(on), int(on + rng.integers(0, 60)), rng.choice(["knee", "ankle"]), names[who])
        for who, on in zip(rng.integers(0, 600, 1500), rng.integers(0, 700, 1500), strict=True)
    ]
    last = rng.integers(600, 728, 600)
    athletes = pd.DataFrame({"athlete": names, "observed_to": [day(int(d)) for d in last]})
    weeks = pd.DataFrame(
        [(n, d) for n in names for d in range(6, 706, 7)], columns=["athlete", "number"]
    )
    rows = weeks.assign(date=DAY0 + pd.to_timedelta(weeks["number"], unit="D"))
    # No injury is over for its age alone.
    rules = InjuryRules(
        recurrence_gap_days=0, default_duration_days={}, fallback_duration_days=3000
    )

    found = label(rows, frame(reports), athletes, "knee", OutcomeSettings(min_days=0), rules)

    checked = rng.choice(len(rows), 4000, replace=False)
    walk = _Walk(reports)
    for i in checked:
        athlete, number = rows["athlete"].iloc[i], rows["number"].iloc[i]
        expected = walk.event(athlete, number, last[int(athlete[1:])])
        np.testing.assert_equal(found["event"].iloc[i], expected)
    assert found["event"].sum() > 200


class _Walk:
    """The rules once more, day by day, with nothing but what was written by each day.

    A written return ends its injury and every one that began before it: who is back is back.
    """

    def __init__(self, reports):
        self.injured = {}
        self.onsets = {}
        for athlete, own in pd.DataFrame(reports).groupby("athlete"):
            spells = [
                ((r.onset_date - DAY0).days, (r.return_date - DAY0).days, r.region)
                for r in own.itertuples()
            ]
            self.injured[athlete], self.onsets[athlete] = self._walked(spells)

    @staticmethod
    def _walked(spells):
        """Return the injured days, and the days on which a new knee injury began."""
        injured, onsets, going_on = set(), set(), []
        for today in range(900):
            returned = [on for on, end, _ in spells if end == today]
            before = going_on
            going_on = [s for s in before if s[1] > today and not any(s[0] < on for on in returned)]
            # Over since today for another's return, its own not written: the same injury again.
            same = {region for _, end, region in before if end > today}
            begun = [s for s in spells if s[0] == today]
            if not going_on and any(s[2] == "knee" for s in begun) and "knee" not in same:
                onsets.add(today)
            going_on = going_on + begun
            if going_on:
                injured.add(today)
        return injured, onsets

    def event(self, athlete, t, last):
        if t in self.injured.get(athlete, ()):
            return np.nan
        if t + 7 > last:
            return np.nan
        onsets = self.onsets.get(athlete, set())
        return float(any(d in onsets for d in range(t + 1, t + 8)))


def test_an_injury_elsewhere_counts_up_to_the_last_day_of_the_window():
    assert labelled("t......A", outcome="knee")["other_region_event"]
    assert not labelled("t.......A", outcome="knee")["other_region_event"]


@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_new_injuries_are_the_onsets_of_events(outcome):
    """An injury, a report while injured, a short one, a complaint, one more of another region."""
    reports = frame(
        [
            injury(40, 60, "knee"),
            injury(50, 70, "ankle"),
            injury(90, 92, "knee"),
            injury(110, 130, "knee"),
            injury(150, 170, "ankle"),
        ]
    ).assign(
        **{
            "class": ["injury", "injury", "injury", "complaint", "injury"],
            "class_reason": "written",
        }
    )
    athletes = pd.DataFrame({"athlete": ["a"], "observed_to": [day(300)]})
    rows = pd.DataFrame({"athlete": "a", "date": [day(number) for number in range(200)]})
    rules, settings = InjuryRules(), OutcomeSettings(min_days=7)
    labels = label(rows, reports, athletes, outcome, settings, rules)
    onsets = new_injuries(risk_set(reports, athletes, rules), outcome, settings, rules)
    assert set(onsets["onset_date"]) == set(labels["onset_date"].dropna())
    assert set(onsets["onset_date"]) == {day(40), *([day(150)] if outcome == "any" else [])}
