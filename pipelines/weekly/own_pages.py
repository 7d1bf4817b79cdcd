"""One page for each athlete, in a folder beside the team's page."""

import re
from pathlib import Path
from typing import Final

from common.store import write_text
from reporting.athlete.own_page import render_own_page
from reporting.context import PageContext

OWN_PAGES: Final = "athletes"


def write_own_pages(context: PageContext, out: Path) -> int:
    """Write `athletes/NAME.html` for everyone of the week; return how many.

    Parameters
    ----------
    context : PageContext
        Of the weekly page; its display names name the files.
    out : pathlib.Path
        Folder of the team's page.
    """
    folder = out / OWN_PAGES
    folder.mkdir(parents=True, exist_ok=True)
    athletes = sorted(context.scores["athlete"].astype(str).unique())
    taken: set[str] = set()
    for athlete in athletes:
        name = file_name(context.name_of(athlete))
        # Names that differ only in signs give the same file name: two people must not share a page.
        name = f"{name}-{athlete}" if name.casefold() in taken else name
        taken.add(name.casefold())
        write_text(folder / f"{name}.html", render_own_page(context, athlete))
    return len(athletes)


def file_name(name: str) -> str:
    """Return a name without what file systems refuse.

    Examples
    --------
    >>> file_name("Zoë O'Brien"), file_name("../a:b")
    ("Zoë O'Brien", 'a b')
    """
    allowed = re.sub(r"[^\w' -]+", " ", name)
    # Most file systems allow 255 bytes for a name, and a letter may take three of them.
    return " ".join(allowed.split())[:80] or "athlete"
