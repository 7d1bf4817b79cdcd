"""One session is one session: matching answers to recordings, joining sources, clocks.

Pure functions on frames; no files.
"""
