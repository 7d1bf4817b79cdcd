"""How good the data are: inspection of files, and quality by dataset and by athlete.

It changes no record.
"""
