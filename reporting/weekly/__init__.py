"""The weekly page of a team.

Takes a context, gives HTML.
"""
