"""Audits that need no outcome: look-ahead, duplicates, identity, ranges, units.

No training.
"""
