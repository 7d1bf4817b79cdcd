"""FIT files of all makes."""

from ingest.readers.activity.fit.reader import FitReader

__all__ = ["FitReader"]
