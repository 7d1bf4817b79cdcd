"""The page in a real browser, driven over a pipe: what it logs, asks for and does."""

import base64
import json
import os
import select
import shutil
import subprocess

import pytest

from reporting.page import render_page

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]
PATIENCE_S = 60
SAID = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}


class Browser:
    """Chromium's DevTools protocol over file descriptors 3 and 4, messages ended by a zero byte."""

    def __init__(self, profile):
        read, self.writer = os.pipe()
        self.reader, write = os.pipe()

        def wire():
            # Through high numbers, for either end may be 3 or 4 already.
            os.dup2(read, 103)
            os.dup2(write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={profile}"],
            preexec_fn=wire,  # noqa: PLW1509 - the pipe must be at 3 and 4
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.reader], [], [], PATIENCE_S)
            assert ready, "the browser fell silent"
            self.buffer += os.read(self.reader, 1 << 16)
        first, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(first)

    def send(self, method, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.writer, json.dumps(request).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]
            self.events.append(message)

    def open(self, path, width=1280, height=900):
        mobile = width < 600
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=mobile)  # fmt: skip
        self.events.clear()
        self.send("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())

    def js(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)  # fmt: skip
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def key(self, name, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=name, code=name, text=text,
                      windowsVirtualKeyCode=code)  # fmt: skip

    def close(self):
        self.process.kill()
        self.process.wait(PATIENCE_S)
        os.close(self.reader)
        os.close(self.writer)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def path(context, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(render_page(context), encoding="utf-8")
    return file


def test_the_page_is_silent_and_asks_the_network_for_nothing(browser, path):
    browser.open(path)
    browser.js("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    requests = [e for e in browser.events if e["method"] == "Network.requestWillBeSent"]
    assert [e["params"]["request"]["url"] for e in requests] == [path.as_uri()]
    assert [e for e in browser.events if e["method"] in SAID] == []


def test_a_hostile_name_runs_nothing(browser, make_context, tmp_path):
    context = make_context(athletes=4)
    names = dict.fromkeys(
        context.scores["athlete"], "<script>document.title='hit'</script><img src=x onerror=hit()>"
    )
    file = tmp_path / "hostile.html"
    bad = render_page(make_context(athletes=4, display_names=names, title="</title><b>"))
    file.write_text(bad, encoding="utf-8")
    browser.open(file)
    assert browser.js("document.title").startswith("</title><b>")
    assert browser.js("document.images.length") == 0
    assert browser.js("document.querySelector('#ranking tbody th a').textContent").startswith(
        "<script>"
    )
    assert [e for e in browser.events if e["method"] in SAID] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_body_never_scrolls_sideways(browser, path, width):
    browser.open(path, width=width)
    browser.js("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert browser.js("document.documentElement.scrollWidth") <= width
    wide = """Array.from(document.querySelectorAll('main *'))
        .filter(e => !e.closest('.scroll, svg, .hide') && e.getBoundingClientRect().width > 0
                     && e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.tagName + '.' + e.className)"""
    assert browser.js(wide) == []


NAMES = "Array.from(document.querySelectorAll('#ranking tbody th a'), a => a.textContent)"
CHANCES = "Array.from(document.querySelectorAll('#ranking tbody tr'), r => Number(r.dataset.p1))"
SHOWN = "Array.from(document.querySelectorAll('#ranking tbody tr')).filter(r => !r.hidden).length"


def test_headings_sort_both_ways_and_say_so(browser, path):
    browser.open(path)
    browser.js("document.querySelector('[data-by=p1]').click()")
    down = browser.js(CHANCES)
    assert down == sorted(down, reverse=True)
    sorted_by = "document.querySelector('[data-by=p1]').closest('th').ariaSort"
    assert browser.js(sorted_by) == "descending"
    browser.js("document.querySelector('[data-by=p1]').click()")
    assert browser.js(CHANCES) == down[::-1]
    assert browser.js("document.querySelectorAll('[aria-sort]').length") == 1
    browser.js("document.querySelector('[data-by=name]').click()")
    names = browser.js(NAMES)
    assert names == sorted(names)


def choose(control, value):
    return (
        f"(() => {{ const c = document.getElementById('{control}'); c.value = {json.dumps(value)};"
        " c.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_filters_narrow_table_and_sections_together(browser, path, context):
    browser.open(path)
    bands = context.scores.query("outcome == 'any'")["band"]
    browser.js(choose("band", "raised"))
    assert browser.js(SHOWN) == (bands == "raised").sum()
    shown = "document.querySelector('#shown').textContent"
    assert browser.js(shown) == f"{(bands == 'raised').sum()} athletes"
    browser.js(choose("find", "no such name"))
    assert browser.js(SHOWN) == 0
    assert browser.js("document.querySelector('#nobody').hidden") is False
    browser.js(choose("find", ""))
    browser.js(choose("band", ""))
    browser.js(choose("squad", "Road"))
    teams = context.scores.query("outcome == 'any' and probability.notna()")["team"]
    assert browser.js(SHOWN) == (teams == "Road").sum()
    hidden = "Array.from(document.querySelectorAll('details.athlete')).filter(d => d.hidden).length"
    assert browser.js(hidden) == (teams != "Road").sum()


def test_the_keyboard_alone_opens_an_athlete(browser, path):
    browser.open(path)
    browser.js("document.querySelector('#ranking tbody th a').focus()")
    browser.key("Enter", 13, "\r")
    browser.js("new Promise(done => setTimeout(done, 100))")
    assert browser.js("document.getElementById('a1').open") is True
    assert browser.js("document.activeElement.closest('details').id") == "a1"
    browser.key("Enter", 13, "\r")
    assert browser.js("document.getElementById('a1').open") is False


def test_a_link_to_an_athlete_opens_the_page_there(browser, path):
    browser.open(path)
    browser.js("location.hash = '#a4'")
    browser.js("new Promise(done => setTimeout(done, 100))")
    assert browser.js("document.getElementById('a4').open") is True


def test_print_leaves_closed_athletes_and_controls_out(browser, path):
    browser.open(path, width=794)
    browser.send("Emulation.setEmulatedMedia", media="print")
    seen = "getComputedStyle(document.querySelector('{}')).display"
    assert browser.js(seen.format(".tools")) == "none"
    assert browser.js(seen.format("details.athlete")) == "none"
    assert browser.js(seen.format("#ranking")) == "table"
    assert browser.js("document.querySelector('#ranking').getBoundingClientRect().right") <= 794
    pdf = base64.b64decode(browser.send("Page.printToPDF")["data"])
    assert pdf.startswith(b"%PDF")
    browser.send("Emulation.setEmulatedMedia", media="")
