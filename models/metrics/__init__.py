"""Measures of forecasts: discrimination, calibration, net benefit, intervals, sample size.

No fitting of models.
"""
