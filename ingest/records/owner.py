"""Who a row belongs to before that is decided."""

from typing import Final

OWNER_OF_FILE: Final = "<owner of the file>"
"""Stands in a row's athlete column for whoever the file belongs to."""
