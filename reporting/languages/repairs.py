"""What was changed while records were read, as a coach reads it; the codes stand in ingest.json.

Codes of a column are one message for all columns.
"""

from typing import Final

from common.language import N_
from common.text.column_words import code_words

_WHOLE: Final = {
    "clock_gap_moved_forward": N_(
        "time within the hour skipped by the clock change, moved forward"
    ),
    "clock_fold_first_taken": N_("hour repeated by the clock change: the first one used"),
    "clock_without_zone_read_as_local": N_("time without a time zone read as local time"),
    "clock_local_marked_as_utc": N_("local time that was marked as UTC"),
    "clock_utc_read_as_local": N_("UTC time read as local time"),
    "time_of_day_unknown_noon_taken": N_("time of day unknown: noon used"),
    "date_in_local_form": N_("date written in the local form"),
    "plan_words_read": N_("words of a plan read"),
    "metres_to_km": N_("metres converted to km"),
    "miles_to_km": N_("miles converted to km"),
    "yards_to_km": N_("yards converted to km"),
    "unit_converted": N_("unit converted"),
    "unit_in_cell": N_("unit written in the cell"),
    "force_converted_to_newton": N_("force converted to newtons"),
    "copy_of_another_record_dropped": N_("copy of another record left out"),
    "false_start_dropped": N_("false start of the watch left out"),
    "same_start_as_a_run_dropped": N_("second session with the same start as a run left out"),
    "total_of_the_day_dropped": N_("total of the day left out"),
    "zero_distance_is_unknown": N_("distance 0 counts as unknown"),
    "distance_without_unit_set_null": N_("distance without a unit left empty"),
    "distance_in_the_order_of_the_file": N_("distance by the order of the points in the file"),
    "time_cut_to_slowest_pace": N_("duration cut to the slowest pace"),
    "elapsed_time_shorter_than_recorded": N_("total time shorter than recorded"),
    "moving_too_short_for_distance_dropped": N_("moving time too short for the distance left out"),
    "moving_longer_than_duration_cut": N_("moving time longer than the duration cut"),
    "lap_distances_wrong_points_taken": N_("wrong distances of laps: those of the points used"),
    "elapsed_time_of_days_time_in_motion_taken": N_("total time of days: moving time used"),
    "records_sorted_by_time": N_("points sorted by time"),
    "records_of_one_moment_joined": N_("points of the same moment joined"),
    "sport_by_speed_and_cadence": N_("sport recognised by speed and step rate"),
    "totals_computed": N_("totals computed"),
    "checksum_ignored": N_("wrong checksum ignored"),
    "junk_after_file_dropped": N_("remains after the end of the file left out"),
    "file_type_missing": N_("file type missing"),
    "damaged_after_break_dropped": N_("damaged part after a break left out"),
    "records_out_of_time_dropped": N_("points with a time far from the activity left out"),
    "records_without_time_dropped": N_("points without a time left out"),
    "rows_of_wrong_length_dropped": N_("rows of the wrong length left out"),
    "rows_with_time_not_increasing_dropped": N_("rows whose time does not increase left out"),
    "xml_faults_recovered": N_("faults in the XML bridged"),
    "blanks_before_xml_dropped": N_("blanks before the XML left out"),
    "unknown_activity_type_is_other": N_("unknown sport counts as other"),
    "sport_missing_is_other": N_("missing sport counts as other"),
    "sport_taken_from_name": N_("sport taken from the name"),
    "sport_not_told_run_taken": N_("sport not named: taken as a run"),
    "sport_by_its_description_run_taken": N_("taken as a run by its description"),
    "sport_by_its_pace_run_taken": N_("taken as a run by its pace"),
    "sport_by_its_title_taken": N_("sport taken from the title"),
    "onset_in_a_sentence": N_("onset taken from a sentence"),
    "complaint_in_a_remark": N_("complaint taken from a remark"),
    "injury_in_a_remark": N_("injury taken from a remark"),
    "onset_by_the_day_of_the_list": N_("day of the list used as the onset"),
    "return_told_by_a_later_line": N_("return named in a later line"),
    "time_in_a_column_of_distances": N_("time in a column of distances"),
    "counted_as_running_load": N_("counted as running load"),
    "unknown_language_columns_by_place": N_("unknown language: columns read by their position"),
    "region_not_told": N_("body part not named"),
    "return_date_before_onset_date_set_null": N_("return before the onset left empty"),
    "return_date_years_after_onset_date_set_null": N_("return years after the onset left empty"),
    "rpe_not_on_0_10_set_null": N_("effort (RPE) not between 0 and 10 left empty"),
    "trial_not_understood_set_null": N_("trial not understood: left empty"),
    "impossible_sleep_set_null": N_("impossible sleep left empty"),
    "knee_flexion_sign_turned": N_("sign of the knee flexion reversed"),
    "hip_adduction_sign_turned": N_("sign of the hip adduction reversed"),
    "hip_adduction_sign_unknown_dropped": N_("hip adduction with unknown sign left out"),
    "pelvis_list_sign_turned": N_("sign of the pelvic drop reversed"),
    "force_plates_unreadable": N_("force plates that cannot be read"),
    "day_unknown": N_("day unknown"),
    "no_injury_though_a_joint_is_named": N_("no injury, although a joint is named"),
}

_OF_A_COLUMN: Final = {
    r"bad_(?P<what>.+)_set_null": N_("{what}: wrong value left empty"),
    r"(?P<what>.+)_without_scale_set_null": N_("{what}: scale unknown, left empty"),
    r"(?P<what>.+)_word_instead_of_number_set_null": N_(
        "{what}: word instead of a number, left empty"
    ),
    r"(?P<what>.+)_rounded_by_hand": N_("{what}: rounded by hand"),
    r"(?P<what>.+)_of_the_row_above": N_("{what}: taken from the row above"),
    r"(?P<what>.+)_0_is_not_answered": N_("{what}: 0 counts as not answered"),
    r"(?P<what>.+)_of_a_week_monday_taken": N_("{what}: only the week is known, Monday used"),
    r"(?P<what>.+)_in_metres": N_("{what}: in metres"),
    r"(?P<what>.+)_read_by_its_distance_or_column": N_(
        "{what}: read by the distance or the column"
    ),
    r"(?P<what>.+)_sentinel_set_null": N_("{what}: placeholder left empty"),
    r"rpe_from_(?P<what>.+)": N_("effort converted from the scale {what}"),
    r"clock_moved_by_(?P<what>.+)_h": N_("clock moved by {what} h"),
    r"clock_shifted_by_(?P<what>.+)_h": N_("clock moved by {what} h"),
}


def repair_words(code: str) -> str:
    """Return a repair in the language spoken; a code that is not known as its own words.

    Examples
    --------
    >>> repair_words("metres_to_km"), repair_words("bad_height_cm_set_null")
    ('metres converted to km', 'height (cm): wrong value left empty')
    """
    return code_words(code, _WHOLE, _OF_A_COLUMN)
