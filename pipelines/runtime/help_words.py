"""`--help` and wrong usage in the language of the command line.

The texts of commands and options stand in the source in English, where typer reads them; here they
are looked up in the catalogues once the language is known, paragraph by paragraph. What typer
itself says ("No such option") is said again as errors of our own are.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Final, Protocol, cast

import typer

from pipelines.runtime.spoken import language_asked

WRONG_USAGE: Final = 2
ABORTED: Final = 1
ENGLISH: Final = "en"

_METAVARS: Final = ("options_metavar", "subcommand_metavar")

_SAID_PLAINLY: Final = (
    (r"does not match the formats? '%Y-%m-%d'", "is no day; write it as 2026-03-01"),
    (r"Input should be a valid integer\b.*", "a whole number is expected"),
    (r"Input should be a valid number\b.*", "a number is expected"),
)
"""What the library below typer says, and the same for somebody who does not program."""

_TYPES: Final = {
    "<path>": "PATH", "<str>": "TEXT", "<list[str]>": "TEXT", "<int>": "NUMBER",
    "<float>": "NUMBER", "<%Y-%m-%d>": "YYYY-MM-DD", "<bool>": "", "<list[Path]>": "PATH",
    "<int range>": "NUMBER", "<float range>": "NUMBER",
}  # fmt: skip
"""What typer calls the kind of a value, and the word for it: a switch takes none."""


class _Parameter(Protocol):
    help: str | None


class _Context(Protocol):
    command_path: str


class _TypeOf(Protocol):
    def __call__(self, *, ctx: _Context) -> str | None: ...


class _Command(Protocol):
    """What typer and click call a command, whichever of the two made it."""

    help: str | None
    short_help: str | None
    epilog: str | None
    params: list[_Parameter]

    def get_usage(self, ctx: _Context) -> str: ...

    def get_help_option(self, ctx: _Context) -> _Parameter | None: ...

    def main(self, args: list[str], prog_name: str, *, standalone_mode: bool) -> object: ...


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; wrong usage is told in one line.

    Parameters
    ----------
    app : typer.Typer
        All commands.
    arguments : sequence of str
        What was typed after `stridecast`.
    """
    command = cast("_Command", typer.main.get_command(app))
    language = language_asked(arguments)
    for subcommand in _all(command):
        _say(subcommand, language)
    _say_of_panels(language)
    try:
        # Alone, the library would print its error itself, in English and on several lines.
        code = command.main(list(arguments), "stridecast", standalone_mode=False)
    except Exception as error:
        # By what it offers and not by its class: newer versions of typer have a click of their own.
        if not hasattr(error, "format_message"):
            if type(error).__name__ != "Abort":
                raise
            if isinstance(error.__cause__, EOFError):  # typer takes any for the end of the input
                raise error.__cause__ from None
            return ABORTED
        return _wrong(error, language)
    return code if isinstance(code, int) else 0


def _plain(text: str) -> str:
    """Return what typer says on one line, without the words of the library below it."""
    line = " ".join(text.split()).replace("Value error, ", "")
    for library, ours in _SAID_PLAINLY:
        line = re.sub(library, ours, line)
    return line.replace("argument(s)", "arguments").removesuffix(".")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a help text, each on one line: a terminal breaks lines itself."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _all(command: _Command) -> Iterator[_Command]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all(below)


def _say(command: _Command, language: str) -> None:
    """Give a command's texts in a language."""
    command.help = _in_words(command.help, language)
    command.short_help = _in_words(command.short_help, language)
    command.epilog = _in_words(command.epilog, language)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _in_words(parameter.help, language)
        _say_type(parameter, language)
    for name in _METAVARS:
        if text := getattr(command, name, None):
            setattr(command, name, _in_words(text, language))
    usage = command.get_usage

    def in_words(ctx: _Context) -> str:
        # The help option is made when it is first asked for, and kept.
        if (option := command.get_help_option(ctx)) is not None:
            option.help = _in_words(option.help, language)
            _say_type(option, language)
        return usage(ctx).replace("Usage:", _in_words("Usage:", language) or "", 1)

    setattr(command, "get_usage", in_words)  # noqa: B010 - a method of this one command


def _say_type(parameter: _Parameter, language: str) -> None:
    """Name the kind of value that a parameter takes; as it is where typer names none."""
    of: _TypeOf | None = getattr(parameter, "display_type_rich", None)
    if of is None:
        return

    def in_words(*, ctx: _Context) -> str | None:
        kind = of(ctx=ctx)
        return kind if kind is None else _in_words(_TYPES.get(kind, kind.strip("<>")), language)

    setattr(parameter, "display_type_rich", in_words)  # noqa: B010 - of this one parameter


def _in_words(text: str | None, language: str) -> str | None:
    """Return a text in a language, paragraph by paragraph; as it is where there is none."""
    if not text:
        return text
    parts = paragraphs(text)
    if language == ENGLISH:
        return "\n\n".join(parts)
    from common.language import catalogue  # keeps English help quick
    from common.retold import HELP

    messages = catalogue(language)
    entries = [messages.get(part, HELP) for part in parts]
    return "\n\n".join(
        str(entry.string) if entry is not None and entry.string else part
        for entry, part in zip(entries, parts, strict=True)
    )


def _say_of_panels(language: str) -> None:
    """Give the headings of typer's panels in a language."""
    if language == ENGLISH:
        return
    from typer import rich_utils  # loads rich's tables

    panels: ModuleType = rich_utils
    for name, text in list(vars(panels).items()):
        if name.isupper() and isinstance(text, str) and text:
            setattr(panels, name, _in_words(text, language))


def _wrong(error: Exception, language: str) -> int:
    """Tell in one line what is wrong with the command line, and where its help is."""
    code = int(getattr(error, "exit_code", WRONG_USAGE))
    if type(error).__name__ == "NoArgsIsHelpError":
        return code  # its help was printed
    from common.language import message, speaking  # after a fault alone
    from common.retold import retold_error

    fault = _plain(str(getattr(error, "format_message")()))  # noqa: B009 - typer's and click's
    context = getattr(error, "ctx", None)
    path = "stridecast" if context is None else str(context.command_path)
    with speaking(language):
        line = message(
            "{what} (`{command} --help` says what it takes)",
            what=retold_error(fault), command=path,
        )  # fmt: skip
    print(f"stridecast: {line}", file=sys.stderr)
    return code
