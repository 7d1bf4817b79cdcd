"""Readers of activities: FIT, TCX, GPX, lists of sessions, account exports.

One file in, session rows out.
"""
