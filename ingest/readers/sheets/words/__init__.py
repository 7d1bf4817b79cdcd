"""What a cell or a heading says: numbers, dates, scales, concepts.

One text at a time; nothing about the rest of the table.
"""
