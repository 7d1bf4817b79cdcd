"""The machine a process runs on: its processors and memory, and how tables keep text in it.

How work is shared among processes stands in `ingest/reading/parallel.py` and
`pipelines/runtime/engine.py`.
"""
