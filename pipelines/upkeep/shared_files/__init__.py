"""Take a person out of files that hold other people too: sheets, workbooks, documents.

No search for the files; `pipelines/upkeep/search.py` finds them.
"""
