"""Upkeep of a home: what another finder read is read again, at once for a command, quietly beside a server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from assistant.errors import FlourishError

if TYPE_CHECKING:
    from assistant.actions.catch_up import Behind
    from assistant.actions.digest_history import Digested
    from assistant.actions.propose_evidence import Proposed
    from assistant.domain.account import AccountId
    from assistant.ports.outside import Progress
    from ui.wiring import House

BREATH = 0.02  # seconds between two steps beside a server: whoever waits for the database comes first


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

    total = behind(house, accounts).steps if progress else 0
    sum_of = verb.Behind()

    def tell(step: "Behind") -> None:
        nonlocal sum_of
        sum_of += step
        if progress is not None:
            progress(min(sum_of.steps, total), total)

    for account in accounts:
        verb.catch_up(house.records, account, finder=house.finder, search=house.search, done=tell, stop=stop)
    return sum_of


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
    total = 0
    for account in accounts if progress else ():
        with house.records.reading(account, EVER) as shelf:
            total += verb.unproposed_count(shelf, house.proposer)
    sum_of = verb.Proposed()

    def tell(step: "Proposed") -> None:
        nonlocal sum_of
        sum_of += step
        if progress is not None:
            progress(min(sum_of.notes, total), total)

    for account in accounts:
        verb.propose_evidence(house.records, account, proposer=house.proposer, done=tell)
    return sum_of


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
    total = 0
    for account in accounts if progress else ():
        with house.records.reading(account, house.today) as shelf:
            total += verb.undigested_count(shelf, house.digester)
    sum_of = verb.Digested()

    def tell(step: "Digested") -> None:
        nonlocal sum_of
        sum_of += step
        if progress is not None:
            progress(min(sum_of.periods, total), total)

    for account in accounts:
        verb.digest_history(house.records, account, house.today, digester=house.digester, done=tell)
    return sum_of


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
