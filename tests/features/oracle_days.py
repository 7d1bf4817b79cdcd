"""On which days something is known of an athlete, in plain pandas: for the oracle of features."""

import pandas as pd

LOGS = {
    "sessions": "local_date",
    "wellness": "date",
    "pain": "date",
    "exercise": "date",
    "body": "date",
    "strength": "date",
    "gait": "date",
}


def known_days(tables, days):
    logged = set()
    for table, column in LOGS.items():
        rows = tables[table]
        # A row in which nothing was answered is no record.
        if table in ("wellness", "body"):
            rows = rows.dropna(
                how="all", subset=[c for c in rows if c not in ("athlete", "date", "source")]
            )
        logged |= set(rows[column])
    # Ten days of silence may be rest; beyond them nothing is known.
    return pd.Series(
        [any(d - pd.Timedelta(days=k) in logged for k in range(11)) for d in days], index=days
    )
