"""Which sentences of a note speak for which topic, and how strongly. Weighs signs; the signs are in `cues`.

The rubric is short on purpose: the points of a sentence's cues, plus what this kind of note is for. Three points make
evidence. A customer's note tells what changed for the customer, a colleague's tells what somebody does well, and a
one-on-one holds what the person said of themself; so one sign is enough there, and two are needed elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.policy import Readable
from assistant.engines.offline.cues import Cues, Hit
from assistant.engines.offline.sentences import Sentence, clause_around, sentences
from assistant.engines.offline.told_by_kind import told_line
from assistant.engines.offline.voice import Voice, is_about_another, speaks_of
from assistant.phrases import hide_names

ENOUGH = 3
_MOST = 5  # points of cues that add up in one sentence
_FACETS = (Topic.PASSION, Topic.TALENT, Topic.CUSTOMER_VALUE)
_LIVE = (Topic.ASPIRATION, Topic.OBSTACLE, Topic.ENERGY_DRAIN)
_EFFECT = "TAL-effect"  # it speaks for an act, never alone
_COMPLAINT = NoteKind.CUSTOMER_COMPLAINT
# What a kind of note is for, in points.
_TELLS: Mapping[NoteKind, Mapping[Topic, int]] = MappingProxyType(
    {
        NoteKind.ONE_ON_ONE: {Topic.PASSION: 1, Topic.TALENT: -1, Topic.CUSTOMER_VALUE: -1},
        NoteKind.OBSERVATION: {Topic.PASSION: 0, Topic.TALENT: 2, Topic.CUSTOMER_VALUE: -1},
        NoteKind.PROJECT_LOG: {Topic.PASSION: -1, Topic.TALENT: 2, Topic.CUSTOMER_VALUE: 1},
        NoteKind.PEER_FEEDBACK: {Topic.PASSION: -2, Topic.TALENT: 2, Topic.CUSTOMER_VALUE: 1},
        NoteKind.CUSTOMER_QUOTE: {Topic.PASSION: -2, Topic.TALENT: 2, Topic.CUSTOMER_VALUE: 3},
        NoteKind.EMAIL: {Topic.PASSION: -1, Topic.TALENT: 1, Topic.CUSTOMER_VALUE: 1},
        NoteKind.SELF_REVIEW: {Topic.PASSION: 1, Topic.TALENT: 0, Topic.CUSTOMER_VALUE: 0},
        NoteKind.TRANSCRIPT: {Topic.PASSION: 0, Topic.TALENT: 1, Topic.CUSTOMER_VALUE: 1},
        NoteKind.GOAL: {Topic.PASSION: 0, Topic.TALENT: -2, Topic.CUSTOMER_VALUE: -2},
        NoteKind.SURVEY_COMMENT: {Topic.PASSION: -1, Topic.TALENT: -2, Topic.CUSTOMER_VALUE: -2},
        NoteKind.CHAT_MESSAGE: {Topic.PASSION: -1, Topic.TALENT: -1, Topic.CUSTOMER_VALUE: -1},
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What one sentence says for one topic.

    Attributes:
        place: What to quote, in places of the note.
        points: What its cues and its kind of note add up to.
    """

    topic: Topic
    place: Span
    points: int
    strength: Strength
    witness: Witness
    tense: Tense
    cue: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence with everything that was read in it."""

    sentence: Sentence
    hidden: str
    witness: Witness
    hits: tuple[Hit, ...]
    turns: frozenset[str]
    allowed: bool


def signs_of(readable: Readable, voice: Voice, cues: Cues) -> Iterator[Sign]:
    """The best sign of a note for every topic it speaks for, the strongest two where both are strong."""
    lines = _read(readable, voice, cues)
    for topic in (*_FACETS, *_LIVE):
        found = [sign for at in range(len(lines)) if (sign := _sign(topic, lines, at, voice)) is not None]
        if not any(sign.strength >= Strength.E2 for sign in found):
            found.extend(_told(topic, lines, voice))
        found.sort(key=lambda sign: (-sign.strength, -sign.points, sign.place.start))
        yield from found[:1]
        yield from (s for s in found[1:2] if s.points > ENOUGH and s.strength >= Strength.E2)


def _told(topic: Topic, lines: Sequence[_Line], voice: Voice) -> Iterator[Sign]:
    """What the kind of note alone tells for a topic, one direct quotation."""
    line = told_line(topic, lines, voice)
    if line is not None:
        cue = f"{topic[:3].upper()}-kind"
        # What pulls somebody is theirs to say in words we know; where no cue speaks it is a reason to ask, no claim.
        strength = Strength.E1 if topic is Topic.PASSION else Strength.E2
        yield Sign(topic, line.sentence.span, ENOUGH, strength, line.witness, Tense.CURRENT, cue)


def _read(readable: Readable, voice: Voice, cues: Cues) -> list[_Line]:
    found = sentences(readable.note.text)
    lines = []
    for place, sentence in enumerate(found):
        hidden = hide_names(sentence.folded, voice.names)
        witness = voice.speaker(found, place)
        allowed = readable.allows(sentence.span)
        hits = cues.hits(hidden) if allowed else ()
        lines.append(_Line(sentence, hidden, witness, hits, cues.turned(hidden), allowed))
    return lines


def _sign(topic: Topic, lines: Sequence[_Line], at: int, voice: Voice) -> Sign | None:
    """What one sentence says for one topic, after the reading rules; None when a rule blocks it."""
    line = lines[at]
    if not line.allowed or line.witness is Witness.HEARSAY:
        return None
    hits = [hit for hit in line.hits if hit.cue.topic is topic and _counts(hit, line, voice)]
    if topic in _LIVE:
        return _live(topic, line, hits)
    if _is_blocked(topic, line, voice):
        return None
    own = min(_MOST, sum(_points(hit, line) for hit in hits))
    if topic is Topic.TALENT:
        own += _effect_follows(lines, at, hits)
    points = own + _tells(topic, line, voice.kind) + _own_words(topic, line) - 2 * ("chatter" in line.turns)
    if all(hit.cue.id == _EFFECT for hit in hits) and not (topic is Topic.CUSTOMER_VALUE and points >= ENOUGH):
        return None
    if points < ENOUGH and own < 2 and not any(hit.cue.alone for hit in hits):
        return None
    return _weighed(topic, line, hits, points)


def _weighed(topic: Topic, line: _Line, hits: Sequence[Hit], points: int) -> Sign:
    tense = _tense(line, hits)
    strength = Strength.E1
    if points >= ENOUGH and "boast" not in line.turns:
        strength = Strength.E3 if points > _MOST and line.witness is not Witness.SELF else Strength.E2
    best = max(hits, key=lambda hit: hit.cue.points, default=None)
    base = line.sentence.start
    where = Span(base + best.place.start, base + best.place.end) if best else line.sentence.span
    cue = best.cue.id if best else f"{topic[:3].upper()}-told"
    return Sign(topic, clause_around(line.sentence, where), points, strength, line.witness, tense, cue)


def _live(topic: Topic, line: _Line, hits: Sequence[Hit]) -> Sign | None:
    """A live matter needs one sign; a customer's complaint is one as a whole."""
    if not hits or "irony" in line.turns or ("hobby" in line.turns and topic is Topic.ASPIRATION):
        return None
    if topic is Topic.ASPIRATION and line.witness is Witness.CUSTOMER:
        return None
    points = min(_MOST, sum(hit.cue.points for hit in hits))
    return _weighed(topic, line, hits, points)


def _counts(hit: Hit, line: _Line, voice: Voice) -> bool:
    """Whether a cue is about this person."""
    if hit.cue.own_voice and line.witness is not Witness.SELF:
        return False
    if not hit.cue.act:
        return True
    first = line.witness is Witness.SELF
    places = [
        hit.place.start,
        *(other.place.start for other in line.hits if other.cue.act),
    ]  # "Fixed it and showed how"
    return any(speaks_of(line.sentence, line.hidden, voice, at, first) for at in places)


def _points(hit: Hit, line: _Line) -> int:
    """A manager's view of a liking weighs one less than the person's own words; a choice seen does not."""
    opinion = hit.cue.topic is Topic.PASSION and hit.cue.points == 3 and line.witness is not Witness.SELF
    opinion = opinion and not hit.cue.shown
    return hit.cue.points - opinion


def _is_blocked(topic: Topic, line: _Line, voice: Voice) -> bool:
    """The reading rules that end the matter for a facet."""
    if voice.kind is _COMPLAINT or "fault" in line.turns:
        return True
    if "hobby" in line.turns and "to_work" not in line.turns and line.witness is not Witness.CUSTOMER:
        return True
    if topic is Topic.PASSION and line.witness in {Witness.CUSTOMER, Witness.PEER} and line.sentence.quoted:
        return True
    return topic is not Topic.CUSTOMER_VALUE and is_about_another(line.sentence, line.hidden, voice)


def _tells(topic: Topic, line: _Line, kind: NoteKind) -> int:
    """What this kind of note is for; what the person writes of themself may tell of a liking in any kind."""
    points = _TELLS.get(kind, {}).get(topic, -1)
    return max(points, 0) if topic is Topic.PASSION and line.witness is Witness.SELF else points


def _own_words(topic: Topic, line: _Line) -> int:
    """In a one-on-one a full quoted sentence of the person is a choice the manager made to write it down."""
    if topic is not Topic.PASSION or line.witness is not Witness.SELF or not line.sentence.quoted:
        return 0
    return 1 if len(line.hidden.split()) >= 5 else 0


def _effect_follows(lines: Sequence[_Line], at: int, hits: Sequence[Hit]) -> int:
    """An act whose effect is told in the next sentence."""
    if not hits or any(hit.cue.id == _EFFECT for hit in hits) or at + 1 >= len(lines):
        return 0
    return int(any(hit.cue.id == _EFFECT for hit in lines[at + 1].hits))


def _tense(line: _Line, hits: Sequence[Hit]) -> Tense:
    if "irony" in line.turns:
        return Tense.DOUBTED
    if "past" in line.turns or any(hit.cue.tense is Tense.PAST for hit in hits):
        return Tense.PAST
    return Tense.CURRENT
