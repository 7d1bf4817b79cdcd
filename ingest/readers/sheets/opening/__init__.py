"""From a file to tables: workbooks and text with separators, headings found below titles.

No meaning of headings or cells.
"""
