"""Score a week: bands, ranking, comparison with earlier forecasts, machine-readable form.

No fitting.
"""
