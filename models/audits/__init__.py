"""Audits that need outcomes: missingness, proximity, purity, risk set, timing.

They stop a run; they change nothing.
"""
