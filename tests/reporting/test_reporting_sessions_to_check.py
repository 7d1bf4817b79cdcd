"""Sessions that call for a look: which question, and where the coach finds them."""

import pandas as pd

from reporting.athlete.own_records import put_right_words, to_check_words


def session(reason, row=158):
    return {
        "athlete": "akrmwczw5b7er", "date": pd.Timestamp("2020-02-04"), "km": 7.5, "minutes": 234,
        "reason": reason, "file": "akrmwczw5b7er/fitbit/exercise.json", "row": row,
    }  # fmt: skip


def test_a_session_is_found_by_the_name_that_the_page_shows():
    (told,) = to_check_words([session("watch_left_on")], "Inês Ferreira")
    assert told.startswith("4 Feb: 7.5 km in 234 min: was the watch left on?")
    assert told.endswith("(Inês Ferreira/fitbit/exercise.json, 158)")
    code = to_check_words([session("watch_left_on", float("nan"))], "akrmwczw5b7er")
    assert code[0].endswith("(akrmwczw5b7er/fitbit/exercise.json)")


def test_what_counts_with_typed_minutes_is_not_said_to_count_for_nothing():
    rows = [session("minutes_from_answer"), session("overlaps_another")]
    (asked,) = to_check_words(rows, "Bo")
    (right,) = put_right_words(rows, "Bo")
    assert "whose is it?" in asked
    assert "the typed minutes count instead" in right
