"""The quality page: self-contained, escaped, what to fix first."""

import pytest

from reporting.pages.ingest import SHOWN, quality_cards, render_ingest_page

FIX = {
    "kind": "fit", "reason": "clock_unset", "records": 3, "files": 2, "file": "r1/<b>.fit",
    "row": None, "sentence": "starts on 1990-01-01; enter the session by hand",
}  # fmt: skip
ATHLETE = {
    "athlete": "a1", "observed_from": "2024-01-01", "observed_to": "2024-01-31",
    "observed_days": 31, "logged_days": 3, "logged_share": 0.0968, "sessions": 3, "files": 1,
    "gaps": 1, "longest_gap_days": 24, "gap_from": "2024-01-08", "gap_to": "2024-01-31",
}  # fmt: skip
SOURCE = {
    "kind": "fit", "files": 2, "read": 5, "accepted": 1, "repaired": 1, "rejected": 3,
    "repairs": {"file_type_missing": 1}, "rejects": {"clock_unset": 3},
}  # fmt: skip
OF_ONE = SOURCE | {
    "athlete": "a1", "from": "2024-01-02", "to": "2024-01-30", "days": 3, "longest_gap_days": 24,
}  # fmt: skip


@pytest.fixture
def report():
    return {
        "dataset": "testclub",
        "simulated": False,
        "files": [{}, {}],
        "totals": {"read": 5, "accepted": 1, "repaired": 1, "rejected": 3},
        "athletes": 1,
        "sessions": 2,
        "quality": {
            "to_fix": [FIX],
            "sources": [SOURCE],
            "by_athlete": [OF_ONE | {"rejected": 0, "rejects": {}}, OF_ONE],
            "athletes": [ATHLETE],
            "suspicious": [],
            "unknown": [{"table": "sessions", "column": "rpe", "unknown_share": 0.5}],
        },
    }


def test_the_page_asks_the_network_for_nothing_and_escapes(report):
    page = render_ingest_page(report)
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page
    assert "r1/&lt;b&gt;.fit" in page
    assert "5 records read = 1 accepted + 1 repaired + 3 rejected" in page


def test_what_to_fix_stands_first_and_is_marked(report):
    cards = quality_cards(report["quality"])
    assert cards[0].title == "What to fix"
    assert [card.good for card in cards] == [False, True, True, False, True, True]
    assert cards[0].rows[0][-1] == FIX["sentence"]
    assert "10%" in cards[3].rows[0]
    assert "clock_unset 3" in cards[1].rows[0]


def test_of_whom_most_was_refused_comes_first(report):
    rows = quality_cards(report["quality"])[2].rows
    assert ["clock_unset 3" in row for row in rows] == [True, False]
    assert "2024-01-30" in rows[0]


def test_long_tables_are_cut_and_say_so(report):
    report["quality"]["athletes"] = [ATHLETE] * (SHOWN + 5)
    assert quality_cards(report["quality"])[3].more == 5
    assert "and 5 more in ingest.json" in render_ingest_page(report)
