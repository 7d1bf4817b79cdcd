"""The audit page: stops first, everything escaped, nothing asked of the network."""

import re

import pytest

from reporting.pages.audit import TITLES, audit_card, render_audit_page

REPORT = {
    "look_ahead": {"passed": True, "sentence": "0 of 201 features change."},
    "single_features_knee": {
        "passed": False,
        "sentence": "<b>tape</b> alone reaches AUROC 0.97",
        "table": [{"feature": f"f{i}", "auroc": 0.971234 - i / 100} for i in range(15)],
    },
    "units": {"passed": True, "sentence": "quiet", "table": []},
}


def test_what_stopped_the_run_stands_first():
    page = render_audit_page(REPORT, "demo")
    assert "1 of 3 audits stopped the run" in page
    assert page.index(TITLES["single_features"]) < page.index(TITLES["look_ahead"])
    assert page.count("stopped the run</span>") == 1


def test_all_passed_is_said():
    page = render_audit_page({"units": REPORT["units"]}, "demo")
    assert "All 1 audits passed" in page
    assert "<table>" not in page


def test_texts_are_escaped_and_nothing_is_fetched():
    page = render_audit_page(REPORT, "<script>")
    assert "<b>tape" not in page
    assert "&lt;b&gt;tape" in page
    assert "<script>" not in page
    assert not re.search(r"(src|href)=\"(?!data:)", page)


def test_the_table_is_cut_and_says_so():
    card = audit_card("single_features_knee", REPORT["single_features_knee"])
    assert card.title == "No single feature is too good (knee)"
    assert card.columns == ("feature", "auroc")
    assert card.rows[0] == ("f0", "0.971")
    assert (len(card.rows), card.more) == (12, 3)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "unknown"), (True, "yes"), (1234, "1234"), (0.0, "0")]
)
def test_cells_in_words(value, expected):
    card = audit_card("units", {"passed": True, "sentence": "x", "table": [{"a": value}]})
    assert card.rows == ((expected,),)
