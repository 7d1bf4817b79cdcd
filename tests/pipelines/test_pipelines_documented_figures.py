"""Figures of README and docs that are settings: the sentence and the program say the same."""

from pathlib import Path

import pytest

from features.catalogue.settings import FeatureSettings
from models.comparators.names import BASE_RATE
from models.comparators.rules import RULES
from models.settings.evaluation import GateSettings, NestedSettings
from models.settings.training import LEAST_EVENTS
from models.store.recalibration import FEWEST_EVENTS
from pipelines.runtime.params import load_params

ROOT = Path(__file__).parents[2]
GATES = GateSettings()
PARAMS = load_params(ROOT / "params.yaml")
NUMBERS = {8: "eight", 9: "nine", 10: "ten"}
RULE_NAMES = {*(f"{rule.name}{end}" for rule in RULES for end in ("", "_score")), BASE_RATE}
SAID = [
    ("README.md", f"in the {NUMBERS[FeatureSettings().silence_days]} days before"),
    ("README.md", f"it needs {LEAST_EVENTS} injuries known"),
    ("README.md", f"the whole pipeline on {PARAMS.simulation.athletes} simulated runners"),
    ("docs/trust.md", f"`interval_high` ({GATES.interval_low:g} to {GATES.interval_high:g})"),
    ("docs/trust.md", f"`slope_high` ({GATES.slope_low:g} to {GATES.slope_high:g})"),
    ("docs/trust.md", f"better than each of {NUMBERS[len(RULE_NAMES)]}:"),
    (
        "docs/trust.md",
        f"{FEWEST_EVENTS[False]} injuries for the intercept, {FEWEST_EVENTS[True]} for the slope",
    ),
    ("docs/experiments.md", f"fewer than {NestedSettings().below_events} injuries"),
]


@pytest.mark.parametrize(("page", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_figure_of_the_documentation_is_that_of_the_settings(page, sentence):
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    assert sentence in text


def test_every_gate_of_the_table_is_counted():
    text = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    rows = text.split("## The gates")[1].split("\n\n")[1].splitlines()[2:]
    gates = [name for row in rows for name in row.split("|")[1].split(",")]
    assert f"it has passed {NUMBERS[len(gates)]} gates" in text


def test_the_gates_of_params_yaml_are_the_defaults_that_the_documentation_names():
    assert PARAMS.promotion == GATES
