"""Write a cohort as the files of a club, and the truth apart from them."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import yaml

from common.frame_files import write_frame
from common.store import write_json
from simulation.cohort import Cohort
from simulation.export.activities import write_activities
from simulation.export.club import write_club
from simulation.export.plans import write_plans
from simulation.observed.answers import WELLNESS_ITEMS
from simulation.people.roster import DAYS
from simulation.streams import streams


def write_cohort(cohort: Cohort, raw: Path, truth: Path) -> None:
    """Write the raw files of a club dataset into `raw` and the truth into `truth`.

    Each folder is built beside its place and then put there as a whole: it holds this cohort or
    the former one, never a mixture. Between the two the former one lies beside the place under a
    hidden name; an error puts it back at once, the next call after a crash.

    Parameters
    ----------
    cohort : Cohort
    raw : Path
        ``data/raw/<dataset>``; its ``dataset.yaml`` carries the digest of the truth.
    truth : Path
        ``data/truth/<dataset>``: ``manifest.json`` and ``truth.parquet``.
    """
    # The truth first, since the raw files carry its digest.
    _replace(truth, lambda folder: _write_truth(cohort, folder))
    digest = hashlib.sha256((truth / "truth.parquet").read_bytes()).hexdigest()
    _replace(raw, lambda folder: _write_raw(cohort, folder, digest))


def _replace(target: Path, fill: Callable[[Path], None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    former = target.with_name(f".{target.name}.former")
    _put_back(former, target)
    # Beside the target: moving a folder to another file system would copy it file by file.
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
        fresh = Path(scratch) / target.name
        fresh.mkdir()
        fill(fresh)
        if target.exists():
            # Not into the scratch folder, which is deleted on an error with all that is in it.
            target.rename(former)
        try:
            fresh.rename(target)
        finally:
            _put_back(former, target)


def _put_back(former: Path, target: Path) -> None:
    """Put a former folder into its place if that is empty; else it is not needed any more."""
    if not former.exists():
        return
    if target.exists():
        shutil.rmtree(former)
    else:
        former.rename(target)


def _write_raw(cohort: Cohort, folder: Path, truth_sha256: str) -> None:
    settings = cohort.settings
    pen = np.random.default_rng(streams(settings.seed).pen)
    write_activities(cohort, folder)
    write_club(cohort, folder, pen)
    write_plans(cohort, folder)
    last = np.datetime64(settings.start, "D") + settings.weeks * DAYS - 1
    scale = {"worst": 1, "best": 5}
    config = {
        "name": settings.name,
        "kind": "club",
        # By this a model of these runners refuses to score real ones.
        "simulated": True,
        "truth_sha256": truth_sha256,
        "pseudonyms": "public",
        "time_zone": settings.time_zone,
        "observed_from": settings.start,
        "observed_to": last.item(),
        "wellness_scales": {item: dict(scale) for item in WELLNESS_ITEMS},
        "injuries_asked_at_entry_days": 365 if settings.observation.history_at_entry else 0,
    }
    (folder / "dataset.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def _write_truth(cohort: Cohort, folder: Path) -> None:
    settings = cohort.settings
    write_frame(folder / "truth.parquet", cohort.truth)
    write_json(
        folder / "manifest.json",
        {
            "simulated": True,
            "dataset": settings.name,
            "seed": settings.seed,
            "horizon_days": settings.horizon_days,
            "athletes": settings.athletes,
            "rows": len(cohort.truth),
        },
    )
