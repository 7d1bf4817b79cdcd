"""Remarks of a diary: what is written beside a day's training, and whether it tells a problem.

No entries of injury lists; their words are in `ingest/injuries`.
"""
