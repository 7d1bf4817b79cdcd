"""Names for what has no type: each says why once, not at every place that meets it."""

from typing import Any, TypeAlias

Untyped: TypeAlias = Any
"""A value of a library without types (lxml, fitdecode, ezc3d, pyarrow, icalendar, LightGBM, DVC,
MLflow), or arguments that are handed on as they are."""

FromFile: TypeAlias = Any
"""What a JSON or YAML file may hold."""

Cell: TypeAlias = Any
"""What a cell of a frame or a sheet may hold."""
