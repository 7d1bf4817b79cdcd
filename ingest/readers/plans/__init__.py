"""Readers of training plans: calendars, and what lists say of sessions that are not done.

A plan is no session; what was done is never read here.
"""
