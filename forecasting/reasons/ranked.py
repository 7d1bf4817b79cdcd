"""Reasons in words: which features moved a forecast, which way and by how much.

A reason states an association. It never says that a feature caused anything, and what nobody can
change is marked as context.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from common.arrays import Bools, Floats, Ints
from features.catalogue.entry import BLOCKS, Feature
from forecasting.reasons.families import family, family_contributions
from forecasting.reasons.feature_lookup import KnownValues, without_team
from forecasting.reasons.sentences import NO_CONTEXT, ReasonContext, sentence
from forecasting.reasons.strongest import main_members, strongest
from forecasting.settings import ReasonSettings
from models.numeric.row_sums import row_sums

REASON_COLUMNS: Final = (
    "athlete", "outcome", "block", "family", "feature", "label", "value", "unit",
    "contribution_log_odds", "odds_factor", "sentence", "own_sentence", "changeable", "direction",
    "known", "beyond_team_log_odds",
)  # fmt: skip


DEFAULT_REASONS: Final = ReasonSettings()


def reasons(
    rows: pd.DataFrame,
    contributions: pd.DataFrame,
    catalogue: Sequence[Feature],
    outcome: str,
    context: ReasonContext = NO_CONTEXT,
    settings: ReasonSettings = DEFAULT_REASONS,
    teams: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the strongest reasons for and against of each row, most the athlete's own first.

    A reason is the athlete's own by as much as its contribution lies beyond the median of the team
    this week (:mod:`forecasting.reasons.team_baseline`): hours of running speak for a higher
    forecast of nearly everybody in a club, and say little of one of them. Contributions themselves
    are left as they are.

    Windows of one measure are one reason: their contributions are added up
    (:mod:`forecasting.reasons.families`) and the member that weighs most in the sum's direction is
    told.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete and the feature columns; one row per athlete.
    contributions : pandas.DataFrame
        Log-odds, one column per feature, in the order of `rows`.
    catalogue : sequence of Feature
        Entries of all contributing features.
    outcome : str
        Written into the table.
    context : ReasonContext
        The runs and complaints behind the features.
    settings : ReasonSettings
        How many, and how small a one still counts.
    teams : pandas.Series, optional
        Team of each row; without it all rows are one team.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`REASON_COLUMNS`; `feature`, `value` and `sentence` are those of the member
        told, `own_sentence` is the same without a comparison with the team,
        `contribution_log_odds` is the family's, `odds_factor` is exp of it, `direction`
        is ``for`` (a higher forecast) or ``against``, and `known` is whether the value is, or its
        absence says something of itself (never injured). `beyond_team_log_odds` is the
        contribution less the team's median of it, the contribution itself where there are too few
        athletes for a median.

    Raises
    ------
    ValueError
        If a contributing feature has no catalogue entry.
    """
    entries = _entries(contributions, catalogue)
    effects = contributions.to_numpy(dtype=np.float64)
    families = family_contributions(contributions)
    sums = families.to_numpy(dtype=np.float64)
    # Asked before anything returns: where notes are taken, this call is what takes them.
    middle = context.team.medians(f"{outcome}.reasons", families, teams)
    beyond = sums - middle.fillna(0.0).to_numpy(dtype=np.float64)
    if context.team.takes_notes:
        return pd.DataFrame([], columns=list(REASON_COLUMNS)).astype(_TYPES)
    members = _members(contributions, families)
    # A family is changeable as its first member is.
    changeable = np.array([entries[columns[0]].changeable for columns in members], dtype=bool)
    at, column = strongest(sums, beyond, changeable, settings)
    effect = sums[at, column]
    member = main_members(effects[at], effect, members, column)
    known = KnownValues(rows)
    value = known.of_features([entry.name for entry in entries])[at, member]
    names = rows["athlete"].to_numpy(dtype=object)[at].tolist()
    sentences, own_sentences = _sentences(names, entries, known, context, at, member)
    table = {
        "athlete": names,
        "outcome": outcome,
        "block": _texts([entry.block for entry in entries], member),
        "family": _texts([str(name) for name in families.columns], column),
        "feature": _texts([entry.name for entry in entries], member),
        "label": _texts([entry.label for entry in entries], member),
        "unit": _texts([entry.unit for entry in entries], member),
        "changeable": np.array([bool(entry.changeable) for entry in entries], dtype=bool)[member],
        "value": value,
        "contribution_log_odds": effect,
        "odds_factor": np.exp(effect),
        "sentence": sentences,
        "own_sentence": own_sentences,
        "direction": _texts(["against", "for"], (effect > 0).astype(np.int64)),
        "known": _says_something(entries)[member] | ~np.isnan(value),
        "beyond_team_log_odds": beyond[at, column],
    }
    return pd.DataFrame(table, columns=list(REASON_COLUMNS)).astype(_TYPES)


def _sentences(
    names: Iterable[str],
    entries: Sequence[Feature],
    known: KnownValues,
    context: ReasonContext,
    at: Ints,
    member: Ints,
) -> tuple[list[str], list[str]]:
    """Return the sentence of each reason, and the same without a comparison with the team."""
    sentences, own_sentences = [], []
    for athlete, row, place in zip(names, at.tolist(), member.tolist(), strict=True):
        look, entry = known.of_row(row), entries[place]
        behind = (context.spikes.get(athlete), context.complaints.get(athlete))
        sentences.append(sentence(entry, look, *behind))
        alone = sentences[-1]
        if look.is_beside_team:
            alone = sentence(entry, without_team(look), *behind)
        own_sentences.append(alone)
    return sentences, own_sentences


def _texts(words: Sequence[str], at: Ints) -> ExtensionArray:
    """Return words by their numbers: texts are not made anew for each row."""
    return pd.array(words, dtype="str").take(at)


def _says_something(entries: Sequence[Feature]) -> Bools:
    """Mark the features whose absence says something of itself."""
    return np.array([bool(entry.structural_null) for entry in entries], dtype=bool)


def block_contributions(
    rows: pd.DataFrame,
    contributions: pd.DataFrame,
    probabilities: Floats,
    catalogue: Sequence[Feature],
    outcome: str,
) -> pd.DataFrame:
    """Return contributions added up by block; with the base they sum to the forecast's log-odds.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete and the feature columns; one row per athlete.
    contributions : pandas.DataFrame
        Log-odds, one column per feature.
    probabilities : numpy.ndarray, shape (n,)
        The forecasts that the contributions explain.
    catalogue : sequence of Feature
        Entries of all contributing features.
    outcome : str
        Written into the table.

    Returns
    -------
    pandas.DataFrame
        athlete, outcome, block (``base`` first, then in the order of the catalogue's blocks),
        contribution_log_odds, known_features (of those that contribute, how many have a value).
    """
    entries = _entries(contributions, catalogue)
    blocks = [feature.block for feature in entries]
    sums = {
        block: row_sums(contributions.loc[:, [b == block for b in blocks]])
        for block in BLOCKS
        if block in blocks
    }
    log_odds = np.log(probabilities) - np.log1p(-probabilities)
    # What is left is the base, so that base and blocks add up to the forecast exactly.
    base = log_odds - row_sums(contributions)
    known = rows.reindex(columns=contributions.columns).notna()
    counts = {
        block: known.loc[:, [b == block for b in blocks]].sum(axis=1).to_numpy() for block in sums
    }
    parts = {"base": base} | sums
    # Block below block, each in the order of the rows.
    table = {
        "athlete": np.tile(rows["athlete"].to_numpy(dtype=object), len(parts)),
        "outcome": outcome,
        "block": np.repeat(np.array(list(parts), dtype=object), len(rows)),
        "contribution_log_odds": np.concatenate(list(parts.values())),
        "known_features": np.concatenate([np.zeros(len(rows), dtype=np.int64), *counts.values()]),
    }
    return pd.DataFrame(table).astype(_BLOCK_TYPES)


_BLOCK_TYPES: Final = {
    "athlete": "str",
    "outcome": "str",
    "block": "str",
    "contribution_log_odds": "float64",
    "known_features": "int64",
}
_TYPES: Final = {
    "athlete": "str",
    "outcome": "str",
    "block": "str",
    "family": "str",
    "feature": "str",
    "label": "str",
    "value": "float64",
    "unit": "str",
    "contribution_log_odds": "float64",
    "odds_factor": "float64",
    "sentence": "str",
    "own_sentence": "str",
    "changeable": "bool",
    "direction": "str",
    "known": "bool",
    "beyond_team_log_odds": "float64",
}


def _entries(contributions: pd.DataFrame, catalogue: Sequence[Feature]) -> list[Feature]:
    known = {feature.name: feature for feature in catalogue}
    unknown = [name for name in contributions.columns if name not in known]
    if unknown:
        raise ValueError(f"no catalogue entry for contributing feature(s) {unknown}")
    return [known[name] for name in contributions.columns]


def _members(contributions: pd.DataFrame, families: pd.DataFrame) -> list[list[int]]:
    """Columns of the features of each family."""
    own = [family(str(name)) for name in contributions.columns]
    return [[at for at, name in enumerate(own) if name == wanted] for wanted in families.columns]
