"""Whom a piece of prose names: full names and nicknames before first names, and nobody is guessed between namesakes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.person import Person, PersonId


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a text names.

    Attributes:
        people: The likeliest first; two that one name fits both stay.
        alike: Those whom the words for the likeliest fit just as well, that one included; empty when it is one alone.
        day: The day that a mail pasted into it names in its own head.
    """

    people: tuple[Person, ...] = ()
    alike: tuple[Person, ...] = ()
    day: date | None = None


def named_in(text: str, people: Sequence[Person]) -> Named:
    """The people a text may be about.

    Somebody called by the full name or a nickname comes before somebody called by the first name alone; then who is
    named first.
    """
    found: list[tuple[int, int, PersonId, Person]] = []
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
    alike = tuple(dict.fromkeys(item[3] for item in found if item[:2] == found[0][:2]))
    return Named(tuple(dict.fromkeys(item[3] for item in found)), alike if len(alike) > 1 else ())


def _places(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    written = [re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1]
    if not written:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]
