"""The shipped encoder: the same text is the same vector, whoever stands beside it."""

import hashlib
import math
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest

from knowledge.embedding.local import DIMENSIONS, LocalEmbedder, digest_of

pytestmark = pytest.mark.usefixtures("nothing_spared")

TEXTS = [
    "She showed the new colleague how to set up the till.",
    "Er hat den Bericht pünktlich abgegeben.",
    "The parcel was late.",
    "word " * 400,
    "",
    "🙂",
]


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_every_text_becomes_a_unit_vector_of_384_floats(embedder: LocalEmbedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert [len(v) for v in vectors] == [DIMENSIONS] * len(TEXTS)
    assert all(math.isclose(cosine(v, v), 1.0, abs_tol=1e-4) for v in map(list, vectors))


def test_a_vector_does_not_depend_on_its_neighbours_or_on_the_run(embedder: LocalEmbedder) -> None:
    together = embedder.embed(TEXTS)
    assert together == [embedder.embed([text])[0] for text in TEXTS]
    assert together == LocalEmbedder().embed(TEXTS)


def test_threads_may_share_one_embedder() -> None:
    shared = LocalEmbedder()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: shared.embed(TEXTS[:3]), range(8)))
    assert all(answer == answers[0] for answer in answers)


def test_what_means_the_same_lies_nearer_than_what_does_not(embedder: LocalEmbedder) -> None:
    asked, same, other = map(
        list, embedder.embed(["Who trains newcomers?", "He teaches the apprentices.", "The van needs new tyres."])
    )
    assert cosine(asked, same) > cosine(asked, other) + 0.1


def test_control_characters_count_as_spaces(embedder: LocalEmbedder) -> None:
    dirty, clean = embedder.embed(["The parcel\x00was\x07late\u202e.", "The parcel was late ."])
    assert dirty == clean


def test_a_text_of_any_length_is_read_up_to_256_tokens(embedder: LocalEmbedder) -> None:
    long, longer = embedder.embed(["spade " * 300, "spade " * 300 + "completely different ending " * 5_000])
    assert long == longer


def test_no_texts_load_no_model() -> None:
    code = "import sys; from knowledge.embedding.local import LocalEmbedder as E; assert E().embed([]) == []; " + (
        "E().fingerprint; print('onnxruntime' in sys.modules, 'tokenizers' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False False"


def test_the_fingerprint_names_the_weights_that_lie_here(embedder: LocalEmbedder) -> None:
    folder = files("knowledge.embedding") / "minilm"
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    told = (folder / "PROVENANCE.md").read_text(encoding="utf-8")
    assert re.search(rf"model\.onnx sha256 {digest}; before `lean\.py` sha256 be886d413704", told)
    assert embedder.fingerprint == "minilm-l6-v2-int8:be886d413704"  # its vectors, bit for bit: none is made anew
    assert hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest() in told
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_other_weights_have_another_fingerprint() -> None:
    assert digest_of(b"other weights") == hashlib.sha256(b"other weights").hexdigest()[:12]
