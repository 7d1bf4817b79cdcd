"""The estimators that may be promoted, their settings, calibration and tuning.

No files but their own text form.
"""
