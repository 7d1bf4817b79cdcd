"""FIT files of all makes."""

from ingest.readers.fit.reader import FitReader

__all__ = ["FitReader"]
