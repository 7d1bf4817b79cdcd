"""The week ahead on the page and in the terminal.

Words and rows only; what a plan does to a forecast is computed in `forecasting/planning`.
"""
