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


@dataclass
class _Threads:
    """All threads of a person, found by the words that tell one matter from another: 3,000 notes stay quick."""

    seen: Counter[str]
    all: list[_Thread] = field(default_factory=list)
    places: dict[str, set[int]] = field(default_factory=dict)

    def add(self, thread: _Thread) -> None:
        """Begin a thread."""
        self.all.append(thread)
        self.widen(thread, len(self.all) - 1, thread.matter)

    def widen(self, thread: _Thread, place: int, words: frozenset[str]) -> None:
        """Let a thread be about these words too."""
        thread.matter |= words
        for word in words:
            if self.seen[word] <= RARE:
                self.places.setdefault(word, set()).add(place)

    def about(self, words: frozenset[str]) -> list[int]:
        """The places of the open threads on the same matter, oldest first."""
        near = {place for word in words if self.seen[word] <= RARE for place in self.places.get(word, ())}
        fits = (place for place in near if self.all[place].state is PromiseState.OPEN)
        return sorted(place for place in fits if _same(self.all[place].matter, words, self.seen))


def find_promises(person: Person, manager: Account, notes: Sequence[Readable], finder: str) -> tuple[Promise, ...]:
    """All promises between a manager and one person, oldest first."""
    usable = [r for r in notes if not r.closed and r.screening.language in LANGUAGES]
    seen: Counter[str] = Counter()
    for readable in usable:
        seen.update(stems(readable.note.text))
    threads = _Threads(seen)
    cast = Cast.of(person, manager)
    for readable in usable:
        said = phrases(readable.screening.language, person)
        _close(threads, readable, said)
        for made in promises_in(readable, person, cast.voice(readable.note), said):
            _join(threads, made)
    return tuple(_promise(thread, person, finder) for thread in threads.all)


def _join(threads: _Threads, made: Made) -> None:
    """Add to the newest promise on the same matter, or begin a new one."""
    for place in reversed(threads.about(made.matter)):
        thread = threads.all[place]
        if made.again or thread.made.owner is made.owner:
            thread.quotes.append(made.quote)
            thread.due = made.due or thread.due
            threads.widen(thread, place, made.matter)
            return
    if not made.again:
        threads.add(_Thread(made, [made.quote], made.due, made.matter))


def _same(one: frozenset[str], other: frozenset[str], seen: Counter[str]) -> bool:
    """Two telling words in common, or one that hardly ever occurs."""
    shared = one & other
    telling = [word for word in shared if seen[word] <= RARE]
    return len(shared) > 1 and bool(telling) or any(seen[word] <= 2 for word in telling)


def _close(threads: _Threads, readable: Readable, said: Phrases) -> None:
    """Mark the promises that this note shows kept or dropped."""
    if not threads.all:
        return
    for span, folded, words in _endings(readable, said):
        for thread in (threads.all[place] for place in threads.about(words)):
            if thread.quotes[-1].day < readable.note.day:
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
