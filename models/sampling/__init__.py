"""Which rows count: outcomes, risk set, censoring, splits and folds.

No estimators.
"""
