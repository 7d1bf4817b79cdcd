"""Settings of training: when there is enough to fit, and which features are used."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings
from models.settings.outcomes import Outcome

LEAST_EVENTS = 50
"""Fewest injuries in the training part for which a model is fitted at all, by default."""


class TrainSettings(Settings):
    """When there is enough to fit a model at all, and how many features it may use.

    Parameters
    ----------
    min_events : int
        Fewest injuries in the training part; with fewer no model is fitted and the evidence model
        stands in. Whether a fitted model can be trusted is decided by its gates, not by this.
    most_features : dict of str to int
        Largest number of features by outcome, cut in the pre-declared order of
        :func:`models.sampling.feature_cap.capped`; an outcome that is not named has the number of
        `any`, and without that keeps all.
    also : tuple of str
        Features that the model uses in any case, beside those. Features of one's own
        (`extensions/features`) are used without being named here.
    without : tuple of str
        Features that the model does not use; the matrix still holds them.
    """

    min_events: Annotated[int, Field(ge=10)] = LEAST_EVENTS
    most_features: dict[Outcome, Annotated[int, Field(ge=1)]] = Field(
        default={"any": 38, "knee": 38}
    )
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def most_features_of(self, outcome: str) -> int | None:
        """Return the largest number of features of an outcome, None where all are kept.

        Examples
        --------
        >>> TrainSettings().most_features_of("hamstring_strain")
        38
        >>> TrainSettings(most_features={"knee": 20}).most_features_of("any") is None
        True
        """
        most = {str(key): count for key, count in self.most_features.items()}
        return most.get(outcome, most.get("any"))
