"""The cohort written as the files of a club.

No drawing of what happens.
"""
