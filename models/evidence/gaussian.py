"""A multivariate normal over named coefficients: prior, posterior, and what is exported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from common.arrays import Floats


@dataclass(frozen=True, eq=False)
class Gaussian:
    """Normal distribution of coefficients.

    Parameters
    ----------
    names : tuple of str
        The coefficients.
    mean : ndarray of shape (k,)
        Means.
    covariance : ndarray of shape (k, k)
        Symmetric, positive definite.
    """

    names: tuple[str, ...]
    mean: Floats
    covariance: Floats

    def draws(self, number: int, seed: int) -> Floats:
        """Return random draws, shape (number, k); the same seed gives the same draws."""
        rng = np.random.default_rng(seed)
        # Coefficients are drawn together: drawn one by one they would lose what the data say of
        # sums.
        root = np.linalg.cholesky(self.covariance)
        return np.asarray(self.mean + rng.standard_normal((number, len(self.mean))) @ root.T)

    def variance_along(self, directions: Floats) -> Floats:
        """Return the variance of the sums `directions @ coefficients`, shape (n,)."""
        variance: Floats = np.einsum("ij,jk,ik->i", directions, self.covariance, directions)
        return variance

    def content(self) -> dict[str, Any]:
        """Return names, mean and covariance as plain lists."""
        return {
            "names": list(self.names),
            "mean": self.mean.tolist(),
            "covariance": self.covariance.tolist(),
        }

    @classmethod
    def revived(cls, content: Mapping[str, Any]) -> Self:
        """Return what :meth:`content` described.

        Raises
        ------
        ValueError
            If the sizes do not agree.
        """
        names = tuple(str(name) for name in content["names"])
        mean = np.array(content["mean"], dtype=np.float64)
        covariance = np.array(content["covariance"], dtype=np.float64)
        if mean.shape != (len(names),) or covariance.shape != (len(names), len(names)):
            raise ValueError("names, mean and covariance differ in size")
        return cls(names, mean, covariance)
