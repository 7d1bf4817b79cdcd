"""What was known of an athlete's injuries on a day, in plain Python: for the oracle of features."""

import numpy as np

from features.injuries.rules import as_known_on, effective_injuries
from features.injuries.settings import InjuryRules


def injuries_on(injuries, day, observed_from, kept):
    # Between two dates of the list nothing more becomes known: one answer serves all those days.
    key = ((injuries["onset_date"] <= day).sum(), (injuries["return_date"] <= day).sum())
    if key not in kept:
        known = effective_injuries(as_known_on(injuries, day), InjuryRules())
        columns = ["onset_date", "end_date", "region", "side"]
        kept[key] = list(known[columns].itertuples(index=False, name=None))
    past = [((day - onset).days, (day - end).days, *place) for onset, end, *place in kept[key]]
    within = {days: [i for i in past if i[0] < days] for days in (182, 365, 730)}
    again = [i for k, i in enumerate(past) if i[2] in [j[2] for j in past[:k]]]
    # An injury of both sides comes back on either.
    touched = {"left": {1}, "right": {2}, "both": {1, 2}}
    same = [
        i
        for k, i in enumerate(past)
        if any(i[2] == j[2] and touched[i[3]] & touched[j[3]] for j in past[:k])
    ]
    return {
        "same_side_recurrences_24m": sum(i in within[730] for i in same),
        "injuries_6m": len(within[182]),
        "injuries_12m": len(within[365]),
        "injuries_24m": len(within[730]),
        "knee_injuries_12m": sum(region == "knee" for _, _, region, _ in within[365]),
        "recurrences_24m": sum(i in within[730] for i in again),
        "days_lost_12m": sum(sum(end < d <= onset for d in range(365)) for onset, end, *_ in past),
        "observed": sum(onset >= observed_from for onset, *_ in kept[key]),
        "on_record": sum((observed_from - onset).days <= 365 for onset, *_ in kept[key]),
        "is_injured": float(any(end < 0 for _, end, *_ in past)),
        # Who is still injured is at 0.
        "days_since_return": min((max(end, 0) for _, end, *_ in past), default=np.nan),
    }
