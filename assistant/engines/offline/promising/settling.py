"""Joins what several notes say about one promise, and lets later notes end it. Reads no sentence by itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise, PromiseKind, PromiseState, Telling, TellingKind, promise_id, request_id
from assistant.engines.offline.promising.asking import requests_in
from assistant.engines.offline.promising.making import Made, Reader, promises_in
from assistant.engines.offline.promising.matter import Rarity, matter
from assistant.engines.offline.promising.outcome import Aim, End, Ending, ended, endings
from assistant.engines.offline.promising.phrases import Phrases, phrases
from assistant.engines.offline.promising.telling import late_by, told_anew, told_of, words_of
from assistant.engines.offline.sentences import fold
from assistant.engines.offline.voice import Cast
from assistant.prompting import LANGUAGES, offline_words

TAKEN_UP = 0.8  # telling words of a request that a later sentence need share to take it up: one rare word will do

HALF = 0.55  # the same of what a customer or colleague asks for, whose name is looked for as well


@dataclass
class _Thread:
    """One promise while the notes are read; not a noun, it never leaves this file."""

    made: Made
    quotes: list[Quote]
    due: date | None
    matter: frozenset[str]
    around: frozenset[str]
    what: str
    state: PromiseState = PromiseState.OPEN
    closed_by: Quote | None = None
    told: list[Telling] = field(default_factory=list)
    kind: PromiseKind = PromiseKind.PROMISE
    doubtful: bool = False

    @property
    def id(self) -> str:
        """What it will be known by."""
        if self.kind is PromiseKind.REQUEST:
            return request_id(self.quotes[0])
        return promise_id(self.quotes[0], self.made.owner)

    @property
    def aim(self) -> Aim:
        bare = self.made.own == 0 or len(self.made.matter) <= 2
        return Aim(self.matter, self.around, fold(self.what), bare=bare, due=self.due,
                   names=self.made.names)  # fmt: skip


@dataclass
class _Threads:
    """All threads of a person, found by the words that tell one matter from another: 3,000 notes stay quick."""

    rarity: Rarity
    all: list[_Thread] = field(default_factory=list)
    places: dict[str, set[int]] = field(default_factory=dict)

    def add(self, thread: _Thread) -> None:
        """Begin a thread."""
        self.all.append(thread)
        self._index(thread.matter | thread.around, len(self.all) - 1)

    def _index(self, words: frozenset[str], place: int) -> None:
        for word in words:
            if self.rarity.tells(word):
                self.places.setdefault(word, set()).add(place)

    def near(self, words: frozenset[str]) -> list[int]:
        """The places of the open threads that share a telling word, oldest first."""
        near = {place for word in words if self.rarity.tells(word) for place in self.places.get(word, ())}
        return sorted(place for place in near if self.all[place].state is PromiseState.OPEN)

    def join(self, made: Made, reader: Reader) -> None:
        """Add to the newest promise on the same matter, or begin a new one."""
        if not made.again and words_of(reader.language).instead.search(_whole(made, reader)):
            before = self._given_up(made)
            if before is not None:
                self.add(after := _Thread(made, [made.quote], made.due, made.matter, made.around, made.what))
                self._replace(before, after)
                return
        if made.any_of_them:
            mine = [i for i, t in enumerate(self.all) if t.made.owner is made.owner and t.state is PromiseState.OPEN]
            shared = [i for i in mine if self.all[i].matter & made.matter]
            if mine:  # "I promised her again": the one whose words are heard, else the newest
                self._renew((shared or mine)[-1], made, reader)
                return
        for place in reversed(self.near(made.matter | made.around)):
            if self._same(self.all[place], made):
                self._renew(place, made, reader)
                return
        known = any(t.quotes[0] == made.quote and t.made.owner is made.owner for t in self.all[-3:])
        alone = made.theirs and made.due is not None and made.own > 1  # "all nineteen written down, he says by May"
        if (alone or not made.again) and not known:  # one passage is one promise of one owner
            self.add(_Thread(made, [made.quote], made.due, made.matter, made.around, made.what))

    def _same(self, thread: _Thread, made: Made) -> bool:
        """Whether two notes speak of one promise: half of the shorter one's telling words are shared."""
        if thread.made.owner is not made.owner and (made.theirs or not made.again):
            return False
        if thread.quotes[-1].note.id == made.quote.note.id and not made.again:
            return False
        if made.again or made.clipped:
            near = self.rarity.weight((made.matter | made.around) & thread.matter)
            wide = self.rarity.weight((made.matter | made.around) & (thread.matter | thread.around))
            enough = min(1.5, 0.4 * self.rarity.weight(thread.matter))
            return near >= enough or wide >= (1 if made.again else 1.5)
        if self._is_another(thread, made):
            return False
        shared = self.rarity.weight(thread.matter & made.matter)
        if made.due and shared >= 1 and self.rarity.weight(thread.matter & (made.matter | made.around)) >= 2:
            return True  # "The packing page, month three. She films it by June" takes the place of the page
        return shared >= 1 and shared >= 0.5 * min(self.rarity.weight(thread.matter), self.rarity.weight(made.matter))

    def _is_another(self, thread: _Thread, made: Made) -> bool:
        """Whether a promise with another day tells of another deed: "write the recipe down", then "show Pell the vat".

        Each has words of its own that tell, they share at most half of the fuller one's, and the first is not yet due:
        what is overdue may be promised anew in another form.
        """
        if made.points or made.own < 2 or not (thread.due and made.due) or thread.due == made.due:
            return False
        if thread.due < made.quote.day:
            return False
        ours, theirs = made.matter - thread.matter, thread.matter - made.matter
        if not (any(map(self.rarity.tells, ours)) and any(map(self.rarity.tells, theirs))):
            return False
        shared = self.rarity.weight(thread.matter & made.matter)
        return shared <= 0.5 * max(self.rarity.weight(thread.matter), self.rarity.weight(made.matter))

    def _is_it(self, thread: _Thread, made: Made) -> bool:
        """Whether the very thing is promised anew: then a later day is its day moved, not the day of something else."""
        if made.again:
            return True
        shared = self.rarity.weight(thread.matter & made.matter)
        return shared >= 1 and shared >= 0.5 * max(self.rarity.weight(thread.matter), self.rarity.weight(made.matter))

    def ask(self, made: Made, promised: Sequence[Made]) -> None:
        """Begin a request, or add to one on the same matter; what this very note promises is asked no more."""
        if any(other.quote.span.overlaps(made.quote.span) for other in promised):
            return
        for place in reversed(self.near(made.matter)):
            if self._is_it(self.all[place], made):
                self.all[place].quotes.append(made.quote)
                self.all[place].doubtful = False
                return
        request = _Thread(made, [made.quote], made.due, made.matter, made.around, made.what, kind=PromiseKind.REQUEST)
        self.add(request)

    def answer(self, made: Made) -> None:
        """A promise of the manager on the same matter answers a request: from then on it is a promise."""
        for place in self.near(made.matter | made.around):
            request = self.all[place]
            shared = self.rarity.weight(request.matter & (made.matter | made.around))
            if made.owner is request.made.owner and shared >= 1 and request.quotes[-1].day <= made.quote.day:
                request.state, request.closed_by = PromiseState.DONE, made.quote

    def _given_up(self, made: Made) -> _Thread | None:
        """What "instead" takes the place of: what this very note drops, else an open one that its words name."""
        note = made.quote.note.id
        mine = [thread for thread in self.all if thread.made.owner is made.owner]
        gone = [t for t in mine if t.state is PromiseState.DROPPED and t.closed_by and t.closed_by.note.id == note]
        named = [
            thread for thread in mine
            if thread.state is PromiseState.OPEN and thread.quotes[-1].day < made.quote.day and self._same(thread, made)
        ]  # fmt: skip
        return gone[0] if len(gone) == 1 else named[-1] if named and not gone else None

    def _replace(self, before: _Thread, after: _Thread) -> None:
        before.state = PromiseState.DROPPED
        before.closed_by = before.closed_by or after.quotes[0]
        before.told.append(Telling(TellingKind.REPLACED, after.quotes[0], by=after.id))

    def _renew(self, place: int, made: Made, reader: Reader) -> None:
        """The newest words and day are shown; what was said before stays as quotes, and a day only asked for too."""
        thread = self.all[place]
        if thread.quotes[-1].day < made.quote.day:
            moved = (
                made.due if thread.due and made.due and made.due > thread.due and self._is_it(thread, made) else None
            )
            told = told_anew(made.quote, fold(thread.what), moved, reader.said, reader.language)
            thread.told += told
            asked = any(telling.kind is TellingKind.MORE_TIME for telling in told)  # asked for is not granted yet
            thread.due = thread.due if asked else made.due or thread.due
        else:
            thread.due = made.due or thread.due
        thread.quotes.append(made.quote)
        if not made.again:
            thread.what = made.what
            thread.matter |= made.matter
            self._index(made.matter, place)


def find_promises(person: Person, manager: Account, notes: Sequence[Readable], finder: str) -> tuple[Promise, ...]:
    """All promises between a manager and one person, oldest first; then what was asked of the manager."""
    usable = _in_their_language([r for r in notes if not r.closed and r.screening.language in LANGUAGES])
    rarity = Rarity.of(matter(r.note.text, r.screening.language) for r in usable)
    threads, asked = _Threads(rarity), _Threads(rarity)
    cast = Cast.of(person, manager)
    own = frozenset().union(*(matter(n, code) for n in (*person.names, manager.name) for code in LANGUAGES))
    for readable in usable:
        said = phrases(readable.screening.language, person, manager.name)
        _close(threads, readable, said)
        _close(asked, readable, said)
        _doubt(asked, readable, said)
        reader = Reader(readable, person, manager.name, cast.voice(readable.note), said)
        wanted = [*requests_in(reader)]
        told = (made for made in promises_in(reader) if not any(_asks(other, made) for other in wanted))
        promised = [_without(made, own, rarity) for made in told]
        for made in promised:
            threads.join(made, reader)
            asked.answer(made)
        for made in wanted:
            asked.ask(_without(made, own, rarity), promised)
    certain = [thread for thread in asked.all if not (thread.doubtful and thread.state is PromiseState.OPEN)]
    return tuple(_promise(thread, person, finder) for thread in (*threads.all, *certain))


def _asks(request: Made, made: Made) -> bool:
    """Whether what sounds like a promise of theirs is what they ask for: "Ana pide un escáner"."""
    return made.owner is not request.owner and made.quote.span.overlaps(request.quote.span)


def _in_their_language(notes: Sequence[Readable]) -> list[Readable]:
    """The notes, those without one English small word in the language of most of the others: "Konzept liegt vor"."""
    usual = Counter(r.screening.language for r in notes).most_common(1)
    english = frozenset(offline_words("language", "en")["words"].split())
    return [
        replace(r, screening=replace(r.screening, language=usual[0][0]))
        if r.screening.language == "en" and not english & {*re.findall(r"[^\W\d_]+", r.note.text.lower())}
        else r
        for r in notes
    ]


def _without(made: Made, own: frozenset[str], rarity: Rarity) -> Made:
    """The names of the two who talk tell no matter from another."""
    return replace(made, matter=rarity.split(made.matter - own), around=rarity.split(made.around - own))


def _whole(made: Made, reader: Reader) -> str:
    """The folded sentence in which a promise stands, from the end of the one before."""
    text, span = fold(reader.readable.note.text), made.quote.span
    return text[max(text.rfind(end, 0, span.start) for end in (". ", "! ", "\n")) + 1 : span.end]


def _close(threads: _Threads, readable: Readable, said: Phrases) -> None:
    """Mark the promises that this note shows kept or dropped, and keep what it tells of the others."""
    if not threads.all:
        return
    for ending in endings(readable, said, threads.rarity):
        near = [threads.all[place] for place in threads.near(ending.all | ending.led_by)]
        near = [thread for thread in near if thread.quotes[-1].day < readable.note.day]
        ends = [(ended(t.aim, ending, said, threads.rarity, readable.note.day), t) for t in near]
        told = [(end, thread) for end, thread in ends if end is not None]
        best = max((end.cover for end, _ in told), default=0.0)
        for end, thread in told:
            if end.sure or end.cover >= best:  # one sentence seldom ends two promises
                _end(thread, end, Quote(readable.note, ending.sentence.span), said)
        if not told:
            _tell(near, ending, readable, said, threads.rarity)


def _doubt(asked: _Threads, readable: Readable, said: Phrases) -> None:
    """A request that a later note takes up may have been answered; asked again, it was not."""
    for ending in endings(readable, said, asked.rarity) if asked.all else ():
        for request in [asked.all[place] for place in asked.near(ending.all)]:
            shared = asked.rarity.weight(request.matter & ending.words)
            enough = TAKEN_UP
            if request.made.asker:  # heard by name besides: there one word of several, "crew", takes nothing up
                enough = max(enough, HALF * asked.rarity.weight(request.matter))
            if request.quotes[-1].day < readable.note.day and shared >= enough:
                request.doubtful = True
    for request in asked.all:
        if request.quotes[-1].day < readable.note.day and _names(readable, request.made.asker):
            request.doubtful = True


def _names(readable: Readable, asker: str) -> bool:
    """Whether a note names the customer or colleague who asked: then something was at least said to them."""
    parts = [part for part in asker.split() if len(part) > 2 and part[:1].isupper()]
    return any(re.search(rf"\b{re.escape(part)}\b", readable.note.text) for part in parts)


def _end(thread: _Thread, end: End, closing: Quote, said: Phrases) -> None:
    thread.state = end.state
    thread.closed_by = closing
    if end.state is PromiseState.DONE:
        late = late_by(closing, thread.due, thread.told, said)
        thread.told += [late] if late else []


def _tell(near: Sequence[_Thread], ending: Ending, readable: Readable, said: Phrases, rarity: Rarity) -> None:
    """Keep what a sentence tells of the one open promise that it is about; of two, it is not known which."""
    quote = Quote(readable.note, ending.sentence.span)
    language = readable.screening.language
    told = [(thread, found) for thread in near if (found := told_of(thread.aim, ending, quote, said, rarity, language))]
    if len(told) == 1:
        thread, telling = told[0]
        thread.told.append(telling)


def _promise(thread: _Thread, person: Person, finder: str) -> Promise:
    first = thread.quotes[0]
    return Promise(
        person.account_id, thread.id, person.id, thread.made.owner, thread.what,
        first.day, thread.due, thread.state, tuple(thread.quotes), thread.closed_by, finder=finder,
        told=_worth_keeping(thread), kind=thread.kind,
    )  # fmt: skip


def _worth_keeping(thread: _Thread) -> tuple[Telling, ...]:
    """What was told, once a passage and kind; what only speaks of it, the newest, unless it was promised anew since."""
    newest = thread.quotes[-1].day
    open_still = thread.state is PromiseState.OPEN
    heard = [t for t in thread.told if open_still and t.kind is TellingKind.HEARD and t.quote.day > newest][-1:]
    kept = {(t.kind, t.quote): t for t in thread.told if t.kind is not TellingKind.HEARD or t in heard}
    return tuple(sorted(kept.values(), key=lambda t: t.quote.day))
