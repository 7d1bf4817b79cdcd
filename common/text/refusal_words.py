"""Why records were refused, as a coach reads it; the codes stand in ingest.json."""

import re
from typing import Final

from common.language import N_, message
from common.text.column_words import column_words

_WHOLE: Final = {
    "ambiguous_date": N_("date with day and month in doubt"),
    "ambiguous_week": N_("week with day and month in doubt"),
    "archive_bomb": N_("archive far too large when unpacked"),
    "asymmetry_not_read": N_("difference between sides, which is computed here"),
    "asym": N_("difference between sides, which is computed here"),
    "broken_quotes": N_("broken quotation marks"),
    "cell_not_understood": N_("cell not understood"),
    "changed_while_read": N_("file changed while it was read"),
    "clock_unset": N_("clock was not set"),
    "column_twice": N_("column named twice"),
    "contradicts_first_row": N_("contradicts the first row"),
    "curve_jumps": N_("measured curve jumps"),
    "damaged_archive": N_("damaged archive"),
    "damaged_document": N_("damaged document"),
    "damaged_event": N_("damaged calendar entry"),
    "damaged_file": N_("damaged file"),
    "damaged_workbook": N_("damaged workbook"),
    "document_type_declared": N_("file with a document type, which is not opened"),
    "duplicate_athlete": N_("athlete listed twice"),
    "duration_without_unit": N_("duration without a unit"),
    "empty_file": N_("empty file"),
    "end_not_understood": N_("end of an injury not understood"),
    "end_without_injury": N_("end of an injury that is not listed"),
    "forgotten": N_("of a person who was forgotten"),
    "future_week": N_("week in the future"),
    "gait_unknown": N_("running not recognised"),
    "hooper_sum_differs": N_("Hooper index is not the sum of its items"),
    "impossible_date": N_("impossible date"),
    "impossible_km": N_("impossible distance"),
    "impossible_speed": N_("impossible speed"),
    "left_before_joined": N_("left before joining"),
    "load_not_understood": N_("distance or time not understood"),
    "loaded_test": N_("test with an extra weight"),
    "metric_not_read": N_("metric that is not read"),
    "missing_athlete": N_("nobody is named"),
    "missing_column": N_("column missing"),
    "mixed_decimals": N_("decimal comma and point mixed"),
    "multisport_whole": N_("whole of a session of several sports; its parts are read"),
    "nested_too_deep": N_("archives within archives, too deep"),
    "never_observed": N_("never in the team during the period"),
    "no_activity": N_("no activity in it"),
    "no_calendar": N_("no calendar in it"),
    "no_date": N_("no date"),
    "no_day": N_("no day is written"),
    "no_day_of_complaint": N_("complaint without a day"),
    "no_duration_no_distance": N_("neither duration nor distance"),
    "no_gait": N_("no running in it"),
    "no_header": N_("no row of headings"),
    "no_health_data": N_("no health data in it"),
    "no_injury": N_("says that there was no injury"),
    "no_markers": N_("no markers in it"),
    "no_metric": N_("no metric that is read"),
    "no_records": N_("no records in it"),
    "no_stride": N_("no stride in it"),
    "no_time": N_("no time column"),
    "no_toe_off": N_("no toe-off found"),
    "no_training": N_("no training"),
    "no_value": N_("no value that is read"),
    "no_week": N_("no week is written"),
    "no_year_date": N_("date without a year"),
    "no_year_week": N_("week without a year"),
    "not_a_file": N_("no regular file"),
    "not_a_morning_reading": N_("not measured in the morning"),
    "not_an_activity": N_("not an activity"),
    "not_answered": N_("not answered"),
    "not_done": N_("planned and not done"),
    "not_main_sleep": N_("a nap, not a night"),
    "not_measured": N_("not measured"),
    "not_of_the_team": N_("not of the team"),
    "not_the_published_file": N_("not the published file"),
    "not_utf8": N_("letters not in UTF-8"),
    "nothing_answered": N_("nothing answered"),
    "nothing_measured": N_("nothing measured"),
    "parser_died": N_("reading broke off"),
    "repeat_of_runner": N_("a repeated row of one runner"),
    "return_without_day": N_("return without a day"),
    "running_total": N_("sum of all kilometres up to then"),
    "sampled_too_slowly": N_("measured too seldom per second"),
    "scale_undeclared": N_("scale of the answers not declared"),
    "several_people": N_("several people in one file"),
    "shifted_row": N_("row with too many or too few fields"),
    "tests_missing": N_("file of the tests is missing"),
    "time_jumps": N_("time jumps"),
    "too_large": N_("too large"),
    "too_large_to_repair": N_("damaged and too large to repair"),
    "too_many_events": N_("too many calendar entries"),
    "too_slow": N_("took too long to read"),
    "unclear_onset_year": N_("year of the onset in doubt"),
    "unexpected_json": N_("unknown form of JSON"),
    "unknown_athlete": N_("name of nobody in the team list"),
    "unknown_format": N_("unknown format"),
    "unknown_metric": N_("unknown metric"),
    "unknown_sheet": N_("table not understood"),
    "unknown_test": N_("unknown test"),
    "unknown_test_id": N_("value of an unknown test"),
    "unknown_unit": N_("unknown unit"),
    "unmapped_body_part": N_("unknown part of the body"),
    "unreadable_csv": N_("table that cannot be read"),
    "unreadable_date": N_("date not understood"),
    "unreadable_week": N_("week not understood"),
    "unreadable_file": N_("file that cannot be opened"),
    "unreadable_folder": N_("folder that cannot be opened"),
    "unreadable_json": N_("JSON that cannot be read"),
    "unreadable_samples": N_("measurements that cannot be read"),
    "unreadable_start": N_("start not understood"),
    "unreadable_xml": N_("XML that cannot be read"),
    "unused_sensor": N_("sensor that is not used"),
    "walking": N_("walking"),
    "weekly_mean": N_("mean of a week"),
    "wrong_length": N_("wrong number of values"),
}

_OF_A_COLUMN: Final = {
    r"bad_(?P<what>.+)": N_("{what}: not a possible value"),
    r"missing_(?P<what>.+)": N_("{what}: missing"),
    r"unreadable_(?P<what>.+)": N_("{what}: not understood"),
    r"impossible_(?P<what>.+)": N_("{what}: impossible"),
    r"ambiguous_(?P<what>.+)": N_("{what}: day and month in doubt"),
    r"future_(?P<what>.+)": N_("{what}: in the future"),
}


def refusal_words(code: str) -> str:
    """Return a reason in the language spoken; a code that is not known as its own words.

    Examples
    --------
    >>> refusal_words("no_day"), refusal_words("bad_mass_kg"), refusal_words("of_nobody")
    ('no day is written', 'body mass (kg): not a possible value', 'of nobody')
    """
    # First as a whole: some codes would also fit a pattern, with another meaning.
    if code in _WHOLE:
        return message(_WHOLE[code])
    for pattern, template in _OF_A_COLUMN.items():
        if match := re.fullmatch(pattern, code):
            return message(template, what=column_words(match["what"]))
    return code.replace("_", " ")
