"""What a model gets to see of one person: screened, cleaned, within a number of tokens. Chosen in code, not by it.

Newest notes and those that bear evidence come first; of older ones only what was found or digested in them: lines that
were made and checked outside of any turn, with the quotes they stand on. Every note travels under a short name, so a
model can cite no note that it was not given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.actions.cite import author_of
from assistant.actions.follow_guidance import advice, advice_head
from assistant.domain.account import Account
from assistant.domain.digest import MOST_LINES, DigestLine, Period
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Quote, Strength
from assistant.domain.note import AiUse, Note, NoteId, Span
from assistant.domain.person import Person, fold_name
from assistant.domain.policy import Readable
from assistant.domain.principle import Principle
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner, Promise
from assistant.domain.search import Found, Hit
from assistant.domain.situation import Situation, newest_first
from assistant.domain.stage import StageGuide
from assistant.engines.llm.clean import cleaned, find_words, one_line
from assistant.engines.llm.data_lines import about, digested, full_day, may_show, open_gaps, weekday_of
from assistant.engines.llm.pressing import Urgent, where_it_is_said
from assistant.ports.outside import CountTokens
from assistant.prompting import llm_words
from assistant.wording import sentences, spoken_day

MOST_OF_A_NOTE = 320  # tokens; what is longer is shown around its evidence
MOST_PASSAGES = 48
MOST_PROMISES = 8
MOST_ASKED = 8
MOST_OF_THE_DIGEST = 1_200  # tokens of lines and quotes out of older notes
FIRST = 4  # newest notes that come before any older evidence
_MARKS = frozenset('"“”„«»')
SHORTEST_QUOTE = 3  # words; fewer prove nothing

IsSensitive = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Passage:
    """A note, or what may be used of it, under the short name it was sent with.

    Attributes:
        allowed: What may be quoted, in order.
        evidence: What was found in it.
        whole: Whether it is shown as a note, or only by its quotes.
    """

    note: Note
    allowed: tuple[Span, ...]
    evidence: tuple[Evidence, ...] = ()
    whole: bool = True

    def quote(self, words: str) -> Quote | None:
        """The quote, when these very words stand in what was sent; else None."""
        span = find_words(self.note.text, words)
        if span is None or len(self.note.text[span.start : span.end].split()) < SHORTEST_QUOTE:
            return None
        held = any(a.start <= span.start and span.end <= a.end for a in self.allowed)
        return Quote(self.note, span) if held else None

    def sentences(self) -> Iterator[Quote]:
        """The sentences that were sent in full."""
        for span in sentences(self.note.text):
            if any(a.start <= span.start and span.end <= a.end for a in self.allowed):
                yield Quote(self.note, span)


@dataclass(frozen=True)
class Context:
    """The data of one prompt and the way back from a short name to a note.

    Attributes:
        text: What is sent, without boundaries.
        passages: By short name, "N1" being the oldest.
        principles: By id, those whose titles were sent.
        lasting: The same without what was asked lately: a reply to it stays good when one of its questions is asked,
            since that one is left out in code.
    """

    text: str = field(repr=False)
    passages: Mapping[str, Passage] = field(repr=False)
    principles: Mapping[str, Principle] = field(repr=False)
    lasting: str = field(default="", repr=False)

    @property
    def note_ids(self) -> tuple[NoteId, ...]:
        """The notes that were sent, oldest first."""
        return tuple(passage.note.id for passage in self.passages.values())


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Puts the data of a prompt together.

    Attributes:
        count: Tokens of a text.
        is_sensitive: Whether a sentence touches what must not travel; looked at once more, right before sending.
    """

    count: CountTokens
    is_sensitive: IsSensitive

    def gather(
        self,
        situation: Situation,
        guide: StageGuide,
        principles: Sequence[Principle],
        *,
        tokens: int,
        found: Found | None = None,
    ) -> Context:
        """The data about one person, at most so many tokens; with `found`, what a search found comes first."""
        head = "\n".join(self._head(situation, guide, principles))
        older = self._older(situation)
        room = tokens - self.count(head) - sum(self.count(line.text) + 20 for _, line in older) - 600
        chosen = self._within(self._candidates(situation, found, older), room)
        chosen.sort(key=lambda p: (p.note.day, p.note.id))
        passages = {f"N{n}": passage for n, passage in enumerate(chosen, 1)}
        names = {passage.note.id: name for name, passage in passages.items()}
        words = llm_words("data")
        presses = Urgent(situation, names, lambda p: self.may_travel(p, situation), self.is_sensitive)
        parts = [*self._promises(situation, names), *presses.lines(), *digested(older, names)]
        parts += ["", words["heads"]["notes"]]
        for name, passage in passages.items():
            parts.append(self._shown(name, passage, situation.manager))
        if not passages:
            parts.append(words["lines"]["none"])
        body, asked = "\n".join(parts), "\n".join(self._asked(situation))
        text = "\n".join(filter(None, (head, asked, body)))
        return Context(text, passages, {p.id: p for p in principles}, f"{head}\n{body}")

    def of_notes(
        self, person: Person, manager: Account, notes: Sequence[Readable], today: date, *, tokens: int
    ) -> tuple[Context, list[Readable]]:
        """Whole notes of one person, as many as fit, and those that are left for another prompt."""
        lines = llm_words("data")["lines"]
        head = f"{about(person, manager)}\n{lines['today'].format(weekday=weekday_of(today), day=full_day(today))}"
        left = tokens - self.count(head)
        passages: dict[str, Passage] = {}
        for place, one in enumerate(notes):
            passage = self._passage(one.note, one, (), ()) if one.note.person_id == person.id else None
            if passage is None or one.closed:
                continue
            left -= self.count(" ".join(_pieces(passage))) + 40
            if left < 0 and passages:
                return self._listed(head, passages, manager), [*notes[place:]]
            passages[f"N{len(passages) + 1}"] = passage
        return self._listed(head, passages, manager), []

    def of_hits(
        self, person: Person, hits: Sequence[Hit], notes: Sequence[Readable], today: date, *, tokens: int
    ) -> Context:
        """What a search found of one person, best first, as much of it as fits."""
        lines = llm_words("data")["lines"]
        head = lines["today"].format(weekday=weekday_of(today), day=full_day(today))
        left = tokens - self.count(head)
        passages: dict[str, Passage] = {}
        for hit, one in zip(hits, notes, strict=True):
            passage = self._passage(hit.note, one, (), ()) if hit.note.person_id == person.id else None
            if passage is None or one.closed:
                continue
            left -= self.count(" ".join(_pieces(passage))) + 40
            if left < 0:
                break
            passages[f"P{len(passages) + 1}"] = passage
        return self._listed(head, passages)

    def _listed(self, head: str, passages: Mapping[str, Passage], manager: Account | None = None) -> Context:
        text = "\n".join((head, "", *(self._shown(name, passage, manager) for name, passage in passages.items())))
        return Context(text, dict(passages), {}, text)

    def _within(self, candidates: Iterable[Passage], tokens: int) -> list[Passage]:
        chosen: list[Passage] = []
        for passage in candidates:
            tokens -= self.count(" ".join(_pieces(passage))) + 40
            if tokens < 0 or len(chosen) == MOST_PASSAGES:
                break
            chosen.append(passage)
        return chosen

    def _older(self, situation: Situation) -> list[tuple[Period, DigestLine]]:
        """Of each older period the weightiest line, then of each the second, the newest first, as far as they fit."""
        left = MOST_OF_THE_DIGEST
        chosen: list[tuple[Period, DigestLine]] = []
        for place in range(MOST_LINES):
            for digest in situation.older:
                for line in digest.lines[place : place + 1]:
                    if self.is_sensitive(line.text):
                        continue
                    left -= self.count(line.text) + sum(self.count(q.text) + 40 for q in line.quotes)
                    if left < 0:
                        return chosen
                    chosen.append((digest.period, line))
        return chosen

    def _candidates(
        self, situation: Situation, found: Found | None, older: Sequence[tuple[Period, DigestLine]]
    ) -> Iterator[Passage]:
        """Every note that may be sent, the one that matters most first, each once."""
        own = situation.person.id
        waiting = situation.waiting if found else ()  # a question may be about the telling of today
        shown = (*situation.earlier, *situation.recent, *waiting)
        readable = {r.note.id: r for r in shown if r.note.person_id == own and not r.closed}
        evidence: dict[NoteId, list[Evidence]] = {}
        for item in situation.evidence:
            if item.note.ai is AiUse.ALLOWED and item.note.person_id == own and _is_fit(item):
                evidence.setdefault(item.note.id, []).append(item)
        open_now = [*self._owed(situation)]
        owed = [q for p in open_now for q in where_it_is_said(p)]
        owed += [p.offered.quote for p in open_now if p.offered is not None]
        told = [q for _, line in older for q in line.quotes]
        seen: set[NoteId] = set()

        def take(note: Note, *more: Quote) -> Iterator[Passage]:
            if note.id in seen or note.ai is AiUse.NEVER or note.person_id != own:
                return
            seen.add(note.id)
            items = tuple(evidence.get(note.id, ()))
            said = (*more, *(q for q in (*owed, *told) if q.note.id == note.id))
            made = self._passage(note, readable.get(note.id), items, said)
            if made is not None:
                yield made

        for hit in found.hits if found else ():
            yield from take(hit.note, hit.quote)
        newest = sorted(readable.values(), key=lambda r: (r.note.day, r.note.id), reverse=True)
        for one in newest[:FIRST]:
            yield from take(one.note)
        for quote in owed:
            yield from take(quote.note)
        for quote in told:
            yield from take(quote.note)
        strong = [i for i in situation.evidence if i.state is EvidenceState.CONFIRMED or i.strength >= Strength.E3]
        for item in (*newest_first(strong), *newest_first(situation.evidence)):
            if item.note.id in evidence:
                yield from take(item.note)
        for one in newest[FIRST:]:
            yield from take(one.note)

    def _passage(
        self, note: Note, readable: Readable | None, evidence: tuple[Evidence, ...], more: Sequence[Quote]
    ) -> Passage | None:
        if readable is not None:
            allowed = [s for s in sentences(note.text) if readable.allows(s)]
        else:
            quotes = [*(i.quote for i in evidence), *more]
            allowed = sorted({_with_marks(note.text, q.span) for q in quotes}, key=lambda s: (s.start, -s.end))
            allowed = [s for n, s in enumerate(allowed) if not any(o.end >= s.end for o in allowed[:n])]
        kept = [s for s in allowed if not self.is_sensitive(note.text[s.start : s.end])]
        kept = self._clipped(note, kept, (*(i.quote for i in evidence), *more))
        held = tuple(i for i in evidence if any(s.start <= i.quote.span.start < s.end for s in kept))
        return Passage(note, _joined(note.text, kept), held, readable is not None) if kept else None

    def _clipped(self, note: Note, spans: list[Span], quotes: Sequence[Quote]) -> list[Span]:
        """The sentences that bear what is wanted of them, then the others from the start, as far as they fit."""
        if len(note.text) <= MOST_OF_A_NOTE or self.count(note.text[:8000]) <= MOST_OF_A_NOTE:
            return spans
        bearing = [s for s in spans if any(s.overlaps(q.span) for q in quotes)]
        left, kept = MOST_OF_A_NOTE, []
        for span in [*bearing, *(s for s in spans if s not in bearing)]:
            left -= self.count(note.text[span.start : span.end])
            if left < 0:
                break
            kept.append(span)
        return sorted(kept, key=lambda s: s.start)

    def _head(self, situation: Situation, guide: StageGuide, principles: Sequence[Principle]) -> Iterator[str]:
        words = llm_words("data")
        heads, lines = words["heads"], words["lines"]
        person, today = situation.person, situation.today
        yield heads["person"]
        yield lines["name"].format(
            name=one_line(person.name), first=one_line(person.first_name), pronoun=person.pronouns.value,
            role="" if self.is_sensitive(person.role) else one_line(person.role)[:200],
        )  # fmt: skip
        if person.start:
            yield lines["since"].format(day=full_day(person.start))
        yield lines["manager"].format(name=one_line(situation.manager.name))
        yield lines["today"].format(weekday=weekday_of(today), day=full_day(today))
        met = "last" if situation.since.was_meeting else "no_last"
        yield lines[met].format(day=full_day(situation.since.day))
        yield lines["stage"].format(name=guide.name, purpose=guide.purpose)
        yield lines["first_rule"].format(rule=guide.first_rule)
        yield lines["avoid"].format(avoid=guide.avoid)
        yield f"\n{heads['known']}"
        for facet in Facet:
            state = situation.profile.view(facet).state
            yield lines["facet"].format(facet=facet.words, state=words["states"][state.value])
        weakest = situation.profile.weakest
        known = situation.profile.view(weakest).state is FacetState.CONFIRMED
        yield lines["late" if known else "weakest"].format(facet=weakest.words)
        yield from (lines["gap"].format(gap=one_line(gap)) for gap in self._clear(open_gaps(situation)))
        if principles:
            yield f"\n{heads['principles']}"
            yield from (lines["principle"].format(id=p.id, title=p.title) for p in principles)
        if told := [one_line(line) for line in self._clear(advice(situation))]:
            yield f"\n{advice_head()}"
            yield from (f"- {line}" for line in told)

    def _asked(self, situation: Situation) -> Iterator[str]:
        words = llm_words("data")
        asked = list(self._clear(situation.asked_texts[-MOST_ASKED:]))
        yield f"\n{words['heads']['asked']}"
        if not asked:
            yield words["lines"]["nothing_asked"]
        yield from (words["lines"]["asked"].format(text=one_line(text)) for text in asked)

    def _promises(self, situation: Situation, names: Mapping[NoteId, str]) -> Iterator[str]:
        words = llm_words("data")
        lines, told = words["lines"], []
        for owner, line in ((Owner.ME, "mine"), (Owner.THEM, "theirs")):
            for promise in self._owed(situation, owner):
                due = "overdue" if promise.is_overdue(situation.today) else "due"
                said = next((q for q in where_it_is_said(promise) if q.note.id in names), None)
                source = names[said.note.id] if said else ""
                day = said.day if said else promise.made_on
                before = promise.made_on < day
                told.append(lines[line].format(
                    day=spoken_day(day, situation.today), what=one_line(promise.what),
                    before=lines["before"].format(day=spoken_day(promise.made_on, situation.today)) if before else "",
                    due=lines[due].format(day=spoken_day(promise.due, situation.today)) if promise.due else "",
                    source=lines["source"].format(alias=source) if source else "",
                    first=one_line(situation.person.first_name),
                ) + may_show(promise, names))  # fmt: skip
        if told:
            yield f"\n{words['heads']['promises']}"
            yield from told

    def _owed(self, situation: Situation, *owners: Owner) -> Iterator[Promise]:
        """The open promises that may be told of, the most pressing first: of one side, or of both."""
        for owner in owners or (Owner.ME, Owner.THEM):
            for promise in situation.open_promises(owner)[:MOST_PROMISES]:
                if self.may_travel(promise, situation):
                    yield promise

    def may_travel(self, promise: Promise, situation: Situation) -> bool:
        """Whether a promise stands on nothing that is closed, and says nothing sensitive itself."""
        read = (*situation.earlier, *situation.recent, *situation.left_out, *situation.waiting)
        told = {q.note.id for q in promise.quotes}
        shut = any(q.note.ai is AiUse.NEVER for q in promise.quotes) or any(
            r.note.id in told and r.closed for r in read
        )
        return not shut and not self.is_sensitive(promise.what)

    def _clear(self, texts: Iterable[str]) -> Iterator[str]:
        return (text for text in texts if not self.is_sensitive(text))

    def _shown(self, name: str, passage: Passage, manager: Account | None) -> str:
        words = llm_words("data")
        lines, note = words["lines"], passage.note
        own = manager is not None and fold_name(note.author) == fold_name(manager.name)
        who = lines["the_manager"] if own else one_line(author_of(note.author)) or lines["the_manager"]
        kind = words["kinds"].get(note.kind.value, note.kind.words)
        head = lines["note"].format(
            alias=name, weekday=weekday_of(note.day), day=full_day(note.day), kind=kind, author=who
        )
        shown = [head, lines["cut"].join(_pieces(passage)).strip()]
        if not passage.whole:
            shown.append(lines["older"])
        return "\n".join(shown) + "\n"


def _with_marks(text: str, span: Span) -> Span:
    """A quotation with its marks: without them the manager would seem to say what the person said."""
    opens = text[span.start - 1 : span.start] in _MARKS and span.start > 0
    closes = text[span.end : span.end + 1] in _MARKS and span.end < len(text)
    return Span(span.start - opens, span.end + closes)


def _is_fit(item: Evidence) -> bool:
    return item.counts or item.state is EvidenceState.CONFIRMED or item.strength >= Strength.E1


def _pieces(passage: Passage) -> list[str]:
    return [cleaned(passage.note.text[span.start : span.end]) for span in passage.allowed]


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring spans as one, so that a quote may run over the end of a sentence."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
