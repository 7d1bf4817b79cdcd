"""Parsing that readers of text share: encodings, delimiters, numbers, dates.

No knowledge of a vendor.
"""
