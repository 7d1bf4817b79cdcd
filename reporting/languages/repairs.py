"""What was changed while records were read, as a coach reads it; the codes stand in ingest.json.

In English a code is its own words. Codes of a column are one message for all columns.
"""

import re
from typing import Final

from common.language import N_, message
from common.text.column_words import column_words

_WHOLE: Final = frozenset(
    (
        N_("clock gap moved forward"),
        N_("clock fold first taken"),
        N_("clock without zone read as local"),
        N_("clock local marked as utc"),
        N_("clock utc read as local"),
        N_("time of day unknown noon taken"),
        N_("date in local form"),
        N_("plan words read"),
        N_("metres to km"),
        N_("miles to km"),
        N_("yards to km"),
        N_("unit converted"),
        N_("unit in cell"),
        N_("force converted to newton"),
        N_("copy of another record dropped"),
        N_("false start dropped"),
        N_("same start as a run dropped"),
        N_("total of the day dropped"),
        N_("zero distance is unknown"),
        N_("distance without unit set null"),
        N_("distance in the order of the file"),
        N_("time cut to slowest pace"),
        N_("elapsed time shorter than recorded"),
        N_("moving too short for distance dropped"),
        N_("moving longer than duration cut"),
        N_("lap distances wrong points taken"),
        N_("elapsed time of days time in motion taken"),
        N_("records sorted by time"),
        N_("records of one moment joined"),
        N_("sport by speed and cadence"),
        N_("totals computed"),
        N_("checksum ignored"),
        N_("junk after file dropped"),
        N_("file type missing"),
        N_("damaged after break dropped"),
        N_("records out of time dropped"),
        N_("records without time dropped"),
        N_("rows of wrong length dropped"),
        N_("rows with time not increasing dropped"),
        N_("xml faults recovered"),
        N_("blanks before xml dropped"),
        N_("unknown activity type is other"),
        N_("sport missing is other"),
        N_("sport taken from name"),
        N_("sport not told run taken"),
        N_("sport by its description run taken"),
        N_("sport by its pace run taken"),
        N_("sport by its title taken"),
        N_("onset in a sentence"),
        N_("complaint in a remark"),
        N_("injury in a remark"),
        N_("onset by the day of the list"),
        N_("return told by a later line"),
        N_("time in a column of distances"),
        N_("counted as running load"),
        N_("unknown language columns by place"),
        N_("region not told"),
        N_("return date before onset date set null"),
        N_("return date years after onset date set null"),
        N_("rpe not on 0 10 set null"),
        N_("trial not understood set null"),
        N_("impossible sleep set null"),
        N_("knee flexion sign turned"),
        N_("hip adduction sign turned"),
        N_("hip adduction sign unknown dropped"),
        N_("pelvis list sign turned"),
        N_("force plates unreadable"),
        N_("day unknown"),
        N_("no injury though a joint is named"),
    )
)

_OF_A_COLUMN: Final = {
    r"bad_(?P<what>.+)_set_null": N_("bad {what} set null"),
    r"(?P<what>.+)_without_scale_set_null": N_("{what} without scale set null"),
    r"(?P<what>.+)_word_instead_of_number_set_null": N_("{what} word instead of number set null"),
    r"(?P<what>.+)_rounded_by_hand": N_("{what} rounded by hand"),
    r"(?P<what>.+)_of_the_row_above": N_("{what} of the row above"),
    r"(?P<what>.+)_0_is_not_answered": N_("{what} 0 is not answered"),
    r"(?P<what>.+)_of_a_week_monday_taken": N_("{what} of a week monday taken"),
    r"(?P<what>.+)_in_metres": N_("{what} in metres"),
    r"(?P<what>.+)_read_by_its_distance_or_column": N_("{what} read by its distance or column"),
    r"(?P<what>.+)_sentinel_set_null": N_("{what} sentinel set null"),
    r"rpe_from_(?P<what>.+)": N_("rpe from {what}"),
    r"clock_moved_by_(?P<what>.+)_h": N_("clock moved by {what} h"),
    r"clock_shifted_by_(?P<what>.+)_h": N_("clock moved by {what} h"),
}


def repair_words(code: str) -> str:
    """Return a repair in the language spoken; a code that is not known as its own words.

    Examples
    --------
    >>> repair_words("metres_to_km"), repair_words("bad_height_cm_set_null")
    ('metres to km', 'bad height cm set null')
    """
    words = _spaced(code)
    # First as a whole: some codes would also fit a pattern, with another meaning.
    if words in _WHOLE:
        return message(words)
    for pattern, template in _OF_A_COLUMN.items():
        if match := re.fullmatch(pattern, code):
            return message(template, what=column_words(match["what"]))
    return words


def _spaced(code: str) -> str:
    return code.replace("_", " ")
