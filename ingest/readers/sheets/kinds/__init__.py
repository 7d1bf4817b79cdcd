"""One module per kind of table: from decided columns to the rows of the contracts.

No decisions about what a column means.
"""
