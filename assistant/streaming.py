"""Iterators that are left early are closed at once, so that what feeds them (a model's reply) ends with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def ending(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """The items, closed when the block is left, however it is left."""
    try:
        yield items
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()
