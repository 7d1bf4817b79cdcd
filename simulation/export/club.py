"""The club's own tables: roster, questionnaires, clinic and the injury register."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from simulation.cohort import Cohort
from simulation.export.answers import pain, session_rpe, wellness
from simulation.export.clinic import exercise, gait, strength
from simulation.export.columns import Columns
from simulation.export.people import body, injury_register, roster, shoes
from simulation.export.text import lines

TABLES: Final[dict[str, Callable[[Cohort, np.random.Generator], Columns]]] = {
    "roster": roster,
    "session_rpe": session_rpe,
    "wellness": wellness,
    "pain": pain,
    "exercise": exercise,
    "strength": strength,
    "gait": gait,
    "injuries": injury_register,
    "shoes": shoes,
    "body": body,
}


def write_club(cohort: Cohort, folder: Path, pen: np.random.Generator) -> None:
    """Write every club table into `folder`; `pen` draws what is blank or imprecise in them."""
    for name, make in TABLES.items():
        columns = make(cohort, pen)
        text = "\n".join([",".join(columns), *lines(list(columns.values()))]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
