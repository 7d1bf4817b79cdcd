"""Published figures and the forecast they give without a trained model.

Every figure names its source.
"""
