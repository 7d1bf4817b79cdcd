import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from ingest.readers.base import FileRefused, Neighbour
from ingest.readers.strength.forcedecks_metrics import metric_of_column
from tests.ingest import strength_files as files

CMJ = [
    "Name", "ExternalId", "Test Type", "Date", "Time", "BW [KG]", "Reps", "Tags",
    "Additional Load [lb]", "Jump Height (Imp-Mom) in Inches [in] ", "Peak Power [W] ",
    "Contraction Time [ms] ", "Eccentric Braking RFD [N/s] (L)", "Peak Vertical Force [N] (L)",
    "Peak Vertical Force [N] (R)", "Peak Vertical Force % (Asym) (%)",
]  # fmt: skip


def jump(**changes: str) -> list[str]:
    row = dict(zip(CMJ, [
        "Doe, Jane", "", "CMJ", "11/20/2025", "11:47 PM", "61.25", "1", "", "0", "12.5", "3200",
        # The asymmetry is text, and its definition differs by maker: it is not read.
        "712", "4000", "800", "760", "5.0 L",
    ], strict=True))  # fmt: skip
    return list((row | changes).values())


def decks(folder, *rows):
    return files.read_text(folder, files.quoted(CMJ, *rows), "vald_forcedecks")


def test_units_of_the_header_are_converted_and_asymmetry_text_is_not_read(tmp_path):
    parsed = decks(tmp_path, jump())
    assert files.values(parsed) == {
        # 12.5 in x 2.54; the exporter chose inches.
        ("cmj", "both", "jump_height_impulse"): pytest.approx(31.75),
        ("cmj", "both", "peak_power"): 3200.0,
        ("cmj", "both", "contraction_time"): pytest.approx(0.712),
        ("cmj", "left", "peak_force"): 800.0,
        ("cmj", "right", "peak_force"): 760.0,
    }
    frame = parsed.records["strength"].reindex(columns=list(CONTRACTS["strength"].columns))
    conform("strength", frame)
    assert parsed.account.accepted == 1


def test_dates_are_local_and_american(tmp_path):
    # 11/20 can only be written month first, and it settles the file.
    parsed = decks(tmp_path, jump(), jump(Date="05/06/2025"))
    assert sorted(set(parsed.records["strength"]["date"].astype(str))) == [
        "2025-05-06", "2025-11-20",
    ]  # fmt: skip


def test_the_body_mass_of_the_day_is_kept(tmp_path):
    body = decks(tmp_path, jump()).records["body"]
    assert body[["athlete", "mass_kg"]].to_dict("records") == [{"athlete": "r1", "mass_kg": 61.25}]


def test_pounds_become_kilograms(tmp_path):
    header = [name.replace("[KG]", "[LB]") for name in CMJ]
    text = files.quoted(header, jump(**{"BW [KG]": "135"}))
    body = files.read_text(tmp_path, text, "vald_forcedecks").records["body"]
    # 135 lb x 0.45359237.
    assert body["mass_kg"].tolist() == [pytest.approx(61.235, abs=0.001)]


def test_several_trials_are_neither_best_nor_mean(tmp_path):
    parsed = decks(tmp_path, jump(Reps="3"))
    assert ("cmj", "both", "unstated_peak_power") in files.values(parsed)
    assert ("cmj", "both", "peak_power") not in files.values(parsed)


def test_tests_outside_the_vocabulary_are_refused(tmp_path):
    parsed = decks(tmp_path, jump(**{"Test Type": "Land and Hold"}))
    assert list(parsed.account.rejects["reason"]) == ["unknown_test"]


@given(st.sampled_from(["cm", "in", "m"]), st.floats(0.01, 1.0))
def test_a_height_is_the_same_in_every_unit(unit, metres):
    found = metric_of_column(f"Jump Height (Imp-Mom) [{unit}] ")
    shown = metres / {"cm": 0.01, "in": 0.0254, "m": 1.0}[unit]
    assert shown * found.factor == pytest.approx(metres * 100)


@pytest.mark.parametrize(
    "header",
    [
        "Peak Power [ms]",
        "Peak Vertical Force [N] (Asym)(%)",
        "Tags",
        "Additional Load [lb]",
        "BW [KG]",
    ],
)
def test_columns_that_are_no_metric(header):
    assert metric_of_column(header) is None


TESTS = "testId,profileId,recordedDateUtc,recordedDateOffset,recordedDateTimezone,testType,weight"
TRIALS = "testId,trialId,resultLimb,definition_name,definition_unit,value"


def trials(folder, *rows, tests=("t1,0f8fad5b,2025-03-01T02:30:00Z,-300,EST,CMJ,61.5",)):
    path = folder / "tests.csv"
    path.write_text("\n".join([TESTS, *tests]) + "\n")
    text = "\n".join([TRIALS, *rows]) + "\n"
    beside = (Neighbour("tests.csv", path),)
    return files.read_text(folder, text, "vald_forcedecks_trials", name="trials.csv", beside=beside)


def test_trials_give_the_best_and_the_mean(tmp_path):
    parsed = trials(
        tmp_path,
        "t1,a,Both,Peak Power,Watt,3000",
        "t1,b,Both,Peak Power,Watt,3200",
        "t1,a,Left,Peak Vertical Force,Newton,800",
        "t1,a,Asym,Peak Vertical Force,%,5",
        "t1,a,Both,Velocity at Takeoff,Meter Per Second,2.4",
        "t9,a,Both,Peak Power,Watt,3000",
    )
    assert files.values(parsed) == {
        ("cmj", "both", "peak_power"): 3200.0,
        # The mean of 3000 and 3200 W.
        ("cmj", "both", "mean_peak_power"): 3100.0,
        ("cmj", "left", "peak_force"): 800.0,
        ("cmj", "left", "mean_peak_force"): 800.0,
    }
    assert list(parsed.account.rejects["reason"]) == [
        "asymmetry_not_read", "metric_not_read", "unknown_test_id",
    ]  # fmt: skip
    assert set(parsed.records["strength"]["date"].astype(str)) == {"2025-02-28"}
    frame = parsed.records["strength"].reindex(columns=list(CONTRACTS["strength"].columns))
    conform("strength", frame)


def test_trials_without_their_tests_are_refused(tmp_path):
    with pytest.raises(Exception, match="beside the trials"):
        files.read_text(
            tmp_path, f"{TRIALS}\nt1,a,Both,Peak Power,Watt,3000\n", "vald_forcedecks_trials"
        )


def test_the_list_of_tests_gives_body_mass(tmp_path):
    text = f"{TESTS}\nt1,0f8fad5b,2025-03-01T02:30:00Z,-300,EST,CMJ,61.5\n"
    body = files.read_text(tmp_path, text, "vald_forcedecks_tests").records["body"]
    assert body["mass_kg"].tolist() == [61.5]
    # 2:30 UTC less 300 minutes is half past nine of the evening before.
    assert body["date"].astype(str).tolist() == ["2025-02-28"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Athlete,Timestamp,Test Type,Jump Height(m),Avg. Braking Force(N),mRSI",
         "r1,1740796200,Countermovement Jump,0.31,650,0.45"),
        ("athlete_name,timestamp,testType_name,jump_height_m,avg_braking_force_n,mrsi",
         "Jim Roe,1740796200,Countermovement Jump,0.31,650,0.45"),
    ],
)  # fmt: skip
def test_hawkin_heights_are_metres(tmp_path, header, row):
    parsed = files.read_text(tmp_path, f"{header}\n{row}\n", "hawkin")
    assert files.values(parsed) == {
        # 0.31 m; Hawkin writes metres where VALD writes centimetres or inches.
        ("cmj", "both", "jump_height_impulse"): pytest.approx(31.0),
        ("cmj", "both", "braking_force"): 650.0,
        ("cmj", "both", "rsi_modified"): 0.45,
    }
    assert set(parsed.records["strength"]["date"].astype(str)) == {"2025-02-28"}


def test_a_jump_with_a_load_is_no_part_of_the_series(tmp_path):
    parsed = decks(tmp_path, jump(), jump(**{"Additional Load [lb]": "44.1"}))
    assert list(parsed.account.rejects["reason"]) == ["loaded_test"]
    assert parsed.account.accepted == 1


HDFORCE = (
    "id,timestamp,athlete_id,athlete_name,athlete_teams,testType_id,testType_name,tag_ids,"
    "tag_names,segment,Right Avg_ Braking Force(N),Left Avg_ Braking Force(N),Peak Force(N)\n"
)


def hdforce(folder, *rows):
    text = HDFORCE + "".join(
        f"x{at},1740796200,a,Jim Roe,\"['t','u']\",9,{test},\"['g']\",\"{tags}\",{test}:{at},"
        f"{right},{left},{peak}\n"
        for at, (test, tags, right, left, peak) in enumerate(rows, start=1)
    )
    return files.read_text(folder, text, "hawkin")


def test_the_columns_of_hdforce_have_underscores_for_points_and_lists_in_cells(tmp_path):
    parsed = hdforce(tmp_path, ("Countermovement Jump", "[]", "610", "590", ""))
    assert files.values(parsed) == {
        ("cmj", "left", "braking_force"): 590.0,
        ("cmj", "right", "braking_force"): 610.0,
    }


def test_hawkin_tags_tell_a_pull_and_refuse_variants(tmp_path):
    parsed = hdforce(
        tmp_path,
        ("Isometric Test", "['IMTP']", "", "", "2100"),
        ("Isometric Test", "['Belt Squat']", "", "", "2000"),
        ("Countermovement Jump", "['Single Leg Left']", "", "300", ""),
        ("Countermovement Jump", "['Arm Swing']", "", "300", ""),
    )
    assert files.values(parsed) == {("imtp", "both", "peak_force"): 2100.0}
    assert list(parsed.account.rejects["reason"]) == ["unknown_test"] * 3


def test_an_export_without_a_metric_or_a_test_is_refused_in_words(tmp_path):
    bare = [name for name in CMJ if "[" not in name or name.startswith("BW")]
    row = dict(zip(CMJ, jump(), strict=True))
    with pytest.raises(FileRefused, match="no column is a metric"):
        files.read_text(tmp_path, files.quoted(bare, [row[one] for one in bare]), "vald_forcedecks")
