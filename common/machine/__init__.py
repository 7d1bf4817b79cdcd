"""The machine a process runs on: how many processors and how much memory it may use.

How work is shared among processes stands in `ingest/reading/parallel.py` and
`pipelines/runtime/engine.py`.
"""
