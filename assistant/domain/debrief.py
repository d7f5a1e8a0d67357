"""What a manager told after a meeting, taken apart. Every piece carries the exact words of the telling it stands on."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain.check_in import CheckIn
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.meeting import Chosen
from assistant.domain.note import Note
from assistant.domain.origin import OFFLINE, Origin, together
from assistant.domain.promise import Promise, PromiseState
from assistant.errors import Invalid


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was to be asked, and the passage that answers it."""

    question: Chosen
    quote: Quote


@dataclass(frozen=True, slots=True)
class DebriefDraft:
    """What a debrief brings, for one confirm. Nothing in it is settled before.

    Attributes:
        note: The telling itself, kept whole.
        evidence: Passages that speak for a facet or a live matter, suggested.
        promises: Those made in it, by either side.
        settled: Earlier promises that it shows kept or dropped; `closed_by` is its passage.
        answers: Answers to questions of the last brief or the ask-ledger.
        check_ins: What it says about the plan.
    """

    note: Note
    evidence: tuple[Evidence, ...] = ()
    promises: tuple[Promise, ...] = ()
    settled: tuple[Promise, ...] = ()
    answers: tuple[Answered, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    origin: Origin = OFFLINE

    def __post_init__(self) -> None:
        if any(quote.note.id != self.note.id for quote in self.quotes):
            raise Invalid("Everything a debrief brings stands in its own words.")
        if any(not promise.quotes for promise in self.promises):
            raise Invalid("A promise out of a debrief carries the passage that makes it.")
        if any(promise.state is PromiseState.OPEN or promise.closed_by is None for promise in self.settled):
            raise Invalid("A settled promise names the passage that settles it.")

    @property
    def quotes(self) -> Iterator[Quote]:
        """Every passage of the telling that something stands on."""
        yield from (item.quote for item in self.evidence)
        yield from (promise.quotes[-1] for promise in self.promises if promise.quotes)
        yield from (promise.closed_by for promise in self.settled if promise.closed_by)
        yield from (answer.quote for answer in self.answers)
        yield from (each.quote for each in self.check_ins if each.quote)

    @property
    def is_empty(self) -> bool:
        """Whether the telling holds nothing but itself."""
        return not any((self.evidence, self.promises, self.settled, self.answers, self.check_ins))

    def only(self, numbers: Collection[int]) -> "DebriefDraft":
        """The draft with some of its pieces: counted from 1, in the order evidence, promises, settled, answers, plan.

        Raises:
            Invalid: There is no piece of that number.
        """
        strange = {*numbers} - {*range(1, self.size + 1)}
        if strange:
            raise Invalid(f"There is no number {min(strange)}.", next=f"They run from 1 to {self.size}.")
        counted = itertools.count(1)
        parts = (self.evidence, self.promises, self.settled, self.answers, self.check_ins)
        left = [tuple(piece for piece in part if next(counted) in numbers) for part in parts]
        names = ("evidence", "promises", "settled", "answers", "check_ins")
        return replace(self, **dict(zip(names, left, strict=True)))  # type: ignore[arg-type]

    @property
    def size(self) -> int:
        """How many pieces there are."""
        return sum(map(len, (self.evidence, self.promises, self.settled, self.answers, self.check_ins)))

    def joined_with(self, other: "DebriefDraft") -> "DebriefDraft":
        """This draft with what another one of the same telling has besides: a passage speaks once for one thing."""
        promised = [(p.owner, p.quotes[-1]) for p in self.promises]
        answered = {answer.question.question_id for answer in self.answers}
        checked = {(each.thread, each.section) for each in self.check_ins}
        settled = {promise.id for promise in self.settled}
        found = [(item.topic, item.quote) for item in self.evidence]
        return replace(
            self,
            evidence=(*self.evidence, *(i for i in other.evidence if not _told(found, i.topic, i.quote))),
            promises=(*self.promises, *(p for p in other.promises if not _told(promised, p.owner, p.quotes[-1]))),
            settled=(*self.settled, *(p for p in other.settled if p.id not in settled)),
            answers=(*self.answers, *(a for a in other.answers if a.question.question_id not in answered)),
            check_ins=(*self.check_ins, *(c for c in other.check_ins if (c.thread, c.section) not in checked)),
            origin=together((self.origin, other.origin), self.origin.engine),
        )


def _told(known: Sequence[tuple[object, Quote]], about: object, quote: Quote) -> bool:
    return any(about == what and quote.span.overlaps(where.span) for what, where in known)
