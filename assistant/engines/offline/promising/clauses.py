"""Cuts a sentence where another promise may begin, so that "she does this, and I do that" is two. Judges nothing."""

import re
from collections.abc import Iterator

from assistant.domain.note import Span
from assistant.engines.offline.sentences import Sentence, quotations

_BINDS = (
    r"(?:she|he|they)\s(?:(?:is|are) to(?! blame)|will|shall|(?:is|are) going to)"  # else they only tell what is so
)
_NEXT = re.compile(
    r"(?:[;:]\s+|,?\s(?:and|und|y|but|aber|pero)\s|,\s)"
    rf"(?=(?:{_BINDS}|I|ich|yo|Yo|I'm|I'll|she'll|he'll|they'll|sie|er|ella|él)\b(?!\s(?:said|says|dijo|sagte|think|know|hope)\b))"
)
_BOUND = re.compile(_BINDS)
_CUT = re.compile(r"[,;:]\s(?:and |but )?")
_OTHER = re.compile(rf"(?:{_BINDS}|she'll|he'll|they'll|sie|er|ella|él)\b")
_MINE = re.compile(r"(?:I|ich|Ich|yo|Yo) \w+")
_ITEM = re.compile(r"(?:(?<=\s)|^)(?=(?:\d{1,2}[.)]|Goal \d:)\s)")


def clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The parts of a sentence that may each bind somebody; a short one stays whole, but "I approve, she is to"."""
    cuts = [m.span() for m in _NEXT.finditer(sentence.text) if not sentence.quoted and not _goes_on(sentence, m)]
    at = 0
    for end, after in [*cuts, (len(sentence.text),) * 2]:
        words = sentence.text[at:end]
        binds_another = after < len(sentence.text) and _OTHER.match(sentence.text, after) and _MINE.fullmatch(words)
        if end < len(sentence.text) and len(words.split()) < 3 and not binds_another:
            continue
        yield Sentence(sentence.start + at, words.rstrip(" ,;:"), sentence.quoted, sentence.number)
        at = after


def _goes_on(sentence: Sentence, cut: re.Match[str]) -> bool:
    """Whether what another will do only goes on with what is told of them; it is cut off from what "I" do."""
    before = _CUT.split(sentence.text[: cut.start()])[-1]
    return bool(_BOUND.match(sentence.text, cut.end())) and not before.startswith(("I ", "I'"))


def items(found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Sentences with the number of a list before what it numbers: "3." alone belongs to what follows."""
    joined: list[Sentence] = []
    for sentence in found:
        before = joined[-1] if joined else None
        if before and not before.quoted and re.fullmatch(r"\W*(?:\d{1,2}[.)]|My goals\.)", before.text):
            gap = sentence.start - before.end
            joined[-1] = Sentence(before.start, before.text + " " * gap + sentence.text, sentence.quoted, before.number)
        else:
            joined.append(sentence)
    return tuple(joined)


def unquoted(sentence: Sentence) -> str:
    """The folded words, with short quoted pieces blanked: what somebody else says binds nobody here."""
    words = list(sentence.folded)
    for span in _inner(sentence):
        words[span.start : span.end] = " " * (span.end - span.start)
    return "".join(words)


def _inner(sentence: Sentence) -> tuple[Span, ...]:
    return () if sentence.quoted else quotations(sentence.text)
