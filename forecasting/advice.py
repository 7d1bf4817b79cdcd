"""Advice from a closed list, each entry with its evidence, matched by what can be changed."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ingest.settings_error import settings_error

PACKAGED: Final = Path(__file__).with_name("advice.yaml")


class Advice(BaseModel):
    """One thing to try.

    Parameters
    ----------
    key : str
        Its name.
    families : tuple of str
        Families of features (:func:`forecasting.families.family`) it answers to.
    advice, evidence, figures, source : str
        What to try, how well that is known in plain words, the same in figures (empty where there
        are none), and who found it.
    needs : str
        What else must be true of the athlete's week: one clearly above the usual (``risen_week``)
        or a run above the longest of the 30 days before (``longer_run``). Load speaks for a higher
        risk by its sheer amount too, and that is no ground for advice on how to raise it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    families: tuple[str, ...]
    advice: str
    evidence: str
    figures: str = ""
    source: str
    needs: Literal["", "risen_week", "longer_run"] = ""


def load_advice(path: Path = PACKAGED) -> tuple[Advice, ...]:
    """Read the list.

    Raises
    ------
    StridecastError
        If the file does not follow the form.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(tuple[Advice, ...]).validate_python(content)
    except ValidationError as error:
        raise settings_error(str(path), error, tuple[Advice, ...]) from None


@lru_cache(maxsize=1)
def _packaged() -> tuple[Advice, ...]:
    return load_advice()


def advice_for(families: Collection[str], grounds: Collection[str] = ()) -> tuple[Advice, ...]:
    """Return the entries that answer to any of the families, in the order of the list.

    Parameters
    ----------
    families : collection of str
        Families of an athlete's reasons that can be changed and raise the forecast.
    grounds : collection of str
        Which of the needs are met.

    Examples
    --------
    >>> [entry.key for entry in advice_for({"longest_run_spike", "sleep_h"}, {"longer_run"})]
    ['progression']
    >>> advice_for({"longest_run_spike"})
    ()
    """
    met = {"", *grounds}
    return tuple(
        entry for entry in _packaged() if entry.needs in met and set(entry.families) & set(families)
    )
