"""Small pieces of SVG: compact numbers, escaped text, a frame that screen readers can name."""

from markupsafe import Markup, escape

from common.text.plain_words import number


def px(value: float) -> str:
    """Return a coordinate with one decimal at most: bytes count when a page holds 600 charts.

    Examples
    --------
    >>> px(12.0), px(12.34), px(-0.04)
    ('12', '12.3', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    # Small negative coordinates round to "-0", two characters where one is enough.
    return "0" if text in ("-0", "") else text


def mark(value: float) -> str:
    """Return the number at a mark of an axis, as the language writes it.

    Examples
    --------
    >>> mark(40.0), mark(2.5)
    ('40', '2.5')
    """
    return number(value, len(f"{value:g}".partition(".")[2]))


def text(x: float, y: float, words: str, css: str = "") -> Markup:
    """Return a text element; the words are escaped."""
    # Escaped one by one, since names come from files; a page has thousands of these, and
    # Markup.format takes ten times as long.
    kind = f' class="{escape(css)}"' if css else ""
    return Markup(f'<text x="{px(x)}" y="{px(y)}"{kind}>{escape(words)}</text>')  # noqa: S704 - escaped


def path(data: str, css: str) -> Markup:
    """Return a path element, or nothing for an empty path."""
    if not data:
        return Markup("")
    return Markup(f'<path class="{escape(css)}" d="{escape(data)}"/>')  # noqa: S704 - escaped


def picture(
    key: str, title: str, description: str, size: tuple[int, int], body: Markup, css: str
) -> Markup:
    """Return a chart with a name and a description for those who do not see it.

    Parameters
    ----------
    key : str
        Unique on the page; ids are made of it.
    title, description : str
        Escaped here.
    size : tuple of int
        Width and height of the view box.
    body : Markup
        What is drawn.
    css : str
        Class of the picture.
    """
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}t {}d">'
        '<title id="{}t">{}</title><desc id="{}d">{}</desc>{}</svg>'
    ).format(css, size[0], size[1], key, key, key, title, key, description, body)
