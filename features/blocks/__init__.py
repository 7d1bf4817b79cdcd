"""The feature blocks: formulas beside their catalogue entries.

Pure functions of the panel; no I/O and no labels.
"""
