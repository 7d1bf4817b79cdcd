"""Files inside `.zip` and `.gz`, told apart by content and read as if they lay unpacked.

Members are unpacked into a private scratch folder under names made here, never under their own, so
that no name can climb out. Every archive, and every entry that is refused, has an account.
"""

import gzip
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Final

from ingest.dataset.file_names import why_ignored
from ingest.readers.base import FileRefused, Neighbour
from ingest.reading.links import why_not_followed
from ingest.records.account import Account, ignored_file, refused_file

MAX_DEPTH: Final = 3
"""An export in an archive in an archive is met in practice; anything deeper is a trick."""
MAX_ENTRIES: Final = 50_000
"""Twenty years of daily training are 7,000 files."""
MAX_UNPACKED_BYTES: Final = 8 * 10**9
"""The largest Apple Health exports unpack to some gigabytes."""
FREE_BYTES: Final = 50 * 10**6
"""Up to here the ratio does not matter."""
MAX_RATIO: Final = 200
"""XML packs 20 to 60 times; a bomb a thousand times."""

# The second mark begins an archive without any entry.
_ZIP_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP_MARK: Final = b"\x1f\x8b"
_WORKBOOK_PART: Final = "[Content_Types].xml"
_OPEN_DOCUMENT: Final = "mimetype"
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 20
# zipfile raises RuntimeError for a password and NotImplementedError for an unknown compression.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
_UNSAFE: Final = re.compile(r"[^\w.() -]")
_LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class Item:
    """A file to be read.

    Parameters
    ----------
    source : str
        What users know it by: the path in the dataset folder, for a member `a.zip!inner/path`.
    path : pathlib.Path
        Where its bytes lie now.
    account : Account, optional
        Given where nothing is left to be read: an archive, a refused entry, a file of no data.
    beside : tuple of Neighbour
        Files that it is read with.
    """

    source: str
    path: Path
    account: Account | None = None
    beside: tuple[Neighbour, ...] = ()


@dataclass
class Scratch:
    """A private folder for unpacked members, and how much may still be unpacked from one file."""

    folder: Path
    left: int = 0
    files: int = field(default=0)

    def allow(self, packed: int) -> None:
        """Set what may be unpacked from a file of `packed` bytes."""
        self.left = min(MAX_UNPACKED_BYTES, max(FREE_BYTES, MAX_RATIO * packed))

    def place(self, name: str) -> Path:
        """Return a fresh path whose last part resembles `name`."""
        self.files += 1
        # A folder for each, so that files of one name keep theirs: some readers look at it.
        folder = self.folder / f"{self.files:06d}"
        folder.mkdir()
        return folder / (_UNSAFE.sub("_", name)[-_LONGEST_NAME:] or "file")

    def store(self, stream: IO[bytes] | gzip.GzipFile, name: str) -> Path:
        """Copy a stream, as far as the limit allows.

        Raises
        ------
        FileRefused
            If there is more than may be unpacked; nothing of it stays.
        """
        path = self.place(name)
        with path.open("wb") as file:
            # Counted while it unpacks: the sizes that an archive states may be false.
            while chunk := stream.read(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    file.truncate(0)
                    raise FileRefused("archive_bomb", _bomb())
                file.write(chunk)
        return path


def items_of(files: Iterable[Path], root: Path, folder: Path) -> Iterator[Item]:
    """Yield the files of a dataset, those in archives unpacked.

    Parameters
    ----------
    files : iterable of pathlib.Path
        Files below `root`.
    root : pathlib.Path
        Folder that sources are told relative to.
    folder : pathlib.Path
        Private, empty folder for what is unpacked; it must outlive the reading.
    """
    scratch = Scratch(folder)
    for path in files:
        item = Item(path.relative_to(root).as_posix(), path)
        why = why_ignored(path)
        if why:
            yield replace(item, account=ignored_file(item.source, why))
        else:
            yield from _tracked(item, root, scratch)


def _tracked(item: Item, root: Path, scratch: Scratch) -> Iterator[Item]:
    try:
        if refusal := why_not_followed(item.path, root):
            yield _refused(item, *refusal, kind="unknown")
        elif item.path.is_dir():
            sentence = "the folder may not be opened; change its permissions"
            yield _refused(item, "unreadable_folder", sentence, kind="unknown")
        elif not item.path.is_file():
            yield _refused(item, "not_a_file", "no regular file, or a link to nothing; remove it")
        else:
            scratch.allow(item.path.stat().st_size)
            yield from _opened(item, scratch, 0)
    except PermissionError:
        sentence = "the file may not be read; change its permissions"
        yield _refused(item, "unreadable_file", sentence, kind="unknown")


def _opened(item: Item, scratch: Scratch, depth: int) -> Iterator[Item]:
    with item.path.open("rb") as file:
        head = file.read(4)
    workbook = head in _ZIP_MARKS and _is_workbook(item.path, scratch.left)
    packed = not workbook and (head.startswith(_GZIP_MARK) or head in _ZIP_MARKS)
    if packed and depth >= MAX_DEPTH:
        sentence = f"an archive in an archive, deeper than {MAX_DEPTH}; unpack it by hand"
        yield _refused(item, "nested_too_deep", sentence)
    elif not packed:
        yield item
    elif head.startswith(_GZIP_MARK):
        yield from _gunzipped(item, scratch, depth)
    else:
        yield from _unzipped(item, scratch, depth)


def _is_workbook(path: Path, most: int) -> bool:
    """Tell spreadsheets and other documents, which are zip files too, from archives.

    An ODS names its type in a file of its own. One that unpacks to more than `most` bytes is none:
    as an archive, it is refused as a bomb.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
            return bool(names & {_WORKBOOK_PART, _OPEN_DOCUMENT}) and size <= most
    except _DAMAGE:
        return False


def _gunzipped(item: Item, scratch: Scratch, depth: int) -> Iterator[Item]:
    name = PurePosixPath(item.source.rsplit("!", 1)[-1]).name
    try:
        with gzip.open(item.path) as stream:
            path = scratch.store(stream, re.sub(r"\.gz$", "", name, flags=re.IGNORECASE))
    except FileRefused as refusal:
        yield _refused(item, refusal.reason, refusal.sentence)
    except _DAMAGE as error:
        yield _refused(item, "damaged_archive", _damaged(error))
    else:
        yield from _opened(replace(item, path=path), scratch, depth + 1)


def _unzipped(item: Item, scratch: Scratch, depth: int) -> Iterator[Item]:
    try:
        archive = zipfile.ZipFile(item.path)
    except _DAMAGE as error:
        yield _refused(item, "damaged_archive", _damaged(error))
        return
    with archive:
        # By the name's end: `is_dir` fails where a damaged entry has no name at all.
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        refusal = _why_refused(entries, scratch)
        if refusal:
            yield _refused(item, *refusal)
            return
        # Some Windows programs write backslashes, behind which `..` would not be seen.
        names = _unique(entry.filename.replace("\\", "/") for entry in entries)
        reason = f"an archive; its {len(entries)} files are listed by themselves"
        yield replace(item, account=replace(ignored_file(item.source, reason), kind="archive"))
        for name, entry in zip(names, entries, strict=True):
            inner = Item(f"{item.source}!{name}", item.path)
            yield from _member(inner, name, entry, archive, scratch, depth)


def _why_refused(entries: list[zipfile.ZipInfo], scratch: Scratch) -> tuple[str, str] | None:
    if not entries:
        return "empty_archive", "the archive holds no file; export it again"
    if len(entries) > MAX_ENTRIES:
        return "too_many_entries", f"{len(entries)} entries, more than {MAX_ENTRIES}; split it"
    if sum(entry.file_size for entry in entries) > scratch.left:
        return "archive_bomb", _bomb()
    return None


def _member(
    item: Item, name: str, entry: zipfile.ZipInfo, archive: zipfile.ZipFile, scratch: Scratch,
    depth: int,
) -> Iterator[Item]:  # fmt: skip
    """Yield what an entry holds, or why it is not read."""
    why = why_ignored(PurePosixPath(name))
    refusal = _why_unsafe(name, entry)
    if refusal:
        yield _refused(item, *refusal)
    elif why:
        yield replace(item, account=ignored_file(item.source, why))
    else:
        try:
            with archive.open(entry) as stream:
                path = scratch.store(stream, PurePosixPath(name).name)
        except FileRefused as refused:
            yield _refused(item, refused.reason, refused.sentence)
        except _DAMAGE as error:
            yield _refused(item, "damaged_archive", _damaged(error))
        else:
            yield from _opened(replace(item, path=path), scratch, depth + 1)


def _why_unsafe(name: str, entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    if not name or name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts:
        return "unsafe_path", "the entry's path leads out of the archive; it was not read"
    # The upper half holds the Unix mode, where a packed link shows.
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "link_in_archive", "the entry is a link, not a file; pack the file itself"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted", "the entry is protected by a password; unpack it by hand"
    return None


def _unique(names: Iterable[str]) -> list[str]:
    """Return the names, doubled ones numbered, so that each entry has an account of its own."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return unique


def _refused(item: Item, reason: str, sentence: str, kind: str = "archive") -> Item:
    account = refused_file(item.source, kind, reason, f"{item.source}: {sentence}")
    return replace(item, account=account)


def _bomb() -> str:
    return (
        f"it unpacks to more than {MAX_RATIO} times its size or {MAX_UNPACKED_BYTES / 1e9:.0f} GB,"
        " as no export does; unpack it by hand if you trust it"
    )


def _damaged(error: Exception) -> str:
    return f"the archive is damaged ({type(error).__name__}); download it again"
