"""The athlete-day panel: tables as daily channels, and the view formulas are written in.

No formulas of features.
"""
