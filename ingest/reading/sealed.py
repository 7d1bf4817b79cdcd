"""Files of the cache, encrypted: whoever finds one learns no name and no row.

AES-256-GCM with a key drawn from the dataset's pseudonym key, so a cache is of no use without that
key, and a damaged file is noticed. A file is cut into chunks, each bound to its place and to
the name of the file.
"""

import os
import struct
from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK: Final = b"stridecast-1"
_CHUNK: Final = 64 * 2**20
# 96 bits, as NIST SP 800-38D recommends for GCM.
_NONCE: Final = 12
_TAG: Final = 16


class Sealer:
    """Encrypts and decrypts with one key.

    Parameters
    ----------
    secret : bytes
        The dataset's pseudonym key; the key for encrypting is derived from it (RFC 5869).
    """

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"stridecast parse cache")
        self._cipher = AESGCM(derived.derive(secret))

    def seal(self, content: bytes, name: str) -> bytes:
        """Return the content encrypted under a name."""
        # An empty content has a chunk, too, so that its name and key are checked.
        chunks = [content[at : at + _CHUNK] for at in range(0, max(len(content), 1), _CHUNK)]
        return _MARK + b"".join(self._sealed(chunks, name))

    def open(self, sealed: bytes, name: str) -> bytes:
        """Return the content of what was sealed under the same name.

        Raises
        ------
        ValueError
            If it was sealed with another key or name, or is damaged.
        """
        if not sealed.startswith(_MARK) or len(sealed) < len(_MARK) + _NONCE + _TAG:
            raise ValueError(f"{name}: not sealed")
        return b"".join(self._opened(sealed, name))

    def _sealed(self, chunks: list[bytes], name: str) -> Iterator[bytes]:
        for place, chunk in enumerate(chunks):
            nonce = os.urandom(_NONCE)
            yield nonce + self._cipher.encrypt(nonce, chunk, _bound(name, place, len(chunks)))

    def _opened(self, sealed: bytes, name: str) -> Iterator[bytes]:
        size = _NONCE + _CHUNK + _TAG
        places = range(len(_MARK), len(sealed), size)
        for place, at in enumerate(places):
            nonce, chunk = sealed[at : at + _NONCE], sealed[at + _NONCE : at + size]
            try:
                yield self._cipher.decrypt(nonce, chunk, _bound(name, place, len(places)))
            except (InvalidTag, ValueError):
                raise ValueError(f"{name}: damaged, or sealed with another key") from None


def _bound(name: str, place: int, chunks: int) -> bytes:
    return struct.pack(">QQ", place, chunks) + name.encode()
