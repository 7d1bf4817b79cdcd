"""Text: bytes decoded, cells of spreadsheets, and codes, columns and numbers in words for a reader.

No sentences of one page only.
"""
