"""The Monday of a team: score, archive, actions, to-dos, monitoring.

Wiring only; formulas live below.
"""
