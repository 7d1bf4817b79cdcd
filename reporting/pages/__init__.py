"""The smaller pages: ingest quality, audit, monitor.

Takes tables, gives HTML.
"""
