"""From a folder to parsed files: containers, recognising, parallel reading, the parse cache.

No joining of what several files say.
"""
