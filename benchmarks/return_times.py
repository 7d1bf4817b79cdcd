"""Intervals of the time to return, for clubs that are faster or slower than published.

Clubs whose returns take 0.5, 1 and 2 times the published times have learnt from 0, 10 and 30
returns of their own; new injuries of theirs are held against the intervals that the page would
draw. `cover_50` and `cover_80` are the shares inside the middle half and the middle 80 %, `factor`
the mean of what the clubs learnt. The named alternative is the published distribution as it
stands (`published_50`, `published_80`).

    python -m benchmarks.return_times --json
"""

import argparse
import json
import sys
from pathlib import Path

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np

from forecasting.returning.blend import Blend, OwnReturns, no_returns
from forecasting.returning.figures import PublishedReturn, published

SCALES = (0.5, 1.0, 2.0)
OWN_RETURNS = (0, 10, 30)
NEW_INJURIES = 20
OPEN_SHARE = 0.2
"""Of a club's own injuries: still open on the day of the forecast, at a random time."""


def times(
    figures: list[PublishedReturn], scale: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return days to return, and log median and log sd of the published figures."""
    middle = np.array([figure.log_median for figure in figures])
    spread = np.array([figure.log_sd for figure in figures])
    days = np.exp(middle + np.log(scale) + spread * rng.standard_normal(len(figures)))
    return days, middle, spread


def club(every: list[PublishedReturn], scale: float, own: int, rng: np.random.Generator) -> Blend:
    """Return what a club has learnt from so many injuries of its own, a part of them still open."""
    if not own:
        return Blend.of(no_returns())
    figures = [every[at] for at in rng.integers(0, len(every), own)]
    days, middle, spread = times(figures, scale, rng)
    back = rng.random(own) >= OPEN_SHARE
    # An open injury is censored: only how long it has lasted so far is known.
    seen = np.where(back, days, days * rng.random(own))
    return Blend.of(OwnReturns(seen, back, middle, spread))


def ranks(every: list[PublishedReturn], scale: float, own: int, clubs: int, seed: int) -> dict:
    """Return the share of new injuries inside the intervals, of the blend and as published."""
    rng = np.random.default_rng([seed, own, int(10 * scale)])
    blended_ranks, plain, factors = [], [], []
    for _ in range(clubs):
        blend = club(every, scale, own, rng)
        factors.append(blend.factor)
        figures = [every[at] for at in rng.integers(0, len(every), NEW_INJURIES)]
        days = times(figures, scale, rng)[0]
        for figure, day in zip(figures, days, strict=True):
            blended_ranks.append(1 - float(blend.not_back(np.array([day]), figure)[0]))
            plain.append(1 - float(PUBLISHED.not_back(np.array([day]), figure)[0]))
    return {
        "scale": scale,
        "own_returns": own,
        "injuries": len(blended_ranks),
        "cover_50": inside(blended_ranks, 0.5),
        "cover_80": inside(blended_ranks, 0.8),
        "published_50": inside(plain, 0.5),
        "published_80": inside(plain, 0.8),
        "factor": round(float(np.mean(factors)), 2),
    }


PUBLISHED = Blend.of(no_returns())


def inside(shares: list[float], level: float) -> float:
    """Return how many lie in the middle `level` of the distribution."""
    return round(float(np.mean(np.abs(np.array(shares) - 0.5) <= level / 2)), 3)


def main() -> None:
    """Print the coverage for every scale and number of own returns."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clubs", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--full", action="store_true", help="1,000 clubs each")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    every = list(published().values())
    clubs = 1000 if options.full else options.clubs
    rows = [
        ranks(every, scale, own, clubs, options.seed) for scale in SCALES for own in OWN_RETURNS
    ]
    if options.json:
        print(json.dumps({"clubs": clubs, "seed": options.seed, "coverage": rows}, indent=1))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
