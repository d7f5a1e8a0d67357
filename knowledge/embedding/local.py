"""The sentence encoder that ships with Flourish: MiniLM on onnxruntime. Needs no key, no network, no download.

It is no model registry and no cache: one file of weights, loaded at the first text, read only afterwards.
"""

import hashlib
import os
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import BrokenInstallation, NotInstalled

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
    from tokenizers import Tokenizer

T = TypeVar("T")
DIMENSIONS = 384
MAX_TOKENS = 256
_MOST_CHARACTERS = 20 * MAX_TOKENS  # beyond this no text can still bring a new token within the limit
_AT_ONCE = 100_000  # characters; a text of megabytes is counted in parts
WORKERS = min(4, os.cpu_count() or 1)
_AS = {  # weights that were only made leaner, and those whose answers they give bit for bit: nothing is read anew
    "47f857cd228f": "be886d413704",
}


class LocalEmbedder:
    """Turns text into unit vectors of 384 floats; safe to share between threads.

    Every text is run by itself: the weights are quantised on the fly over the whole batch, so in a batch a vector
    would depend on its neighbours. Alone it is the same in every run, and short notes are quicker so on small machines.
    """

    def __init__(self) -> None:
        self._folder = files("knowledge.embedding") / "minilm"
        self._lock = threading.Lock()
        self._loaded: tuple[Tokenizer, InferenceSession] | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Name and digest of the weights, as `digest_of` tells it; vectors of two fingerprints never mix.

        Raises:
            BrokenInstallation: The weights are missing.
        """
        return f"minilm-l6-v2-int8:{digest_of(self._weights())}"

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of unit length for each text, in order.

        Args:
            texts: Any text; control characters count as spaces, what lies beyond 256 tokens is not read.

        Returns:
            As many vectors as texts, each 384 floats.

        Raises:
            NotInstalled: onnxruntime or tokenizers is missing.
            BrokenInstallation: The weights are missing or damaged.
        """
        if not texts:
            return []
        tokenizer, session = self._model()
        tokens = [e.ids for e in tokenizer.encode_batch([readable(text) for text in texts])]
        if len(tokens) == 1:
            return [_run(session, tokens[0])]
        longest_first = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
        vectors: list[list[float]] = [[]] * len(tokens)
        done = side_by_side(lambda i: _run(session, tokens[i]), longest_first)
        for place, vector in zip(longest_first, done, strict=True):
            vectors[place] = vector
        return vectors

    def _weights(self) -> bytes:
        try:
            return (self._folder / "model.onnx").read_bytes()
        except OSError as error:
            raise BrokenInstallation("The sentence encoder is missing.", next="Reinstall Flourish.") from error

    def _model(self) -> "tuple[Tokenizer, InferenceSession]":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> "tuple[Tokenizer, InferenceSession]":
        session = open_session(self._weights())
        try:
            from tokenizers import Tokenizer

            tokenizer = Tokenizer.from_str((self._folder / "tokenizer.json").read_text(encoding="utf-8"))
        except ModuleNotFoundError as error:
            raise _not_installed(error) from error
        except OSError as error:
            raise BrokenInstallation("The sentence encoder is missing.", next="Reinstall Flourish.") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer, session


def digest_of(weights: bytes) -> str:
    """Twelve digits that tell whether two files of weights answer alike."""
    digest = hashlib.sha256(weights).hexdigest()[:12]
    return _AS.get(digest, digest)


def open_session(weights: bytes) -> "InferenceSession":
    """A model on one thread: texts run side by side instead, since one is too small to share out.

    Raises:
        NotInstalled: onnxruntime is missing.
    """
    try:
        import onnxruntime
        from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    options = onnxruntime.SessionOptions()  # type: ignore[attr-defined]
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_free_dimension_override_by_name("batch", 1)  # one text a run, so shapes are worked out once
    return InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def open_weights(weights: bytes) -> Callable[[Mapping[str, Any]], Any]:
    """A model as a function from named arrays to its only output.

    Raises:
        NotInstalled: onnxruntime is missing.
    """
    session = open_session(weights)
    return lambda inputs: session.run(None, dict(inputs))[0]


def tokens_of(texts: Sequence[str]) -> list[list[int]]:
    """The token ids of each text, none added; what lies far beyond the encoder's limit is not read.

    Raises:
        NotInstalled: tokenizers is missing.
        BrokenInstallation: The tokenizer is missing.
    """
    found = plain_tokenizer().encode_batch([readable(text) for text in texts], add_special_tokens=False)
    return [each.ids for each in found]


def side_by_side(work: Callable[[int], T], order: Sequence[int]) -> list[T]:
    """The results of a task for each number, in the given order, run on a few threads that take the next one each."""
    done: dict[int, T] = {}
    waiting = iter(order)  # shared: a thread that is ready goes on at once, nobody hands out the work

    def go_on() -> None:
        for number in waiting:
            done[number] = work(number)

    with ThreadPoolExecutor(WORKERS) as pool:
        for each in [pool.submit(go_on) for _ in range(min(WORKERS, len(order)))]:
            each.result()
    return [done[number] for number in order]


def _not_installed(error: ModuleNotFoundError) -> NotInstalled:
    return NotInstalled(f"Search needs {error.name}.", next="Install it with `pip install onnxruntime tokenizers`.")


def readable(text: str) -> str:
    """The text with control and format characters as spaces, no longer than can matter."""
    head = text[:_MOST_CHARACTERS]
    if head.isprintable():
        return head
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} else c for c in head)


def _run(session: "InferenceSession", tokens: Sequence[int]) -> list[float]:
    import numpy as np

    (vectors,) = session.run(None, {"input_ids": np.array([tokens], dtype=np.int64)})
    vector: list[float] = np.asarray(vectors)[0].tolist()
    return vector


@lru_cache(maxsize=4096)
def count_tokens(text: str) -> int:
    """How many tokens a text has for the shipped tokenizer; what a server counts lies near it for English.

    Raises:
        NotInstalled: tokenizers is missing.
        BrokenInstallation: The tokenizer is missing.
    """
    return sum(
        len(plain_tokenizer().encode(text[at : at + _AT_ONCE], add_special_tokens=False).ids)
        for at in range(0, len(text), _AT_ONCE)
    )


@lru_cache(maxsize=1)
def plain_tokenizer() -> "Tokenizer":
    """The shipped tokenizer, which pads and cuts nothing.

    Raises:
        NotInstalled: tokenizers is missing.
        BrokenInstallation: The tokenizer is missing.
    """
    try:
        from tokenizers import Tokenizer
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "Counting tokens needs tokenizers.", next="Install it with `pip install tokenizers`."
        ) from error
    try:
        found = Tokenizer.from_str(
            (files("knowledge.embedding") / "minilm" / "tokenizer.json").read_text(encoding="utf-8")
        )
    except OSError as error:
        raise BrokenInstallation("The tokenizer is missing.", next="Reinstall Flourish.") from error
    found.no_padding()
    found.no_truncation()
    return found
