"""Which injuries are recurrent: the same region, and side where both are known, was injured before.

A written return ends an injury, so the next one there is an event of its own. Only earlier onsets
decide; nothing later can make an injury recurrent.
"""

import pandas as pd


def with_recurrence(injuries: pd.DataFrame) -> pd.DataFrame:
    """Fill the column `recurrent`; null for entries that are no injury or of an unknown region.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract; entries of class complaint and not_running are no earlier injury.
    """
    ordered = injuries.sort_values(["athlete", "onset_date", "region", "side"], kind="stable")
    before: dict[tuple[str, str], set[str]] = {}
    flags: list[bool | None] = []
    cells = ordered[["athlete", "region", "side", "class", "class_reason"]].astype("str").fillna("")
    for athlete, region, side, kind, reason in cells.itertuples(index=False, name=None):
        if not _is_injury(kind, reason) or region == "unknown":
            flags.append(None)
            continue
        sides = before.setdefault((athlete, region), set())
        flags.append(_agrees(_named(side), sides))
        sides.add(_named(side))
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
