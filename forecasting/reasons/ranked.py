"""Reasons in words: which features moved a forecast, which way and by how much.

A reason states an association. It never says that a feature caused anything, and what nobody can
change is marked as context.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats
from features.catalogue.entry import BLOCKS, Feature
from forecasting.reasons.families import family, family_contributions
from forecasting.reasons.sentences import NO_CONTEXT, FeatureLookup, ReasonContext, sentence
from forecasting.settings import ReasonSettings
from models.numeric.row_sums import row_sums

REASON_COLUMNS: Final = (
    "athlete", "outcome", "block", "family", "feature", "label", "value", "unit",
    "contribution_log_odds", "odds_factor", "sentence", "own_sentence", "changeable", "direction",
    "known", "beyond_team_log_odds",
)  # fmt: skip


_ROWS_AT_ONCE: Final = 10_000
"""Rows that are ranked together: fast, and a hundred thousand athletes take no more memory."""

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
    changeable = np.array([entries[columns[0]].changeable for columns in members], dtype=bool)
    values = _values(rows)
    records: list[dict[str, Any]] = []
    names = [str(name) for name in families.columns]
    chosen = _strongest(sums, changeable, settings)
    for at, (athlete, columns) in enumerate(zip(rows["athlete"], chosen, strict=True)):
        look = _look(values, at)
        for column in _own_first(columns, sums[at], beyond[at]):
            effect = float(sums[at, column])
            # The member in the direction of the sum: told is what agrees with the reason.
            main = max(members[column], key=lambda member: effect * effects[at, member])
            behind = (context.spikes.get(athlete), context.complaints.get(athlete))
            words = sentence(entries[main], look, *behind)
            reason = _reason(athlete, outcome, entries[main], look, effect)
            own = {"beyond_team_log_odds": float(beyond[at, column])}
            alone = sentence(entries[main], _without_team(look), *behind)
            texts = {"family": names[column], "sentence": words, "own_sentence": alone}
            records.append(reason | own | texts)
    return pd.DataFrame(records, columns=list(REASON_COLUMNS)).astype(_TYPES)


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
    keys = {"athlete": rows["athlete"].to_numpy(), "outcome": outcome}
    long = _long(pd.DataFrame(keys | {"base": base} | sums), "contribution_log_odds")
    known = rows.reindex(columns=contributions.columns).notna()
    counts = {
        block: known.loc[:, [b == block for b in blocks]].sum(axis=1).to_numpy() for block in sums
    }
    counted = _long(pd.DataFrame(keys | {"base": 0} | counts), "known_features")
    # By place: both tables were made of the same rows and blocks in the same order.
    return long.assign(known_features=counted["known_features"].astype("int64"))


def _long(wide: pd.DataFrame, value: str) -> pd.DataFrame:
    long = wide.melt(["athlete", "outcome"], var_name="block", value_name=value)
    return long.astype({"athlete": "str", "outcome": "str", "block": "str"})


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


def _values(rows: pd.DataFrame) -> dict[str, Floats]:
    numeric = rows.select_dtypes("number")
    return {name: numeric[name].to_numpy(dtype=np.float64) for name in numeric.columns}


def _look(values: Mapping[str, Floats], at: int) -> FeatureLookup:
    return lambda name: float(values[name][at]) if name in values else float("nan")


def _without_team(look: FeatureLookup) -> FeatureLookup:
    """Hide what is known of the team: an athlete's own page compares with nobody."""
    return lambda name: float("nan") if name.startswith("team_") else look(name)


def _strongest(
    effects: Floats, changeable: NDArray[np.bool_], settings: ReasonSettings
) -> Iterator[list[int]]:
    """Yield each row's columns that count, for before against, each strongest first.

    Equal ones come in column order.
    """
    for start in range(0, len(effects), _ROWS_AT_ONCE):
        part = effects[start : start + _ROWS_AT_ONCE]
        raising, lowering = (_counted(sign * part, changeable, settings) for sign in (1.0, -1.0))
        for (high, kept_high), (low, kept_low) in zip(raising, lowering, strict=True):
            yield [*high[kept_high].tolist(), *low[kept_low].tolist()]


def _own_first(columns: list[int], effects: Floats, beyond: Floats) -> list[int]:
    """Order reasons for before against, each by how far beyond the team's median they lie."""
    signs = np.where(effects > 0, 1.0, -1.0)
    return sorted(columns, key=lambda at: (signs[at] < 0, -signs[at] * beyond[at]))


def _counted(
    strength: Floats, changeable: NDArray[np.bool_], settings: ReasonSettings
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """Yield each row's columns by falling strength, and which of them count."""
    # With a limit of 0 a contribution of exactly 0 would still count as a reason.
    least = max(settings.least_log_odds, np.finfo(np.float64).tiny)
    # Stable, so that equal contributions come in the same order on every machine.
    order = np.argsort(-strength, axis=1, kind="stable")
    enough = np.take_along_axis(strength, order, axis=1) >= least
    can_change = changeable[order]
    place = np.where(
        can_change,
        np.cumsum(enough & can_change, axis=1),
        np.cumsum(enough & ~can_change, axis=1),
    )
    yield from zip(order, enough & (place <= settings.most_each_way), strict=True)


def _reason(
    athlete: str, outcome: str, feature: Feature, look: FeatureLookup, effect: float
) -> dict[str, Any]:
    return {
        "athlete": athlete,
        "outcome": outcome,
        "block": feature.block,
        "feature": feature.name,
        "label": feature.label,
        "value": look(feature.name),
        "unit": feature.unit,
        "contribution_log_odds": effect,
        "odds_factor": float(np.exp(effect)),
        "changeable": feature.changeable,
        "direction": "for" if effect > 0 else "against",
        "known": bool(feature.structural_null) or not np.isnan(look(feature.name)),
    }
