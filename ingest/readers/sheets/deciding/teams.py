"""Which column of a form says in which team, squad or club somebody is.

The heading is a whole word for one, and the cells behave like one: several people share a team,
and nobody changes it every other day, as a group of a single session would.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.deciding.assigned import AssignedColumn, people_in
from ingest.readers.sheets.deciding.columns import TEAM
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.words.folding import plain

_HEADINGS: Final = frozenset(
    {
        "team", "team name", "squad", "squad name", "training group", "club", "club name",
        "mannschaft", "kader", "trainingsgruppe", "verein", "equipe", "groupe d entrainement",
        "equipo", "grupo de entrenamiento", "squadra", "gruppo di allenamento", "ploeg", "elftal",
        "trainingsgroep", "equipa", "grupo de treino", "lag", "lagnamn", "traningsgrupp",
        "treningsgruppe", "traeningsgruppe",
    }
)  # fmt: skip
"""A bare "group" is left out: in research it is the arm of a trial, in a club that of a day."""
_MOST_CHANGES: Final = 2
_LONGEST: Final = 60


def team_column(assigned: Sequence[AssignedColumn]) -> AssignedColumn | None:
    """Return the column of teams, None where there is none.

    Parameters
    ----------
    assigned : sequence of AssignedColumn
        The columns of a form; one that `columns:` calls `team` is taken as it is.
    """
    stated = next((column for column in assigned if column.concept == TEAM), None)
    if stated is not None:
        return stated
    who = people_in(assigned)
    return next(
        (
            column
            for column in assigned
            if not column.concept
            and plain(column.column.heading) in _HEADINGS
            and _behaves_like_one(column, who)
        ),
        None,
    )


def _behaves_like_one(assigned: AssignedColumn, who: Sequence[str]) -> bool:
    """Say whether people share teams and stay in them."""
    teams: dict[str, list[str]] = {}
    cells = assigned.column.cells
    for name, cell in zip(who or [""] * len(cells), cells, strict=True):
        if cell is not None:
            teams.setdefault(name, []).append(text_of(cell).strip())
    names = {team for own in teams.values() for team in own}
    # A longer cell is a sentence and no name of a team.
    if not names or max(map(len, names)) > _LONGEST:
        return False
    # A column with a value of its own for each person is no team but a name or a number.
    shared = len(names) < len(teams) or len(teams) == 1
    return shared and all(_changes(own) <= _MOST_CHANGES for own in teams.values())


def _changes(teams: Sequence[str]) -> int:
    return sum(before != after for before, after in pairwise(teams))
