import base64
import dataclasses
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from reporting.context import Verified
from reporting.weekly.page import render_page

# Markup, an attribute that runs code, and a formula of spreadsheets, in every text of a club.
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\'=HYPERLINK("x")'
VOID = {"meta", "link", "input", "br", "path"}


class Reader(HTMLParser):
    """Collect tags, attributes and text; complain about tags that are not closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))


@pytest.fixture(scope="module")
def html(context):
    return render_page(context)


@pytest.fixture(scope="module")
def page(html):
    return Reader(html)


def test_nothing_is_fetched_and_nothing_inline_escapes_the_policy(page):
    assert set(page.all("src")) == set()
    assert all(link.startswith(("#", "data:")) for link in page.all("href"))
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_the_policy_admits_exactly_the_inline_style_and_script(html, page):
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (block,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_ids_are_unique_and_every_reference_leads_somewhere(page):
    ids = page.all("id")
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    wanted = [link[1:] for link in page.all("href") if link.startswith("#")]
    wanted += [one for value in page.all("aria-labelledby") for one in value.split()]
    assert set(wanted) <= set(ids)


def test_every_scored_athlete_has_a_row_and_everyone_a_section(page, context):
    scored = context.scores.query("outcome == 'any'")["probability"].notna().sum()
    assert len(page.all("data-rank")) == scored
    sections = [a["id"] for t, a in page.tags if t == "details" and "id" in a]
    assert len(sections) == 25
    assert [int(rank) for rank in page.all("data-rank")] == list(range(1, scored + 1))


def test_the_page_says_what_it_must(page):
    for words in (
        "Lakeside Runners",
        "Mon 25 Nov 2024 to Sun 1 Dec 2024",
        "Sun 24 Nov 2024",
        "Demo: simulated athletes.",
        "Associated with a higher forecast",
        "nobody can change these",
        "When not to use it",
        "Riley's criterion",
        "does not diagnose",
        "0.65 to 0.71",
        "in 68 of 100 such pairs",
        "injured since Mon 4 Nov 2024 (knee)",
        "Injured since Mon 4 Nov 2024 (knee): not scored.",
    ):
        assert words in page.text
    # The page says "associated with": a forecast knows no causes.
    assert "because" not in page.text.lower()


def test_unchangeable_reasons_stand_under_context_only(html):
    for block in re.findall(r'<div class="(?:for|against)">.*?</div>', html, flags=re.DOTALL):
        assert "Past injuries" not in block
    assert any("Past injuries" in part for part in html.split('<div class="context">')[1:])


def test_hostile_texts_stay_texts(make_context):
    plain = make_context(athletes=8)
    first = plain.scores["athlete"].iloc[0]

    def spoil(frame, *columns):
        bad = frame.assign(athlete=frame["athlete"].replace(first, HOSTILE))
        return bad.assign(**dict.fromkeys(columns, HOSTILE))

    bad = dataclasses.replace(
        plain,
        title=HOSTILE,
        dataset=HOSTILE,
        scores=spoil(plain.scores, "team", "model", "status_note", "main_reason"),
        reasons=spoil(plain.reasons, "sentence"),
        blocks=spoil(plain.blocks),
        daily_load=spoil(plain.daily_load),
        display_names={HOSTILE: HOSTILE},
        model_notes=[HOSTILE],
        sample_size_note=HOSTILE,
        verification=Verified(plain.verification.metrics.assign(model=HOSTILE, metric=HOSTILE)),
        generated_from={HOSTILE: HOSTILE},
    )
    page = Reader(render_page(bad))
    assert [tag for tag, _ in page.tags].count("script") == 1
    # Escaped, and still shown: to swallow the text would hide the row.
    assert "img" not in {tag for tag, _ in page.tags}
    assert not {name for _, attrs in page.tags for name in attrs if name.startswith("on")}
    assert HOSTILE in page.text


def test_without_names_pseudonyms_are_shown(make_context):
    page = Reader(render_page(make_context(athletes=3, display_names=None)))
    assert "a000000000001" in page.text


def test_published_evidence_and_missing_verification_are_said(make_context):
    context = make_context(athletes=3, simulated=False, evidence_only=True, verification=Verified())
    text = Reader(render_page(context)).text
    assert "Published evidence, not fitted to your team." in text
    assert "simulated athletes" not in text
    assert "what is expected of this team" in text
    assert "There are no figures that check this model" in text


def test_a_week_in_which_nobody_is_scored_still_has_a_page(make_context):
    plain = make_context(athletes=4)
    nobody = plain.scores.assign(
        status="silent", probability=float("nan"), ratio_to_base=float("nan"), band=None, rank=None
    )
    nobody = nobody.astype({"rank": "Int64", "band": "str", "status": "str"})
    context = dataclasses.replace(
        plain, scores=nobody, reasons=plain.reasons[:0], blocks=plain.blocks[:0]
    )
    page = Reader(render_page(context))
    assert "Nobody could be scored this week" in page.text
    assert page.all("data-rank") == []


def test_an_athlete_without_any_record_is_shown_as_such(make_context):
    plain = make_context(athletes=3)
    first = plain.scores["athlete"] == plain.scores["athlete"].iloc[0]
    scores = plain.scores.assign(
        last_record=plain.scores["last_record"].mask(first),
        days_since_record=plain.scores["days_since_record"].mask(first),
    )
    keep = plain.daily_load["athlete"] != plain.scores["athlete"].iloc[0]
    context = dataclasses.replace(plain, scores=scores, daily_load=plain.daily_load[keep])
    text = Reader(render_page(context)).text
    assert "no record" in text
    assert "No running logged in these 26 weeks." in text


def test_the_same_frames_give_the_same_page(context, html):
    assert render_page(context) == html


def test_600_athletes_stay_under_7_megabytes(make_context):
    # Two small pages tell what an athlete adds; a page of 600 would take long to make.
    small, large = (len(render_page(make_context(athletes=n)).encode()) for n in (20, 60))
    each = (large - small) / 40
    assert small + 580 * each < 7_000_000


def test_scores_without_a_base_rate_are_refused(make_context):
    with pytest.raises(ValueError, match="base rates are needed"):
        make_context(athletes=3, base_rates={"any": 0.02})


def test_who_is_back_from_an_injury_is_said_at_the_top_in_the_table_and_on_the_card(make_context):
    plain = make_context(athletes=12)
    leading = plain.scores.query("outcome == 'any' and rank == 1")["athlete"].iloc[0]
    note = "back since 3 Nov 2024 (foot), 21 days"
    mine = plain.scores["athlete"] == leading
    scores = plain.scores.assign(
        band="high", back_note=plain.scores["back_note"].mask(mine, note)
    ).astype({"band": "str", "back_note": "str"})
    html = render_page(dataclasses.replace(plain, scores=scores))
    glance, table = html.split('id="team"', 1)
    table, card = table.split('<section class="athletes"', 1)
    for part in (glance, table, card):
        assert part.count("Back since 3 Nov 2024 (foot), 21 days") == 1


def test_reasons_shared_with_the_team_stand_apart_and_last(make_context):
    plain = make_context(athletes=3)
    leading = plain.scores.query("outcome == 'any' and rank == 1")["athlete"].iloc[0]
    mine = (plain.reasons["athlete"] == leading) & (plain.reasons["direction"] == "for")
    raised = plain.reasons[mine & plain.reasons["changeable"] & plain.reasons["known"]]
    raised = raised[raised["outcome"] == "any"]
    shared = plain.reasons.assign(
        beyond_team_log_odds=plain.reasons["beyond_team_log_odds"].mask(
            plain.reasons.index == raised.index[0], 0.01
        )
    )
    html = render_page(dataclasses.replace(plain, reasons=shared))
    card = html.split('<details class="card athlete', 2)[1]
    own, others = card.split("As for most of the team", 1)
    sentence = raised["sentence"].iloc[0]
    assert sentence in others.split("</ul>", 1)[0]
    assert f"<span>{sentence}</span>" not in own


UNLEARNT = (
    "The forecasts rest on published studies alone. Nothing has been learnt from the "
    "records of this team yet."
)
SHARED = "70 % published evidence, 30 % your own 14 injuries in 900 athlete-weeks."


@pytest.mark.parametrize(
    ("only", "origin", "title"),
    [
        (True, UNLEARNT, "Published evidence, not fitted to your team."),
        (True, "", "Published evidence, not fitted to your team."),
        (True, SHARED, "Published evidence, updated by your own weeks and injuries."),
        (False, SHARED, ""),
    ],
)
def test_what_comes_from_where_is_told_of_every_kind_of_model(make_context, only, origin, title):
    plain = make_context(athletes=3)
    scores = plain.scores.assign(origin=origin)
    page = render_page(make_context(athletes=3, scores=scores, evidence_only=only))
    assert origin in page
    assert title in page
    assert ("updated by your own" in page) == ("updated by your own" in title)
