"""A few compute at once, the others wait; whoever waits for a model takes no place, and nobody waits for ever."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.lane import Lane, aside


class Busy:
    """Counts how many are at work at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = threading.Lock()

    def work(self, seconds: float = 0.02) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(seconds)
        with self._lock:
            self.now -= 1


def together(turns: int, turn: Callable[[], Iterator[int]], lane: Lane) -> list[list[int]]:
    with ThreadPoolExecutor(turns) as pool:
        return [f.result(20) for f in [pool.submit(lambda: [*lane.paced(turn())]) for _ in range(turns)]]


def test_no_more_turns_compute_at_once_than_there_are_places() -> None:
    busy, lane = Busy(), Lane(2, patience=20)

    def turn() -> Iterator[int]:
        for number in range(3):
            busy.work()
            yield number

    assert together(8, turn, lane) == [[0, 1, 2]] * 8
    assert busy.most == 2


def test_whoever_waits_for_a_model_leaves_the_place_to_others() -> None:
    met, lane = threading.Barrier(4, timeout=10), Lane(1, patience=20)

    def turn() -> Iterator[int]:
        yield 0
        with aside():
            met.wait()  # all four are here at once, though there is one place
            yield 1
            met.wait()
        yield 2

    assert together(4, turn, lane) == [[0, 1, 2]] * 4


def test_after_the_model_a_turn_takes_a_place_again() -> None:
    busy, lane = Busy(), Lane(1, patience=20)

    def turn() -> Iterator[int]:
        with aside():
            time.sleep(0.01)
        busy.work()
        yield 0

    together(5, turn, lane)
    assert busy.most == 1


@pytest.mark.parametrize("fails", [False, True])
def test_a_turn_that_is_left_early_or_breaks_gives_its_place_back(fails: bool) -> None:
    lane = Lane(1, patience=20)

    def turn() -> Iterator[int]:
        yield 0
        with aside():
            yield 1
        if fails:
            raise ValueError("broken")
        yield 2

    items = lane.paced(turn())
    assert [next(items), next(items)] == [0, 1]
    if fails:
        with pytest.raises(ValueError, match="broken"):
            next(items)
    items.close()  # type: ignore[attr-defined]
    started = time.perf_counter()
    assert [*lane.paced(iter([5]))] == [5]
    assert time.perf_counter() - started < 10


def test_after_some_patience_a_turn_goes_on_without_a_place() -> None:
    lane, free = Lane(1, patience=0.05), threading.Event()

    def keeps_it() -> Iterator[int]:
        assert free.wait(20)
        yield 0

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: [*lane.paced(keeps_it())])
        time.sleep(0.2)
        assert [*lane.paced(iter([1, 2]))] == [1, 2]
        free.set()
        assert first.result(20) == [0]
    assert [*lane.paced(iter([3]))] == [3]


def test_outside_of_a_lane_stepping_aside_changes_nothing() -> None:
    with aside():
        assert [*Lane(1).paced(iter([1]))] == [1]
