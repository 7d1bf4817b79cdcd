"""What reading a file leaves: examined records, the account of rows, clocks, ranges.

No file formats and no knowledge of a whole folder.
"""
