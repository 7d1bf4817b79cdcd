"""Injuries as known on a day: which reports are one injury and when it ends.

No outcomes.
"""
