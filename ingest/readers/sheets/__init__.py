"""Sheets that people keep: any layout, any heading, ten languages; what is not sure is asked.

No export of a program with a fixed layout.
"""
