"""Whom a name means. Two people with one first name are never guessed between: it asks."""

from collections.abc import Sequence

from assistant.domain.person import Person, fold_name
from assistant.errors import AmbiguousPerson, Choice, Unknown


def find_person(people: Sequence[Person], written: str) -> Person:
    """The one person an id or a name stands for.

    An id wins over everything, a full name over aliases, and those over first or last names.

    Raises:
        AmbiguousPerson: Several fit; the choices are in the error.
        Unknown: Nobody fits; the error lists who there is.
    """
    wanted = fold_name(written)
    meant = next((p for p in people if p.id == written.strip()), None)
    if meant is not None:
        return meant
    for fits in (
        [p for p in people if fold_name(p.name) == wanted],
        [p for p in people if wanted in {fold_name(n) for n in p.aka}],
        [p for p in people if wanted in {fold_name(part) for part in p.name.split()}],
    ):
        if len(fits) == 1 and not (len(written.split()) == 1 and _shares_first_name(fits[0], people, wanted)):
            return fits[0]
        if fits:
            several = [p for p in people if p in fits or p.is_named(written)]
            raise AmbiguousPerson(
                f"{written.strip()} could be {len(several)} people.",
                next="Give the full name or the id.",
                choices=choices(several),
            )
    raise Unknown(
        f"There is nobody called {written.strip()!r} among your people.",
        next="`flourish people list` shows everyone; `flourish people add NAME` adds somebody.",
        choices=choices(people[:20]),
    )


def choices(people: Sequence[Person]) -> tuple[Choice, ...]:
    """People as things to choose from."""
    return tuple(Choice(p.id, p.name, p.role) for p in people)


def _shares_first_name(person: Person, people: Sequence[Person], wanted: str) -> bool:
    """Whether `wanted` is also the first name of somebody else: then an alias does not settle it."""
    return any(p.id != person.id and fold_name(p.first_name) == wanted for p in people)
