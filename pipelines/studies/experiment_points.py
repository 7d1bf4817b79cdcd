"""Points of a study: which settings each experiment has, from a YAML file."""

import hashlib
import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from pydantic import Field, ValidationError, model_validator

from common.errors import StridecastError
from common.settings import Settings
from common.settings_errors import settings_error
from common.yaml_file import load_yaml

MOST_POINTS: Final = 1000
_DIGITS: Final = 8
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
Key = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_.]*$")]


class Point(NamedTuple):
    """One experiment: its name, and keys of `params.yaml` with their values as YAML."""

    name: str
    settings: Mapping[str, str]

    @property
    def settings_line(self) -> str:
        """The settings in one line."""
        return " ".join(f"{key}={value}" for key, value in self.settings.items()) or "as it is"


class Study(Settings):
    """The content of a file of points.

    Parameters
    ----------
    sweep : mapping of str to list
        Key of `params.yaml` -> values; every combination is a point.
    points : list of mapping
        Single points: key -> value.
    """

    sweep: dict[Key, Annotated[list[Any], Field(min_length=1)]] = Field(default_factory=dict)
    points: list[dict[Key, Any]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _holds_something(self) -> "Study":
        if not self.sweep and not self.points:
            raise ValueError("no point: name values under sweep, or settings under points")
        return self


def load_points(path: Path) -> list[Point]:
    """Return the points of a file, each once, in the order of the file.

    The name of a point is the file's name and a digest of its settings, so that the same point is
    found again however the file around it changes.

    Raises
    ------
    StridecastError
        If the file is missing, holds no point, or too many.
    """
    try:
        study = Study.model_validate(load_yaml(path))
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "name a file of points") from None
    except ValidationError as error:
        raise settings_error(str(path), error, Study) from None
    prefix = _UNSAFE.sub("-", path.stem).strip("-") or "points"
    points = {
        point.name: point
        for point in (_point(prefix, settings) for settings in _settings(study, path))
    }
    return list(points.values())


def _settings(study: Study, path: Path) -> list[dict[str, Any]]:
    count = len(study.points)
    if study.sweep:
        combinations = 1
        for values in study.sweep.values():
            combinations *= len(values)
        count += combinations
    if count > MOST_POINTS:
        raise StridecastError(
            f"{path}: {count:,} points, more than {MOST_POINTS:,}", "name fewer values"
        )
    grid = itertools.product(*study.sweep.values()) if study.sweep else []
    swept = [dict(zip(study.sweep, values, strict=True)) for values in grid]
    return [*swept, *study.points]


def _point(prefix: str, values: Mapping[str, Any]) -> Point:
    settings = {key: json.dumps(value, default=str) for key, value in values.items()}
    # Sorted, so that the order of the keys in the file makes no other point.
    settings_json = json.dumps(dict(sorted(settings.items())))
    digest = hashlib.sha256(settings_json.encode()).hexdigest()[:_DIGITS]
    # Hydra needs no quotes around a plain word; other texts keep them.
    plain = {
        key: value[1:-1] if re.fullmatch(r'"[A-Za-z_][A-Za-z0-9_]*"', value) else value
        for key, value in settings.items()
    }
    return Point(f"{prefix}-{digest}", plain)
