"""Hands notes to a reader of sentences without the person's names, and gives its answers back line by line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.domain.evidence import Topic
from assistant.domain.masked import MASK, MaskedNote
from assistant.domain.policy import Readable
from assistant.engines.offline.lines import Line
from assistant.engines.offline.sentences import fold
from assistant.engines.offline.voice import Voice
from assistant.phrases import NAME, hide_names
from assistant.ports.outside import SentenceReader

Heard = Mapping[Topic, float]  # log-odds that a sentence speaks for a topic
_NAMES = re.compile(rf"{NAME}+(?:[ '-]{NAME}+)*")
_MARK = "\"'"


@dataclass(frozen=True, slots=True)
class Opened:
    """A note that may be used, read by the rules."""

    readable: Readable
    lines: Sequence[Line]
    voice: Voice


def hear(reader: SentenceReader, notes: Sequence[Opened]) -> list[list[Heard]]:
    """What a reader says of every line of every note; the parts of one sentence share its answer."""
    answers = reader.read([masked(note) for note in notes])
    heard = []
    for note, told in zip(notes, answers, strict=True):
        numbers = dict.fromkeys(line.sentence.number for line in note.lines)
        by_number = dict(zip(numbers, told, strict=True))
        heard.append([by_number[line.sentence.number] for line in note.lines])
    return heard


def masked(note: Opened) -> MaskedNote:
    """A note without the person's names; a sentence that may not be quoted is not read either."""
    sentences = _sentences(note.readable.note.text, note.lines, note.voice)
    return MaskedNote(tuple(sentences), note.voice.kind, note.voice.told_by)


def _sentences(text: str, lines: Sequence[Line], voice: Voice) -> Iterator[str]:
    folded = fold(text)
    for _, group in groupby(lines, key=lambda line: line.sentence.number):
        parts = list(group)
        start, end = parts[0].sentence.start, parts[-1].sentence.end
        start -= folded[max(start - 1, 0)] in _MARK and start > 0
        end += folded[end : end + 1] in _MARK and end < len(folded)
        hidden = hide_names(folded[start:end], voice.names)
        yield _NAMES.sub(MASK, hidden) if all(part.allowed for part in parts) else ""
