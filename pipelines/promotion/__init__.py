"""A model through its gates into use, and back.

Wiring only.
"""
