"""Advice from a closed list, each entry with its evidence, matched by what can be changed."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from common.language import message
from common.settings import Settings
from common.settings_errors import settings_error
from common.yaml_file import load_packaged_yaml

PACKAGED: Final = Path(__file__).with_name("advice.yaml")

LOW_STEP_RATE_SPM: Final = 166.0
"""Upper bound of the lowest third at a speed of their own choice, 68 runners (Luedke 2016)."""

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Advice(Settings):
    """One thing to try.

    Parameters
    ----------
    key : str
        Its name.
    families : tuple of str
        Families of features (:func:`forecasting.reasons.families.family`) it answers to.
    advice, evidence, figures, source : str
        What to try, how well that is known in plain words, the same in figures (empty where there
        are none), and who found it.
    measured : str
        `advice` with the athlete's own figures in braces, told where all of them are known.
    needs : str
        What else must be true of the athlete: a week clearly above the usual (``risen_week``), a
        run above the longest of the 30 days before (``longer_run``), a step rate of
        :data:`LOW_STEP_RATE_SPM` at most (``low_step_rate``). Load speaks for a higher risk by its
        sheer amount too, and that is no ground for advice on how to raise it.
    """

    key: str
    families: tuple[str, ...]
    advice: str
    evidence: str
    figures: str = ""
    source: str
    measured: str = ""
    needs: Literal["", "risen_week", "longer_run", "low_step_rate"] = ""

    def with_figures(self, figures: Mapping[str, str]) -> "Advice":
        """Return the entry with the athlete's own figures, or as it is where one is unknown."""
        wanted = {name for _, name, _, _ in Formatter().parse(self.measured) if name}
        texts = {
            name: message(getattr(self, name))
            for name in ("advice", "evidence", "figures", "source")
        }
        # One unknown figure is enough: a sentence with a gap would be told to a coach.
        if wanted and wanted <= set(figures):
            texts["advice"] = message(self.measured, **figures)
        return self.model_copy(update=texts)


def load_advice(path: Path = PACKAGED) -> tuple[Advice, ...]:
    """Read the list.

    Raises
    ------
    StridecastError
        If the file does not follow the form.
    """
    try:
        content = load_packaged_yaml(path)
        return TypeAdapter(tuple[Advice, ...]).validate_python(content)
    except ValidationError as error:
        # Whoever edits the list needs the entry at fault, not the trace of a library.
        raise settings_error(str(path), error, tuple[Advice, ...]) from None


@lru_cache(maxsize=1)
def _packaged() -> tuple[Advice, ...]:
    return load_advice()


def advice_for(
    families: Collection[str],
    grounds: Collection[str] = (),
    figures: Mapping[str, str] = NOTHING,
) -> tuple[Advice, ...]:
    """Return the entries that answer to any of the families, in the order of the list.

    Parameters
    ----------
    families : collection of str
        Families of an athlete's reasons that can be changed and raise the forecast.
    grounds : collection of str
        Which of the needs are met.
    figures : mapping of str to str
        The athlete's own numbers by the names that `measured` has in braces.

    Examples
    --------
    >>> [entry.key for entry in advice_for({"longest_run_spike", "sleep_h"}, {"longer_run"})]
    ['progression']
    >>> advice_for({"longest_run_spike"})
    ()
    """
    # Entries without a need answer to their family alone.
    met = {"", *grounds}
    return tuple(
        entry.with_figures(figures)
        for entry in _packaged()
        if entry.needs in met and set(entry.families) & set(families)
    )
