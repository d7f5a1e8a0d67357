"""What a handler makes in a thread, handed on breath by breath: Gradio works longest on the number of updates.

Each update costs it as much as a whole page costs us, and two changes of thread. What follows within one breath is
therefore shown as one, and a whole press is made in one thread.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor
from threading import Event
from typing import Any

from assistant.streaming import ending

BREATH = 0.04  # seconds
Updates = dict[Any, Any]


async def in_breaths(updates: Iterator[Updates], threads: Executor, breath: float = BREATH) -> AsyncIterator[Updates]:
    """The same updates, the newer over the older where they come within one breath.

    Whoever stops listening ends them: they are closed, in their thread, as soon as the one that is being made is there.
    """
    loop = asyncio.get_running_loop()
    news, left = asyncio.Event(), Event()
    waiting: list[Updates] = []

    def hand_on(update: Updates) -> None:
        waiting.append(update)
        news.set()

    def make() -> None:
        with ending(updates) as coming:
            for update in coming:
                if left.is_set():
                    return
                loop.call_soon_threadsafe(hand_on, update)

    made = loop.run_in_executor(threads, make)
    made.add_done_callback(lambda _: news.set())
    try:
        while not (made.done() and not waiting):
            await news.wait()
            await asyncio.wait([made], timeout=breath)
            news.clear()
            said = {part: shown for update in waiting for part, shown in update.items()}
            waiting.clear()
            if said:
                yield said
        await made
    finally:
        left.set()
