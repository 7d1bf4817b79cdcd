"""Readers of strength tests: VALD, Hawkin, dynamometers.

Values by side in contract units; no reference ranges.
"""
