"""The reader of sentences that ships with Flourish: MiniLM once more, trained to tell what a sentence speaks for.

A whole note is read in one pass, and the tokens of each sentence are averaged: a sentence is judged by its
surroundings. It is a second opinion for the rules and claims nothing by itself; English, German and Spanish.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

from assistant.domain.evidence import Topic
from assistant.domain.masked import MaskedNote
from assistant.errors import BrokenInstallation
from knowledge.embedding.local import MAX_TOKENS, digest_of, open_weights, side_by_side, tokens_of

Run = Callable[[Mapping[str, Any]], Any]
LONGEST_SENTENCE = 120  # tokens of one sentence that are read
UNREAD = -20.0  # log-odds of a sentence that was not read
TOPICS = (
    Topic.PASSION,
    Topic.TALENT,
    Topic.CUSTOMER_VALUE,
    Topic.ASPIRATION,
    Topic.OBSTACLE,
    Topic.ENERGY_DRAIN,
)
_FIRST, _LAST = 101, 102  # [CLS] and [SEP]


class LocalSentenceReader:
    """Judges sentences on this machine; safe to share between threads. Each note is run by itself, so it repeats."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run: Run | None = None

    @cached_property
    def fingerprint(self) -> str:
        """Name and digest of the weights.

        Raises:
            BrokenInstallation: The weights are missing.
        """
        return f"reader:{digest_of(_weights())}"

    def read(self, notes: Sequence[MaskedNote]) -> Sequence[Sequence[Mapping[Topic, float]]]:
        """For each note, for each sentence, the log-odds for each topic; `UNREAD` for an empty sentence.

        Raises:
            NotInstalled: onnxruntime or tokenizers is missing.
            BrokenInstallation: The weights are missing.
        """
        if not notes:
            return []
        run = self._model()
        told: list[list[Mapping[Topic, float]]] = [[]] * len(notes)
        longest_first = sorted(range(len(notes)), key=lambda i: -sum(map(len, notes[i].sentences)))
        done = side_by_side(lambda i: _read(run, notes[i]), longest_first)
        for place, answer in zip(longest_first, done, strict=True):
            told[place] = answer
        return told

    def _model(self) -> Run:
        with self._lock:
            if self._run is None:
                self._run = open_weights(_weights())
            return self._run


def shipped_reader() -> LocalSentenceReader | None:
    """The reader, or None where its weights were left out of the installation: the rules then choose alone."""
    return LocalSentenceReader() if (files("knowledge.embedding") / "reader" / "model.onnx").is_file() else None


def windows(
    lead: Sequence[int], sentences: Sequence[Sequence[int]]
) -> Iterator[tuple[list[int], list[tuple[int, int, int]]]]:
    """A note as token ids of at most `MAX_TOKENS`, with (sentence, begin, end) of each sentence in them.

    Args:
        lead: The tokens that tell who speaks and what kind of note it is.
        sentences: The tokens of every sentence; an empty one is left out.
    """
    ids, places = [_FIRST, *lead], list[tuple[int, int, int]]()
    for number, tokens in enumerate(sentences):
        if places and len(ids) + len(tokens) >= MAX_TOKENS:
            yield [*ids, _LAST], places
            ids, places = [_FIRST, *lead], []
        if tokens:
            places.append((number, len(ids), len(ids) + len(tokens)))
            ids.extend(tokens)
    if places:
        yield [*ids, _LAST], places


def lead_of(told_by: str, kind: str) -> str:
    """The words before a note that tell whose it is."""
    return f"{told_by} {kind.replace('_', ' ')} :"


def _read(run: Run, note: MaskedNote) -> list[Mapping[Topic, float]]:
    import numpy as np

    lead, *sentences = tokens_of([lead_of(note.told_by, note.kind), *note.sentences])
    told: list[Mapping[Topic, float]] = [dict.fromkeys(TOPICS, UNREAD)] * len(note.sentences)
    for ids, places in windows(lead, [tokens[:LONGEST_SENTENCE] for tokens in sentences]):
        pool = np.zeros((len(places), len(ids)), dtype=np.float32)
        for row, (_, begin, end) in enumerate(places):
            pool[row, begin:end] = 1 / (end - begin)
        odds = np.asarray(run({"input_ids": np.array([ids], dtype=np.int64), "pool": pool})).tolist()
        for (number, _, _), row in zip(places, odds, strict=True):
            told[number] = dict(zip(TOPICS, row, strict=True))
    return told


def _weights() -> bytes:
    try:
        return (files("knowledge.embedding") / "reader" / "model.onnx").read_bytes()
    except OSError as error:
        raise BrokenInstallation("The reader of sentences is missing.", next="Reinstall Flourish.") from error
