"""The load block: how much, how it changed, how it was spread.

Pure functions of the panel.
"""
