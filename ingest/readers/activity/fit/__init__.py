"""FIT files of all makes.

From bytes to the columns of a session; no other format.
"""

from ingest.readers.activity.fit.reader import FitReader

__all__ = ["FitReader"]
