"""The week ahead: seven days of running, planned, usual or as run, measured against the past."""
