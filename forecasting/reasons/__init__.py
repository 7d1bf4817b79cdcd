"""Reasons in words: ranked contributions, sentences, advice.

No HTML.
"""
