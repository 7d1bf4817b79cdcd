"""Injury entries: free text to region, side and diagnosis, and repeated reports.

No readers and no risk set.
"""
