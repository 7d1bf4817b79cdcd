"""The data dictionary, generated from the contracts and the registry of readers.

`python -m ingest.dictionary` rewrites its part of `data/README.md`.
"""

from pathlib import Path
from typing import Final

from common.contract_check import Column, Table
from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.store import write_text
from ingest.readers.registry import READERS

README: Final = Path("data/README.md")
BEGIN: Final = "<!-- dictionary: begin (python -m ingest.dictionary) -->"
END: Final = "<!-- dictionary: end -->"


def data_dictionary() -> str:
    """Return the formats read and the tables written, as Markdown."""
    formats = "\n".join(f"- `{reader.kind}`: {reader.description}" for reader in READERS)
    tables = "\n\n".join(_table(name, schema) for name, schema in CONTRACTS.items())
    return (
        f"## Formats read\n\nFiles are recognised by content, not by name.\n\n{formats}\n\n"
        f"## Tables\n\n{tables}\n"
    )


def with_dictionary(text: str) -> str:
    """Return a document with its part between the markers renewed.

    Raises
    ------
    StridecastError
        If the markers are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise StridecastError(f"{README}: the markers of the dictionary are gone", f"add {BEGIN}")
    return f"{before}{BEGIN}\n\n{data_dictionary()}\n{END}{after}"


def main() -> None:
    """Rewrite the dictionary in `data/README.md`."""
    write_text(README, with_dictionary(README.read_text(encoding="utf-8")))


def _table(name: str, schema: Table) -> str:
    rows = [
        f"| `{column}` | {_type(spec)} | {'yes' if spec.nullable else 'no'} | {spec.description} |"
        for column, spec in schema.columns.items()
    ]
    key = f" Unique by {', '.join(f'`{part}`' for part in schema.unique)}." if schema.unique else ""
    head = "| column | type | may be unknown | meaning |\n| --- | --- | --- | --- |"
    return f"### `{name}`\n\n{_sentence(schema)}{key}\n\n{head}\n" + "\n".join(rows)


def _sentence(schema: Table) -> str:
    text = str(schema.description)
    return f"{text[0].upper()}{text[1:]}."


def _type(spec: Column) -> str:
    kind = str(spec.dtype)
    if kind.startswith("datetime64"):
        return "instant, UTC" if "UTC" in kind else "day"
    return "number" if kind.startswith("float") else "text"


if __name__ == "__main__":
    main()
