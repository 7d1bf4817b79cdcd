"""Studies beside the pipeline: replayed seasons, comparisons, the Loevdal benchmark.

No stage needs them.
"""
