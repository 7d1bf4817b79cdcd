"""What the history of an output folder is made of: what was seen, done, and damaged.

No forecasts: their archive is in `pipelines/weekly`.
"""
