"""Settings of the search for hyper-parameters."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class TuneSettings(Settings):
    """How settings are judged.

    Parameters
    ----------
    athlete_folds, time_cuts : int
        Of :class:`models.sampling.folds.AthleteTimeFolds`.
    seed : int
        Seed of folds and sampler.
    """

    athlete_folds: Annotated[int, Field(ge=2)] = 5
    time_cuts: Annotated[int, Field(ge=1)] = 1
    seed: int = 0
