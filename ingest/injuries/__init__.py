"""Injury entries: words of region, severity, absence and return; repeated reports, two lists.

No readers and no risk set.
"""
