"""Two ways to the nearest of the library's public texts: in Chroma's folder, or exact in memory. Both rank equally.

Never for notes: what Chroma has once stored it does not forget. What lies in the folder is a cache that may be lost or
damaged at any time.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.ports.outside import Embedder
from knowledge.search.sealed import LOCK, SealedFolder

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from filelock import FileLock

_SAME = 1e-4  # cosine distance up to which a vector has found itself


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

    Args:
        client: An open client of the folder.
        lock: Held until `close`, so that no second process opens the folder.
        texts: By shelf name: id and text of everything on it.
        embedder: What turns text into vectors.

    Raises:
        CannotUse: Chroma does not find what it was given.
    """

    def __init__(
        self, client: "ClientAPI", lock: "FileLock", texts: dict[str, dict[str, str]], embedder: Embedder
    ) -> None:
        self._client = client
        self._lock = lock
        self._embedder = embedder
        with _chroma_errors_as_ours():
            self._collections = {name: client.get_collection(name, embedding_function=None) for name in texts}
            for name, collection in self._collections.items():
                _probe(collection, texts[name])

    def nearest(self, name: str, words: str, limit: int) -> list[str]:
        """The ids of the nearest texts, best first, equal ones by id.

        Raises:
            CannotUse: The folder was lost or damaged meanwhile.
        """
        collection = self._collections[name]
        wanted: list[Sequence[float] | Sequence[int]] = [list(self._embedder.embed([words])[0])]
        with _chroma_errors_as_ours():
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


class CannotUse(Exception):
    """The folder is not ours to use, or Chroma cannot; the index in memory takes its place."""


def open_index(folder: Path | None, texts: dict[str, dict[str, str]], embedder: Embedder) -> Index:
    """The Chroma index of a folder; in memory where there is none, another process owns it, or it cannot be used."""
    if folder is None:
        return ExactIndex(texts, embedder)
    try:
        return _open_chroma(folder, texts, embedder)
    except CannotUse:
        return ExactIndex(texts, embedder)


def _open_chroma(folder: Path, texts: dict[str, dict[str, str]], embedder: Embedder) -> ChromaIndex:
    """The index of a folder that nobody else has; built anew when what is there is not what was built."""
    from filelock import FileLock, Timeout

    try:
        import chromadb
    except ImportError as error:
        raise CannotUse from error
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except (OSError, Timeout) as error:
        raise CannotUse from error
    sealed = SealedFolder(folder, f"chroma {chromadb.__version__}, {_digest(texts, embedder.fingerprint)}")
    with ExitStack() as on_failure:
        on_failure.callback(lock.release)
        index = _as_it_lies(sealed, lock, texts, embedder)
        if index is None:
            _build(sealed, texts, embedder)
            index = _open_copy(sealed, lock, texts, embedder)
        on_failure.pop_all()
    return index


def _as_it_lies(
    sealed: SealedFolder, lock: "FileLock", texts: dict[str, dict[str, str]], embedder: Embedder
) -> ChromaIndex | None:
    """The index that was built before; none when it is not whole."""
    try:
        return _open_copy(sealed, lock, texts, embedder) if sealed.open() else None
    except (CannotUse, OSError):
        return None


def _open_copy(
    sealed: SealedFolder, lock: "FileLock", texts: dict[str, dict[str, str]], embedder: Embedder
) -> ChromaIndex:
    client = _client(sealed.working)
    try:
        return ChromaIndex(client, lock, texts, embedder)
    except CannotUse:
        client.close()  # type: ignore[attr-defined]
        raise


def _build(sealed: SealedFolder, texts: dict[str, dict[str, str]], embedder: Embedder) -> None:
    """Fill Chroma with the texts, and seal what it wrote."""
    vectors = {name: [list(v) for v in embedder.embed([*own.values()])] for name, own in texts.items()}
    with _chroma_errors_as_ours():
        sealed.clear()
        client = _client(sealed.working)
        try:
            for name, own in texts.items():
                collection = client.create_collection(
                    name,
                    embedding_function=None,  # never Chroma's own, which would download a model
                    configuration={"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400}},
                )
                collection.upsert(ids=[*own], embeddings=vectors[name])  # type: ignore[arg-type]
        finally:
            client.close()  # type: ignore[attr-defined]
        sealed.seal()
        sealed.open()


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    with _chroma_errors_as_ours():
        return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _probe(collection: "Collection", texts: dict[str, str]) -> None:
    """Ask for each stored vector by itself: a count alone stays right when vectors are lost.

    Raises:
        CannotUse: A text is missing, or does not find itself.
    """
    held = collection.get(include=["embeddings"])
    vectors = held["embeddings"]
    if {*held["ids"]} != {*texts} or vectors is None:
        raise CannotUse
    near = collection.query(query_embeddings=vectors, n_results=1, include=["distances"])["distances"] or []
    if len(near) != len(texts) or any(not found or found[0] > _SAME for found in near):
        raise CannotUse


@contextmanager
def _chroma_errors_as_ours() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error, OSError, ValueError, RuntimeError) as error:
        raise CannotUse from error


def _digest(texts: dict[str, dict[str, str]], fingerprint: str) -> str:
    told = (f"{name}\x1d{i}\x1e{text}" for name, own in texts.items() for i, text in own.items())
    return hashlib.sha256("\x1f".join((fingerprint, *told)).encode()).hexdigest()[:16]
