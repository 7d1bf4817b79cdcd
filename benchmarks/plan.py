"""What rules for plans change: true injuries avoided at equal kilometres, in three worlds.

Run with ``python -m benchmarks.plan``; ``--json`` prints one object, ``--full`` is the study (10
cohorts of 200 athletes and 52 weeks), ``--seed`` other cohorts.

Every week of simulated runners is lived again with its plan altered by a rule
(:mod:`simulation.experiment`): the same plans, nights, thresholds and luck under every rule, and as
many planned kilometres for every runner as without it. What a rule cannot keep (the weekly cap
keeps three quarters) is made up for in the figures: hazards count for the kilometres without it.
What is counted is the sum of the true daily hazards, everything hidden included. A rule is paid for
in kilometres that move (days made shorter; they come back on other days) and in athletes who are
constrained.

The load line is drawn from what a club would know: level, past running, injuries on record, with
published figures alone. In the world `first` a cap at 110 % of the longest run is the best there is
by construction; in `second` another mechanism harms; in `no_spikes` a long run harms no more than
its hours, and no rule about it can help.
"""

import argparse
import json
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.cohort_parts.plan_line import LoadLine
from common.arrays import Floats
from simulation.experiment import Arm, at_equal_distance, resimulate
from simulation.people.roster import Traits
from simulation.people.state import State
from simulation.settings.cohort import SimulationSettings
from simulation.training.plan import Plan
from simulation.training.policies import (
    Capped,
    Limit,
    acwr_limit,
    longest_run_limit,
    unchanged,
    weekly_limit,
)
from simulation.worlds import world

THREE_WORLDS: Final = ("first", "second", "no_spikes")
FIRST_SEED: Final = 7100
DRAWS: Final = 1000
LEVEL: Final = 0.95
KM: Final = 100.0
LEAST_KM: Final = 1.0
UNIFORM: Final = 0.9


def uniform_cut(_traits: Traits, _state: State, plan: Plan) -> Floats:
    """Shorten every run by a tenth: at equal kilometres no change but for races."""
    return np.asarray(UNIFORM * plan.km)


def policies() -> dict[str, Limit]:
    """Return the rules by name; each limit is new, for some of them remember."""
    return {
        "load_line": LoadLine("high"),
        "load_line_raised": LoadLine("raised"),
        "cap_110_longest": longest_run_limit(1.1),
        "cap_110_week": weekly_limit(1.1),
        "cap_acwr": acwr_limit(1.5),
        "uniform_cut": uniform_cut,
    }


def cohort(number: int, options: argparse.Namespace) -> dict[tuple[str, str], dict[str, Floats]]:
    """Return for each world and rule what it changed, runner by runner."""
    changes: dict[tuple[str, str], dict[str, Floats]] = {}
    for name in THREE_WORLDS:
        seed = FIRST_SEED * options.seed + number
        plain = SimulationSettings(seed=seed, athletes=options.athletes, weeks=options.weeks)
        settings = world(name, plain)
        before = resimulate(settings, unchanged)
        for rule, limit in policies().items():
            # At equal kilometres: a rule that only shortens runs would look good by making people
            # run less.
            after, policy = at_equal_distance(settings, limit, options.rounds)
            changes[name, rule] = _changes(before, after, policy, options.weeks)
    return changes


def _changes(before: Arm, after: Arm, policy: Capped, weeks: int) -> dict[str, Floats]:
    return {
        "before": before.expected,
        # What a rule could not keep is made up for here, as the docstring says.
        "after": after.expected * before.km / np.maximum(after.km, LEAST_KM),
        "moved": policy.moved,
        "weeks": policy.weeks_touched / (weeks + 1),
        "planned": policy.km_planned,
        "kept": policy.km_kept,
    }


def figures(parts: Sequence[dict[str, Floats]], seed: int) -> dict[str, Any]:
    """Return the figures of a rule in a world, with 95 % intervals from drawing runners anew."""
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    rows = len(whole["before"])
    drawn = np.random.default_rng(seed).integers(0, rows, (DRAWS, rows))
    avoided = whole["before"] - whole["after"]

    def ratio(at: npt.NDArray[np.int64]) -> Floats:
        moved = whole["moved"][at].sum(axis=-1)
        total = KM * avoided[at].sum(axis=-1)
        return np.divide(total, moved, out=np.zeros_like(total), where=moved > 0)

    share = avoided[drawn].sum(axis=1) / whole["before"][drawn].sum(axis=1)
    return {
        "avoided_per_100km": _interval(ratio(np.arange(rows)[None, :])[0], ratio(drawn)),
        "share_avoided": _interval(float(avoided.sum() / whole["before"].sum()), share),
        "athletes_constrained": round(float((whole["weeks"] > 0).mean()), 4),
        "weeks_constrained": round(float(whole["weeks"].mean()), 4),
        "moved_km_per_athlete": round(float(whole["moved"].mean()), 1),
        "kept_over_planned": round(float(whole["kept"].sum() / whole["planned"].sum()), 4),
    }


def _interval(value: float, drawn: Floats) -> dict[str, float]:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {"value": round(float(value), 5), "low": round(low, 5), "high": round(high, 5)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--full", action="store_true", help="10 cohorts of 200 athletes, 52 weeks")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other cohorts")
    parser.add_argument("--cohorts", type=int)
    parser.add_argument("--athletes", type=int)
    parser.add_argument("--weeks", type=int)
    parser.add_argument("--rounds", type=int, default=3, help="to find equal kilometres")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    sizes = (10, 200, 52) if options.full else (2, 200, 52)
    options.cohorts = options.cohorts or sizes[0]
    options.athletes = options.athletes or sizes[1]
    options.weeks = options.weeks or sizes[2]
    return options


def main() -> None:
    """Print the table, or one JSON object."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    options = _options()
    study = partial(cohort, options=options)
    with ProcessPoolExecutor(options.processes) as workers:
        parts = list(workers.map(study, range(options.cohorts)))
    by_world = {
        name: {
            rule: figures([part[name, rule] for part in parts], options.seed) for rule in policies()
        }
        for name in THREE_WORLDS
    }
    made_of = {
        "seed": options.seed, "cohorts": options.cohorts, "athletes": options.athletes,
        "weeks": options.weeks, "rounds": options.rounds,
    }  # fmt: skip
    if options.json:
        print(json.dumps({"made_of": made_of, "worlds": by_world}, indent=1))
        return
    print(made_of)
    for name, rules in by_world.items():
        for rule, rule_figures in rules.items():
            print(name, rule, json.dumps(rule_figures))


if __name__ == "__main__":
    main()
