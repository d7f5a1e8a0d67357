"""Whatever becomes of the library's folder: it opens, ranks as exact arithmetic does, and is whole again afterwards."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge.embedding.local import LocalEmbedder
from knowledge.search.index import ChromaIndex, ExactIndex, open_index
from knowledge.search.sealed import SealedFolder
from tests.knowledge.search.faults import DAMAGE, FLIPS, flip

TEXTS = {"shelf": {f"t{n}": f"{word} and {other}" for n, (word, other) in enumerate(
    (w, o) for w in ("bread", "ships", "an oven", "a harbour") for o in ("butter", "the sea", "children")
)}}  # fmt: skip
Ranking = list[list[str]]
ASKED = ("baking", "a boat in the bay", "who eats it")


class Remembering:
    """The real encoder, asked once for each text."""

    def __init__(self, embedder: LocalEmbedder) -> None:
        self._embedder, self._known = embedder, dict[str, Sequence[float]]()
        self.asked: list[int] = []

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append(len(texts))
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.embed([text])[0]
        return [self._known[text] for text in texts]


@pytest.fixture(scope="module")
def remembering(embedder: LocalEmbedder) -> Remembering:
    return Remembering(embedder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, remembering: Remembering, wanted: Ranking) -> Path:
    """A folder with the index in it, closed."""
    folder = tmp_path_factory.mktemp("built") / "library"
    assert ranked(folder, remembering) == wanted
    return folder


@pytest.fixture(scope="module")
def wanted(embedder: LocalEmbedder) -> Ranking:
    """What exact arithmetic finds."""
    exact = ExactIndex(TEXTS, embedder)
    return [exact.nearest("shelf", words, 5) for words in ASKED]


def ranked(folder: Path, embedder: Remembering) -> Ranking:
    """What the index of a folder finds; it has to be Chroma's."""
    index = open_index(folder, TEXTS, embedder)
    assert isinstance(index, ChromaIndex)
    found = [index.nearest("shelf", words, 5) for words in ASKED]
    index.close()
    return found


def was_built(embedder: Remembering, asked: int) -> bool:
    """Whether all texts were embedded since the encoder had been asked so often."""
    return len(TEXTS["shelf"]) in embedder.asked[asked:]


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_noticed_and_mended_at_the_first_question(
    name: str, built: Path, remembering: Remembering, wanted: Ranking, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    DAMAGE[name](folder)
    for again in (False, True):
        asked = len(remembering.asked)
        assert ranked(folder, remembering) == wanted
        assert was_built(remembering, asked) is not again


def test_bytes_flipped_at_random_are_noticed_wherever_they_lie(
    built: Path, remembering: Remembering, wanted: Ranking, tmp_path: Path
) -> None:
    chance = random.Random(20260615)
    for number in range(FLIPS):
        folder = tmp_path / str(number)
        shutil.copytree(built, folder)
        flip(folder, chance)
        asked = len(remembering.asked)
        assert ranked(folder, remembering) == wanted
        assert was_built(remembering, asked)


def test_what_lies_in_the_working_copy_does_not_matter(
    built: Path, remembering: Remembering, wanted: Ranking, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    for path in (folder / "open").rglob("*"):
        if path.is_file():
            path.write_bytes(os.urandom(500))
    asked = len(remembering.asked)
    assert ranked(folder, remembering) == wanted
    assert not was_built(remembering, asked)


def test_vectors_lost_in_silence_before_the_files_were_sealed_are_found_by_asking_for_each(
    built: Path, remembering: Remembering, wanted: Ranking, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    stamp = json.loads((folder / "sealed" / "seal.json").read_text())["stamp"]
    sealed = SealedFolder(folder, stamp)
    assert sealed.open()
    with sqlite3.connect(folder / "open" / "chroma.sqlite3") as database:
        database.execute("DELETE FROM embeddings_queue")
    shutil.rmtree(folder / "sealed")
    sealed.seal()
    asked = len(remembering.asked)
    assert ranked(folder, remembering) == wanted
    assert was_built(remembering, asked)


@pytest.mark.parametrize("what", ["a file in its place", "a file in the lock's way"])
def test_a_folder_that_cannot_be_used_costs_nothing_but_time(
    what: str, remembering: Remembering, wanted: Ranking, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    if what == "a file in its place":
        folder.write_text("not a folder")
    else:
        (folder / "owner.lock").mkdir(parents=True)
    index = open_index(folder, TEXTS, remembering)
    assert isinstance(index, ExactIndex)
    assert [index.nearest("shelf", words, 5) for words in ASKED] == wanted


@pytest.mark.skipif(os.name == "nt", reason="permissions work differently there")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_without_permission_to_write_the_answers_are_the_same(mode: int, built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / "owner.lock").chmod(0o444)
    for path in (folder / "open", folder / "sealed", folder):
        path.chmod(mode)
    opened = {}
    for above in folder.parents:  # whoever runs this as root becomes nobody, and has to get here first
        if above.stat().st_uid == os.geteuid() and above.stat().st_mode & 0o005 != 0o005:
            opened[above] = above.stat().st_mode
            above.chmod(opened[above] | 0o055)
    code = f"""
        import os
        from pathlib import Path
        import chromadb, filelock, numpy
        from knowledge.search.index import open_index
        if os.geteuid() == 0:  # a root may write anywhere, so it becomes nobody
            os.setgid(65534), os.setuid(65534)
        class Flat:
            fingerprint = "flat"
            def embed(self, texts):
                return [[1.0, 0.0] if "bread" in t else [0.0, 1.0] for t in texts]
        index = open_index(Path({str(folder)!r}), {TEXTS!r}, Flat())
        print(type(index).__name__, index.nearest("shelf", "bread", 3))
    """
    try:
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    finally:
        folder.chmod(0o755)
        for above, before in opened.items():
            above.chmod(before)
    assert done.stdout.strip() == "ExactIndex ['t0', 't1', 't2']", done.stderr[-2000:]


def test_a_folder_that_is_lost_while_it_is_open_costs_no_answer(
    built: Path, remembering: Remembering, wanted: Ranking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.search.library import ShippedLibrary

    monkeypatch.setattr(ShippedLibrary, "_texts", lambda _: TEXTS)
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    library = ShippedLibrary(folder, remembering)
    assert library._nearest("shelf", ASKED[0], 5) == wanted[0]
    assert isinstance(library._index, ChromaIndex)
    library._index._client.delete_collection("shelf")
    assert [library._nearest("shelf", words, 5) for words in ASKED] == wanted


@pytest.mark.parametrize("cut", ["before the copy has its name", "after it"])
def test_a_build_that_is_cut_off_is_begun_again(
    cut: str, remembering: Remembering, wanted: Ranking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutOff(Exception):
        pass

    replace: Callable[..., Path] = Path.replace

    def cut_off(self: Path, target: Path) -> Path:
        if cut == "after it":
            replace(self, target)
        raise CutOff

    folder = tmp_path / "library"
    with monkeypatch.context() as once:
        once.setattr(Path, "replace", cut_off)
        with pytest.raises(CutOff):
            open_index(folder, TEXTS, remembering)
    assert ranked(folder, remembering) == wanted
