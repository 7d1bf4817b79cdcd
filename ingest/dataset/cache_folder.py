"""Where what was parsed is kept from run to run."""

import hashlib
import os
from pathlib import Path

from platformdirs import user_cache_path


def default_cache(root: Path) -> Path:
    """Return the folder of a project's cache: `$STRIDECAST_CACHE`, else in the user's own cache."""
    told = os.environ.get("STRIDECAST_CACHE")
    if told:
        return Path(told)
    project = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    return user_cache_path("stridecast", appauthor=False) / project
