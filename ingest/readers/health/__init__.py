"""Readers of nights and mornings: sleep, resting heart rate and its variability.

No activities.
"""
