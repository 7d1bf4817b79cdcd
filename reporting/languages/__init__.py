"""Messages and plain rows that all pages share.

No HTML.
"""
