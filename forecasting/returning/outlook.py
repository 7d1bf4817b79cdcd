"""For each injured athlete: when others were back, and how far the athlete is."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from features.injuries.rules import as_known_on, running_injuries
from forecasting.returning.blend import Blend, OwnReturns
from forecasting.returning.figures import PublishedReturn, published_for
from forecasting.returning.messages import (
    clinician_message,
    distribution_message,
    evidence_message,
    next_message,
    raised_risk_message,
    standing_message,
)
from forecasting.returning.own_rows import Columns, pain_of, sessions_of
from forecasting.returning.stages import position, tissue_of

CURVE_DAYS: Final = (0, 7, 14, 21, 28, 42, 56, 70, 84, 112, 140, 182, 273, 365)
"""Days from now at which the curve is told."""


def own_returns(injuries: pd.DataFrame, as_of: pd.Timestamp) -> OwnReturns:
    """Return a team's own injuries up to a day, each beside the published figure that fits it.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table; a return that is not known on the day leaves an injury open.
    as_of : pandas.Timestamp
        The day.
    """
    # As known on the day: returns that were written later would make old forecasts look clever.
    known = running_injuries(as_known_on(injuries, as_of))
    back = known["return_date"].notna()
    # Open injuries count up to today, as not back yet; without them the times would be too short.
    days = (known["return_date"].fillna(as_of) - known["onset_date"]).dt.days
    figures = [_figure(row) for row in known.to_dict("records")]
    return OwnReturns(
        days=np.asarray(days, dtype=np.float64),
        is_back=back.to_numpy(dtype=bool),
        log_median=np.array([figure.log_median for figure in figures]),
        log_sd=np.array([figure.log_sd for figure in figures]),
    )


def outlooks(
    tables: Mapping[str, pd.DataFrame],
    hurt: pd.DataFrame,
    as_of: pd.Timestamp,
    blend: Blend | None = None,
) -> dict[str, dict[str, Any]]:
    """Return the way back of each athlete who is injured on a day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `injuries`, `sessions`, `pain` and `athletes`.
    hurt : pandas.DataFrame
        From :func:`forecasting.status.open_injuries.open_injuries`.
    as_of : pandas.Timestamp
        The day.
    blend : Blend, optional
        What the club's own injuries teach, where the tables do not hold all of them.

    Returns
    -------
    dict of str to dict
        By athlete: days_since_onset, who, source, n, half_by_days and quarter_longer_than_days
        (days since onset, given that the athlete is not back yet), own_weight, own_returns,
        own_half_by_days (of all injuries of the team, Kaplan and Meier; null below a half), curve
        (list of [day since onset, share back of those not back now]), stage (null where nothing
        was logged), sentences (by what they say: distribution, evidence, standing, next,
        clinician, raised_risk).
    """
    if hurt.empty:
        return {}
    learnt = blend or Blend.of(own_returns(tables["injuries"], as_of))
    levels = tables["athletes"].set_index("athlete")["level"]
    sessions = sessions_of(tables["sessions"], hurt["athlete"])
    pain = pain_of(tables["pain"], hurt["athlete"])
    by_athlete: dict[str, dict[str, Any]] = {}
    for row in hurt.to_dict("records"):
        who = row["athlete"]
        injury = {**row, "level": levels.get(who)}
        by_athlete[str(who)] = _outlook(sessions[who], pain[who], injury, learnt, as_of)
    return by_athlete


def _figure(row: Mapping[Any, Any]) -> PublishedReturn:
    return published_for(
        _text(row.get("diagnosis")),
        str(row["region"]),
        _text(row.get("severity")),
        _text(row.get("level")),
    )


def _outlook(
    sessions: Columns,
    pain: Columns,
    row: Mapping[Any, Any],
    blend: Blend,
    as_of: pd.Timestamp,
) -> dict[str, Any]:
    figure, so_far = _figure(row), int((as_of - row["onset_date"]).days)
    half = blend.back_by(0.5, figure, so_far)
    long = blend.back_by(0.75, figure, so_far)
    days = np.array(CURVE_DAYS, dtype=np.float64) + so_far
    left = blend.not_back(days, figure)
    # Of those who are not back today: the days that have passed are no longer open.
    shares = 1 - left / max(float(left[0]), 1e-12)
    region, tissue = str(row["region"]), tissue_of(_text(row.get("diagnosis")), str(row["region"]))
    stands = position(sessions, pain, row["onset_date"], region, as_of)
    return {
        "days_since_onset": so_far,
        "who": figure.who,
        "source": figure.source,
        "n": figure.n,
        "half_by_days": round(half),
        "quarter_longer_than_days": round(long),
        "own_weight": round(blend.own_weight, 3),
        "own_returns": blend.returns,
        "own_half_by_days": blend.half_by_days,
        "curve": [[int(day), round(float(s), 3)] for day, s in zip(days, shares, strict=True)],
        "stage": None if stands.stage is None else int(stands.stage),
        "sentences": {
            "distribution": distribution_message(so_far, half, long, blend.back_by(0.5, figure)),
            "evidence": evidence_message(figure, blend),
            "standing": standing_message(stands, tissue),
            "next": next_message(stands, tissue, region),
            "clinician": clinician_message(tissue),
            "raised_risk": raised_risk_message(),
        },
    }


def _text(value: Any) -> str | None:  # noqa: ANN401 - a cell of any column
    return None if value is None or pd.isna(value) or value == "unknown" else str(value)
