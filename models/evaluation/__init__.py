"""The evaluation of all models on one test part, and comparisons of runs.

Tables only; no drawing.
"""
