"""Whom a piece of prose names: full names and nicknames before first names, and nobody is guessed between namesakes."""

import re
from collections.abc import Sequence

from assistant.domain.person import Person


def named_in(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people a text may be about, the likeliest first; two that one name fits both stay.

    Somebody called by the full name or a nickname comes before somebody called by the first name alone; then who is
    named first.
    """
    found = []
    taken: list[tuple[int, int]] = []
    for person in people:
        for place in _places(text, (person.name, *person.aka)):
            found.append((0, place[0], person.id, person))
            taken.append(place)
    for person in people:
        for start, end in _places(text, (person.first_name,)):
            if not any(start < b and a < end for a, b in taken):
                found.append((1, start, person.id, person))
    found.sort(key=lambda item: item[:3])
    return tuple(dict.fromkeys(item[3] for item in found))


def _places(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    written = [re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1]
    if not written:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]
