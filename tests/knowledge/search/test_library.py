"""The library's nearest cards: Chroma's folder and exact arithmetic rank the same, whoever owns the folder."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.domain.stage import Stage
from assistant.errors import Unknown
from knowledge.embedding.local import LocalEmbedder
from knowledge.search.index import ChromaIndex, ExactIndex, open_index
from knowledge.search.library import ShippedLibrary, open_library

ASKED = (
    "she no longer enjoys the work she is good at",
    "how do I praise somebody so that it lands",
    "a promise I did not keep",
    "who is better off through his work",
    "first meeting with somebody new",
    "¿qué le da energía?",
    "x",
)
TEXTS = {"shelf": {"a": "bread and butter", "b": "ships at sea", "c": "a warm oven"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def in_chroma(folder: Path, embedder: LocalEmbedder) -> Iterator[ShippedLibrary]:
    library = open_library(folder, embedder)
    yield library
    library.close()


def test_chroma_and_exact_arithmetic_rank_equally(
    in_chroma: ShippedLibrary, embedder: LocalEmbedder, folder: Path
) -> None:
    exact = open_library(None, embedder)
    own_words = [card.title for card in exact.principles()][::4] + [q.ask for q in exact.questions()][::8]
    assert len(own_words) > 20
    for words in (*ASKED, *own_words):
        assert in_chroma.nearest_principles(words, 8) == exact.nearest_principles(words, 8)
        assert in_chroma.nearest_questions(words, 8) == exact.nearest_questions(words, 8)
    assert isinstance(in_chroma._index, ChromaIndex)
    assert (folder / "open" / "chroma.sqlite3").is_file()


def test_a_card_is_nearest_to_its_own_title(embedder: LocalEmbedder) -> None:
    library = open_library(None, embedder)
    cards = library.principles()
    first = [library.nearest_principles(card.title, 3) for card in cards]
    assert sum(card in near for card, near in zip(cards, first, strict=True)) >= 0.9 * len(cards)


def test_a_second_owner_of_the_folder_gets_the_same_answers_without_it(
    in_chroma: ShippedLibrary, embedder: LocalEmbedder, folder: Path
) -> None:
    wanted = in_chroma.nearest_questions(ASKED[0])
    second = open_library(folder, embedder)
    assert second.nearest_questions(ASKED[0]) == wanted
    assert isinstance(second._index, ExactIndex)


def test_the_folder_is_free_again_after_close(in_chroma: ShippedLibrary, embedder: LocalEmbedder, folder: Path) -> None:
    wanted = in_chroma.nearest_principles(ASKED[1])
    in_chroma.close()
    again = open_library(folder, embedder)
    assert again.nearest_principles(ASKED[1]) == wanted
    assert isinstance(again._index, ChromaIndex)
    again.close()


class Renamed:
    """The same vectors under another fingerprint."""

    fingerprint = "another"

    def __init__(self, embedder: LocalEmbedder) -> None:
        self._embedder = embedder

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return self._embedder.embed(texts)


def collections(index: ChromaIndex) -> dict[str, int]:
    return {c.name: c.count() for c in index._client.list_collections()}


def test_another_embedder_or_other_texts_are_indexed_anew(embedder: LocalEmbedder, folder: Path) -> None:
    changed = {"shelf": {**TEXTS["shelf"], "d": "a fourth text"}}
    for texts, maker in ((TEXTS, embedder), (TEXTS, Renamed(embedder)), (changed, embedder)):
        index = open_index(folder, texts, maker)
        assert isinstance(index, ChromaIndex)
        assert index.nearest("shelf", "baking", 1) == ["c"]
        assert collections(index) == {"shelf": len(texts["shelf"])}
        index.close()


def test_what_is_not_asked_for_something_near_opens_no_chroma(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from knowledge.embedding.local import LocalEmbedder;"
        "from knowledge.search.library import open_library;"
        f"l = open_library(Path({str(tmp_path / 'library')!r}), LocalEmbedder());"
        "l.principles(), l.questions(), l.topics();"
        "print([m for m in ('chromadb', 'onnxruntime', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert not (tmp_path / "library").exists()


def test_the_library_gives_cards_guides_and_topics_by_name(embedder: LocalEmbedder) -> None:
    library = open_library(None, embedder)
    card = library.principles()[0]
    assert library.principle(card.id) == card
    assert library.guide(Stage.FIRST).stage is Stage.FIRST
    assert library.topics()
    with pytest.raises(Unknown, match="no principle 'nope'"):
        library.principle("nope")


def test_no_words_or_no_room_find_nothing(embedder: LocalEmbedder) -> None:
    library = open_library(None, embedder)
    assert library.nearest_principles("  ") == ()
    assert library.nearest_questions("praise", 0) == ()
    assert len(library.nearest_questions("praise", 1_000)) == len(library.questions())
