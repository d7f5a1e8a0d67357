"""Which sentence of a note to quote for a topic. The rules decide whether the note speaks for it; this decides where.

With a reader of sentences every line that may be quoted is weighed by its cues and by what the reader hears in it, and
a note whose best line the reader finds absurd claims nothing. Where the rules claim nothing for a facet, a line that
weighs enough by trained weights (`weighing`) is suggested: nothing is known by it until the manager confirms it.
Without a reader the cues choose alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.domain.evidence import Strength, Topic, Witness
from assistant.domain.note import Span
from assistant.engines.offline.contrasts import contrasts_of
from assistant.engines.offline.endings import endings_of
from assistant.engines.offline.evidence_rules import (
    ENOUGH,
    LIVE,
    is_blocked,
    names_only_receivers,
    own_points,
    read_there,
    signs_by_cue,
)
from assistant.engines.offline.hearing import Heard
from assistant.engines.offline.joining import joined
from assistant.engines.offline.lines import OWED, Line
from assistant.engines.offline.sentences import LONGEST
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.voice import Voice, names_person, names_their_things, tells_of_self
from assistant.engines.offline.weighing import FEWEST, features_of, scales

FACETS = (Topic.PASSION, Topic.TALENT, Topic.CUSTOMER_VALUE)
# Weights in the reader's log-odds halved: what one point of cues is worth, a cue that claims by itself, and a fragment.
CUE, SURE, TORN = 0.6, 0.5, 1.0
GAIN_AT_MOST = 1.0  # log-odds of a customer's gain that count: the reader takes lively customers for grateful ones
# Log-odds below which the reader vetoes a claim of the cues: sooner where somebody tells of another's gain.
ABSURD: Mapping[Topic, float] = MappingProxyType({Topic.PASSION: -5.0, Topic.TALENT: -4.0, Topic.CUSTOMER_VALUE: -4.0})
ABSURD_FIRST_HAND, ABSURD_LIVE, UNHEARD = -5.0, -3.0, float("-inf")
# … and above which a second line of a note is worth quoting, when its own cues say something too.
SECOND, SECOND_OWN, SECOND_OF_GAIN = 1.5, 2, 1
# Log-odds above which a line claims without a cue, and whose words may. A passion needs a cue: it is theirs to say.
PLAIN: Mapping[Topic, float] = MappingProxyType(
    {
        Topic.TALENT: 1.0,
        Topic.CUSTOMER_VALUE: 0.5,
        Topic.ASPIRATION: 1.0,
        Topic.OBSTACLE: 1.0,
        Topic.ENERGY_DRAIN: 1.0,
    }
)
READ_AT_LEAST = 0.5  # log-odds of a line that names the person, in a note whose cues claim already
_SEEN = frozenset({Witness.CUSTOMER, Witness.PEER, Witness.MANAGER})
_FELT = frozenset({Witness.SELF, Witness.MANAGER})
MAY_CLAIM: Mapping[Topic, frozenset[Witness]] = MappingProxyType(
    {
        Topic.TALENT: _SEEN,
        Topic.CUSTOMER_VALUE: frozenset({Witness.CUSTOMER}),  # a colleague's gain needs a word for it
        Topic.ASPIRATION: _FELT,
        Topic.OBSTACLE: _FELT,
        Topic.ENERGY_DRAIN: _FELT,
    }
)
_OUTRIGHT = frozenset({"ASP14", "ASP15"})  # "what she'd really like", "asks for more": wishes by their wording
_HINDERS = (Topic.OBSTACLE, Topic.ENERGY_DRAIN)


def signs_of(lines: Sequence[Line], voice: Voice, heard: Sequence[Heard] | None = None) -> Iterator[Sign]:
    """The best sign of a note for every topic it speaks for, the strongest two where both are strong.

    Args:
        lines: The note as read.
        voice: Who tells it.
        heard: What a reader of sentences hears in each line, if there is one.
    """
    ended = {sign.place: sign for sign in endings_of(lines, voice)}
    yield from ended.values()
    for topic in (*FACETS, *LIVE):
        told = list(_signs(topic, lines, voice, heard))
        if topic is Topic.TALENT and not any(s.strength >= Strength.E2 and not s.cue.endswith("-kind") for s in told):
            told = list(contrasts_of(lines, voice)) or told
        yield from (sign for sign in told if topic is not Topic.ASPIRATION or sign.place not in ended)


def _signs(topic: Topic, lines: Sequence[Line], voice: Voice, heard: Sequence[Heard] | None) -> Iterator[Sign]:
    """The best sign of a note for one topic, two where both are strong."""
    signs = signs_by_cue(topic, lines, voice)
    chosen = _by_rule(topic, signs, lines, voice, heard)
    if heard is not None and topic in FACETS and not any(sign.strength >= Strength.E2 for _, sign in chosen):
        chosen = _suggested(topic, signs, lines, voice, heard) or chosen
    yield from _quoted(topic, lines, chosen, voice)


def _by_rule(
    topic: Topic, signs: dict[int, Sign], lines: Sequence[Line], voice: Voice, heard: Sequence[Heard] | None
) -> list[tuple[int, Sign]]:
    """What the cues and the rules of the reader make of a note."""
    if heard is not None and topic in LIVE:
        signs = {at: sign for at, sign in signs.items() if heard[at][topic] > ABSURD_LIVE or _is_a_wish(sign)}
    claimed = any(sign.strength >= Strength.E2 for sign in signs.values())
    if heard is not None and (claimed and topic in FACETS or _is_plain(topic, lines, voice, heard)):
        return list(_best_said(topic, signs, lines, voice, heard))
    found = sorted(signs, key=lambda at: (-signs[at].strength, _is_short(lines[at]), -signs[at].points, at))
    chosen = [*found[:1], *(at for at in found[1:2] if _stands(signs[at]) and not _is_short(lines[at]))]
    return [(at, signs[at]) for at in chosen]


def _suggested(
    topic: Topic, signs: Mapping[int, Sign], lines: Sequence[Line], voice: Voice, heard: Sequence[Heard]
) -> list[tuple[int, Sign]]:
    """The line that weighs most for a facet, where it weighs enough; its cue says that no rule claimed it."""
    by = scales(topic)
    odds = {
        at: by.odds(features_of(topic, lines[at], signs.get(at), voice, heard[at]))
        for at in quotable_in(topic, lines, voice, heard)
        if topic is not Topic.PASSION or not _is_leisure(lines, at)
    }
    best = max(odds, key=lambda at: (odds[at], -at), default=None)
    if best is None or odds[best] <= by.enough:
        return []
    return [(best, read_there(topic, lines[best], signs.get(best)))]


def _is_leisure(lines: Sequence[Line], at: int) -> bool:
    """Whether a line, or one right beside it, speaks of a hobby and none of them of the work it leads to."""
    around = frozenset[str]().union(*(line.turns for line in lines[max(0, at - 1) : at + 2]))
    return "hobby" in around and "to_work" not in around


def quotable_in(topic: Topic, lines: Sequence[Line], voice: Voice, heard: Sequence[Heard]) -> list[int]:
    """Which lines of a note may stand for a topic at all."""
    return [at for at, line in enumerate(lines) if _quotable(topic, line, voice, heard[at])]


def _is_a_wish(sign: Sign) -> bool:
    """Whether it is told as a wish in so many words: then the reader, who knows few ways to wish, is not asked."""
    return sign.cue in _OUTRIGHT


def _quoted(topic: Topic, lines: Sequence[Line], signs: Iterable[tuple[int, Sign]], voice: Voice) -> Iterator[Sign]:
    """What to quote: whole sentences, each with the neighbour that holds its other half; none of them twice."""
    kept: list[Span] = []
    for at, sign in signs:
        plain = whole(lines, at, sign.place)
        for place in dict.fromkeys((joined(topic, lines, at, plain, voice), plain)):
            if not any(place.overlaps(other) for other in kept):
                kept.append(place)
                yield replace(sign, place=place)
                break


def whole(lines: Sequence[Line], at: int, place: Span) -> Span:
    """The place to quote, or the whole sentence where its line is a torn piece of one.

    Torn are told words around a quotation, and a quotation inside what somebody else tells; the person's own words in
    quotation marks stand alone.

    Args:
        lines: The note as read.
        at: The line the place is in.
        place: What would be quoted.
    """
    sentence = lines[at].sentence
    parts = [line for line in lines if line.sentence.number == sentence.number]
    own = sentence.quoted and lines[at].witness is Witness.SELF
    if len(parts) == 1 or own or not all(part.allowed for part in parts):
        return place
    first, last = parts[0].sentence, parts[-1].sentence
    span = Span(first.start - first.quoted, last.end + last.quoted)  # with the marks it opens or closes with
    return span if span.end - span.start <= LONGEST else place


def _is_plain(topic: Topic, lines: Sequence[Line], voice: Voice, heard: Sequence[Heard]) -> bool:
    """Whether the reader hears a topic so plainly that no cue is needed, from somebody who can know."""
    return topic in PLAIN and any(
        told[topic] > PLAIN[topic] and line.witness in MAY_CLAIM[topic] and _quotable(topic, line, voice, told)
        for line, told in zip(lines, heard, strict=True)
    )


def _stands(sign: Sign) -> bool:
    """Whether it is strong enough for a second quote of a note."""
    return sign.points > ENOUGH and sign.strength >= Strength.E2


def _is_short(line: Line) -> bool:
    """Whether it is a fragment that says little alone."""
    return len(line.hidden.split()) < FEWEST


def _best_said(
    topic: Topic, signs: Mapping[int, Sign], lines: Sequence[Line], voice: Voice, heard: Sequence[Heard]
) -> Iterator[tuple[int, Sign]]:
    """The claim made with the line that says it best; nothing where even that line says nothing of it."""
    weights = {
        at: _weight(topic, line, signs.get(at), voice, heard[at])
        for at, line in enumerate(lines)
        if _quotable(topic, line, voice, heard[at])
    }
    order = sorted(weights, key=lambda at: (not (at in signs and _is_a_wish(signs[at])), -weights[at], at))
    if topic in FACETS:
        order = _said_plainly(topic, order, signs, lines, voice, heard)
    best, *others = order or [-1]
    if not order or not _is_heard(topic, lines[best], voice, heard[best]):
        return
    number = lines[best].sentence.number
    second = [
        at
        for at in others
        if lines[at].sentence.number != number
        and heard[at][topic] > SECOND
        and own_points(topic, lines[at], voice) >= (SECOND_OF_GAIN if topic is Topic.CUSTOMER_VALUE else SECOND_OWN)
    ]
    for at in (best, *second[:1]):
        sign = signs.get(at) or read_there(topic, lines[at])
        yield at, replace(sign, strength=max(sign.strength, Strength.E2))


def _is_worded(topic: Topic, at: int, signs: Mapping[int, Sign], lines: Sequence[Line], voice: Voice) -> bool:
    """Whether words we know speak for a topic in a line, or it answers the manager who asked for it."""
    if topic is Topic.TALENT and lines[at].witness is Witness.SELF and at not in signs:
        return False  # a bare deed of one's own
    if topic is Topic.CUSTOMER_VALUE and names_only_receivers(lines[at], voice) and at not in signs:
        return False  # whom somebody works for is no gain
    return own_points(topic, lines[at], voice) > 0 or at in signs and signs[at].cue.endswith("-answer")


def _said_plainly(
    topic: Topic, order: Sequence[int], signs: Mapping[int, Sign], lines: Sequence[Line], voice: Voice,
    heard: Sequence[Heard],
) -> list[int]:  # fmt: skip
    """Of the lines of a note that speaks for a facet, those that can be quoted for it, best first.

    Where none can, what is left is a guess: a talent somebody else tells, a gain told by who has it. A passion is
    theirs to say, in words we know: there nothing is left.
    """
    plain = [at for at in order if _is_worded(topic, at, signs, lines, voice)
             or _may_be_read(topic, lines[at], voice, heard[at])]  # fmt: skip
    if any(_is_heard(topic, lines[at], voice, heard[at]) for at in plain) or topic not in PLAIN:
        kept = [at for at in plain if _is_heard(topic, lines[at], voice, heard[at])]
        sure = topic is Topic.CUSTOMER_VALUE and any(own_points(topic, lines[at], voice) >= ENOUGH for at in kept)
        # Where a line says the gain in so many words, one that only sounds like it stands behind.
        return sorted(kept, key=lambda at: not _is_worded(topic, at, signs, lines, voice)) if sure else kept
    order = [at for at in order if lines[at].witness in MAY_CLAIM[topic] and not tells_of_self(lines[at], voice)]
    return [at for at in order if topic is not Topic.TALENT or not names_their_things(lines[at].hidden)]


def _may_be_read(topic: Topic, line: Line, voice: Voice, heard: Heard) -> bool:
    """Whether a line may be quoted for a facet without a word we know: what is done well names who does it.

    A gain is told by who has it. A passion is theirs to say, in words we know.
    """
    if topic is Topic.TALENT:
        named = names_person(line.hidden, voice) and not names_their_things(line.hidden)
        return named and heard[topic] > READ_AT_LEAST
    return topic in PLAIN and line.witness in MAY_CLAIM[topic] and heard[topic] > PLAIN[topic]


def _is_heard(topic: Topic, line: Line, voice: Voice, heard: Heard) -> bool:
    """Whether the reader does not find it absurd that a line speaks for a topic."""
    return heard[topic] >= _floor(topic, line.witness, own_points(topic, line, voice))


def _floor(topic: Topic, witness: Witness, points: int) -> float:
    """The log-odds below which a claim is absurd; what somebody knows themself, and strong cues, are doubted less."""
    if topic is Topic.CUSTOMER_VALUE and witness in {Witness.CUSTOMER, Witness.PEER}:
        return UNHEARD if points >= ENOUGH else ABSURD_FIRST_HAND
    if topic is Topic.TALENT and witness is Witness.SELF or topic in LIVE:
        return UNHEARD
    if topic is Topic.PASSION and points >= SECOND_OWN:
        return ABSURD[topic] - 2
    if topic is Topic.TALENT and witness is Witness.CUSTOMER and points > ENOUGH:
        return ABSURD_FIRST_HAND
    return ABSURD[topic] + (topic is Topic.TALENT and points < ENOUGH)


def _weight(topic: Topic, line: Line, sign: Sign | None, voice: Voice, heard: Heard) -> float:
    """How well a line says what a topic is about."""
    sure = sign is not None and sign.strength >= Strength.E2
    told = min(heard[topic], GAIN_AT_MOST) if topic is Topic.CUSTOMER_VALUE else heard[topic]
    return told / 2 + CUE * own_points(topic, line, voice) + SURE * sure - TORN * _is_short(line)


def _quotable(topic: Topic, line: Line, voice: Voice, heard: Heard) -> bool:
    """Whether a line may stand for a topic at all: no question, no fragment, nobody else's words, no complaint."""
    if not line.allowed or line.witness is Witness.HEARSAY or line.asks:
        return False
    if _is_short(line) and own_points(topic, line, voice) < ENOUGH:
        return False
    if is_blocked(topic, line, voice) or topic is Topic.PASSION and line.witness in {Witness.CUSTOMER, Witness.PEER}:
        return False
    own = own_points(topic, line, voice) if topic in FACETS else 1
    if "boast" in line.turns and topic in FACETS and line.witness in _FELT:
        return False
    if not own and (line.turns & {"chatter", OWED} or topic is Topic.TALENT and line.witness is Witness.SELF):
        return False  # small talk, and what somebody writes of themself, prove nothing without words for it
    if topic in LIVE:
        return "irony" not in line.turns and not (topic is Topic.ASPIRATION and "hobby" in line.turns)
    hinders = max(heard[each] for each in _HINDERS)
    return hinders < 0 or hinders < heard[topic] or own >= ENOUGH  # "I love …" is no drain, however early it is done
