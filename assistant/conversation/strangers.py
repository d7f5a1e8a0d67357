"""Names of people who are not on a manager's list: nothing about anybody else is told in their place."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from assistant.actions.compare_names import name_key
from assistant.conversation.context import Context, position
from assistant.domain.person import Person
from assistant.domain.understood import Intent, Understood
from assistant.errors import Choice, NobodyCalled
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems

NEAREST = 3
_ALIKE = 0.6  # from which on one name may be a slip of the pen for another: "Bob", "Rob"


def names_of(people: Sequence[Person]) -> list[str]:
    """Every name that somebody is called by."""
    return sorted({name for person in people for name in person.names})


def refuse_strangers(context: Context, act: Understood, people: Sequence[Person]) -> None:
    """A request about somebody by name who is not on this manager's list is not answered about anybody else.

    Raises:
        NobodyCalled: With the nearest names to choose from, if any is near.
    """
    known = stems(" ".join((*names_of(people), context.desk.who().name)))
    for name in _named(context.message):
        is_id = any(c.isdigit() for c in name)
        if (not stems(name) and not is_id) or stems(name) & known:
            continue
        if act.intent is not Intent.ASK or not _is_in_notes(context, name):
            near = nearest(name, people)
            listed = ", ".join(person.name for person in near)
            raise NobodyCalled(
                context.says("stranger", name=name),
                next=context.says("nearest", names=listed) if near else context.says("whom_next"),
                choices=[Choice(person.id, person.name) for person in near],
            )


def nearest(written: str, people: Sequence[Person]) -> list[Person]:
    """Those whose name could be meant by one that nobody has, the likeliest first."""
    called: dict[str, list[Person]] = {}
    for person in people:
        for name in person.names:
            called.setdefault(name_key(name), []).append(person)
    close = get_close_matches(name_key(written), called, n=NEAREST, cutoff=_ALIKE)
    return [*dict.fromkeys(person for name in close for person in called[name])][:NEAREST]


def _named(message: str) -> Iterator[str]:
    """What stands in a message where the name of whom it is about would stand."""
    tables = [offline_words("chat", language)["about"] for language in LANGUAGES]
    others = {word for about in tables for word in about["not_names"]}
    for pattern in dict.fromkeys(p for about in tables for p in (about["pattern"], *about["owed"])):
        names = (found.group("name") for found in re.finditer(pattern, message))
        yield from (name for name in names if name.casefold() not in others)


def _is_in_notes(context: Context, name: str) -> bool:
    person = context.person.person.id if context.person else None
    found = context.desk.search(name, person=person, limit=5)
    return any(position(hit.note.text, name) >= 0 for hit in found.hits)
