"""Who is who: pseudonyms, the roster, names in sheets and folders, newcomers.

No file formats; names reach this wing as text.
"""
