"""A replayed season as one HTML page, and as Markdown."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from common.language import language, message
from common.text.outcome_words import outcome_words
from reporting.backtest.tables import BacktestFrames, Table
from reporting.backtest.view import BacktestView, backtest_view
from reporting.charts.calibration import calibration_plot
from reporting.charts.season import season_chart
from reporting.html import colours, environment, policy

_STYLES: Final = ("page.css.j2", "backtest.css.j2")


def render_backtest(summary: Mapping[str, Any], frames: BacktestFrames) -> str:
    """Return the season as one self-contained HTML page.

    Parameters
    ----------
    summary : mapping
        Counts and facts, as `backtest.json` has them.
    frames : BacktestFrames
        Tables.
    """
    pages = environment()
    sheets = [pages.get_template(name).render(colours()) for name in _STYLES]
    style = "\n".join(sheets)
    outcome = outcome_words(str(summary["outcome"]))
    return pages.get_template("backtest.html.j2").render(
        view=backtest_view(summary, frames),
        language=language(),
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        # From the finished style: the policy admits exactly this text by its digest.
        policy=policy(style),
        season=season_chart(frames.weeks),
        reliability=calibration_plot("reliability", outcome, frames.calibration),
    )


def backtest_markdown(summary: Mapping[str, Any], frames: BacktestFrames) -> str:
    """Return the season as Markdown, without single athletes; arguments as for the page."""
    view = backtest_view(summary, frames)
    parts = [
        f"# {view.title}",
        view.when + (f"; {message('simulated athletes')}" if view.simulated else ""),
    ]
    parts += [_list(view), *view.sentences]
    # Of the lists only the weeks: the lists before them have lines of single athletes.
    parts += [_markdown(table) for table in (*view.tables, view.lists[-1])]
    return "\n\n".join(parts) + "\n"


def _list(view: BacktestView) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in view.facts)


def _markdown(table: Table) -> str:
    head = f"| {' | '.join(table.columns)} |"
    rule = "| --- " + "| ---: " * (len(table.columns) - 1) + "|"
    rows = [f"| {' | '.join(cells)} |" for cells in table.rows]
    return f"## {table.title}\n\n{table.note}\n\n" + "\n".join([head, rule, *rows])
