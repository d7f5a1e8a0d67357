"""What every erasure has around it: written down before it begins, swept up after, and this process forgets as well.

By a rule of this house a cache of people's words is bounded (`lru_cache` with a size), and one without bound (`cache`)
holds shipped words only; so every bounded one is emptied, also those that are added later.
"""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.ports.keeping import Eraser

_CACHE = type(lru_cache(len))
_OURS = ("assistant.", "knowledge.", "ui.")


@dataclass(slots=True)
class Erasure:
    """One erasure under way; `finished` is set when nothing lies beside the records any more."""

    id: str
    finished: bool = False


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
    erasure = Erasure(eraser.begin(account, people=people, notes=notes, names=names))
    gone = False
    try:
        yield erasure
        gone = True
    finally:
        if not gone:
            eraser.withdraw(erasure.id)
    erasure.finished = eraser.finish(erasure.id)
    drop_texts()


def drop_texts() -> None:
    """Empty every bounded cache of this program."""
    for kept in text_caches():
        kept.cache_clear()


def text_caches() -> Iterator[Any]:
    """Every bounded cache in the modules that are loaded."""
    for name, module in [*sys.modules.items()]:
        if name.startswith(_OURS):
            for thing in [*vars(module).values()]:
                if isinstance(thing, _CACHE) and thing.cache_parameters()["maxsize"] is not None:
                    yield thing
