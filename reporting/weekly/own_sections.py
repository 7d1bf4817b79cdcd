"""Sections of your own on the weekly page: a heading, sentences, a table; all of it escaped."""

from dataclasses import dataclass

import pandas as pd

from common.extensions import offered
from reporting.context import PageContext


@dataclass(frozen=True, kw_only=True)
class Section:
    """What an own section shows.

    Parameters
    ----------
    title : str
        Heading.
    sentences : tuple of str
        One paragraph each.
    table : pandas.DataFrame, optional
        Headings are the column names; units belong into them.
    """

    title: str
    sentences: tuple[str, ...] = ()
    table: pd.DataFrame | None = None

    @property
    def heads(self) -> list[str]:
        """Column names of the table."""
        return [] if self.table is None else [str(name) for name in self.table.columns]

    @property
    def rows(self) -> list[list[str]]:
        """Cells of the table as texts."""
        if self.table is None:
            return []
        return [[str(cell) for cell in row] for row in self.table.itertuples(index=False)]


def own_sections(context: PageContext) -> list[Section]:
    """Return the sections that extensions offer, in the order of their files."""
    made = [make(context) for make in offered("sections")]
    return [section for section in made if section is not None]
