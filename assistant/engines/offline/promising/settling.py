"""Joins what several notes say about one promise, and reads whether a later note shows it kept or dropped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise, PromiseState, promise_id
from assistant.engines.offline.promising.making import Made, promises_in
from assistant.engines.offline.promising.phrases import Phrases, phrases
from assistant.engines.offline.sentences import sentences
from assistant.engines.offline.voice import Cast
from assistant.prompting import LANGUAGES
from assistant.wording import stems

RARE = 4  # notes a word may stand in and still tell one matter from another


@dataclass
class _Thread:
    """One promise while the notes are read; not a noun, it never leaves this file."""

    made: Made
    quotes: list[Quote] = field(default_factory=list)
    due: date | None = None
    matter: frozenset[str] = frozenset()
    state: PromiseState = PromiseState.OPEN
    closed_by: Quote | None = None


def find_promises(person: Person, manager: Account, notes: Sequence[Readable], finder: str) -> tuple[Promise, ...]:
    """All promises between a manager and one person, oldest first."""
    usable = [r for r in notes if not r.closed and r.screening.language in LANGUAGES]
    seen: Counter[str] = Counter()
    for readable in usable:
        seen.update(stems(readable.note.text))
    threads: list[_Thread] = []
    cast = Cast.of(person, manager)
    for readable in usable:
        said = phrases(readable.screening.language, person)
        _close(threads, readable, said, seen)
        for made in promises_in(readable, person, cast.voice(readable.note), said):
            _join(threads, made, seen)
    return tuple(_promise(thread, person, finder) for thread in threads)


def _join(threads: list[_Thread], made: Made, seen: Counter[str]) -> None:
    """Add to the promise on the same matter, or begin a new one."""
    for thread in reversed(threads):
        same_side = made.again or thread.made.owner is made.owner
        if same_side and thread.state is PromiseState.OPEN and _same(thread.matter, made.matter, seen):
            thread.quotes.append(made.quote)
            thread.due = made.due or thread.due
            thread.matter |= made.matter
            return
    if not made.again:
        threads.append(_Thread(made, [made.quote], made.due, made.matter))


def _same(one: frozenset[str], other: frozenset[str], seen: Counter[str]) -> bool:
    """Two telling words in common, or one that hardly ever occurs."""
    shared = one & other
    telling = [word for word in shared if seen[word] <= RARE]
    return len(shared) > 1 and bool(telling) or any(seen[word] <= 2 for word in telling)


def _close(threads: list[_Thread], readable: Readable, said: Phrases, seen: Counter[str]) -> None:
    """Mark the promises that this note shows kept or dropped."""
    waiting = [t for t in threads if t.state is PromiseState.OPEN and t.quotes[-1].day < readable.note.day]
    if not waiting:
        return
    for span, folded, words in _endings(readable, said):
        for thread in waiting:
            if thread.state is PromiseState.OPEN and _same(thread.matter, words, seen):
                thread.state = PromiseState.DROPPED if said.dropped.search(folded) else PromiseState.DONE
                thread.closed_by = Quote(readable.note, span)


def _endings(readable: Readable, said: Phrases) -> Iterator[tuple[Span, str, frozenset[str]]]:
    """The sentences of a note that tell that something is done or off."""
    for sentence in sentences(readable.note.text):
        folded = sentence.folded
        ends = said.dropped.search(folded) or said.kept.search(folded)
        if ends and not said.still_open.search(folded) and readable.allows(sentence.span):
            yield sentence.span, folded, stems(sentence.text)


def _promise(thread: _Thread, person: Person, finder: str) -> Promise:
    first = thread.quotes[0]
    return Promise(
        person.account_id, promise_id(first, thread.made.owner), person.id, thread.made.owner, thread.made.what,
        first.day, thread.due, thread.state, tuple(thread.quotes), thread.closed_by, finder=finder,
    )  # fmt: skip
