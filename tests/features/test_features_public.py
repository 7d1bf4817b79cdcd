"""`import features` offers the public names, and costs nothing until one is used."""

import subprocess
import sys

import pytest

import features


@pytest.mark.parametrize("name", features.__all__)
def test_every_public_name_is_there(name):
    assert getattr(features, name).__name__ == name


def test_the_names_are_listed_and_others_are_refused():
    assert dir(features) == sorted(features.__all__)
    with pytest.raises(AttributeError, match="no public name 'secret'"):
        features.secret  # noqa: B018 - asking for it is the test


def test_importing_the_package_imports_nothing_heavy():
    told = "import sys, features; print('pandas' in sys.modules, 'numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
