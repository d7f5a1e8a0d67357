"""The notes behind what is shown, each with what of it may be shown."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from assistant.desk import Desk
from assistant.domain.evidence import Quote
from ui.web.show import Passages


def passages_of(desk: Desk, *things: object) -> Passages:
    """The notes that these things quote, each with what of it may be shown."""
    wanted = dict.fromkeys(quote.note.id for quote in quotes_in(things))
    return dict(zip(wanted, desk.readables(wanted), strict=True)) if wanted else {}


def add_passages(desk: Desk, known: Passages, thing: object) -> Passages:
    """The passages known so far and those that one more thing quotes."""
    fresh = [q for q in quotes_in(thing) if q.note.id not in known]
    return {**known, **passages_of(desk, fresh)} if fresh else known


def quotes_in(thing: object) -> Iterator[Quote]:
    """Every quote inside nouns, lists and tuples of nouns."""
    if isinstance(thing, Quote):
        yield thing
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from quotes_in(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for part in fields(thing):
            yield from quotes_in(getattr(thing, part.name))
