"""How every page is made: templates with escaping, the palette, and what a page may load."""

import base64
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from common.language import message, plural, translated
from reporting.charts import palette
from reporting.languages.messages import band_name, sentence_case
from reporting.languages.statuses import status_name
from reporting.template_bytecode import TemplateBytecode

TEMPLATES: Final = Path(__file__).with_name("templates")


def environment() -> Environment:
    """Return the templates, with everything escaped and nothing undefined."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        # A mistyped name in a template stops the page, where a blank would go unnoticed.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=TemplateBytecode(TEMPLATES, "escaped-strict-trimmed"),
    )
    pages.globals |= {
        "_": message,
        "plural": plural,
        "rich": rich,
        "band_name": band_name,
        "status_name": status_name,
    }
    pages.filters["slug"] = slug
    pages.filters["sentence_case"] = sentence_case
    return pages


def rich(text: str, /, **figures: object) -> Markup:
    """Return a message whose figures are printed bold; everything in it is escaped."""
    # The tags come after translation: translators see no markup, and names stay escaped.
    bold = {name: Markup("<strong>{}</strong>").format(value) for name, value in figures.items()}
    return escape(translated(text)).format(**bold)


def colours() -> dict[str, object]:
    """Return the palette for the style sheet."""
    # TEXT_PAIRS is for the tests of contrast, and no colour.
    names = [name for name in dir(palette) if name.isupper() and name != "TEXT_PAIRS"]
    return {name.lower(): getattr(palette, name) for name in names} | {"slug": slug}


def policy(style: str, script: str | None = None) -> str:
    """Admit the inline blocks by their digest; everything else is refused."""
    runs = "" if script is None else f"script-src '{_digest(script)}'; "
    return (
        # Pages are sent by e-mail and hold data of health: they must load nothing and report
        # nothing.
        f"default-src 'none'; style-src '{_digest(style)}'; {runs}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(raw).decode("ascii")


def slug(band: str) -> str:
    """Return the CSS class of a band."""
    return "b-" + band.replace(" ", "-")
