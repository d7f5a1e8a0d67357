"""Two ways to the nearest of the library's public texts: in Chroma's folder, or exact in memory. Both rank equally.

Never for notes: what Chroma has once stored it does not forget.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.ports.outside import Embedder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from filelock import FileLock


class Index(Protocol):
    """Texts that can be found by meaning."""

    def nearest(self, name: str, words: str, limit: int) -> list[str]:
        """The ids of the texts nearest to some words, best first."""
        ...


class ExactIndex:
    """Every text of a shelf compared with the words, in memory.

    Args:
        texts: By shelf name: id and text of everything on it.
        embedder: What turns text into vectors, at the first question.
    """

    def __init__(self, texts: dict[str, dict[str, str]], embedder: Embedder) -> None:
        self._texts = texts
        self._embedder = embedder
        self._vectors: dict[str, Sequence[Sequence[float]]] = {}

    def nearest(self, name: str, words: str, limit: int) -> list[str]:
        """The ids of the nearest texts, best first, equal ones by id."""
        import numpy as np

        texts = self._texts[name]
        if name not in self._vectors:
            self._vectors[name] = self._embedder.embed([*texts.values()])
        wanted = np.asarray(self._embedder.embed([words])[0], dtype=np.float32)
        cosines = np.asarray(self._vectors[name], dtype=np.float32) @ wanted
        return [i for _, i in sorted((-round(float(c), 6), i) for c, i in zip(cosines, texts, strict=True))][:limit]


class ChromaIndex:
    """The same texts in a Chroma folder that this process owns while the index lives.

    A collection's name carries the digest of its texts and of the embedder; one that is missing, half built or of
    another digest is built anew.

    Args:
        client: An open client of the folder.
        lock: Held until `close`, so that no second process opens the folder.
        texts: By shelf name: id and text of everything on it.
        embedder: What turns text into vectors.
    """

    def __init__(
        self, client: "ClientAPI", lock: "FileLock", texts: dict[str, dict[str, str]], embedder: Embedder
    ) -> None:
        self._client = client
        self._lock = lock
        self._embedder = embedder
        self._collections = {name: self._collection(name, texts[name]) for name in texts}

    def nearest(self, name: str, words: str, limit: int) -> list[str]:
        """The ids of the nearest texts, best first, equal ones by id."""
        collection = self._collections[name]
        wanted: list[Sequence[float] | Sequence[int]] = [list(self._embedder.embed([words])[0])]
        found = collection.query(
            query_embeddings=wanted,
            n_results=min(limit, collection.count()),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return [i for _, i in sorted(zip((round(d, 6) for d in distances), found["ids"][0], strict=True))]

    def close(self) -> None:
        """Give the folder back."""
        self._client.close()  # type: ignore[attr-defined]
        self._lock.release()

    def _collection(self, name: str, texts: dict[str, str]) -> "Collection":
        wanted = f"{name}-{_digest(texts, self._embedder.fingerprint)}"
        for known in self._client.list_collections():
            if known.name.startswith(f"{name}-") and (known.name != wanted or known.count() != len(texts)):
                self._client.delete_collection(known.name)
        collection = self._client.get_or_create_collection(
            wanted,
            embedding_function=None,  # never Chroma's own, which would download a model
            configuration={"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400}},
        )
        if collection.count() != len(texts):
            vectors = [list(v) for v in self._embedder.embed([*texts.values()])]
            collection.upsert(ids=[*texts], embeddings=vectors)  # type: ignore[arg-type]
        return collection


def open_index(folder: Path | None, texts: dict[str, dict[str, str]], embedder: Embedder) -> Index:
    """The Chroma index of a folder; in memory where there is none, another process owns it, or it cannot be used."""
    if folder is None:
        return ExactIndex(texts, embedder)
    try:
        return _open_chroma(folder, texts, embedder)
    except _CannotUse:
        return ExactIndex(texts, embedder)


class _CannotUse(Exception):
    """The folder is not ours to use, or Chroma cannot; the index in memory takes its place."""


def _open_chroma(folder: Path, texts: dict[str, dict[str, str]], embedder: Embedder) -> ChromaIndex:
    from filelock import FileLock, Timeout

    try:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError
    except ImportError as error:
        raise _CannotUse from error
    lock = FileLock(folder / "owner.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except (OSError, Timeout) as error:
        raise _CannotUse from error
    try:
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        return ChromaIndex(client, lock, texts, embedder)
    except (ChromaError, sqlite3.Error, OSError, ValueError, RuntimeError) as error:
        lock.release()
        raise _CannotUse from error


def _digest(texts: dict[str, str], fingerprint: str) -> str:
    content = "\x1f".join((fingerprint, *(f"{i}\x1e{text}" for i, text in texts.items())))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
