"""Keeping an installation and its data in order: what is wrong, and whose data lie where.

Nothing here is part of a stage or of a weekly forecast.
"""
