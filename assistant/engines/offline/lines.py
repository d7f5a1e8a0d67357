"""A note as the rules read it: line by line, each with its speaker, the cues met in it, and what turns its reading."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain.evidence import Witness
from assistant.domain.policy import Readable
from assistant.engines.offline.cues import Cues, Hit
from assistant.engines.offline.sentences import Sentence, sentences
from assistant.engines.offline.voice import Voice
from assistant.phrases import hide_names

OWED = "owed"  # a turn of reading that no word list tells: something is promised in that line
_IRONY = frozenset({"irony"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or a part with its own speaker, and everything that was read in it.

    Attributes:
        hidden: Folded, with the person's names hidden.
        witness: Whose words it holds.
        hits: The cues met in it.
        turns: What turns its reading: irony, hobby, chatter, fault, boast, past, changed, others, teller, owed.
        allowed: Whether it may be quoted.
    """

    sentence: Sentence
    hidden: str
    witness: Witness
    hits: tuple[Hit, ...]
    turns: frozenset[str]
    allowed: bool

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.sentence.text.rstrip("\"'”’) ").endswith("?")


def lines_of(readable: Readable, voice: Voice, cues: Cues) -> Sequence[Line]:
    """Every line of a note in order; in one that may not be quoted no cue is looked for."""
    found = sentences(readable.note.text)
    lines = []
    for place, sentence in enumerate(found):
        hidden = hide_names(sentence.folded, voice.names)
        allowed = readable.allows(sentence.span)
        hits = cues.hits(hidden) if allowed else ()
        lines.append(Line(sentence, hidden, voice.speaker(found, place), hits, cues.turned(hidden), allowed))
    return [
        replace(line, turns=line.turns | _IRONY) if _in_that_tone(lines, at) else line for at, line in enumerate(lines)
    ]


def _in_that_tone(lines: Sequence[Line], at: int) -> bool:
    """Whether the told words right beside a quotation say how it was meant: '"I love it", through gritted teeth'."""
    line, beside = lines[at], [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    return line.sentence.quoted and any(
        other.sentence.number == line.sentence.number
        and not other.sentence.quoted
        and (other.sentence.start > line.sentence.start or other.sentence.text.endswith(":"))
        and other.turns >= _IRONY
        for other in beside
    )
