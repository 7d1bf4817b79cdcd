"""A replayed season as a page, tables and sentences.

No replaying.
"""
