"""Garmin Connect's activity list and account export.

Nights are in the health wing.
"""
