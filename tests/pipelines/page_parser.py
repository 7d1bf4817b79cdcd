"""What a page says, read as a browser would: figures with their names, and all texts."""

import re
from collections import defaultdict
from html.parser import HTMLParser


class Shown(HTMLParser):
    """Collect what the page says of each athlete: figure -> list of (value, words)."""

    def __init__(self, html):
        super().__init__()
        self.figures = defaultdict(lambda: defaultdict(list))
        self.captions, self.descriptions, self.open, self.keys = {}, {}, [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if not self.open:
            return
        tag, attrs = self.open[-1]
        if "data-figure" in attrs:
            said = (attrs["data-value"], text)
            self.figures[attrs["data-athlete"]][attrs["data-figure"]].append(said)
        card = next((a["id"] for t, a in self.open if t == "details" and "id" in a), None)
        if tag == "figcaption" and card:
            self.captions.setdefault(card, text)
        if tag == "desc" and card:
            self.descriptions.setdefault(card, text)


ENGLISH = re.compile(
    r"\b(the|of|is|are|and|with|not|for|from|which|this|that|than|has|have|been|below|above)\b"
)


class Said(HTMLParser):
    """Collect the texts of a page, those of attributes too; commands and sources aside."""

    ASIDE = ("script", "style", "code", "cite")

    def __init__(self, html):
        super().__init__()
        self.texts, self.aside = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.aside += tag in self.ASIDE
        named = {"aria-label", "title", "placeholder", "data-one", "data-many"}
        self.texts += [value for name, value in attrs if name in named and value]

    def handle_endtag(self, tag):
        self.aside -= tag in self.ASIDE

    def handle_data(self, text):
        if not self.aside and text.strip():
            self.texts.append(text.strip())
