import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from ingest.records.asymmetry import asymmetry
from tests.ingest import strength_files as files

NORDBORD = [
    "Name", "Date UTC", "Time UTC", "Device", "Test", "L Reps", "R Reps", "L Max Force (N)",
    "R Max Force (N)", "Max Imbalance (%)", "L Avg Force (N)", "R Avg Force (N)",
    "L Max Torque (Nm)", "R Max Torque (Nm)", "R Min Time to PeakForce (s)",
]  # fmt: skip
FRAME = [
    "Name", "Date (UTC)", "Time", "Device", "Mode", "Test", "Position", "Direction", "L Reps",
    "R Reps", "L Max Force (N)", "R Max Force (N)", "Max Imbalance", "L Max Ratio",
]  # fmt: skip
DYNAMO = [
    "Athlete", "Date", "Time", "Device", "Type", "Body Region", "Movement", "Position", "L Reps",
    "R Reps", "L Max Force (N)", "R Max Force (N)", "N Max Force (N)", "Force Asymmetry (%)",
]  # fmt: skip


def nordic(**changes: str) -> list[str]:
    row = dict(zip(NORDBORD, [
        "Doe, Jane", "11/20/2025", "4:47 PM", "NB", "Nordic", "3", "3", "310.5", "290.25", "6.5 L",
        "300", "280.5", "120", "110", "1.2",
    ], strict=True))  # fmt: skip
    return list((row | changes).values())


def nordbord(tmp_path, *rows):
    return files.read_text(tmp_path, files.quoted(NORDBORD, *rows), "vald_nordbord")


def test_nordbord_keeps_sides_units_best_and_mean(tmp_path):
    parsed = nordbord(tmp_path, nordic())
    assert files.values(parsed) == {
        ("nordic", "left", "peak_force"): 310.5,
        ("nordic", "left", "mean_force"): 300.0,
        ("nordic", "left", "peak_torque"): 120.0,
        ("nordic", "right", "peak_force"): 290.25,
        ("nordic", "right", "mean_force"): 280.5,
        ("nordic", "right", "peak_torque"): 110.0,
    }
    frame = parsed.records["strength"]
    assert set(frame["athlete"]) == {"r1"}
    assert set(zip(frame["metric"], frame["unit"], strict=True)) == {
        ("peak_force", "N"), ("mean_force", "N"), ("peak_torque", "Nm"),
    }  # fmt: skip
    conform("strength", frame.reindex(columns=list(CONTRACTS["strength"].columns)))
    assert (parsed.account.read, parsed.account.accepted) == (2, 2)


def test_a_name_is_never_quoted(tmp_path):
    stranger = "Erika Mustermann"
    parsed = nordbord(tmp_path, nordic(Name=stranger))
    assert list(parsed.account.rejects["reason"]) == ["unknown_athlete"] * 2
    # The name has a column of its own, for the list of what waits for whom; no sentence has it.
    rejects = parsed.account.rejects.drop(columns="athlete")
    assert stranger not in rejects.to_csv()
    assert "athletes:" in parsed.account.rejects["sentence"].iloc[0]


@pytest.mark.parametrize("name", ["doe,  JANE", "r1", " Doe, Jane "])
def test_names_are_known_whatever_case_and_blanks(tmp_path, name):
    assert set(nordbord(tmp_path, nordic(Name=name)).records["strength"]["athlete"]) == {"r1"}


def test_nordbord_dates_are_utc_and_dynamo_dates_are_local(tmp_path):
    late = nordbord(tmp_path, nordic(**{"Date UTC": "11/20/2025", "Time UTC": "2:30 AM"}))
    # 2:30 at night in UTC is still the evening before where this team trains.
    assert set(late.records["strength"]["date"].astype(str)) == {"2025-11-19"}
    row = ["r1", "11/20/2025", "2:30 AM", "D", "Isometric", "Hip", "Abduction", "Supine", "3", "3",
           "210", "190", "", "9.5 L"]  # fmt: skip
    local = files.read_text(tmp_path, files.quoted(DYNAMO, row), "vald_dynamo")
    assert set(local.records["strength"]["date"].astype(str)) == {"2025-11-20"}
    assert files.values(local) == {
        ("hip_abduction", "left", "peak_force"): 210.0,
        ("hip_abduction", "right", "peak_force"): 190.0,
    }


def test_slashed_dates_that_nothing_settles_are_refused(tmp_path):
    # Either number may be the month, and no other row settles it.
    parsed = nordbord(tmp_path, nordic(**{"Date UTC": "05/06/2025", "Time UTC": "14:30"}))
    assert set(parsed.account.rejects["reason"]) == {"ambiguous_date"}


def test_an_unused_sensor_is_a_reject_of_its_own(tmp_path):
    # A bar that nobody touched shows 1.5 to 2 N of noise.
    parsed = nordbord(tmp_path, nordic(**{"L Reps": "0", "L Max Force (N)": "1.8"}))
    assert list(parsed.account.rejects["reason"]) == ["unused_sensor"]
    assert list(parsed.account.rejects["record"]) == ["2 left"]
    assert set(parsed.records["strength"]["side"]) == {"right"}


def test_a_row_without_any_value_is_a_reject_of_one_record(tmp_path):
    parsed = nordbord(tmp_path, nordic(), nordic(**dict.fromkeys(NORDBORD[5:], "")))
    assert list(parsed.account.rejects["reason"]) == ["no_value"]
    assert (parsed.account.read, parsed.account.accepted) == (3, 2)


def test_forceframe_rows_are_directions(tmp_path):
    squeeze = ["r2", "11/20/2025", "4:47 PM", "FF", "m", "Hip AD/AB", "60", "Squeeze", "3", "3",
               "310", "300", "", "1.1"]  # fmt: skip
    pull = [*squeeze]
    pull[7], pull[10], pull[11] = "Pull", "280", "270"
    shoulder = [*squeeze]
    shoulder[5] = "Shoulder IR/ER"
    text = files.quoted(FRAME, squeeze, pull, shoulder)
    parsed = files.read_text(tmp_path, text, "vald_forceframe")
    assert files.values(parsed) == {
        ("hip_adduction", "left", "peak_force"): 310.0,
        ("hip_adduction", "right", "peak_force"): 300.0,
        ("hip_abduction", "left", "peak_force"): 280.0,
        ("hip_abduction", "right", "peak_force"): 270.0,
    }
    # Two sides of the shoulder test.
    assert list(parsed.account.rejects["reason"]) == ["unknown_test"] * 2


def test_forceframe_api_has_four_bars_and_gates_on_repetitions(tmp_path):
    names = ["profileId", "testId", "testDateUtc", "testTypeName", "testPositionName"]
    bars = [f"{bar}{side}{what}" for bar in ("inner", "outer") for side in ("Left", "Right")
            for what in ("AvgForce", "Impulse", "MaxForce", "Repetitions")]  # fmt: skip
    row = ["0F8FAD5B", "t1", "2025-03-01T03:30:00.000Z", "Hip AD/AB", "Hip AD/AB - 45",
           "280", "1", "310", "3", "270", "1", "300", "3",
           "1.6", "", "1.9", "0", "1.5", "", "2.0", "0"]  # fmt: skip
    text = ",".join(names + bars) + "\n" + ",".join(row) + "\n"
    parsed = files.read_text(tmp_path, text, "vald_forceframe_api")
    assert files.values(parsed) == {
        ("hip_adduction", "left", "peak_force"): 310.0,
        ("hip_adduction", "left", "mean_force"): 280.0,
        ("hip_adduction", "right", "peak_force"): 300.0,
        ("hip_adduction", "right", "mean_force"): 270.0,
    }
    assert list(parsed.account.rejects["record"]) == ["2 outer left", "2 outer right"]
    assert set(parsed.account.rejects["reason"]) == {"unused_sensor"}
    assert set(parsed.records["strength"]["date"].astype(str)) == {"2025-02-28"}


@pytest.mark.parametrize("date", ["testDateUtc", "testDate"])
def test_nordbord_api_old_and_new_field_names(tmp_path, date):
    header = (
        f"profileId,testId,{date},testTypeName,leftAvgForce,leftMaxForce,leftRepetitions,"
        "leftTorque,rightAvgForce,rightMaxForce,rightRepetitions,rightTorque"
    )
    row = '0f8fad5b,t,2025-03-01T15:30:00Z,Nordic,300,310,3,"",0,2,0,""'
    parsed = files.read_text(tmp_path, f"{header}\n{row}\n", "vald_nordbord_api")
    assert files.values(parsed) == {
        ("nordic", "left", "peak_force"): 310.0,
        ("nordic", "left", "mean_force"): 300.0,
    }


def test_dynamo_api(tmp_path):
    """The columns that a program makes of the API's answer, one per laterality."""
    header = (
        "id,athleteId,testCategory,bodyRegion,movement,position,laterality,startTimeUTC,"
        "durationSeconds,asymmetry_valuePercentage,repCount_Left,maxForceNewtons_Left,"
        "avgForceNewtons_Left,maxImpulseNewtonSeconds_Left,repCount_Right,maxForceNewtons_Right,"
        "avgForceNewtons_Right,repCount_None,maxForceNewtons_None"
    )
    row = (
        "7,0f8fad5b,IsometricStrength,Knee,Extension,Seated,LeftThenRight,2025-03-01T03:30:00Z,"
        "40,99,3,410.5,398,120,0,1.7,1.2,,"
    )
    parsed = files.read_text(tmp_path, f"{header}\n{row}\n", "vald_dynamo_api")
    assert files.values(parsed) == {
        ("knee_extension", "left", "peak_force"): 410.5,
        ("knee_extension", "left", "mean_force"): 398.0,
    }
    assert set(parsed.records["strength"]["date"].astype(str)) == {"2025-02-28"}
    assert list(parsed.account.rejects["record"]) == ["2 right"]


forces = st.floats(0, 5000, allow_nan=False)


@given(forces, forces)
def test_asymmetry_is_signed_towards_the_stronger_side(left, right):
    found = float(asymmetry(left, right))
    if max(left, right) == 0:
        assert found != found  # noqa: PLR0124 - NaN
        return
    assert -1 <= found <= 1
    assert (found > 0) == (right > left) or found == 0
    assert found == -float(asymmetry(right, left))
    assert abs(found) == pytest.approx(1 - min(left, right) / max(left, right))


@given(st.floats(1, 5000), st.floats(1, 5000), st.floats(0.01, 100))
def test_asymmetry_does_not_depend_on_the_unit(left, right, factor):
    scaled = float(asymmetry(left * factor, right * factor))
    assert scaled == pytest.approx(float(asymmetry(left, right)), abs=1e-9)


def test_asymmetry_is_not_vald_text_nor_a_share_of_the_mean():
    assert float(asymmetry(200, 150)) == pytest.approx(-50 / 200)
    assert float(asymmetry(200, 150)) != pytest.approx(-50 / 175)


def test_an_export_without_the_name_of_the_test_is_refused_in_words(tmp_path):
    header = ["Test name" if name == "Test" else name for name in NORDBORD]
    parsed = files.read_text(tmp_path, files.quoted(header, nordic()), "vald_nordbord")
    assert set(parsed.account.rejects["reason"]) == {"unknown_test"}


def test_a_year_beyond_every_calendar_is_no_date(tmp_path):
    parsed = nordbord(tmp_path, nordic(), nordic(**{"Date UTC": "11/20/99999999999999999999"}))
    assert set(parsed.account.rejects["reason"]) == {"unreadable_date"}
    assert parsed.account.accepted == 2
