"""What cannot wait, as far as rules can tell: lines of a prompt's data, the most pressing first. Decides nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from assistant.actions.cite import author_of
from assistant.actions.tell_changes import passages_of, unanswered, weightiest
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId
from assistant.domain.promise import Owner, Promise
from assistant.domain.situation import Situation
from assistant.engines.llm.clean import find_words, one_line
from assistant.prompting import llm_words
from assistant.wording import spoken_day

SOON = timedelta(days=21)
MOST = 5
MOST_OF_A_KIND = 2

MayTravel = Callable[[Promise], bool]
IsSensitive = Callable[[str], bool]


def where_it_is_said(promise: Promise) -> list[Quote]:
    """The passages of a promise, the one whose words it is told in first, then the newest."""
    newest = sorted(promise.quotes, key=lambda q: q.day, reverse=True)
    return sorted(newest, key=lambda q: find_words(q.text, promise.what) is None)


def source_of(promise: Promise, names: Mapping[NoteId, str]) -> str:
    """The short name of a note that was sent and says so; empty where none was."""
    return next((names[q.note.id] for q in where_it_is_said(promise) if q.note.id in names), "")


@dataclass(frozen=True, slots=True)
class Pressing:
    """Tells what presses in one situation.

    Attributes:
        names: Short names of the notes that are sent; what stands in none of them is not told.
        may_travel: Whether a promise may leave.
        is_sensitive: Whether words must not.
    """

    situation: Situation
    names: Mapping[NoteId, str]
    may_travel: MayTravel
    is_sensitive: IsSensitive

    def lines(self) -> Iterator[str]:
        """At most five: promises by their day, what was asked, complaints without an answer."""
        told = [*self._promises(), *self._requests(), *self._complaints()][:MOST]
        if told:
            yield f"\n{llm_words('data')['heads']['pressing']}"
            yield from told

    def _promises(self) -> Iterator[str]:
        """Those that are overdue or due within three weeks, by their day; the manager's own before the person's."""
        today = self.situation.today
        near = [
            (promise, owner)
            for owner in (Owner.ME, Owner.THEM)
            for promise in self.situation.open_promises(owner)
            if promise.due is not None and promise.due - today <= SOON and self._presses(promise)
        ]
        for promise, owner in sorted(near, key=lambda pair: pair[0].due or today)[: MOST - MOST_OF_A_KIND]:
            kind = "late" if promise.is_overdue(today) else "near"
            yield self._line(f"{kind}_{owner.value}", promise.what, source_of(promise, self.names), day=promise.due)

    def _requests(self) -> Iterator[str]:
        asked = [r for r in self.situation.unanswered if self._presses(r)]
        for request in asked[-MOST_OF_A_KIND:]:
            yield self._line("asked", request.what, source_of(request, self.names), day=request.made_on)

    def _presses(self, promise: Promise) -> bool:
        return self.may_travel(promise) and not promise.may_be_settled

    def _complaints(self) -> Iterator[str]:
        for readable in [r for r in unanswered(self.situation) if r.note.id in self.names][:MOST_OF_A_KIND]:
            quote = weightiest(passages_of(readable))
            if not self.is_sensitive(quote.text):
                who = one_line(author_of(quote.note.author))
                yield self._line("complaint", quote.text, self.names[quote.note.id], day=quote.day, who=who)

    def _line(self, kind: str, what: str, source: str, *, day: object, who: str = "") -> str:
        words = llm_words("data")["pressing"]
        told: str = words[kind].format(
            what=one_line(what), day=spoken_day(day, self.situation.today), who=who or words["somebody"],  # type: ignore[arg-type]
            first=one_line(self.situation.person.first_name),
        )  # fmt: skip
        return f"{told} ({source})" if source else told
