"""The week ahead: seven days of running, planned, usual or as run, measured against the past.

No effects on a forecast; those are in `models/week_ahead`.
"""
