"""Quotes a deed together with what came of it, where both stand side by side. Chooses no sentence, only its neighbour.

"She rebuilt the rota. Nobody has missed a shift since.": either alone is half of a talent, and half of a gain.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import Span
from assistant.engines.offline.evidence_rules import LIVE, own_points
from assistant.engines.offline.lines import Line
from assistant.engines.offline.sentences import Sentence
from assistant.engines.offline.voice import Voice, names_person

MOST_WORDS, MOST = 40, 260  # words and characters of one quote
FEWEST, FEWEST_ALONE = 5, 3  # words of a neighbour that is cut to fit, and of one that says something
NAMED_ONLY = 5  # words of "Next wish: a map.", which the sentence after it explains
_FIGURES = frozenset({"TAL06", "TAL06b", "TAL13"})
_COMMA = re.compile(r",\s")
_RECEIVERS = frozenset({"CUS07", "CUS08", "CUS09"})
_SERVED = frozenset({Witness.CUSTOMER, Witness.PEER})
_SPOILT = frozenset(
    {"fault", "irony", "hobby", "chatter", "boast", "agreed", "meant", "teller", "others", "flat", "changed"}
)


def joined(topic: Topic, lines: Sequence[Line], at: int, place: Span, voice: Voice) -> Span:
    """The place to quote, or with it the neighbouring sentence that tells the other half.

    Args:
        topic: What it is quoted for.
        lines: The note as read.
        at: The line that is quoted.
        place: What would be quoted of it.
        voice: Who tells it.
    """
    for other in _other_halves(topic, lines, at, voice):
        span = _both(lines, at, place, other)
        if span is not None:
            return span
    return place


def _other_halves(topic: Topic, lines: Sequence[Line], at: int, voice: Voice) -> Iterator[int]:
    """The neighbours that may be quoted along, the likelier one first."""
    line, before, after = lines[at], _neighbour(lines, at, -1), _neighbour(lines, at, 1)
    if topic is Topic.PASSION:
        if "announces" in line.turns and (after := _neighbour(lines, at, 1, _SPOILT - {"meant"})) is not None:
            yield after
    elif topic is Topic.ASPIRATION:
        named_only = ":" in line.hidden and len(line.hidden.split()) <= NAMED_ONLY
        if after is not None and named_only and len(lines[after].hidden.split()) >= FEWEST:
            yield after
    elif topic is Topic.TALENT:
        deed, result = _is_deed(line, voice), _is_result(line, voice)
        if after is not None and deed and not result and _is_result(lines[after], voice):
            yield after
        if before is not None and not deed and _is_deed(lines[before], voice):
            yield before
    elif topic is Topic.CUSTOMER_VALUE and not _is_deed(line, voice):
        if before is not None and _is_cause(lines[before], voice):
            yield before
        received = line.witness in _SERVED or _has_receiver(line)
        if after is not None and not received and _has_receiver(lines[after]):
            yield after


def _neighbour(lines: Sequence[Line], at: int, step: int, spoilt: frozenset[str] = _SPOILT) -> int | None:
    """The next line of another sentence that may be quoted along; none where a private or spoilt one lies there."""
    number, other = lines[at].sentence.number, at
    while 0 <= other < len(lines) and lines[other].sentence.number == number:
        other += step
    if not 0 <= other < len(lines):
        return None
    parts = _parts(lines, other)
    if any(not p.allowed or p.asks or p.turns & spoilt or p.witness is Witness.HEARSAY for p in parts):
        return None
    return other


def _parts(lines: Sequence[Line], at: int) -> list[Line]:
    return [line for line in lines if line.sentence.number == lines[at].sentence.number]


def _is_deed(line: Line, voice: Voice) -> bool:
    """Whether a line tells something done by this person."""
    acts = any(hit.cue.topic is Topic.TALENT and hit.cue.act for hit in line.hits)
    return acts and own_points(Topic.TALENT, line, voice) > 0


def _is_result(line: Line, voice: Voice) -> bool:
    """Whether a line tells what came of something; a further deed of theirs is none by its "which means"."""
    if len(line.hidden.split()) < FEWEST_ALONE or any(hit.cue.topic in LIVE for hit in line.hits):
        return False
    gained = any(h.cue.topic is Topic.CUSTOMER_VALUE and h.cue.points > 1 and h.cue.id not in _RECEIVERS
                 for h in line.hits)  # fmt: skip
    if gained or "outcome" in line.turns:
        return True
    hits = {hit.cue.id for hit in line.hits}
    return bool(hits & _FIGURES) or "TAL-effect" in hits and not names_person(line.hidden, voice)


def _is_cause(line: Line, voice: Voice) -> bool:
    """Whether a line tells what was done, or is there now, before somebody's gain."""
    return _is_deed(line, voice) or "by_now" in line.turns


def _has_receiver(line: Line) -> bool:
    return any(hit.cue.id in _RECEIVERS for hit in line.hits)


def _both(lines: Sequence[Line], at: int, place: Span, other: int) -> Span | None:
    """One passage over a line and its neighbour; what comes second may be cut at a comma. None where it is too long."""
    mine, theirs = [at], [n for n, _ in enumerate(lines) if lines[n].sentence.number == lines[other].sentence.number]
    first, last = min(mine + theirs), max(mine + theirs)
    run, end_run = _quotation(lines, first), _quotation(lines, last)
    if run != end_run and not (first == min(run, default=first) and last == max(end_run, default=last)):
        return None  # it would open or close marks that have no other half
    start, end = lines[first].sentence.start, lines[last].sentence.end
    start, end = (place.start, end) if first == at else (start, place.end)
    if run != end_run:
        start -= bool(run) and lines[first].sentence.start == start
        end += bool(end_run) and lines[last].sentence.end == end
    whole = Span(start, end)
    if _fits(lines, whole) or first != at or end_run:
        return whole if _fits(lines, whole) else None
    return _cut(lines, whole, last)


def _quotation(lines: Sequence[Line], at: int) -> range:
    """The lines of the quotation that a line is in; none where it is told."""
    if not lines[at].sentence.quoted:
        return range(0)
    first = last = at
    while first and _goes_on(lines[first - 1].sentence, lines[first].sentence):
        first -= 1
    while last + 1 < len(lines) and _goes_on(lines[last].sentence, lines[last + 1].sentence):
        last += 1
    return range(first, last + 1)


def _goes_on(one: Sentence, two: Sentence) -> bool:
    """Whether two sentences stand in the same quotation: between two of them there are marks too."""
    return one.quoted and two.quoted and two.start - one.end <= 1


def _cut(lines: Sequence[Line], whole: Span, last: int) -> Span | None:
    """The longest passage that ends at a comma of its last sentence and is short enough."""
    sentence = lines[last].sentence
    for cut in [mark.start() for mark in _COMMA.finditer(sentence.text)][::-1]:
        span = Span(whole.start, sentence.start + cut)
        if len(sentence.text[:cut].split()) >= FEWEST and _fits(lines, span):
            return span
    return None


def _fits(lines: Sequence[Line], span: Span) -> bool:
    words = sum(
        len(line.sentence.text[: max(0, span.end - line.sentence.start)].split())
        for line in lines
        if line.sentence.span.overlaps(span)
    )
    return words <= MOST_WORDS and span.end - span.start <= MOST
