"""Numerical building blocks: weighted logistic regression, ridge, splines.

Arrays in, arrays out.
"""
