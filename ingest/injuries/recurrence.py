"""Which injuries are recurrent: the same region, and side where both are known, was injured before.

A written return ends an injury, so the next one there is an event of its own. Only earlier onsets
decide; nothing later can make an injury recurrent.
"""

import pandas as pd


def with_recurrence(injuries: pd.DataFrame, within_days: int | None = None) -> pd.DataFrame:
    """Fill the column `recurrent`; null for entries that are no injury or of an unknown region.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract; entries of class complaint and not_running are no earlier injury.
    within_days : int, optional
        An injury is recurrent up to so many days after the earlier one ended (began, where no
        return was written); by default whenever the earlier one was.
    """
    ordered = injuries.sort_values(["athlete", "onset_date", "region", "side"], kind="stable")
    reach = None if within_days is None else pd.Timedelta(days=within_days)
    before: dict[tuple[str, str], list[tuple[pd.Timestamp, str]]] = {}
    ends = ordered["return_date"].fillna(ordered["onset_date"])
    days = zip(ordered["onset_date"], ends, strict=True)
    flags: list[bool | None] = []
    cells = ordered[["athlete", "region", "side", "class", "class_reason"]].astype("str").fillna("")
    rows = zip(cells.itertuples(index=False, name=None), days, strict=True)
    for (athlete, region, side, kind, reason), (onset, end) in rows:
        # A complaint is no earlier injury, and an unknown region may be any.
        if not _is_injury(kind, reason) or region == "unknown":
            flags.append(None)
            continue
        earlier = before.setdefault((athlete, region), [])
        near = {where for ended, where in earlier if reach is None or onset - ended <= reach}
        flags.append(_agrees(_named(side), near))
        earlier.append((end, _named(side)))
    ordered = ordered.assign(recurrent=pd.array(flags, dtype="boolean"))
    return ordered.sort_index()


def _is_injury(kind: str, reason: str) -> bool:
    return kind == "injury" or not (kind or reason)


def _named(side: str) -> str:
    return "" if side == "none" else side


def _agrees(side: str, earlier: set[str]) -> bool:
    """Return whether a side agrees with one of earlier injuries; an unknown one agrees with all."""
    wide = {"", "both"}
    return bool(earlier) and (side in wide or side in earlier or bool(earlier & wide))
