"""A dataset folder: where it lies, its settings file, and what the names of its files tell.

No reading of contents.
"""
