"""Which questions are most worth asking: the weakest facet, the most pressing live matter, the best other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.actions.follow_guidance import is_preferred, is_retired
from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Evidence, Facet, Quote
from assistant.domain.note import NoteId
from assistant.domain.pillar import PILLAR_OF_CODE, PILLAR_OF_FACET, Pillar
from assistant.domain.profile import FacetState
from assistant.domain.question import BankQuestion, Question
from assistant.domain.situation import Situation
from assistant.domain.stage import Stage, StageGuide
from assistant.engines.offline.asking.bank import bank_questions, turn_of
from assistant.engines.offline.asking.matters import (
    Matter,
    acts_of,
    deeds,
    facet_matters,
    is_overtaken,
    live_matters,
    order,
    past_work,
    presses,
    threads_of,
)
from assistant.engines.offline.asking.phrasing import Phrased, phrasings
from assistant.engines.offline.asking.threads import Thread
from assistant.lint import own_words
from assistant.wording import overlap, stems

NEAR_COPY = 0.6
MOST_OF_A_PILLAR = 2
FACET_DEPTH = 4  # passages of each facet that a longer set may start from
LACKING = 6  # weight of a passage on a facet the set has nothing about
_GENTLE = {Stage.RETURN, Stage.SETBACK, Stage.UNDERPERFORMANCE, Stage.REENGAGE}


@dataclass
class Chooser:
    """Fills one set; remembers what it has so that nothing is asked twice in other words.

    Not a noun: it lives for one call.
    """

    situation: Situation
    bank: Sequence[BankQuestion]
    guide: StageGuide
    chosen: list[Question] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    pressing: set[str] = field(default_factory=set)
    beside: set[NoteId] = field(default_factory=set)
    _facets: dict[Facet, list[Matter]] = field(default_factory=dict)

    def take(self, question: Question | None) -> bool:
        """Add a question to the set, if there is one."""
        if question is not None:
            self.chosen.append(question)
        return question is not None

    def of_matters(
        self, matters: Sequence[Matter], allowed: set[Pillar], *, same_note: bool = False
    ) -> Question | None:
        """The first matter that can be asked well, in an allowed pillar and about a note not yet used.

        With `same_note` another passage of a used note will do.
        """
        taken = [chosen.quotes[0] for chosen in self.chosen if chosen.quotes]
        shown = [quote for chosen in self.chosen for quote in chosen.quotes]
        cited, begun = {quote.note.id for quote in shown}, {quote.note.id for quote in taken}
        fresh = [m for m in matters if not any(_meets(m.quote, quote, same_note) for quote in taken)]
        fresh = [m for m in fresh if m.quote.note.id not in self.beside and not m.beside & begun]
        fresh = [m for m in fresh if not any(_meets(m.quote, quote, True) for quote in shown)]
        for matter in sorted(fresh, key=lambda m: m.quote.note.id in cited):
            if is_overtaken(matter, self.situation):
                continue
            ways: Iterable[Phrased] = phrasings(matter, teller_of(self.situation), self.used)
            if self.situation.guidance:  # what a coach stands behind comes first
                ways = sorted(ways, key=lambda way: not is_preferred(way.question, self.situation))
            for phrased in ways:
                if phrased.question.pillar in allowed and self._is_new(phrased.question):
                    self.used |= {phrased.pattern, phrased.frame, phrased.lead}
                    self.beside |= matter.beside - {matter.quote.note.id}
                    if presses(matter, self.situation):
                        self.pressing.add(phrased.question.id)
                    return phrased.question
        return None

    def of_bank(self, pillar: Pillar) -> Question | None:
        """The first bank question of a pillar for this situation that may be asked."""
        found = bank_questions(pillar, self.situation, self.bank, self.guide)
        return _best_liked([q for q in found if self._is_new(q)], self.situation)

    def about(self, facet: Facet) -> Question | None:
        """A question about one facet: from a passage, else from the bank."""
        pillar = PILLAR_OF_FACET[facet]
        return self.of_matters(self.facet(facet), {pillar}) or self.of_bank(pillar)

    def facet(self, facet: Facet) -> list[Matter]:
        """Passages to start from for one facet, worked out once."""
        if facet not in self._facets:
            self._facets[facet] = facet_matters(facet, self.situation, self.threads, lambda: self.acts)
        return self._facets[facet]

    @cached_property
    def threads(self) -> list[Thread]:
        """What the notes leave open, read once."""
        return threads_of(self.situation)

    @cached_property
    def acts(self) -> list[Evidence]:
        """What others saw the person do well, read once."""
        return acts_of(self.situation)

    @cached_property
    def live(self) -> list[Matter]:
        """The live matters, worked out once."""
        return live_matters(self.situation, self.threads)

    def free(self, most: int) -> set[Pillar]:
        """Pillars that still have room."""
        taken = [q.pillar for q in self.chosen]
        return {p for p in Pillar if taken.count(p) < most}

    def _is_new(self, question: Question) -> bool:
        if question.id in self.situation.resting or question.id in {q.id for q in self.chosen}:
            return False
        if is_retired(question, self.situation):
            return False
        asked = stems(question.text)
        if any(overlap(asked, stems(text)) >= NEAR_COPY for text in self.situation.asked_texts):
            return False
        plain = own_words(question.text).casefold()
        return all(own_words(q.text).casefold() != plain for q in self.chosen)


def _best_liked(questions: Sequence[Question], situation: Situation) -> Question | None:
    """The first that a coach stands behind, else the first."""
    return next((q for q in questions if is_preferred(q, situation)), next(iter(questions), None))


def choose_questions(
    situation: Situation, count: int, bank: Sequence[BankQuestion], guide: StageGuide
) -> Iterator[Question]:
    """Questions worth asking, the one that counts most first; distinct pillars as long as there are enough."""
    chooser = Chooser(situation, bank, guide)
    if situation.stage is Stage.FIRST:
        _first_meeting(chooser)
    else:
        _three(chooser)
    _fill_up(chooser, count)
    first, rest = chooser.chosen[: min(3, count)], chooser.chosen[3:count]
    if situation.stage not in {Stage.FIRST, *_GENTLE}:  # what cannot wait comes first, what starts from no note last
        first.sort(key=lambda q: (q.id not in chooser.pressing, not q.quotes))
    yield from (*first, *rest)


def _meets(one: Quote, other: Quote, same_note: bool) -> bool:
    """Whether two passages are too close to be asked about in one set."""
    return one.note.id == other.note.id and (not same_note or one.span.overlaps(other.span))


def _first_meeting(chooser: Chooser) -> None:
    """Getting to know: what they like to do, one thing somebody saw, whom the work is for; from notes if there are."""
    before = sorted(past_work(chooser.situation, chooser.threads), key=order)
    told = [m for m in chooser.facet(Facet.PASSION) if m.kind == "passion_known"]
    chooser.take(chooser.of_matters([*before, *told], {Pillar.PASSION}) or chooser.of_bank(Pillar.PASSION))
    seen = [*chooser.facet(Facet.TALENT), *deeds(chooser.situation, chooser.threads)]
    chooser.take(chooser.of_matters(seen, {Pillar.TALENT}) or chooser.of_bank(Pillar.TALENT))
    chooser.take(chooser.of_bank(Pillar.CUSTOMER))


def _three(chooser: Chooser) -> None:
    """The weakest facet, the most pressing live matter, and the next most pressing thing from another note."""
    situation = chooser.situation
    weakest = situation.profile.weakest
    if situation.stage in _GENTLE:  # the situation itself is what presses
        chooser.take(chooser.of_bank(_lead_pillar(chooser.guide)))
    chooser.take(chooser.about(weakest))
    chooser.take(chooser.of_matters(chooser.live, chooser.free(1)))
    if situation.profile.view(weakest).state not in {FacetState.UNKNOWN, FacetState.HINTED}:
        if situation.stage not in _GENTLE and len(chooser.chosen) == 2:
            chooser.chosen.reverse()  # all three facets are known: the live matter is the one to ask
    if len(chooser.chosen) < 3:
        chooser.take(_best_other(chooser))


def _lead_pillar(guide: StageGuide) -> Pillar:
    return PILLAR_OF_CODE[guide.suggested[0][:3]]


def _best_other(chooser: Chooser) -> Question | None:
    """The next live matter, or a passage on what the set still lacks where that is newer or says more.

    A set asks after at least two of passion, talent and customer: until it does, the matter is asked about from there.
    """
    free = chooser.free(1)
    core = set(PILLAR_OF_FACET.values())
    if len(core - free) < 2:
        free &= core
    lacking = [f for f in Facet if PILLAR_OF_FACET[f] in free]
    passages = [replace(m, weight=m.weight + LACKING) for f in lacking for m in chooser.facet(f)[:3]]
    found = chooser.of_matters(sorted([*chooser.live, *passages], key=order), free)
    stage = chooser.situation.stage
    if found is None and stage not in {Stage.REGULAR, *_GENTLE} and _lead_pillar(chooser.guide) in free:
        return chooser.of_bank(_lead_pillar(chooser.guide))
    return found


def _fill_up(chooser: Chooser, count: int) -> None:
    """From further matters, then from the set the library suggests for the situation, until there are enough."""
    most = 1 if count <= 3 else MOST_OF_A_PILLAR
    facets = [m for facet in Facet for m in chooser.facet(facet)[:FACET_DEPTH]]
    matters = sorted([*chooser.live, *facets], key=order)
    while len(chooser.chosen) < count:
        room = chooser.free(1) or chooser.free(most)
        found = chooser.of_matters(matters, room)
        if found is None and count > 3:
            found = chooser.of_matters(matters, room, same_note=True)
        if not chooser.take(found):
            break
    while len(chooser.chosen) < count:
        pillars = [pillar for pillar in _bank_order(chooser) if pillar in chooser.free(1)]
        if not any(chooser.take(chooser.of_bank(pillar)) for pillar in pillars):
            break


def _bank_order(chooser: Chooser) -> list[Pillar]:
    """The pillars to fill up from: in the library's order, or where nothing special is on, spread over people.

    Passion, talent and customer come first until the set asks after two of them, then what was asked least of late;
    among equals the turn goes round, so that two of whom nothing is new are not asked the same.
    """
    suggested = list(dict.fromkeys([*(PILLAR_OF_CODE[i[:3]] for i in chooser.guide.suggested), *Pillar]))
    situation = chooser.situation
    if situation.stage in {Stage.FIRST, *_GENTLE}:
        return suggested
    core = set(PILLAR_OF_FACET.values())
    lacks = len(core & {question.pillar for question in chooser.chosen}) < 2
    asked = Counter(question.pillar for question in chooser.bank if question.id in situation.resting)

    first = turn_of(situation)

    def turn(pillar: Pillar) -> tuple[bool, int, int]:
        place = (suggested.index(pillar) - first) % len(suggested)
        return not (lacks and pillar in core), asked[pillar], place

    return sorted(suggested, key=turn)
