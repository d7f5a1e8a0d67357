"""One encoder for all tests of search; it holds no state but its weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ports.records import Records, Shelf
from knowledge.embedding.local import LocalEmbedder
from knowledge.search.notes import ExactNoteSearch
from tests.knowledge.search import home


@pytest.fixture(scope="session")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="session")
def search(embedder: LocalEmbedder) -> ExactNoteSearch:
    return ExactNoteSearch(embedder)


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory, search: ExactNoteSearch) -> Records:
    """Filled once; the tests only read it."""
    folder: Path = tmp_path_factory.mktemp("shop")
    return home.filled(folder, search)


@pytest.fixture
def shelf(records: Records) -> Iterator[Shelf]:
    with records.reading(home.ME, home.TODAY) as opened:
        yield opened
