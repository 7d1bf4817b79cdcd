"""A dataset of many clubs: read club by club, joined in the order of athletes.

No reading of a single file; that is `ingest`.
"""
