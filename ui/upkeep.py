"""Upkeep of a home: what another finder read is read again, at once for a command, quietly beside a server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

from assistant.errors import FlourishError

if TYPE_CHECKING:
    from assistant.actions.catch_up import Behind
    from assistant.actions.digest_history import Digested
    from assistant.actions.propose_evidence import Proposed
    from assistant.domain.account import AccountId
    from assistant.ports.outside import Progress
    from ui.wiring import House

Done = TypeVar("Done", bound="Sum")
BREATH = 0.02  # seconds between two steps beside a server: whoever waits for the database comes first


class Sum(Protocol):
    """What steps add up to."""

    def __add__(self, other: Self, /) -> Self:
        """The sum of both."""
        ...


@dataclass
class Tally(Generic[Done]):
    """Adds up what is done and tells how far that is.

    Attributes:
        sum: What was done so far.
        size: What of it counts.
        total: How much there was to do.
    """

    sum: Done
    size: Callable[[Done], int]
    progress: "Progress | None" = None
    total: int = 0

    def __call__(self, step: Done) -> None:
        """One step more."""
        self.sum += step
        if self.progress is not None:
            self.progress(min(self.size(self.sum), self.total), self.total)


def accounts_of(house: "House", only: "AccountId | None" = None) -> "Sequence[AccountId]":
    """The accounts to look after: one, or all of the home."""
    return [a.id for a in house.records.accounts.all() if only in (None, a.id)]


def behind(house: "House", accounts: "Sequence[AccountId]") -> "Behind":
    """How much is not as this version would have it. Only counts; no content is read."""
    from assistant.actions.catch_up import EVER, Behind, how_far_behind

    found = Behind()
    for account in accounts:
        with house.records.reading(account, EVER) as shelf:
            found += how_far_behind(shelf, house.finder, house.search)
    return found


def catch_up(
    house: "House",
    accounts: "Sequence[AccountId]",
    progress: "Progress | None" = None,
    stop: Callable[[], bool] = lambda: False,
) -> "Behind":
    """Do what is behind in these accounts, one after the other; what was done.

    Raises:
        HomeError: The records cannot be written. What was done before stays done; the next call goes on from there.
    """
    from assistant.actions import catch_up as verb

    tally = Tally(verb.Behind(), lambda done: done.steps, progress)
    tally.total = behind(house, accounts).steps if progress else 0
    for account in accounts:
        verb.catch_up(house.records, account, finder=house.finder, search=house.search, done=tally, stop=stop)
    return tally.sum


def propose(house: "House", accounts: "Sequence[AccountId]", progress: "Progress | None" = None) -> "Proposed":
    """Let the model look through the notes it has not read in these accounts; what was done.

    Raises:
        Refused: No model is named.
        EngineUnavailable: It did not answer. What it found before is kept; the next call goes on from there.
    """
    from assistant.actions import propose_evidence as verb
    from assistant.actions.catch_up import EVER
    from assistant.errors import no_model

    if house.proposer is None:
        raise no_model()
    tally = Tally(verb.Proposed(), lambda done: done.notes, progress)
    for account in accounts if progress else ():
        with house.records.reading(account, EVER) as shelf:
            tally.total += verb.unproposed_count(shelf, house.proposer)
    for account in accounts:
        verb.propose_evidence(house.records, account, proposer=house.proposer, done=tally)
    return tally.sum


def digest(house: "House", accounts: "Sequence[AccountId]", progress: "Progress | None" = None) -> "Digested":
    """Let the model write down what the older notes of long histories come down to; what was done.

    Raises:
        Refused: No model is named.
        EngineUnavailable: It did not answer. What it wrote before is kept; the next call goes on from there.
    """
    from assistant.actions import digest_history as verb
    from assistant.errors import no_model

    if house.digester is None:
        raise no_model()
    tally = Tally(verb.Digested(), lambda done: done.periods, progress)
    for account in accounts if progress else ():
        with house.records.reading(account, house.today) as shelf:
            tally.total += verb.undigested_count(shelf, house.digester)
    for account in accounts:
        verb.digest_history(house.records, account, house.today, digester=house.digester, done=tally)
    return tally.sum


@contextmanager
def catching_up(house: "House", accounts: "Sequence[AccountId]", say: Callable[[str], None]) -> Iterator[None]:
    """Catch up in a thread with connections of its own while the body runs; at the end it stops after its step."""
    over = Event()

    def work() -> None:
        try:
            catch_up(house, accounts, stop=lambda: over.wait(BREATH))
        except FlourishError as error:
            say(f"Reading the notes again has stopped: {error} `flourish reindex` goes on with it.")

    thread = Thread(target=work, name="flourish-upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)
