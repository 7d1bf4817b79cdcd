"""Finished models: artifact, champion, gates, registry, tracking.

No training.
"""
