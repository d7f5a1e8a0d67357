"""Who else a note names. Full names and unmistakable aliases only: a shared first name names nobody."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.domain.note import Mention, Note, Span
from assistant.domain.person import Person, PersonId


def find_mentions(note: Note, people: Sequence[Person]) -> Note:
    """The note with the passages that name other people of the account marked."""
    pattern, owner = _pattern(tuple(people))
    if pattern is None:
        return note
    found = (
        Mention(owner[match.group(0).casefold()], Span(match.start(), match.end()))
        for match in pattern.finditer(note.text)
    )
    return replace(note, mentions=tuple(m for m in found if m.person_id != note.person_id))


@lru_cache(maxsize=8)
def _pattern(people: tuple[Person, ...]) -> tuple[re.Pattern[str] | None, dict[str, PersonId]]:
    """One expression for every name that belongs to exactly one person."""
    spoken = Counter(name.casefold() for person in people for name in person.names)
    firsts = Counter(person.first_name.casefold() for person in people)
    owner = {
        name.casefold(): person.id
        for person in people
        for name in person.names
        if spoken[name.casefold()] == 1 and firsts[name.casefold()] <= 1 and len(name) > 2
    }
    if not owner:
        return None, {}
    ordered = sorted(owner, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE), owner
