"""Outcomes, splits, risk models, calibration, evaluation and explanation."""
