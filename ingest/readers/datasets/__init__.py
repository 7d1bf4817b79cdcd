"""Readers of public data sets, and what is derived from their aggregates.

No format that a club would export.
"""
