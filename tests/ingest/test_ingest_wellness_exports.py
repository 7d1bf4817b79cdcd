import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from tests.ingest import strength_files as files

SCALES = files.SETTINGS + (
    "wellness_scales:\n"
    "  sleep_quality: {worst: 7, best: 1}\n"
    "  fatigue: {worst: 7, best: 1}\n"
    "  soreness: {worst: 7, best: 1}\n"
)


def wellness(parsed):
    frame = parsed.records["wellness"]
    columns = [name for name in CONTRACTS["wellness"].columns if name in frame]
    conform("wellness", frame[columns])
    return frame.assign(date=frame["date"].astype(str))


def hrv4(folder, text):
    return files.read_text(folder, text, "hrv4training", name="r1/hrv.csv")


def test_ios_instants_are_local_days(tmp_path):
    text = "timestamp_measurement,HR,rMSSD\n2025-04-02 03:56:21 +0000,52,61.5\n"
    frame = wellness(hrv4(tmp_path, text))
    assert frame[["athlete", "date", "resting_hr_bpm", "hrv_rmssd_ms"]].to_numpy().tolist() == [
        ["r1", "2025-04-01", 52.0, 61.5]
    ]


def test_an_offset_east_of_greenwich_is_earlier_in_utc(tmp_path):
    # 3:30 UTC is the evening of the first where this team lives.
    text = "timestamp_measurement,HR,rMSSD\n2025-04-02 05:30:00 +0200,52,61.5\n"
    assert wellness(hrv4(tmp_path, text))["date"].tolist() == ["2025-04-01"]


def test_ios_2018_has_only_carriage_returns_blanks_and_a_local_clock(tmp_path):
    text = (
        "timestamp_measurement, HR, rMSSD, note\r"
        # The clock of one language; CR alone ends a line, and a dash is nothing.
        "2025-04-27 12:01:00 a. m. +0000,52,61.5,-\r"
        "2025-04-27 12:01:00 p. m. +0000,-,-,-\r"
        "2025-04-27 11:01:00 p. m. +0000,51,60,-\r"
    )
    parsed = hrv4(tmp_path, text)
    assert wellness(parsed)["date"].tolist() == ["2025-04-26", "2025-04-27"]
    assert list(parsed.account.rejects["reason"]) == ["nothing_answered"]


ANDROID = "date,HR,rMSSD,HRV4T_Recovery_Points,latitude,longitude,note\n\n"


def test_android_days_are_year_day_month_and_rows_are_longer(tmp_path):
    text = ANDROID + (
        # There is no month 27: this row settles the order of day and month for all.
        "2025-27-07,52,61.5,7.9,47,1234,8,5678,,\n"
        "2025-05-08,53,60.5,7.8,,,,\n"
        "2025-06-08,0.0,0.0,0.0,,,,\n"
        "2025-07\n"
    )
    parsed = hrv4(tmp_path, text)
    assert wellness(parsed)["date"].tolist() == ["2025-07-27", "2025-08-05"]
    assert list(parsed.account.rejects["reason"]) == ["nothing_answered", "shifted_row"]
    assert parsed.account.read == 4


def test_days_that_no_row_settles_are_refused(tmp_path):
    parsed = hrv4(tmp_path, ANDROID + "2025-05-08,53,60.5,7.8,,,\n")
    assert list(parsed.account.rejects["reason"]) == ["ambiguous_date"]


def test_elite_hrv_names_are_mapped_and_open_readings_are_not_mornings(tmp_path):
    text = (
        "\ufeffMember,Date,Datetime,Type,HR,HRV,lnRmssd,Rmssd\n"
        '"Doe, Jane",2025-04-01,2025-04-01 07:00,Morning Readiness,52,60,4.1,61.5\n'
        '"Doe, Jane",2025-04-01,2025-04-01 17:00,Open Reading,72,60,3.1,22\n'
        "Somebody Else,2025-04-01,2025-04-01 07:00,Morning Readiness,52,60,4.1,61.5\n"
    )
    parsed = files.read_text(tmp_path, text, "elite_hrv")
    assert wellness(parsed)["hrv_rmssd_ms"].tolist() == [61.5]
    assert list(parsed.account.rejects["reason"]) == ["not_a_morning_reading", "unknown_athlete"]
    assert "Somebody" not in parsed.account.rejects.to_csv()


SLEEP = (
    "Sleep Score 4 Weeks,Score,Resting Heart Rate,Body Battery,Pulse Ox,Respiration,HRV Status,"
    "Quality,Duration,Sleep Need,Bedtime,Wake Time\n"
)


def test_garmin_sleep_in_both_forms_of_dates(tmp_path):
    text = SLEEP + (
        "2025-11-07,82,48,60,--,14,55,Good,7h 55min,8h,10:31 PM,6:26 AM\n"
        '"Jun 26, 2025",70,49,60,--,14,55,Fair,45min,8h,10:31 PM,6:26 AM\n'
        '"Nov 1-7",70,49,60,--,14,55,Fair,7h,8h,10:31 PM,6:26 AM\n'
        "2025-11-08,--,--,--,--,--,--,--,--,--,--,--\n"
    )
    parsed = files.read_text(tmp_path, text, "garmin_sleep", name="r2/Sleep.csv")
    frame = wellness(parsed)
    assert frame["date"].tolist() == ["2025-11-07", "2025-06-26"]
    # The weekly view holds a mean of seven nights, which belongs to none of them.
    assert frame["sleep_h"].tolist() == [pytest.approx(7 + 55 / 60), 0.75]
    assert list(parsed.account.rejects["reason"]) == ["weekly_mean", "nothing_answered"]


HOOPER = "Name,Date,Sleep (1-7),Fatigue (1-7),Stress (1-7),DOMS (1-7),Hooper Index\n"


def test_hooper_runs_the_other_way_and_an_undeclared_item_is_not_read(tmp_path):
    # The second row adds up to 8 and says 9: one of its answers is a slip.
    text = HOOPER + "Jim Roe,2025-04-01,1,7,4,4,16\nJim Roe,2025-04-02,2,2,2,2,9\n"
    parsed = files.read_text(tmp_path, text, "sheet", settings=SCALES)
    frame = wellness(parsed)
    # Hooper counts 1 as best: (7 - answer) / 6.
    assert frame[["sleep_quality", "fatigue", "soreness"]].to_numpy().tolist() == [[1.0, 0.0, 0.5]]
    assert frame["stress"].isna().all()
    assert parsed.account.repairs == {"stress_without_scale_set_null": 1}
    assert list(parsed.account.rejects["reason"]) == ["hooper_sum_differs"]


def test_without_any_scale_nothing_is_read(tmp_path):
    text = HOOPER + "Jim Roe,2025-04-01,1,7,4,4,16\n"
    parsed = files.read_text(tmp_path, text, "sheet")
    assert list(parsed.account.rejects["reason"]) == ["scale_undeclared"]


def test_a_form_of_the_web_with_american_stamps(tmp_path):
    text = "Timestamp,Athlete,Sleep,Fatigue\n11/20/2025 8:03:11,r1,2,3\n"
    frame = wellness(files.read_text(tmp_path, text, "sheet", settings=SCALES))
    assert frame["date"].tolist() == ["2025-11-20"]


@given(st.integers(1, 10), st.integers(1, 10), st.data())
def test_either_direction_of_a_scale_says_the_same(tmp_path_factory, worst, best, data):
    if worst == best:
        return
    answer = data.draw(st.integers(min(worst, best), max(worst, best)))
    turned = worst + best - answer
    shares = []
    for low, high, value in ((worst, best, answer), (best, worst, turned)):
        settings = files.SETTINGS + (
            f"wellness_scales:\n  sleep_quality: {{worst: {low}, best: {high}}}\n"
        )
        text = f"Name,Date,Sleep,Mood\nr1,2025-04-01,{value},\n"
        folder = tmp_path_factory.mktemp("scale")
        parsed = files.read_text(folder, text, "sheet", settings=settings)
        shares.append(float(parsed.records["wellness"]["sleep_quality"].iloc[0]))
    assert np.isclose(*shares)
    assert 0 <= shares[0] <= 1


ASKED = (
    "date,HR,rMSSD,HRV4T_Recovery_Points,sleep_quality,muscle_soreness,fatigue,latitude,longitude\n\n"
    "2025-27-07,52,61.5,7.9,8,2,0,47,1234,8,5678,\n"
    "2025-28-07,0.0,0.0,0.0,0,0,0,,,\n"
    "2025-29-07,53,60.0,7.8,12,-,5,,,\n"
)
ASKED_SCALES = files.SETTINGS + (
    "sheets:\n  hrv.csv:\n    scales:\n"
    "    - {item: sleep_quality, worst: 0, best: 10}\n"
    "    - {item: soreness, worst: 10, best: 0}\n"
    "    - {item: fatigue, worst: 10, best: 0, from: 2025-07-28}\n"
)


def test_answers_of_hrv4training_on_the_scales_declared_for_the_file(tmp_path):
    parsed = files.read_text(
        tmp_path, ASKED, "hrv4training", settings=ASKED_SCALES, name="r1/hrv.csv"
    )
    frame = wellness(parsed).set_index("date")
    assert frame["sleep_quality"].dropna().to_dict() == {"2025-07-27": 0.8}
    assert frame["soreness"].dropna().to_dict() == {"2025-07-27": 0.8}
    assert frame["fatigue"].dropna().to_dict() == {"2025-07-29": 0.5}
    assert list(parsed.account.rejects["reason"]) == ["nothing_answered"]
    # The 12 is off the scale, and on the 27th nobody had said what a fatigue of 0 is.
    assert parsed.account.repairs == {
        "sleep_quality_without_scale_set_null": 1, "fatigue_without_scale_set_null": 1,
    }  # fmt: skip


def test_the_scales_of_the_teams_own_form_are_not_those_of_an_app(tmp_path):
    parsed = files.read_text(tmp_path, ASKED, "hrv4training", settings=SCALES, name="r1/hrv.csv")
    assert wellness(parsed)[["sleep_quality", "soreness", "fatigue"]].isna().all(axis=None)
    assert set(parsed.account.repairs) == {
        f"{item}_without_scale_set_null" for item in ("sleep_quality", "soreness", "fatigue")
    }


def test_answers_of_intervals_icu(tmp_path):
    text = "date,restingHR,hrv,sleepSecs,soreness,mood\n2025-05-06,48,65.5,27000,2,1\n"
    settings = files.SETTINGS + (
        "sheets:\n  w.csv:\n    scales:\n    - {item: soreness, worst: 4, best: 1}\n"
    )
    parsed = files.read_text(
        tmp_path, text, "intervals_icu_wellness", settings=settings, name="r1/w.csv"
    )
    (day,) = wellness(parsed).to_dict("records")
    # 2 on a scale whose best is 1 and whose worst is 4.
    assert day["soreness"] == pytest.approx(2 / 3)
    assert parsed.account.repairs == {"mood_without_scale_set_null": 1}


def test_days_of_answers_alone_without_a_scale_are_not_called_empty(tmp_path):
    text = "date,restingHR,hrv,sleepSecs,fatigue\n2025-05-06,,,,2\n2025-05-07,,,,\n"
    parsed = files.read_text(tmp_path, text, "intervals_icu_wellness", name="r1/w.csv")
    assert list(parsed.account.rejects["reason"]) == ["scale_undeclared", "nothing_answered"]
