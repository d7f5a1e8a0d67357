"""What every erasure has around it: written down before it begins, swept up after, and this process forgets as well.

By a rule of this house a cache of people's words is bounded (`lru_cache` with a size), and one without bound (`cache`)
holds shipped words only; so every bounded one is emptied, also those that are added later. It stands in a module, where
it is found; what keeps words in an object of its own announces itself (`forgets_too`).
"""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol
from weakref import WeakSet

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.ports.keeping import Eraser

_CACHE = type(lru_cache(len))
_OURS = ("assistant.", "knowledge.", "ui.")


@dataclass(slots=True)
class Erasure:
    """One erasure under way; `finished` is set when nothing lies beside the records any more."""

    eraser: Eraser
    account: AccountId
    ids: list[str] = field(default_factory=list)
    finished: bool = False

    def write_down(
        self, *, people: Collection[PersonId] = (), notes: Collection[NoteId] = (), names: bool = False
    ) -> None:
        """What goes."""
        if people or notes:
            self.ids.append(self.eraser.begin(self.account, people=people, notes=notes, names=names))

    def write_down_talk(self) -> None:
        """That a conversation goes: it is nobody's in the journal, but its words are swept up as well."""
        self.ids.append(self.eraser.begin(self.account))

    def write_down_inside(self, *, people: Collection[PersonId], notes: Collection[NoteId]) -> None:
        """What goes, for what is known only inside of the write: its last step, since the commit may not come."""
        if people or notes:
            self.ids.append(self.eraser.begin(self.account, people=people, notes=notes, tentative=True))


@contextmanager
def erasing_for_good(
    eraser: Eraser,
    account: AccountId,
    *,
    people: Collection[PersonId] = (),
    notes: Collection[NoteId] = (),
    names: bool = False,
) -> Iterator[Erasure]:
    """Around the one write that takes rows away. A crash inside is made good at the next start; an error is not."""
    erasure = Erasure(eraser, account)
    erasure.write_down(people=people, notes=notes, names=names)
    gone = False
    try:
        yield erasure
        gone = True
    finally:
        if not gone:
            for id in erasure.ids:
                eraser.withdraw(id)
    erasure.finished = all([eraser.finish(id) for id in erasure.ids])
    drop_texts()


class Forgetful(Protocol):
    """Something that keeps people's words for a while and can forget them all."""

    def clear(self) -> None:
        """Forget everything."""
        ...


_FORGETFUL: "WeakSet[Forgetful]" = WeakSet()


def forgets_too(kept: Forgetful) -> None:
    """Let an erasure clear this as well, for as long as anybody uses it."""
    _FORGETFUL.add(kept)


def drop_texts() -> None:
    """Empty every bounded cache of this program, and all that was announced by `forgets_too`."""
    for cached in text_caches():
        cached.cache_clear()
    for kept in [*_FORGETFUL]:
        kept.clear()


def text_caches() -> Iterator[Any]:
    """Every bounded cache in the modules that are loaded."""
    for name, module in [*sys.modules.items()]:
        if name.startswith(_OURS):
            for thing in [*vars(module).values()]:
                if isinstance(thing, _CACHE) and thing.cache_parameters()["maxsize"] is not None:
                    yield thing
