"""What DVC stages are made of.

Each module serves the stages that import it.
"""
