"""The sentence of a person's notes that comes nearest to what was not found, or that none comes near at all.

The finder knows some ways to say a thing. That no note says it is a claim about every other way, and stands only where
no sentence of any note holds a word that could bear on it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.actions.cite import Teller, Voice, in_full, in_speech, voice_of
from assistant.actions.tell_changes import passages_of
from assistant.actions.weigh_passage import CLEAR, is_about_them, is_clear, is_comfort, weigh_passage
from assistant.domain.evidence import Evidence, EvidenceState, Quote, Tense, Topic, Witness
from assistant.domain.note import NoteId, NoteKind, Span
from assistant.domain.policy import Readable
from assistant.phrases import PhraseIndex, words_of
from assistant.prompting import LANGUAGES, offline_words

_PRONOUNS = {"she": {"she", "her", "sie", "ihr", "ella"}, "he": {"he", "his", "him", "er", "ihm", "él"}}
_EVERYBODY = {"they", "them", *_PRONOUNS["she"], *_PRONOUNS["he"]}
_FIRST = frozenset({"i", "ich", "yo", "me", "we", "wir"})
_WORD = re.compile(r"[^\W\d_]+")
_SERVED = {NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT}
_PRAISING = {NoteKind.CUSTOMER_QUOTE, NoteKind.PEER_FEEDBACK}
FULL = 6  # words of meaning that make a passage worth reading; more of them make it no better
_OPEN = {Voice.OWN_SAID, Voice.OWN_WROTE}
_TOLD_BY_THEM = {Topic.PASSION, Topic.ASPIRATION}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a person's notes, oldest first.

    Attributes:
        whole: Whether these are all notes there are, in languages we read, with nothing held back in any of them.
        barred: Passages that come near nothing: the manager rejected them, or they are second-hand.
    """

    notes: tuple[Readable, ...] = ()
    whole: bool = False
    barred: tuple[Quote, ...] = ()

    @classmethod
    def of(
        cls, notes: Sequence[Readable], *, in_all: int, aside: Iterable[NoteId] = (), found: Iterable[Evidence] = ()
    ) -> "Reading":
        """A reading of those notes of a person that may be used, of so many in all, and of what was found in them."""
        shown = tuple(r for r in notes if r.note.id not in set(aside))
        read = (not r.closed and not r.screening.spans and r.screening.language in LANGUAGES for r in shown)
        barred = (i for i in found if i.state is EvidenceState.REJECTED or i.witness is Witness.HEARSAY)
        return cls(shown, all(read) and len(shown) == in_all, tuple(i.quote for i in barred))

    def bars(self, quote: Quote) -> bool:
        """Whether a passage touches one that comes near nothing."""
        return any(q.note.id == quote.note.id and q.span.overlaps(quote.span) for q in self.barred)


def nothing_bears_on(topic: Topic, reading: Reading) -> bool:
    """Whether every sentence was read and none holds a word, or is said by anybody, that could speak for a topic."""
    return reading.whole and not bears_on(topic, reading)


def bears_on(topic: Topic, reading: Reading) -> bool:
    """Whether any sentence that may be quoted holds a word, or is said by somebody, that could speak for a topic."""
    return any(_may_bear(topic, quote) for r in reading.notes for quote in passages_of(r))


def _may_bear(topic: Topic, quote: Quote) -> bool:
    note = quote.note
    if topic is Topic.CUSTOMER_VALUE and note.kind in {*_SERVED, NoteKind.PEER_FEEDBACK}:
        return True
    if topic in {Topic.PASSION, Topic.ASPIRATION} and in_speech(quote):
        return True
    return any(_index("words", topic, code).any(_folded(quote.text)) for code in LANGUAGES)


def find_nearest(
    topic: Topic, evidence: Sequence[Evidence], reading: Reading, teller: Teller, *, after: date | None = None
) -> Quote | None:
    """The passage to look at first: their own words, then a named witness, then the newest sentence with a word for it.

    Args:
        topic: What was not found.
        evidence: What was found of the person, not rejected.
        reading: The notes that may be quoted.
        teller: For whom.
        after: Only what was written later, because by then an earlier answer had ended.
    """
    pointed = [replace(i, quote=in_full(i)) for i in evidence if _points_to(i, topic) and _fits(i.quote, topic)]
    pointed = [i for i in pointed if is_clear(i, teller)]
    pointed = sorted((i for i in pointed if after is None or i.day > after), key=lambda i: _rank(i, teller))
    voiced = [i for i in pointed if _is_voiced(i, topic)]
    near = [q for q in _sentences(topic, reading, teller) if after is None or q.day > after]
    near.sort(key=lambda q: (min(weigh_passage(q, teller), FULL), q.day, -q.span.start, str(q.note.id)))
    solid = [i.quote for i in pointed if not i.is_guess]
    plain = [
        i.quote for i in voiced if any(_index("plain", topic, code).any(_folded(i.quote.text)) for code in LANGUAGES)
    ]
    own = [q for q in near if topic is Topic.PASSION and _in_first_person(topic, q, teller)]
    in_order = (
        [i.quote for i in voiced if not i.is_guess],
        sorted({*plain, *own}, key=lambda q: (q.day, -q.span.start, str(q.note.id))),
        *((near, solid) if topic is Topic.TALENT else (solid, near)),
        [i.quote for i in pointed],
    )
    return next((found[-1] for found in in_order if found), None)


def _points_to(item: Evidence, topic: Topic) -> bool:
    """Whether it may be an answer; a hope is told in words, never read out of the way a sentence goes."""
    if item.topic is not topic or item.tense is Tense.PAST or item.witness is Witness.HEARSAY:
        return False
    return item.is_sign and (topic is not Topic.ASPIRATION or item.is_worded)


def _is_voiced(item: Evidence, topic: Topic) -> bool:
    """Whether the voice that counts for it speaks: their own for what draws them, another's for what they do well."""
    own = item.witness is Witness.SELF
    return own if topic is Topic.PASSION else not own if topic is Topic.TALENT else True


def _rank(item: Evidence, teller: Teller) -> tuple[bool, bool, int, date, tuple[str, int, str]]:
    """Their own words first, then what says something by itself, then the stronger and the newer."""
    own, full = item.witness is Witness.SELF, weigh_passage(item, teller) > CLEAR
    return own, full, int(item.strength), item.day, item.place


def _sentences(topic: Topic, reading: Reading, teller: Teller) -> Iterator[Quote]:
    """Sentences about the person that hold a word for a topic which is not met by chance."""
    for readable in reading.notes:
        for quote in passages_of(readable):
            bears = _speaks_for(topic, quote, readable.screening.language, teller)
            bears = bears or topic is Topic.TALENT and _is_said_of(quote, teller)
            if not bears or reading.bars(quote) or not _fits(quote, topic):
                continue
            if _is_theirs(quote, topic, teller) and is_clear(quote, teller):
                yield quote


def _speaks_for(topic: Topic, quote: Quote, language: str, teller: Teller) -> bool:
    """Whether a sentence holds a word for a topic; a hope only where it is the person who hopes."""
    folded = _folded(quote.text)
    hits = _index("plain", topic, language).hits(folded) if language in LANGUAGES else ()
    if topic is not Topic.ASPIRATION:
        return next(iter(hits), None) is not None
    selves = _FIRST if voice_of(quote, teller) in _OPEN or in_speech(quote) else frozenset()
    selves = selves | _called(teller)
    between = frozenset(offline_words("near", language)["between"]["words"]) if language in LANGUAGES else frozenset()
    return any(_is_subject(folded, span, selves, between) for _, span in hits)


def _is_subject(folded: str, span: Span, selves: Collection[str], between: Collection[str]) -> bool:
    """Whether one of these words stands right before, in or behind a phrase, or the phrase begins the sentence."""
    before, after = _WORD.findall(folded[: span.start]), _WORD.findall(folded[span.end :])
    while before and before[-1] in between:
        before.pop()
    inside = _WORD.findall(folded[span.start : span.end])
    return not before or before[-1] in selves or inside[0] in selves or bool(after) and after[0] in selves


def _called(teller: Teller) -> frozenset[str]:
    """The words that may mean the person: pronouns and the parts of their names."""
    names = (part.casefold() for name in teller.person.names for part in name.split())
    return frozenset(_PRONOUNS.get(teller.person.pronouns.value, _EVERYBODY)) | frozenset(names)


def _is_said_of(quote: Quote, teller: Teller) -> bool:
    """Whether a customer or colleague speaks of the person there, with whatever words."""
    return quote.note.kind in _PRAISING and voice_of(quote, teller) is Voice.OTHER and _names(quote, teller)


def _fits(quote: Quote, topic: Topic) -> bool:
    """Whether it may stand for something of the work: no complaint for praise, no day off for a hope."""
    if quote.note.kind is NoteKind.CUSTOMER_COMPLAINT and topic is not Topic.ASPIRATION:
        return False
    return not is_comfort(quote) and (topic is not Topic.ASPIRATION or not _unfit().any(_folded(quote.text)))


def _is_theirs(quote: Quote, topic: Topic, teller: Teller) -> bool:
    """Whether the person is spoken of, or speaks."""
    voice = voice_of(quote, teller)
    if voice is Voice.OTHER:
        return topic in {Topic.TALENT, Topic.CUSTOMER_VALUE}
    if voice in _OPEN:
        return topic is not Topic.TALENT
    if topic in _TOLD_BY_THEM and _is_own_speech(quote):
        return True
    return (_names(quote, teller) or _begins(topic, quote)) and is_about_them(quote, teller)


def _begins(topic: Topic, quote: Quote) -> bool:
    """Whether a wish or a liking begins the sentence, in a note that leaves the person unnamed: "Wants to see …"."""
    if topic not in _TOLD_BY_THEM:
        return False
    return any(span.start == 0 for span in _hits(topic, quote))


def _hits(topic: Topic, quote: Quote) -> list[Span]:
    """Where words stand, of any language, that make a sentence near."""
    folded = _folded(quote.text)
    return [span for code in LANGUAGES for _, span in _index("plain", topic, code).hits(folded)]


def _is_own_speech(quote: Quote) -> bool:
    """Whether it is said in a one-on-one, where it is the person who speaks between the marks."""
    return quote.note.kind is NoteKind.ONE_ON_ONE and in_speech(quote)


def _in_first_person(topic: Topic, quote: Quote, teller: Teller) -> bool:
    """Whether they say it of themself: "I love …", never "Favorite: the man who said …"."""
    if not (_is_own_speech(quote) or voice_of(quote, teller) in _OPEN):
        return False
    folded = _folded(quote.text)
    for span in _hits(topic, quote):
        before, inside = _WORD.findall(folded[: span.start]), _WORD.findall(folded[span.start : span.end])
        if before[-1:] and before[-1] in _FIRST or not _FIRST.isdisjoint(inside):
            return True
    return False


def _names(quote: Quote, teller: Teller) -> bool:
    """Whether a passage holds the person's name, or a pronoun that may mean them."""
    return not _called(teller).isdisjoint(words_of(_folded(quote.text)))


def _folded(text: str) -> str:
    return text.replace("’", "'").lower()


@cache
def _index(name: str, topic: Topic, code: str) -> PhraseIndex[str]:
    return PhraseIndex([(code, offline_words("near", code)[name][topic.value])])


@cache
def _unfit() -> PhraseIndex[str]:
    return PhraseIndex([(code, offline_words("near", code)["unfit"]["words"]) for code in LANGUAGES])
