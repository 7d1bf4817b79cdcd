"""Where parsed files are kept from run to run."""

import os
from pathlib import Path


def default_cache(root: Path) -> Path:
    """Return the folder of the cache: `$STRIDECAST_CACHE`, else `.stridecast-cache` in `root`."""
    return Path(os.environ.get("STRIDECAST_CACHE") or root / ".stridecast-cache")
