"""Every other command that a message, to-do, error or manual names runs on a small scored club.

Without a trained model the commands about models end with one line that says so: never with a
usage error, which would mean that the text names an option or an order of words that is not there.
"""

import re
import shlex
from pathlib import Path

import pytest
from dvc.cli.parser import get_main_parser
from typer.testing import CliRunner

from common.errors import StridecastError
from pipelines.cli import app
from tests.ingest.club_files import small_club
from tests.pipelines.test_pipelines_named_commands import COMMANDS, ROOT, resolved

RUN = CliRunner()
MANUALS = (ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "docs").glob("*.md")))
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in MANUALS)
FENCED = re.findall(r"^(?:[$>] )?stridecast ([^\n#;|]+)", TEXT, re.MULTILINE)
INLINE = re.findall(r"`stridecast ([^`\n]+)`", TEXT)
PARSED_ONLY = {"lovdal", "data get"}
"""They download or study for minutes; :mod:`test_pipelines_named_commands` parses them."""
AT_ONCE = {"score", "plan"}
"""Each of their lines would score anew: all options are tried in one run, each line is parsed."""
FOLDERS = {"FOLDER", "PLACE", "~/northside", "<folder>", "data/raw/northside", "folder"}
PEOPLE = {"NAME", "Ann Lee", "Ann Moreau"}
USAGE = 2


def filled_in(words: list[str], club: Path, out: Path) -> list[str]:
    """Return the words with a folder, a name and a day in place of what stands for them."""
    stands_for = dict.fromkeys(FOLDERS, str(club)) | dict.fromkeys(PEOPLE, "r1")
    stands_for |= {"DAY": "2024-06-02", "ann.zip": str(out / "ann.zip")}
    return [stands_for.get(word, word) for word in words]


def lines() -> list[str]:
    """Return a command line of each form (options, number of words) that is not about data."""
    found = sorted({" ".join(one.split()) for one in (*COMMANDS, *FENCED, *INLINE)})
    kept = {}
    for line in found:
        _, path, options = resolved(line)
        name = " ".join(path[:2])
        if path and path[0] != "data" and name not in PARSED_ONLY and path[0] not in PARSED_ONLY:
            kept[(*path, *sorted(options), len(shlex.split(line)))] = line
    return sorted(kept.values())


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Return a club that was scored once, and the folder of its forecasts."""
    top = tmp_path_factory.mktemp("commands")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_KEY_FILE", str(top / "key"))
        patch.setenv("STRIDECAST_CACHE", str(top / "cache"))
        patch.chdir(top)
        club = small_club(top / "club")
        done = RUN.invoke(app, ["score", str(club), "--yes", "--as-of", "2024-06-02"])
        assert done.exit_code in {0, 3}, done.output
        yield club, top


def test_manuals_and_messages_name_such_commands():
    named = {line.split()[0] for line in lines()}
    assert named >= {"score", "plan", "act", "monitor", "doctor", "privacy", "promote", "compare"}


LINES = lines()
RUN_AT_ONCE = [
    line for line in LINES if re.match(rf"({'|'.join(sorted(AT_ONCE))}) [^-]", line)
]  # fmt: skip


def run_without_fault(scored, words):
    club, top = scored
    done = RUN.invoke(app, filled_in(words, club, top), input="n\n")
    # The errors are those that the command line turns into one sentence.
    assert isinstance(done.exception, SystemExit | StridecastError | None), repr(done.exception)
    assert "a fault of the program" not in done.output
    return done


@pytest.mark.parametrize("line", [line for line in LINES if line not in RUN_AT_ONCE])
def test_a_named_command_is_no_wrong_usage(scored, line):
    done = run_without_fault(scored, shlex.split(line.replace("[number]", "1")))
    # A command or option that is named alone may ask for what stands behind it.
    is_name = line.split() == resolved(line)[1] or "requires an argument" in done.output
    assert done.exit_code != USAGE or is_name, done.output


@pytest.mark.parametrize("line", RUN_AT_ONCE)
def test_a_named_command_that_scores_is_parsed(scored, line):
    command, path, _ = resolved(line)
    words = filled_in(shlex.split(line), *scored)[len(path) :]
    assert command.make_context(path[-1], words).params


@pytest.mark.parametrize("name", sorted(AT_ONCE))
def test_all_options_named_of_a_command_that_scores_are_no_wrong_usage(scored, name):
    options: dict[str, list[str]] = {}
    for line in RUN_AT_ONCE:
        path, *words = shlex.split(line)
        if path != name:
            continue
        option = "FOLDER"
        for word in words:
            option = word if word.startswith("--") else option
            options[option] = [word] if word.startswith("--") or not options else [option, word]
    options["FOLDER"] = ["FOLDER"]
    assert len(options) > 3
    words = [word for several in options.values() for word in several]
    done = run_without_fault(scored, [name, *words])
    assert done.exit_code != USAGE, done.output


DVC = sorted(
    {
        " ".join(line.split())
        for line in re.findall(r"(?:^|; )(dvc [a-z][^`\n#;&]*)", TEXT, re.MULTILINE)
    }
)


@pytest.mark.parametrize("line", DVC)
def test_a_named_command_of_dvc_is_one(line):
    parser = get_main_parser()
    assert parser.parse_args(shlex.split(line)[1:]).func


def test_named_targets_of_make_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", TEXT, re.MULTILINE))
    assert named
    assert named <= targets


def test_named_modules_exist_with_their_options():
    named = re.findall(
        r"python -m ((?:pipelines|benchmarks|ingest|features)[a-z_.]*[a-z])([^`\n#]*)", TEXT
    )
    assert len(named) > 10
    for module, rest in named:
        path = ROOT / (module.replace(".", "/") + ".py")
        assert path.is_file(), module
        source = path.read_text(encoding="utf-8")
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert f'"{option}"' in source or "stage" in source, f"{module} {option}"
