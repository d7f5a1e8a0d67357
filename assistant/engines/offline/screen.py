"""What of a note stays out of every answer: sensitive matter, hearsay, text that commands. Closes, never explains."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from assistant.domain.note import Note, NoteKind
from assistant.domain.policy import Screening, SensitiveSpan
from assistant.engines.offline.language import language_of
from assistant.engines.offline.sentences import Sentence, fold, sentences
from assistant.phrases import PhraseIndex
from assistant.prompting import LANGUAGES, offline_language, offline_words

BETWEEN_US, RUMOUR, INSTRUCTION = "between_us", "rumour", "instruction"
_CLOSES_ALL = frozenset({"crisis", "harassment"})
_MAY_BE_THEIR_WORK = frozenset({BETWEEN_US, RUMOUR, INSTRUCTION, *_CLOSES_ALL})
_OUTSIDE = frozenset({NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT})
_MOST = 0.6  # of a note's characters: then the rest would only point at what was left out


@dataclass(frozen=True, slots=True)
class SensitiveWords:
    """One language's lists, ready to match.

    Attributes:
        raises: Phrases, each with its topic.
        spares: False friends, each with the topic they let pass.
        served: Per topic, the people whom the work serves: their matters are the work.
    """

    raises: PhraseIndex[str]
    spares: PhraseIndex[str]
    served: Mapping[str, PhraseIndex[str]]
    things: PhraseIndex[str]
    continues: PhraseIndex[str]
    explains: PhraseIndex[str]
    opens: tuple[str, ...]
    promises: re.Pattern[str]
    points: re.Pattern[str]
    mine: frozenset[str]

    def topic(self, folded: str, kind: NoteKind) -> str | None:
        """The topic of one sentence, or None."""
        folded = self._without_things(folded)
        raised = dict.fromkeys(topic for topic, _ in self.raises.hits(folded))
        if not raised:
            return None
        spared = {topic for topic, _ in self.spares.hits(folded)}
        for topic in sorted(raised, key=lambda t: t not in _CLOSES_ALL):
            if topic in spared or (topic in self.served and self.served[topic].any(folded)):
                continue
            if kind in _OUTSIDE and topic not in _MAY_BE_THEIR_WORK and self.mine & set(folded.split()):
                continue  # a customer tells of their own household
            return topic
        return None

    def _without_things(self, folded: str) -> str:
        """A sentence without the things of the work that are called by a private matter: "a diabetic tray"."""
        for _, span in sorted(self.things.hits(folded), key=lambda hit: -hit[1].start):
            folded = f"{folded[: span.start]}…{folded[span.end :]}"
        return folded

    def has_matter(self, folded: str) -> bool:
        """Whether a sentence says itself what is private, and not only that something is."""
        raised = {topic for topic, _ in self.raises.hits(folded)} - {topic for topic, _ in self.spares.hits(folded)}
        return bool(raised - {BETWEEN_US, RUMOUR, INSTRUCTION})

    def points_back(self, folded: str) -> bool:
        """Whether a mark opens its sentence, which has no matter of its own."""
        opens = any(topic == BETWEEN_US and not span.start for topic, span in self.raises.hits(folded))
        return opens and not self.has_matter(folded)

    def goes_on(self, folded: str) -> bool:
        """Whether a sentence right after a sensitive one clearly speaks of the same."""
        return folded.startswith(self.opens) and folded.split()[0] != "" or self.continues.any(folded)


@cache
def sensitive_words(language: str) -> SensitiveWords:
    """The lists of a language."""
    raw = offline_words("sensitive", language)
    lists: dict[str, Mapping[str, Any]] = {
        BETWEEN_US: raw["marks"],
        RUMOUR: raw["rumour"],
        INSTRUCTION: raw["instruction"],
        **{topic["id"]: topic for topic in raw["topic"]},
    }
    after = raw["continues"]
    return SensitiveWords(
        raises=PhraseIndex((topic, words["phrases"]) for topic, words in lists.items()),
        spares=PhraseIndex((topic, words.get("unless", ())) for topic, words in lists.items()),
        served={topic: PhraseIndex([(topic, w["served"])]) for topic, w in lists.items() if w.get("served")},
        things=PhraseIndex((topic, words.get("things", ())) for topic, words in lists.items()),
        continues=PhraseIndex([("", after["phrases"])]),
        explains=PhraseIndex([("", after["explains"])]),
        opens=tuple(f"{word} " for word in after["opens"]),
        promises=re.compile(raw["own_promise"]["begins"]),
        points=re.compile(raw["own_promise"]["points"]),
        mine=frozenset(after["mine"]),
    )


def screen(notes: Sequence[Note]) -> tuple[Screening, ...]:
    """One screening a note, in order.

    A note in a language without lists of its own is read with the English ones, since names of illnesses travel.
    """
    return tuple(screen_one(note) for note in notes)


def screen_one(note: Note) -> Screening:
    """What of one note stays out."""
    language = language_of(note.text)
    words = sensitive_words(language if language in LANGUAGES else "en")
    found = sentences(note.text)
    topics = _topics(found, note.kind, words, language)
    kept_open = _own_promises(found, topics, words)
    if kept_open:
        topics = [None if place in kept_open else topic or BETWEEN_US for place, topic in enumerate(topics)]
    spans = tuple(SensitiveSpan(s.span, topic) for s, topic in zip(found, topics, strict=True) if topic)
    whole = bool(spans) and not kept_open and _closes(note, found, topics, words)
    version = offline_words("sensitive", offline_language("sensitive", language))["version"]
    return Screening(note.id, note.revision, language, spans, whole, f"words@{version}")


def _topics(found: Sequence[Sentence], kind: NoteKind, words: SensitiveWords, language: str) -> list[str | None]:
    """The topic of every sentence; what goes on from a sensitive one inherits its topic."""
    own = [words.topic(s.folded, kind) or _in_its_own_language(s, kind, language) for s in found]
    met = list(own)
    for place, sentence in enumerate(found):
        if met[place] is not None or not any(own):
            continue
        before = met[place - 1] if place else None
        if before is not None and (_same(found, place) or words.goes_on(sentence.folded + " ")):
            met[place] = before
        elif any(t not in (None, RUMOUR, INSTRUCTION) for t in own[:place]) and words.explains.any(sentence.folded):
            met[place] = next(t for t in own if t not in (None, RUMOUR, INSTRUCTION))
    _reach_back(found, met)
    _point_back(found, met, words)
    return met


def _point_back(found: Sequence[Sentence], met: list[str | None], words: SensitiveWords) -> None:
    """A mark that says nothing itself means the sentence before it: "She goes to a group. Not for the file."."""
    for place in range(1, len(found)):
        if met[place] == BETWEEN_US and met[place - 1] is None and _points_back(found[place], words):
            number = found[place - 1].number
            for before in (n for n in range(place) if found[n].number == number):
                met[before] = BETWEEN_US


def _points_back(sentence: Sentence, words: SensitiveWords) -> bool:
    """Whether a mark says nothing itself, in the language of its note or in its own."""
    spoken = language_of(sentence.text)
    own = sensitive_words(spoken) if spoken in LANGUAGES else words
    return words.points_back(sentence.folded) or own.points_back(sentence.folded)


def _own_promises(found: Sequence[Sentence], topics: Sequence[str | None], words: SensitiveWords) -> frozenset[int]:
    """The places of the writer's own promises in a note that asks for silence at its end, unless it points at them.

    "I promised to book it by 4 December. She asked me not to tell the others": the promise is the writer's own to keep,
    all the rest stays out. "I promised that. It stays between us" points, and nothing is used.
    """
    if not found or topics[-1] != BETWEEN_US or topics[0] == BETWEEN_US or words.points.search(found[-1].folded):
        return frozenset()
    if any(topic not in (None, BETWEEN_US) for topic in topics):
        return frozenset()
    own = (n for n, s in enumerate(found) if topics[n] is None and words.promises.search(s.folded))
    return frozenset(own)


def _in_its_own_language(sentence: Sentence, kind: NoteKind, language: str) -> str | None:
    """The topic of a sentence that stands in another language than its note."""
    spoken = language_of(sentence.text)
    if spoken == language or spoken not in LANGUAGES:
        return None
    return sensitive_words(spoken).topic(sentence.folded, kind)


def _same(found: Sequence[Sentence], place: int) -> bool:
    """Whether two parts belong to one sentence, cut only by quotation marks."""
    return found[place].number == found[place - 1].number


def _reach_back(found: Sequence[Sentence], met: list[str | None]) -> None:
    """Told and quoted parts of one sentence share its topic, whichever part raised it."""
    by_number: dict[int, str] = {}
    for sentence, topic in zip(found, met, strict=True):
        if topic:
            by_number.setdefault(sentence.number, topic)
    for place, sentence in enumerate(found):
        met[place] = met[place] or by_number.get(sentence.number)


def _closes(note: Note, found: Sequence[Sentence], topics: Sequence[str | None], words: SensitiveWords) -> bool:
    """Whether the whole note stays out: it opens with a mark, is a crisis, or is mostly sensitive.

    A mark at the end of a short note is meant for all of it, unless its own sentence says what is to be kept private.
    """
    if any(topic in _CLOSES_ALL for topic in topics):
        return True
    if topics[0] == BETWEEN_US:
        return True
    kept = sum(len(s.text) for s, topic in zip(found, topics, strict=True) if topic not in (None, INSTRUCTION))
    everything = sum(len(s.text) for s in found)
    marked_at_end = topics[-1] == BETWEEN_US and len({s.number for s in found}) <= 4
    last = [s for s in found if s.number == found[-1].number]
    marked_at_end = marked_at_end and not any(words.has_matter(s.folded) for s in last)
    return kept / everything >= _MOST or marked_at_end


@lru_cache(maxsize=4096)
def is_sensitive(text: str) -> bool:
    """Whether a sentence of a free text would be screened; for checks of words that are about to be shown."""
    language = language_of(text)
    words = sensitive_words(language if language in LANGUAGES else "en")
    return any(words.topic(fold(sentence.text), NoteKind.MISC) for sentence in sentences(text))
