"""The commands at the foot of the page are ones that the command line takes."""

import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app
from pipelines.weekly.next_monday import next_monday


@pytest.mark.parametrize("with_names", [True, False])
def test_each_command_is_understood_as_it_stands(with_names):
    data, out, project = Path("data/raw/my club"), Path("forecast"), Path("elsewhere")
    for _, line in next_monday(data, out, project, with_names=with_names):
        program, *words = shlex.split(line)
        assert program == "stridecast"
        command = get_command(app)
        while hasattr(command, "commands"):
            name, *words = words
            command = command.commands[name]
        given = command.make_context(name, words, resilient_parsing=True).params
        assert str(data) in {str(given.get("data")), str(given.get("to"))}
        assert given.get("out", out) == out
        assert given.get("names", with_names) == with_names
        assert given.get("project", project) == project


def test_what_is_the_default_is_not_told():
    commands = [line for _, line in next_monday(Path("a"), Path("b"), Path(), with_names=False)]
    assert commands[2] == "stridecast score --data a --out b"
    assert "--project" not in " ".join(commands)
