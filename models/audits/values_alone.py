"""What each feature's values alone say of every outcome: they are put in order once for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats, Ints
from models.numeric.telling_values import AnyFloats, most_telling
from models.settings.audits import PuritySettings


@dataclass(frozen=True)
class ValueAlone:
    """One feature, on the rows at risk on which it is known.

    Parameters
    ----------
    feature : str
    rows, events, distinct : int
        Rows, events among them, different values.
    area : float
        AUROC of the values; nan without a pair to compare.
    where : int
        Where events follow most surely, as :func:`models.numeric.telling_values.most_telling` says.
    value, rows_there, events_there, low : float, int, int, float
        That value, the rows and events there, and the lower end of their share's interval.
    """

    feature: str
    rows: int
    events: int
    distinct: int
    area: float
    where: int
    value: float
    rows_there: int
    events_there: int
    low: float


@dataclass(frozen=True)
class ValuesAlone:
    """Every feature alone against one outcome.

    Parameters
    ----------
    features : sequence of ValueAlone
    at_risk, events : int
        Rows with an outcome, and events among them.
    """

    features: Sequence[ValueAlone]
    at_risk: int
    events: int


def values_alone(
    x: pd.DataFrame,
    outcomes: Mapping[str, npt.ArrayLike],
    names: Iterable[str],
    settings: PuritySettings | None = None,
) -> dict[str, ValuesAlone]:
    """Measure each feature alone against each outcome.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Feature matrix.
    outcomes : mapping of str to array-like of shape (n,)
        By name: 0 or 1, null where a row is not at risk.
    names : iterable of str
        Columns.
    settings : PuritySettings, optional
        Fewest rows and events at a value; None takes the defaults.
    """
    settings = settings or PuritySettings()
    against = [_Outcome.of(name, np.asarray(y, dtype=float)) for name, y in outcomes.items()]
    measured: dict[str, list[ValueAlone]] = {outcome.name: [] for outcome in against}
    for feature in names:
        values = _comparable(x[feature])
        ordered = {outcome.key: np.sort(values[outcome.at_risk]) for outcome in against}
        for outcome in against:
            happened = np.sort(values[outcome.events])
            alone = _alone(feature, ordered[outcome.key], happened, settings)
            measured[outcome.name].append(alone)
    return {o.name: ValuesAlone(measured[o.name], len(o.at_risk), len(o.events)) for o in against}


@dataclass(frozen=True, eq=False)
class _Outcome:
    """Rows at risk of an outcome, and those with an event; outcomes of one key share the former."""

    name: str
    key: bytes
    at_risk: Ints
    events: Ints

    @classmethod
    def of(cls, name: str, event: Floats) -> "_Outcome":
        at_risk = ~np.isnan(event)
        return cls(name, at_risk.tobytes(), np.flatnonzero(at_risk), np.flatnonzero(event == 1))


def _comparable(column: pd.Series) -> AnyFloats:
    """Return the values, in single precision where they are stored so, which sorts twice as fast.

    Adding 0.0 makes -0.0 to 0.0: which of two equal values is shown must not be chance.
    """
    values = column.to_numpy()
    return (values if values.dtype == np.float32 else values.astype(np.float64)) + 0.0


def _alone(
    feature: str,
    values: AnyFloats,
    happened: AnyFloats,
    settings: PuritySettings,
) -> ValueAlone:
    rows, events, distinct, pairs, where, value, there, happened_there, low = most_telling(
        values, happened, settings.least_events, settings.least_rows
    )
    every = events * (rows - events)
    area = pairs / every if every else np.nan
    telling = where, value, there, happened_there, low
    return ValueAlone(feature, rows, events, distinct, area, *telling)
