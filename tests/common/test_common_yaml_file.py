"""Settings written by hand: what is no YAML, or says too much, is one line."""

import pytest

from common.errors import StridecastError
from common.yaml_file import MAX_VALUES, load_yaml

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
DOUBLING = "k0: &k0 [x]\n" + "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, 60))


def read(tmp_path, text):
    path = tmp_path / "dataset.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_yaml(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LAUGHS, "stands for more than"),
        (DOUBLING, "stands for more than"),
        ("a: &a {b: &b [1, 2]}\n" + f"c: [{','.join(['*a'] * MAX_VALUES)}]", "stands for more"),
        ("a: &a [*a]", "an alias inside its own anchor"),
        ("a: &a\n  b: *a", "an alias inside its own anchor"),
        ("[" * 5000, "nested deeper"),
        ("- " * 3000 + "x", "nested deeper"),
        ("a: 2025-13-45", "month must be in 1..12"),
        ("name: x\nlist: [1,", "not YAML (line 2)"),
        ("a: *nowhere", "not YAML (line 1)"),
        ("a: !!python/object/apply:os.system [x]", "not YAML (line 1)"),
        (b"name: caf\xe9", "not UTF-8"),
        ("a: " + "1" * 10_000, "not YAML"),
        ("# " + "x" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, text, told):
    with pytest.raises(StridecastError) as error:
        read(tmp_path, text)
    assert told in str(error.value)
    assert "dataset.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_ordinary_aliases_and_merges_are_read(tmp_path):
    text = "one: &scale {worst: 1, best: 5}\ntwo: *scale\nthree:\n  <<: *scale\n  best: 7\n"
    scale = {"worst": 1, "best": 5}
    assert read(tmp_path, text) == {"one": scale, "two": scale, "three": {"worst": 1, "best": 7}}


def test_an_empty_file_says_nothing(tmp_path):
    assert read(tmp_path, "") is None
