"""From the record stream of any device to the columns of one session.

No file format.
"""

from ingest.readers.activity.track.series import Pause, Track, make_track
from ingest.readers.activity.track.summary import summarise

__all__ = ["Pause", "Track", "make_track", "summarise"]
