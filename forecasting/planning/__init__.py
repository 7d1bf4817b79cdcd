"""The week ahead: what a plan does to a forecast, the load line, and what else could be done.

No reading of plans and no pages.
"""
