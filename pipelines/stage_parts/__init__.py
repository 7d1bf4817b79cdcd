"""Parts of the DVC stages: audits, labelled rows, nested validation, card facts, tracking.

Each module serves the stages that import it.
"""
