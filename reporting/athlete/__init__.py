"""One athlete as the page shows them.

Views only; no reading of files.
"""
