"""The last lines of `make demo`: what came out, and where to look."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from pathlib import Path

import pandas as pd

from common.store import read_json
from models.evaluation.key_figures import in_use
from models.settings.evaluation import GateSettings
from pipelines.runtime.params import load_params
from pipelines.runtime.workspace import Workspace
from pipelines.weekly.week import read_week
from reporting.card.verdict import measures_off

Metrics = dict[str, dict[str, dict[str, float | None]]]


def lines(workspace: Workspace, limits: GateSettings) -> list[str]:
    """Return the summary, five lines and the page's path.

    Parameters
    ----------
    workspace : Workspace
        Where the reports lie.
    limits : GateSettings
        Where the gates of slope and level close.
    """
    report = read_json(workspace.reports / "ingest.json")
    metrics = read_json(workspace.reports / "metrics.json")
    week = read_week(workspace.scores)
    # One outcome alone, or each athlete would be counted once per outcome.
    leading = week.scores[week.scores["outcome"] == week.scores["outcome"].iloc[0]]
    totals = report["totals"]
    return [
        f"read      {totals['read']:,} rows of {len(report['files'])} files: {totals['accepted']:,}"
        f" accepted, {totals['repaired']:,} repaired, {totals['rejected']:,} rejected",
        *(_quality(outcome, models, limits) for outcome, models in metrics.items()),
        f"forecast  {leading['probability'].notna().sum()} athletes for the week after"
        f" {week.as_of.date()}; {_bands(leading)}",
        "runs      make ui",
        f"page      {workspace.reports / 'forecast.html'}",
    ]


def _quality(outcome: str, models: Metrics, limits: GateSettings) -> str:
    name = in_use(models)
    auroc, slope = models[name]["auroc"], models[name]["calibration_slope"]
    # Too few events give null; formatting it would stop the last step of the demo.
    if auroc["value"] is None:
        return f"{outcome:<9} {name}: too few events to verify"
    text = (
        f"{outcome:<9} {name}: AUROC {_number(auroc['value'])} ({_number(auroc['low'])}-"
        f"{_number(auroc['high'])}), calibration slope {_number(slope['value'])}"
    )
    # An AUROC alone would read as praise of a model whose probabilities are off.
    if measures_off(models[name], limits):
        text += " (not shown to be calibrated: see the model card)"
    text += _who_and_when(models[name])
    share = models[name].get("share_of_oracle", {}).get("value")
    if share is None:
        return text
    information = models[name]["information_share"]["value"]
    gain = "" if information is None else f", {information:.0%} of its information"
    return f"{text}, {share:.0%} of the way to the oracle's AUROC{gain}"


def _who_and_when(measured: dict[str, dict[str, float | None]]) -> str:
    """Say whether it tells athletes apart and an athlete's weeks apart; nothing if not measured."""
    who, when = (measured.get(name, {}).get("value") for name in ("who_slope", "when_slope"))
    if who is None or when is None:
        return ""
    return f", WHO slope {_number(who)}, WHEN slope {_number(when)}"


def _number(number: float | None) -> str:
    """Say a number, or that too few events define it."""
    return "?" if number is None else f"{number:.2f}"


def _bands(scores: pd.DataFrame) -> str:
    counts = scores["band"].value_counts()
    return ", ".join(f"{counts.get(band, 0)} {band}" for band in ("very high", "high", "raised"))


if __name__ == "__main__":
    params = load_params(Path("params.yaml"))
    print("\n".join(lines(Workspace(Path.cwd(), params.dataset), params.promotion)))
