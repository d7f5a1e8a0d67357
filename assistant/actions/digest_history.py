"""Let a model write down what older notes come down to, quarter by quarter, outside of any turn.

A brief of somebody with a thousand notes cannot hold them; it holds a few lines that were checked when they were made.
Done in small steps like all upkeep: each is asked for outside of any write and kept in a short one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.gather_situation import LOOKS_BACK, gather_situation
from assistant.domain.account import AccountId
from assistant.domain.digest import Digest, Period, mark_of
from assistant.domain.note import AiUse, Note
from assistant.domain.person import PersonId
from assistant.domain.search import Window
from assistant.ports.model import Digester
from assistant.ports.records import Records, Shelf

LONG = 60  # notes from which on a history does not fit; below it the found quotes of older notes do
FEWEST = 4  # notes of a quarter that are worth a digest


@dataclass(frozen=True, slots=True)
class Digested:
    """What was done.

    Attributes:
        periods: Quarters that were read.
        lines: Lines that are kept now.
    """

    periods: int = 0
    lines: int = 0

    def __add__(self, other: "Digested") -> "Digested":
        return Digested(self.periods + other.periods, self.lines + other.lines)


def undigested_count(shelf: Shelf, digester: Digester) -> int:
    """How many quarters of the account wait for a digest."""
    return sum(1 for person in shelf.people.all() for _ in _waiting(shelf, person.id, digester))


def digest_history(
    records: Records,
    account: AccountId,
    today: date,
    *,
    digester: Digester,
    done: Callable[[Digested], None] = lambda step: None,
    stop: Callable[[], bool] = lambda: False,
) -> Digested:
    """Every quarter of the account's long histories that has none, or whose notes changed; what was done.

    Raises:
        EngineUnavailable: The model did not answer; what was written before is kept.
    """
    sum_of = Digested()
    with records.reading(account, today) as shelf:
        waiting = [(p.id, period) for p in shelf.people.all() for period in _waiting(shelf, p.id, digester)]
    for person_id, period in waiting:
        if stop():
            break
        step = _made(records, account, today, person_id, period, digester)
        sum_of += step
        done(step)
    return sum_of


def _waiting(shelf: Shelf, person_id: PersonId, digester: Digester) -> Iterator[Period]:
    """The quarters before what a brief reads anyway, the newest first."""
    if shelf.notes.count(person_id) < LONG:
        return
    known = shelf.digests.marks(person_id)
    for period, notes in sorted(_by_period(shelf, person_id).items(), key=lambda each: each[0].first, reverse=True):
        if len(notes) >= FEWEST and known.get(period) != mark_of(notes, digester.fingerprint):
            yield period


def _by_period(shelf: Shelf, person_id: PersonId) -> Mapping[Period, Sequence[Note]]:
    first_day = shelf.today - LOOKS_BACK
    found: dict[Period, list[Note]] = {}
    for note in shelf.notes.of(person_id):
        period = Period.around(note.day)
        if period.last < first_day:
            found.setdefault(period, []).append(note)
    return found


def _made(
    records: Records, account: AccountId, today: date, person_id: PersonId, period: Period, digester: Digester
) -> Digested:
    """One quarter; dropped when its notes changed while the model was writing."""
    window = Window(period.first, period.last)
    with records.reading(account, today) as shelf:
        notes = shelf.notes.of(person_id, window)
        situation = gather_situation(shelf, person_id)
        readable = shelf.screenings.of([note for note in notes if note.ai is AiUse.ALLOWED])
    mark = mark_of(notes, digester.fingerprint)
    lines = digester.digest(situation, readable, period)
    with records.writing(account, today) as shelf:
        if mark_of(shelf.notes.of(person_id, window), digester.fingerprint) != mark:
            return Digested(1, 0)
        shelf.digests.keep(Digest(account, person_id, period, mark, tuple(lines)))
    return Digested(1, len(lines))
