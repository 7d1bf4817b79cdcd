"""The tables of all parts of a club, one below the other: what a club on disk is held against."""

import pandas as pd

from ingest.harmonise.by_athletes import added_steps, in_memory, joined_parts
from ingest.harmonise.parts import Parts
from ingest.harmonise.tables import Tables
from ingest.reading.batches import ROWS_AT_ONCE


def harmonise_by_athletes(records, disguise, rules, rows_at_once=ROWS_AT_ONCE):
    parts = Parts(records, disguise.athletes, rows_at_once)
    joined = list(joined_parts(parts, disguise, rules, in_memory))
    tables = {
        name: pd.concat([part.tables[name] for part in joined], ignore_index=True)
        for name in joined[0].tables
    }
    repairs = pd.concat([part.repairs for part in joined])
    return Tables(tables, added_steps(part.merged for part in joined), repairs)
