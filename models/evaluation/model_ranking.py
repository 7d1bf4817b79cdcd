"""Who won: the models of one table in order, and which of them cannot be told apart."""

from typing import Any, Final

import pandas as pd

from models.comparators.names import ORACLE
from models.evaluation.model_table import compare
from models.evaluation.model_words import model_words
from models.metrics.intervals import Replicates

WON: Final = "won"
BEATEN: Final = "beaten"
LEVEL: Final = "not told apart"


def standings(replicates: Replicates) -> pd.DataFrame:
    """Rank the models by Brier score and compare the first with each of the others.

    The first has *won* against another if it is better by the rule of
    :func:`models.evaluation.model_table.compare` (Brier score and AUROC, paired intervals over
    resampled athletes); otherwise the two cannot be told apart on these rows. The oracle knows the
    simulator and does not compete.

    Who is first among many is partly luck, and the luck flatters its lead over the close ones:
    read the models that cannot be told apart as one group.

    Parameters
    ----------
    replicates : Replicates
        Measures of every model on each draw of athletes, Brier score and AUROC among them.

    Returns
    -------
    pandas.DataFrame
        model, brier, auroc, verdict (:data:`WON` for the first, then :data:`BEATEN` or
        :data:`LEVEL`), auroc_gain and brier_gain of the first over the model, each with _low and
        _high (null for the first); by rising Brier score.
    """
    # The oracle would win every table of simulated data.
    values = replicates.values.drop(index=ORACLE, errors="ignore")  # noqa: PD011 - a field
    # By the Brier score, which rewards calibration and ranking together.
    ranked = values.sort_values(["brier", "auroc"], ascending=[True, False], kind="stable")
    first = str(ranked.index[0])
    gaps = compare(replicates, first).set_index("against")
    table = ranked[["brier", "auroc"]].join(gaps)
    verdict = table.pop("better").map({True: BEATEN, False: LEVEL})
    verdict[first] = WON
    table.insert(2, "verdict", verdict)
    return table.rename_axis("model").reset_index()


def what_won(table: pd.DataFrame) -> dict[str, Any]:
    """Return the outcome of :func:`standings` in a few facts and one sentence.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`standings` returned.

    Returns
    -------
    dict
        won (the model of the lowest Brier score), highest_auroc, level (models that cannot be
        told from it), beaten, sentence.
    """
    won = str(table["model"].iloc[0])
    level = [str(m) for m in table.loc[table["verdict"] == LEVEL, "model"]]
    beaten = [str(m) for m in table.loc[table["verdict"] == BEATEN, "model"]]
    return {
        "won": won,
        "highest_auroc": str(table.set_index("model")["auroc"].idxmax()),
        "level": level,
        "beaten": beaten,
        "sentence": _sentence(won, level, beaten),
    }


def _sentence(won: str, level: list[str], beaten: list[str]) -> str:
    parts = [f"The lowest Brier score is that of {model_words(won)}"]
    if level:
        parts.append(f"on these rows it cannot be told from {_listed(level)}")
    if beaten:
        parts.append(f"it is better than {_listed(beaten)}")
    return "; ".join(parts)


def _listed(models: list[str]) -> str:
    *most, last = [model_words(m) for m in models]
    return f"{', '.join(most)} and {last}" if most else last
