"""Download Loevdal 2021 from DataverseNL, when the user asks for it and never by itself."""

import json
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from common.errors import StridecastError
from ingest.readers.datasets.lovdal_layout import LAYOUTS, LovdalLayout

DOI: Final = "10.34894/UWU9PV"
SERVER: Final = "https://dataverse.nl"
LIST_URL: Final = (
    f"{SERVER}/api/datasets/:persistentId/versions/:latest/files?persistentId=doi:{DOI}"
)
FILE_URL: Final = f"{SERVER}/api/access/datafile/{{id}}?format=original"
BARE_FILE_URL: Final = f"{SERVER}/api/access/datafile/{{id}}"
PAGE: Final = f"https://doi.org/{DOI}"
_TIMEOUT_S: Final = 60
_LARGEST: Final = 200 * 10**6

Fetch = Callable[[str], bytes]


def fetch(url: str) -> bytes:
    """Return the bytes behind an address.

    Raises
    ------
    OSError
        If it cannot be reached.
    """
    request = Request(url, headers={"User-Agent": "stridecast"})  # noqa: S310 - constant https addresses
    with urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 - as above
        content: bytes = answer.read(_LARGEST)
    return content


def get_lovdal(folder: Path, get: Fetch = fetch) -> list[Path]:
    """Download the day and the week file into a folder, each checked before it is put there.

    A file that is already there and has the right checksum is left alone.

    Parameters
    ----------
    folder : pathlib.Path
        Made if it is missing.
    get : callable
        Address -> bytes.

    Raises
    ------
    StridecastError
        If the server cannot be reached, does not list a file, or sends other bytes.
    """
    missing = [layout for layout in LAYOUTS if not _is_there(folder / layout.file_name, layout)]
    if missing:
        listed = _listed(_try(get, LIST_URL, folder))
        for layout in missing:
            _store(folder / layout.file_name, _content(layout, listed, get, folder))
    return [folder / layout.file_name for layout in LAYOUTS]


def _is_there(path: Path, layout: LovdalLayout) -> bool:
    return path.is_file() and layout.accepts(path.read_bytes())


def _listed(content: bytes) -> dict[str, tuple[int, bool]]:
    """Return stem -> id and whether the server keeps the file as a table of its own."""
    try:
        files: list[dict[str, Any]] = [record["dataFile"] for record in json.loads(content)["data"]]
        names = [file.get("originalFileName") or file["filename"] for file in files]
        return {
            # The server keeps tables under another ending, so that the stem alone is compared.
            Path(name).stem: (int(file["id"]), "originalFileName" in file)
            for name, file in zip(names, files, strict=True)
        }
    except (ValueError, KeyError, TypeError):
        raise StridecastError(
            f"{SERVER}: the list of files is not what was expected",
            f"download the two CSV files by hand from {PAGE}",
        ) from None


def _content(
    layout: LovdalLayout, listed: dict[str, tuple[int, bool]], get: Fetch, folder: Path
) -> bytes:
    entry = listed.get(Path(layout.file_name).stem)
    if entry is None:
        raise StridecastError(
            f"{SERVER}: no file {layout.file_name} in doi {DOI}",
            f"look for it at {PAGE} and put it into {folder}",
        )
    number, converted = entry
    # Dataverse turns tables into a format of its own; the checksum is that of the file as uploaded.
    content = _try(get, (FILE_URL if converted else BARE_FILE_URL).format(id=number), folder)
    if not layout.accepts(content):
        raise StridecastError(
            f"{layout.file_name}: the {len(content):,} bytes that {SERVER} sent are not those of"
            " the published file",
            f"try again later, or download it by hand from {PAGE} into {folder}",
        )
    return content


def _try(get: Fetch, url: str, folder: Path) -> bytes:
    try:
        return get(url)
    except (OSError, HTTPException) as error:
        raise StridecastError(
            f"{SERVER} cannot be reached ({type(error).__name__})",
            f"without a network, fetch the two CSV files elsewhere from {PAGE} and put them into"
            f" {folder}",
        ) from None


def _store(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
