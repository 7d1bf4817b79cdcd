"""One reader per file format, by what is held; the registry knows them all.

A reader sees one file, never the folder.
"""
