"""What became of earlier forecasts, drift of the data, and the verdict.

No new forecasts.
"""
