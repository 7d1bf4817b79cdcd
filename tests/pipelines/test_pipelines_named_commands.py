"""Every command that a message or a manual names exists, with the options that it names."""

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipelines.cli import app

ROOT = Path(__file__).parents[2]
ROOMS = ("common", "ingest", "features", "models", "forecasting", "reporting", "pipelines")
MANUALS = ("README.md", "data/README.md", "docs/monday.md")
_NAMED = re.compile(r"`(?:python -m pipelines\.cli|stridecast)((?: [^`\n]*)?)`")
_FIELD = "PLACE"


def texts_of(path: Path) -> list[str]:
    """The text constants of a module; what is filled in later stands as one word."""
    found = []
    source = path.read_text(encoding="utf-8")
    # Parsing every module takes seconds, and few of them speak of commands.
    if not any(word in source for word in ("stridecast", "pipelines.cli")):
        return []
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [
                value.value if isinstance(value, ast.Constant) else _FIELD for value in node.values
            ]
            found.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def named_commands() -> list[str]:
    places = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    texts = [text for place in places for text in texts_of(place)]
    texts += [(ROOT / one).read_text(encoding="utf-8") for one in MANUALS]
    texts = [re.sub(r"\s*\n\s*", " ", text) for text in texts]
    return sorted({one.strip() for text in texts for one in _NAMED.findall(text) if one.strip()})


COMMANDS = named_commands()
COMMAND_LINE = typer.main.get_command(app)


def resolved(line):
    """The command of a line, the words that lead to it, and the options that the line names."""
    words = shlex.split(re.sub(r"[{}<>\[\]]", " ", line).replace("...", " "))
    command = COMMAND_LINE
    path: list[str] = []
    while words and words[0] in getattr(command, "commands", {}):
        path.append(words.pop(0))
        command = command.commands[path[-1]]
    return command, path, [word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)]


def rest(line: str, path: list[str]) -> str:
    words = line.split()
    return words[len(path)] if len(words) > len(path) else ""


def test_messages_name_commands() -> None:
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("line", COMMANDS)
def test_a_named_command_runs_with_its_options(line: str) -> None:
    command, path, options = resolved(line)
    assert path or not re.match(r"[a-z]", line), f"no command {line!r}"
    below = getattr(command, "commands", None)
    assert not below or not re.fullmatch(r"[a-z-]+", rest(line, path)), f"no command {line!r}"
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    assert set(options) <= known | {"--help", "--debug", "--verbose"}, line
    assert CliRunner().invoke(app, [*path, "--help"]).exit_code == 0
