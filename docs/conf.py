"""How `make site` builds the documentation: warnings are errors, nothing is fetched."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

INSIDE = {"../README.md": "index.md", "../data/README.md": "reference/tables.md"}

project = "stridecast"
author = "stridecast"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "stridecast"
exclude_patterns = ["_build"]
# Headings of generated lists begin at the third level, and source files are linked as files.
suppress_warnings = ["myst.header"]
myst_heading_anchors = 3
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False


def _point_inside(_app: Sphinx, page: str, source: list[str]) -> None:
    """Let links that lead out of this folder, as they must on a forge, lead to the page here."""
    up = "../" * page.count("/")
    for there, here in INSIDE.items():
        source[0] = source[0].replace(f"]({up}{there}", f"]({up}{here}")


def _write_commands(_app: Sphinx) -> None:
    """Write the reference of the command line from the commands themselves."""
    from typer.cli import get_docs_for_click
    from typer.main import get_command

    from pipelines.cli import app as commands

    click = get_command(commands)
    context = click.context_class(click, info_name="stridecast")
    text = get_docs_for_click(obj=click, ctx=context, name="stridecast", title="Command line")
    (ROOT / "docs" / "reference" / "commands.md").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the hooks."""
    app.connect("source-read", _point_inside)
    app.connect("builder-inited", _write_commands)
