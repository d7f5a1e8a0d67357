"""Which sentences of a note speak for which topic, and how strongly. Weighs signs; the signs are in `cues`.

The rubric is short on purpose: the points of a sentence's cues, plus what this kind of note is for. Three points make
evidence. A customer's note tells what changed for the customer, a colleague's tells what somebody does well, and a
one-on-one holds what the person said of themself; so one sign is enough there, and two are needed elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.engines.offline.cues import Hit
from assistant.engines.offline.endings import ENDED
from assistant.engines.offline.lines import Line
from assistant.engines.offline.sentences import clause_around
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.told_by_kind import FEWEST, told_line
from assistant.engines.offline.voice import (
    Voice,
    is_about_another,
    is_anothers_matter,
    is_managers_own,
    is_tellers_own,
    names_doer,
    names_person,
    speaks_of,
)
from assistant.phrases import NAME

ENOUGH = 3
_MOST = 5  # points of cues that add up in one sentence
LIVE = (Topic.ASPIRATION, Topic.OBSTACLE, Topic.ENERGY_DRAIN)
_WORDED = 2  # points of cues that say a liking in so many words
_TELLER = "teller"  # what the one who writes did or said
_EFFECT = "TAL-effect"  # it speaks for an act, never alone
_PRAISE = frozenset({"TAL01", "TAL02", "TAL07", "TAL09", "TAL11"})  # said of somebody, whoever says it
_BARE = frozenset({"TAL-act", "TAL-effect"})
_DONE = re.compile(r"\b(?:was|were|had|has|have|finished|done|ready|delivered|\w+ed|hat|hatte|war|ha|había|quedó)\b")
_COMPLAINT = NoteKind.CUSTOMER_COMPLAINT
_SERVED = frozenset({Witness.CUSTOMER, Witness.PEER})
_RECIPIENTS = frozenset({"CUS07", "CUS08", "CUS09"})  # they name who may be served, and no gain
_MINE = re.compile(r"\b(?:me|my|us|our|i|we|mir|mich|mein\w*|uns\w*|me|mi|mis|nos|nuestr\w+)\b")
_TO_ME = re.compile(r"(?:give|let) me\b|(?:lass|gib) mich\b|(?:lass|gib) mir\b|(?:déjame|dame|dejadme|dadme)\b")
_THIRD = re.compile(r"(?:wants|loves|likes|enjoys|dreams|thrives|relishes|adores|hopes|aims|prefers|cares|asks)\b")
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


def signs_by_cue(topic: Topic, lines: Sequence[Line], voice: Voice) -> dict[int, Sign]:
    """What each line of a note says for a topic, by the cues and by what this kind of note is for."""
    signs = {at: sign for at in range(len(lines)) if (sign := _sign(topic, lines, at, voice)) is not None}
    for at, sign in _answers(topic, lines, voice):
        signs.setdefault(at, sign)
    if not any(sign.strength >= Strength.E2 for sign in signs.values()):
        for at, sign in _told(topic, lines, voice):
            signs.setdefault(at, sign)
    return signs


def _answers(topic: Topic, lines: Sequence[Line], voice: Voice) -> Iterator[tuple[int, Sign]]:
    """Own words right after the manager asked what they like: the cue stands in the question, the proof in the answer.

    A hindrance in the answer, or a hobby, is none.
    """
    if topic is not Topic.PASSION:
        return
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        asked = _TELLER in before.turns and sum(h.cue.points for h in before.hits if h.cue.topic is topic) >= 2
        own = line.allowed and line.sentence.quoted and line.witness is Witness.SELF and not line.asks
        spoilt = is_blocked(topic, line, voice) or any(hit.cue.topic in LIVE for hit in line.hits)
        if asked and own and not spoilt and len(line.hidden.split()) >= FEWEST:
            place = clause_around(line.sentence, line.sentence.span)
            yield at, Sign(topic, place, ENOUGH, Strength.E2, line.witness, _tense(line, ()), "PAS-answer")


def own_points(topic: Topic, line: Line, voice: Voice) -> int:
    """The points of a line's cues that are about this person."""
    hits = [hit for hit in line.hits if hit.cue.topic is topic and _counts(hit, line, voice)]
    return min(_MOST, sum(_points(hit, line) for hit in hits))


def names_only_receivers(line: Line, voice: Voice) -> bool:
    """Whether the words of a line that speak for a gain say only who may be served."""
    hits = [h for h in line.hits if h.cue.topic is Topic.CUSTOMER_VALUE and _counts(h, line, voice)]
    return bool(hits) and all(h.cue.id in _RECIPIENTS for h in hits)


def read_there(topic: Topic, line: Line, sign: Sign | None = None) -> Sign:
    """A line quoted for what a reader of sentences heard in it: no cue pointed at it, or too weak a one, `sign`."""
    place = sign.place if sign else clause_around(line.sentence, line.sentence.span)
    tense = sign.tense if sign else _tense(line, ())
    return Sign(topic, place, ENOUGH, Strength.E2, line.witness, tense, f"{topic[:3].upper()}-read")


def _told(topic: Topic, lines: Sequence[Line], voice: Voice) -> Iterator[tuple[int, Sign]]:
    """What the kind of note alone tells for a topic, one direct quotation."""
    line = told_line(topic, lines, voice)
    if line is not None:
        cue = f"{topic[:3].upper()}-kind"
        # What pulls somebody is theirs to say in words we know; where no cue speaks it is a reason to ask, no claim.
        strength = Strength.E1 if topic is Topic.PASSION else Strength.E2
        yield lines.index(line), Sign(topic, line.sentence.span, ENOUGH, strength, line.witness, Tense.CURRENT, cue)


def _sign(topic: Topic, lines: Sequence[Line], at: int, voice: Voice) -> Sign | None:
    """What one sentence says for one topic, after the reading rules; None when a rule blocks it."""
    line = lines[at]
    if not line.allowed or line.witness is Witness.HEARSAY:
        return None
    hits = [hit for hit in line.hits if hit.cue.topic is topic and _counts(hit, line, voice)]
    if topic in LIVE:
        return None if is_anothers_matter(line.sentence, line.hidden, voice) else _live(topic, line, hits)
    if is_blocked(topic, line, voice):
        return None
    own = min(_MOST, sum(_points(hit, line) for hit in hits))
    if topic is Topic.TALENT:
        own += _effect_follows(lines, at, hits)
    if topic is Topic.PASSION and own < _WORDED and _answers_a_fault(lines, at):
        return None
    chatter = "chatter" in line.turns and own < ENOUGH
    points = own + _tells(topic, line, voice.kind) + _own_words(topic, line) - 2 * chatter
    if all(hit.cue.id == _EFFECT for hit in hits) and not (topic is Topic.CUSTOMER_VALUE and points >= ENOUGH):
        return None
    if points < ENOUGH and own < 2 and not any(hit.cue.alone for hit in hits):
        return None
    bare = topic is Topic.CUSTOMER_VALUE and line.witness not in _SERVED and all(h.cue.id in _RECIPIENTS for h in hits)
    sign = _weighed(topic, line, hits, points)
    if bare or points < ENOUGH and _tells(topic, line, voice.kind) < 0:
        return replace(sign, strength=Strength.E0)  # a sign in a kind of note that is for something else
    return sign


def _answers_a_fault(lines: Sequence[Line], at: int) -> bool:
    """Whether quoted words come right after something the manager found wanting: an excuse is no liking."""
    before = lines[at - 1] if at else None
    return before is not None and lines[at].sentence.quoted and "fault" in before.turns and not before.sentence.quoted


def _weighed(topic: Topic, line: Line, hits: Sequence[Hit], points: int) -> Sign:
    tense = _tense(line, hits)
    strength = Strength.E1
    if points >= ENOUGH and "boast" not in line.turns:
        strength = Strength.E3 if points > _MOST and line.witness is not Witness.SELF else Strength.E2
    best = max(hits, key=lambda hit: hit.cue.points, default=None)
    base = line.sentence.start
    where = Span(base + best.place.start, base + best.place.end) if best else line.sentence.span
    cue = best.cue.id if best else f"{topic[:3].upper()}-told"
    return Sign(topic, clause_around(line.sentence, where), points, strength, line.witness, tense, cue)


def _live(topic: Topic, line: Line, hits: Sequence[Hit]) -> Sign | None:
    """A live matter needs one sign; a customer's complaint is one as a whole."""
    hits = [hit for hit in hits if hit.cue.id != ENDED]
    if not hits or "irony" in line.turns or ("hobby" in line.turns and topic is Topic.ASPIRATION):
        return None
    if topic is Topic.ASPIRATION and line.witness is Witness.CUSTOMER:
        return None
    points = min(_MOST, sum(hit.cue.points for hit in hits))
    return _weighed(topic, line, hits, points)


def _counts(hit: Hit, line: Line, voice: Voice) -> bool:
    """Whether a cue is about this person."""
    if hit.cue.own_voice and line.witness is not Witness.SELF:
        return False
    if hit.cue.served and line.witness not in _SERVED:
        return False
    if line.witness is Witness.SELF and not _is_theirs(hit, line):
        return False
    if line.witness is not Witness.SELF and hit.cue.topic is Topic.PASSION and _is_tellers_wish(hit, line):
        return False
    if not hit.cue.act:
        return True
    first = line.witness is Witness.SELF
    places = [
        hit.place.start,
        *(other.place.start for other in line.hits if other.cue.act),
    ]  # "Fixed it and showed how"
    return any(speaks_of(line.sentence, line.hidden, voice, at, first) for at in places)


def _is_theirs(hit: Hit, line: Line) -> bool:
    """Whether a cue in somebody's own words is about them: what "she dreams of" is another's, and so is their thanks.

    "It gave me a reason" tells of the speaker's own gain: of nobody they serve.
    """
    said = line.hidden[hit.place.start : hit.place.end]
    if hit.cue.topic is Topic.CUSTOMER_VALUE:
        return not _MINE.search(said)
    before = line.hidden[: hit.place.start].split()
    return not before or not _THIRD.match(said) or NAME in before[-1]


def _is_tellers_wish(hit: Hit, line: Line) -> bool:
    """Whether a cue says "me" where somebody else tells: "He'll give me a list" is nothing that pulls him."""
    return bool(_TO_ME.match(line.hidden[hit.place.start : hit.place.end]))


def _points(hit: Hit, line: Line) -> int:
    """A manager's view of a liking weighs one less than the person's own words; a choice seen does not."""
    opinion = hit.cue.topic is Topic.PASSION and hit.cue.points == 3 and line.witness is not Witness.SELF
    opinion = opinion and not hit.cue.shown
    return hit.cue.points - opinion


def is_blocked(topic: Topic, line: Line, voice: Voice) -> bool:
    """The reading rules that end the matter for a facet."""
    if voice.kind is _COMPLAINT or "fault" in line.turns:
        return True
    if "baseline" in line.turns and "by_now" not in line.turns:
        return True
    if topic is Topic.TALENT and not _is_a_deed(line, voice):
        return True
    if "others" in line.turns and topic is not Topic.PASSION and not names_person(line.hidden, voice):
        return True
    if _TELLER in line.turns and line.witness is Witness.MANAGER:
        return True
    if "agreed" in line.turns and not _is_told_as_done(line) or "flat" in line.turns and topic is Topic.PASSION:
        return True
    if topic is Topic.TALENT and is_tellers_own(line, voice):
        return True
    if is_managers_own(line, voice, (hit.place.end for hit in line.hits if hit.cue.topic is topic)):
        return True
    if "hobby" in line.turns and "to_work" not in line.turns and line.witness is not Witness.CUSTOMER:
        return True
    if topic is Topic.PASSION and line.witness in {Witness.CUSTOMER, Witness.PEER} and line.sentence.quoted:
        return True
    return topic is not Topic.CUSTOMER_VALUE and is_about_another(line.sentence, line.hidden, voice)


def _is_a_deed(line: Line, voice: Voice) -> bool:
    """Whether a line can tell of something done: no wish without a deed, and no gain of the one who tells it.

    "Not one burnt since, and I sell out" says what it brought, and names nobody who did it; "I talked for hours and was
    not tired" tells of a liking.
    """
    talents = [hit for hit in line.hits if hit.cue.topic is Topic.TALENT]
    if "meant" in line.turns and not talents:
        return False
    if line.witness is Witness.SELF and all(hit.cue.id in _BARE for hit in talents):
        return not any(hit.cue.topic is Topic.PASSION and hit.cue.points >= ENOUGH for hit in line.hits)
    served = line.witness in _SERVED and bool(_MINE.search(line.hidden)) and not names_doer(line.hidden, voice)
    return not served or any(hit.cue.id in _PRAISE or hit.cue.act and _counts(hit, line, voice) for hit in talents)


def _is_told_as_done(line: Line) -> bool:
    """Whether a line with a day in it tells of something that was done by then: "finished by Monday"."""
    return any(hit.cue.id in {"TAL-act", "TAL-effect"} for hit in line.hits) and bool(_DONE.search(line.hidden))


def _tells(topic: Topic, line: Line, kind: NoteKind) -> int:
    """What this kind of note is for; what the person writes of themself may tell of a liking in any kind."""
    points = _TELLS.get(kind, {}).get(topic, -1)
    return max(points, 0) if topic is Topic.PASSION and line.witness is Witness.SELF else points


def _own_words(topic: Topic, line: Line) -> int:
    """In a one-on-one a full quoted sentence of the person is a choice the manager made to write it down."""
    if topic is not Topic.PASSION or line.witness is not Witness.SELF or not line.sentence.quoted:
        return 0
    return 1 if len(line.hidden.split()) >= 5 else 0


def _effect_follows(lines: Sequence[Line], at: int, hits: Sequence[Hit]) -> int:
    """An act whose effect is told in the next sentence."""
    if not hits or any(hit.cue.id == _EFFECT for hit in hits) or at + 1 >= len(lines):
        return 0
    return int(any(hit.cue.id == _EFFECT for hit in lines[at + 1].hits))


def _tense(line: Line, hits: Sequence[Hit]) -> Tense:
    if "irony" in line.turns:
        return Tense.DOUBTED
    if "past" in line.turns or any(hit.cue.tense is Tense.PAST for hit in hits):
        return Tense.PAST
    return Tense.CURRENT
