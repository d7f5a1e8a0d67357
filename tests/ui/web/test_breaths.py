"""Updates that follow at once are shown as one; what is left early ends; a fault is heard."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident

import pytest

from ui.web.breaths import Updates, in_breaths

LONG = 60.0  # a breath that ends with what is made


def heard(updates: Iterator[Updates], breath: float = LONG) -> list[Updates]:
    async def listen() -> list[Updates]:
        with ThreadPoolExecutor(1) as threads:
            return [update async for update in in_breaths(updates, threads, breath)]

    return asyncio.run(listen())


def test_what_follows_within_one_breath_is_shown_as_one_the_newer_over_the_older() -> None:
    made = [{"head": "Dana", "out": "reading"}, {"out": "the notes"}, {"notice": "kept"}]
    assert heard(iter(made)) == [{"head": "Dana", "out": "the notes", "notice": "kept"}]


def test_nothing_made_is_nothing_shown() -> None:
    assert heard(iter(())) == []


def test_what_takes_longer_than_a_breath_is_shown_while_the_next_is_made() -> None:
    seen = Event()

    def made() -> Iterator[Updates]:
        yield {"out": "first"}
        assert seen.wait(30)  # it was shown before this one is ready
        yield {"out": "second"}

    async def listen() -> list[Updates]:
        shown = []
        with ThreadPoolExecutor(1) as threads:
            async for update in in_breaths(made(), threads, 0.001):
                shown.append(update)
                seen.set()
        return shown

    assert asyncio.run(listen()) == [{"out": "first"}, {"out": "second"}]


def test_whoever_leaves_ends_what_is_made_in_the_thread_that_makes_it() -> None:
    left, closed = Event(), Event()
    where: list[int] = []

    def made() -> Iterator[Updates]:
        where.append(get_ident())
        try:
            yield {"out": "first"}
            assert left.wait(30)
            yield {"out": "second"}
            raise AssertionError("it went on")
        finally:
            where.append(get_ident())
            closed.set()

    async def leave() -> None:
        with ThreadPoolExecutor(1) as threads:
            coming = in_breaths(made(), threads, 0.001)
            assert await anext(coming) == {"out": "first"}
            await coming.aclose()  # type: ignore[attr-defined]
            left.set()
            assert await asyncio.to_thread(closed.wait, 30)

    asyncio.run(leave())
    assert where[0] == where[1] != get_ident()


def test_a_fault_comes_out_after_what_was_said_about_it() -> None:
    said: list[Updates] = []

    def made() -> Iterator[Updates]:
        yield {"notice": "something went wrong"}
        raise ZeroDivisionError

    async def listen() -> None:
        with ThreadPoolExecutor(1) as threads:
            async for update in in_breaths(made(), threads, LONG):
                said.append(update)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(listen())
    assert said == [{"notice": "something went wrong"}]
