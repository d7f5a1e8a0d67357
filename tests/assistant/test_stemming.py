"""Stems are the same however many threads ask for them."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.stemming import stem

WORDS = tuple(f"{start}{end}" for start in ("transfer", "organis", "plann", "berat", "promis", "carri", "hopp", "agree")
              for end in ("ations", "ing", "edly", "ness", "fulness", "ies", "s", "ational"))  # fmt: skip


def stems_of_all(_: int = 0) -> list[str]:
    return [stem.__wrapped__(word) for word in WORDS * 3]


def test_threads_that_stem_at_once_get_the_stems_that_one_gets_alone() -> None:
    alone = stems_of_all()
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(found == alone for found in threads.map(stems_of_all, range(24)))
    finally:
        sys.setswitchinterval(pause)


@pytest.mark.parametrize(
    ("word", "language", "root"), [("pumps", "english", "pump"), ("lieferungen", "german", "liefer")]
)
def test_each_language_has_its_endings(word: str, language: str, root: str) -> None:
    assert stem(word, language) == root
