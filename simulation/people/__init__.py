"""Who the runners are, when they are in the team, and what they carry from week to week.

No training plans.
"""
