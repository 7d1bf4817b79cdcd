"""Window kernels on the grid of days: rolling windows, EWMA, running statistics.

Numbers in, numbers out; no knowledge of tables.
"""
