"""Settings of outcomes, estimators, comparators, audits and evaluation.

Only pydantic: reading params.yaml loads no library that fits models.
"""
