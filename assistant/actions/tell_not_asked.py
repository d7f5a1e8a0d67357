"""Whom a topic was never put to, out of the questions that were marked as asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.ask_ledger import Asked
from assistant.domain.person import Person
from assistant.domain.pillar import PILLAR_OF_CODE, Pillar
from assistant.ports.records import Shelf
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems

_CODE = 3  # letters at the head of a bank question's id


@dataclass(frozen=True, slots=True)
class NotAsked:
    """One person, and the last question to them on the topic's neighbours; none when nothing was ever asked."""

    person: Person
    last: Asked | None


@dataclass(frozen=True, slots=True)
class NotAskedReport:
    """Whom a topic was never put to.

    Attributes:
        pillar: The topic, when the words named one of the eight; without one, who was asked nothing at all.
    """

    pillar: Pillar | None
    people: tuple[NotAsked, ...]


def tell_not_asked(shelf: Shelf, topic: str) -> NotAskedReport:
    """Everyone to whom no question on a topic is on record, by name."""
    pillar = pillar_of(topic)
    found = []
    for person in shelf.people.all():
        asked = shelf.ledger.of(person.id)
        if not any(_is_on(entry, pillar) for entry in asked):
            found.append(NotAsked(person, asked[-1] if asked else None))
    return NotAskedReport(pillar, tuple(found))


def pillar_of(topic: str) -> Pillar | None:
    """The pillar that words name, in any language we have."""
    said = stems(topic) | {word.casefold() for word in topic.split()}
    for language in LANGUAGES:
        topics: dict[str, Sequence[str]] = offline_words("chat", language)["topics"]
        for name, words in topics.items():
            if said & (stems(" ".join(words)) | {*words}):
                return Pillar(name)
    return None


def _is_on(entry: Asked, pillar: Pillar | None) -> bool:
    if pillar is None:
        return True
    by_code = PILLAR_OF_CODE.get(entry.question_id[:_CODE])
    return by_code is pillar if by_code is not None else pillar_of(entry.text) is pillar
