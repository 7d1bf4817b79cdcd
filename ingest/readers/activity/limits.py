"""What a single file may cost."""

from pathlib import Path

from ingest.readers.base import MAX_FILE_BYTES, FileRefused


def read_limited(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a file that is neither empty nor absurdly large.

    Raises
    ------
    FileRefused
        If the file is empty or larger than `limit` bytes.
    """
    size = path.stat().st_size
    # Before anything is read: a huge file must not fill the memory first.
    if size > limit:
        raise FileRefused(
            "too_large",
            f"the file has {size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that an activity"
            " can need; split it or export it again",
        )
    content = path.read_bytes()
    if not content:
        raise FileRefused("empty_file", "the file is empty; export it again")
    return content
