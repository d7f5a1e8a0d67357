"""What cannot wait and what lies ahead, as the top of a brief has it: lines of a prompt's data. Decides nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.actions.read_calendar import read_calendar
from assistant.actions.tell_changes import teller_of
from assistant.actions.tell_pressing import tell_ahead, tell_pressing
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId
from assistant.domain.promise import Promise
from assistant.domain.situation import Situation
from assistant.engines.llm.clean import find_words, one_line
from assistant.prompting import llm_words

MayTravel = Callable[[Promise], bool]
IsSensitive = Callable[[str], bool]


def where_it_is_said(promise: Promise) -> list[Quote]:
    """The passages of a promise, the one whose words it is told in first, then the newest."""
    newest = sorted(promise.quotes, key=lambda q: q.day, reverse=True)
    return sorted(newest, key=lambda q: find_words(q.text, promise.what) is None)


@dataclass(frozen=True, slots=True)
class Urgent:
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
        """The matters that press, the most pressing first, then the days ahead that do not."""
        situation, heads = self._fit(), llm_words("data")["heads"]
        teller, calendar = teller_of(situation), read_calendar(situation)
        presses = tell_pressing(situation, calendar, teller)
        ahead = tell_ahead(calendar, presses, teller)
        for head, found in (("pressing", presses), ("ahead", ahead)):
            told = [line for one in found if (line := self._line(one.text, one.quotes))]
            if told:
                yield f"\n{heads[head]}"
                yield from told

    def _fit(self) -> Situation:
        """The situation without promises and requests that stay here or may be settled."""
        promises = tuple(p for p in self.situation.promises if self._presses(p))
        requests = tuple(r for r in self.situation.requests if self._presses(r))
        return replace(self.situation, promises=promises, requests=requests)

    def _line(self, text: str, quotes: tuple[Quote, ...]) -> str:
        """One line with the notes it stands on; empty where it must stay here."""
        sources = [self.names[q.note.id] for q in quotes if q.note.id in self.names]
        if self.is_sensitive(text) or (quotes and not sources):
            return ""
        source = f" ({', '.join(dict.fromkeys(sources))})" if sources else ""
        return f"- {one_line(text)}{source}"

    def _presses(self, promise: Promise) -> bool:
        """Whether it may leave, and no later note may show that it happened."""
        return self.may_travel(promise) and not promise.may_be_settled
