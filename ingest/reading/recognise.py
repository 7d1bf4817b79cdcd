"""Which reader each file belongs to, remembered from run to run with what was read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pandas as pd

from ingest.readers.base import file_digest
from ingest.readers.registry import READERS, Parsed, ReadContext, Reader
from ingest.reading.cache_entries import Records
from ingest.reading.cache_keys import RunDigests, code_digest, entry_key, run_digests
from ingest.reading.containers import Item
from ingest.reading.parallel import Job
from ingest.reading.parse_cache import ParseCache
from ingest.reading.read_one import recognise, refused_by_size
from ingest.records.account import Account


class Recognised:
    """The files of a run with their readers, and a cache as far as there is one.

    Parameters
    ----------
    items : iterable of Item
        The files.
    cache : ParseCache, optional
        Without one, every file is looked at.
    """

    def __init__(self, items: Iterable[Item], cache: ParseCache | None) -> None:
        self.cache = cache
        self._digests: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._run: tuple[ReadContext, RunDigests] | None = None
        self.known: list[Job] = [self._job(item) for item in items]

    def key(self, item: Item, reader: Reader | None, context: ReadContext) -> str:
        """Return the key of a file in the cache, or nothing for one that is not kept."""
        digest = self._digests.get(item.source)
        if self.cache is None or reader is None or item.account is not None or not digest:
            return ""
        beside = [
            (neighbour.source, self._digests.get(neighbour.source, "")) for neighbour in item.beside
        ]
        # The digest of settings and code is the same for thousands of files, so it is made once.
        if self._run is None or self._run[0] is not context:
            self._run = context, run_digests(context)
        return entry_key(item.source, digest, reader, self._run[1], beside)

    def find(self, key: str, last_day: pd.Timestamp) -> Account | None:
        """Return the account of a file that was read before, or None."""
        return self.cache.find(key, last_day) if self.cache is not None and key else None

    def rows(self, keys: list[str]) -> Iterator[Records]:
        """Yield the rows of files that were read before, those of a file at once."""
        if self.cache is not None and keys:
            yield from self.cache.rows(keys)

    def keep(self, key: str, parsed: Parsed, last_day: pd.Timestamp) -> None:
        """Keep what is new for the next run."""
        if self.cache is not None:
            self.cache.keep(key, parsed, last_day)

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Leave nothing half written where a run ends before its time."""
        try:
            yield
        except BaseException:
            if self.cache is not None:
                self.cache.give_up()
            raise

    def renew(self, hits: list[str]) -> None:
        """Let the next run find what was found and what is new."""
        if self.cache is not None:
            self.cache.renew(hits, self._kinds)

    def _job(self, item: Item) -> Job:
        if self.cache is None or item.account is not None:
            return recognise(item)
        if refused := refused_by_size(item):
            return refused, None
        try:
            digest = file_digest(item.path)
        except OSError:
            return item, None
        self._digests[item.source] = digest
        # A club's CSV with damaged columns is told by its name.
        content_key = f"{digest}/{item.path.name}/{code_digest()[:12]}"
        kind = self.cache.kinds.get(content_key)
        job = recognise(item) if kind is None else (item, _BY_KIND.get(kind))
        # One that was given up may have come at a busy time.
        if job[0].account is None:
            self._kinds[content_key] = job[1].kind if job[1] else ""
        return job


_BY_KIND = {reader.kind: reader for reader in READERS}
