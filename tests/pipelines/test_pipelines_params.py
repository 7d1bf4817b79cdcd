"""params.yaml: the committed file is valid, and every mistake is one line that names the key."""

from pathlib import Path

import pytest
import yaml
from dvc.utils.hydra import apply_overrides

from common.errors import StridecastError
from pipelines.runtime.params import Params, load_params

ROOT = Path(__file__).parents[2]


def committed() -> dict:
    return yaml.safe_load((ROOT / "params.yaml").read_text())


def test_the_committed_file_is_valid_and_holds_the_defaults():
    params = load_params(ROOT / "params.yaml")
    assert params == Params(dataset="demo", outcomes=("any", "knee"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"risk": {"num_leafs": 4}}, r"unknown key 'risk.num_leafs'; did you mean 'num_leaves'\?"),
        ({"datset": "demo"}, r"unknown key 'datset'; did you mean 'dataset'\?"),
        ({"features": {"injuries": {"gap": 1}}}, "unknown key 'features.injuries.gap'; known keys"),
        ({"risk": {"trees": 0}}, "key 'risk.trees': .* greater than or equal to 1, found 0"),
        ({"outcomes": ["shin"]}, "outcomes.0"),
        ({"outcomes": []}, "outcomes"),
        ({"outcomes": ["any", "any"]}, "name each outcome once"),
        ({"dataset": "My Club"}, "key 'dataset': String should match pattern"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_remedy(tmp_path, change, told):
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(committed() | change))
    with pytest.raises(StridecastError, match=told) as caught:
        load_params(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_broken_yaml_are_told(tmp_path):
    with pytest.raises(StridecastError, match="not found"):
        load_params(tmp_path / "params.yaml")
    (tmp_path / "params.yaml").write_text("dataset: [demo\noutcomes: ]")
    with pytest.raises(StridecastError, match=r"params\.yaml: not YAML \(line 2\)"):
        load_params(tmp_path / "params.yaml")


def test_an_override_of_dvc_changes_its_own_line_alone(tmp_path):
    """`dvc exp run -S` writes the file anew; it is kept in the layout that DVC writes."""
    path, before = tmp_path / "params.yaml", (ROOT / "params.yaml").read_text()
    path.write_text(before)
    apply_overrides(path, ["risk.num_leaves=3"])
    assert path.read_text() == before.replace("num_leaves: 2\n", "num_leaves: 3\n") != before
    apply_overrides(path, ["risk.num_leaves=2"])
    assert path.read_text() == before
