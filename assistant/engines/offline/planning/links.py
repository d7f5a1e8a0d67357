"""The four links of a golden thread, each a claim with its quotes or an open gap with its question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from assistant.actions.cite import LONGEST, SHORTEST, Teller, author_of, cite, shortened, tier_of
from assistant.actions.round_off_plan import called
from assistant.actions.tell_changes import teller_of
from assistant.actions.tell_statements import best_of
from assistant.actions.weigh_passage import has_fault, is_clear_and_theirs, is_praise
from assistant.domain.evidence import Evidence, Facet, Quote, Strength, Tier, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import fold_name
from assistant.domain.plan import Link
from assistant.domain.profile import StatementStatus
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.overtaken import is_promised
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.engines.offline.asking.threads import names_served
from assistant.engines.offline.planning.story import (
    is_absence,
    is_ours,
    names_doer,
    tells_change,
    themes_of,
)
from assistant.engines.offline.sentences import quotations
from assistant.prompting import offline_words
from assistant.wording import matter_of, sentences, words_in

MOST_QUOTES = 3
MOST_CANDIDATES = 8
WHOLE = 3
_MARKS = {'"', "“", "”"}
OUTSIDE = 9  # a customer with a name comes before a colleague who fits as well
LATELY = {Topic.PASSION: 4, Topic.TALENT: 3, Topic.CUSTOMER_VALUE: 6}  # what is told today gains over a year ago
CHAINED = 4  # words of meaning that the notes of a deed and a gain share where both are one matter
TORN = 3  # what a thread loses whose liking has nothing to do with its deed or its customer
CHANGED, OURS = 3, 4  # a gain that says what is different; one that is only our contract, or praise
HEARD = 4  # a gain told by whoever has it, rather than told of them
BEHIND = 5  # a colleague who names whom it reached in the end
SAME_NOTE, THEME = 3.0, 1.5  # passages of one note; passages of one kind of work
STILL_ALIVE = 300  # days after which a passion no longer carries a second thread
FADES = 400  # days after which a passage gets no credit for being new


@dataclass(frozen=True, slots=True)
class Links:
    """The evidence behind one thread; a missing link is None."""

    passion: Evidence | None
    talent: Evidence | None
    value: Evidence | None

    @property
    def carried(self) -> int:
        """How many links the notes carry."""
        return sum(item is not None for item in (self.passion, self.talent, self.value))


def find_links(situation: Situation, most: int) -> list[Links]:
    """The best threads the evidence carries: the second only when it is whole and stands on passages of its own."""
    pools = {facet: candidates(facet, situation)[:MOST_CANDIDATES] for facet in Facet}
    first = _best_thread(pools, situation)
    found, used = [first], _used(first)
    while len(found) < most:
        left = {facet: [i for i in items if not used & _place(i)] for facet, items in pools.items()}
        left[Facet.PASSION] = [i for i in left[Facet.PASSION] if (situation.today - i.day).days <= STILL_ALIVE]
        links = _best_thread(left, situation)
        if links.carried < WHOLE:
            break
        found.append(links)
        used |= _used(links)
    return found


def _best_thread(pools: dict[Facet, list[Evidence]], situation: Situation) -> Links:
    """The triple whose passages speak of one matter most, own words and news before the rest."""

    def options(facet: Facet) -> list[Evidence | None]:
        return [*pools[facet]] or [None]

    triples = product(options(Facet.PASSION), options(Facet.TALENT), options(Facet.CUSTOMER_VALUE))
    return max((Links(*triple) for triple in triples), key=lambda links: _worth(links, situation))


def _worth(links: Links, situation: Situation) -> tuple[float, tuple[tuple[str, int, str], ...]]:
    """How well three passages tell one story: what they share, then whose words they are, then how new."""
    names, items = situation.person.names, [i for i in (links.passion, links.talent, links.value) if i]
    worth = sum(_nearness(one, other, names) for one, other in combinations(items, 2))
    apart = links.talent and links.value and links.talent.note.id != links.value.note.id
    if links.talent and links.value and (apart or is_outside(links.value)):  # the deed that reached this customer
        worth += _nearness(links.talent, links.value, names)
    if links.passion and links.talent:
        worth += _nearness(links.passion, links.talent, names) / 2
    if links.passion and not is_one_story(links, names):
        worth -= TORN
    worth += 4 * (links.passion is not None and links.passion.witness is Witness.SELF)
    worth += HEARD * speaks_for_themselves(links.value, situation) + OUTSIDE * is_outside(links.value)
    if links.value is not None:
        worth += BEHIND * (links.value.witness is Witness.PEER and names_served(links.value.note.text))
        worth += CHANGED * bool(_changes(links.value.quote)) - OURS * is_ours(links.value.quote)
    worth += sum(_newness(i, situation) * LATELY[i.topic] for i in items)
    return worth, tuple(i.place for i in items)


def is_one_story(links: Links, names: Sequence[str]) -> bool:
    """Whether what draws them meets the deed or the gain: in one note, in shared words, or in the kind of work."""
    others = [i for i in (links.talent, links.value) if i]
    return links.passion is None or not others or any(_nearness(links.passion, i, names) > 0 for i in others)


def is_one_chain(links: Links, names: Sequence[str]) -> bool:
    """Whether one sentence may join all three: the notes of deed and gain share their words, not only a theme."""
    if links.talent is None or links.value is None or not is_one_story(links, names):
        return False
    return len(matter_of(links.talent.note.text, names) & matter_of(links.value.note.text, names)) >= CHAINED


def _newness(item: Evidence, situation: Situation) -> float:
    return 1 - min((situation.today - item.day).days, FADES) / FADES


def _nearness(one: Evidence, other: Evidence, names: Sequence[str]) -> float:
    """Whether two passages speak of one matter: by note, by the words their notes share, or by the kind of work."""
    if one.note.id == other.note.id:
        return SAME_NOTE if _stand_apart(one, other) else -SAME_NOTE
    shared = float(min(len(matter_of(one.note.text, names) & matter_of(other.note.text, names)) // 2, 2))
    return shared + min(THEME * len(themes_of(one.quote) & themes_of(other.quote)), 2 * THEME)


def _stand_apart(one: Evidence, other: Evidence) -> bool:
    """Whether two passages of a note say two things: a deed and its gain may stand in one quote, in two sentences."""
    if {one.topic, other.topic} == {Topic.TALENT, Topic.CUSTOMER_VALUE}:
        deed, gain = (one, other) if one.topic is Topic.TALENT else (other, one)
        return not deed_in_quote(deed, gain).quote.span.overlaps(effect_in(gain.quote).span)
    return one.quote.span != other.quote.span


def effect_in(quote: Quote) -> Quote:
    """The sentences of a passage that tell what is different, from the first that does; all of it where none does."""
    told = _changes(quote)
    if not told:
        return quote
    kept = Quote(quote.note, Span(told[0].span.start, told[-1].span.end))
    return kept if words_in(kept.text) >= SHORTEST else quote


def _changes(quote: Quote) -> list[Quote]:
    """The sentences of a passage that tell a change for somebody; a contract, praise and a lack are none."""
    places = [Span(quote.span.start + s.start, quote.span.start + s.end) for s in sentences(quote.text)]
    parts = [Quote(quote.note, place) for place in places]
    return [part for part in parts if tells_change(part) and not is_ours(part) and not is_absence(part)]


def deed_in_quote(talent: Evidence, value: Evidence | None) -> Evidence:
    """The deed without the sentence that tells what came of it, where the gain quotes that one."""
    if value is None or value.note.id != talent.note.id:
        return talent
    effect = effect_in(value.quote).span
    if effect.start > talent.quote.span.start and effect.overlaps(talent.quote.span):
        end = len(talent.note.text[: effect.start].rstrip())
        kept = Quote(talent.note, Span(talent.quote.span.start, end))
        return replace(talent, quote=kept) if words_in(kept.text) >= SHORTEST and names_doer(kept) else talent
    return talent


def _place(item: Evidence) -> frozenset[str]:
    return frozenset({item.note.id})


def _used(links: Links) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    return found.union(*(_place(i) for i in (links.passion, links.talent, links.value) if i))


def link(name: str, item: Evidence | None, situation: Situation, teller: Teller, more: Sequence[Evidence] = ()) -> Link:
    """One link: what the notes say with its quotes, or what they lack with the question that would find out."""
    words = offline_words("plan")
    if item is None:
        return _open_link(name, situation, teller)
    shown = replace(item, quote=shortened(item.quote))
    others = [shortened(other.quote) for other in more if other.note.id != item.note.id][: MOST_QUOTES - 1]
    text = words["links"][name].format(
        cited=cite(shown, teller), who=author_of(item.note.author), day=teller.day(item.day)
    )
    return Link(text, tier_of(shown, teller), (shown.quote, *others))


def _open_link(name: str, situation: Situation, teller: Teller) -> Link:
    """What the notes point to for a link, told as a hint with the question that would settle it; else an open gap."""
    words = offline_words("plan")
    near = situation.profile.view(Facet(name)).nearest if name in {f.value for f in Facet} else None
    if near is None or _is_only_read(near, Topic(name), situation):
        gap: str = words["gaps"][name].format_map(pronoun_slots(situation.person))
        return Link(gap, Tier.SUGGESTION, (), words["questions"][name])
    quote = shortened(near)
    hint: str = words["hints"][name].format(cited=cite(quote, teller))
    return Link(hint, tier_of(quote, teller), (quote,), words["questions"][name])


def _is_only_read(near: Quote, topic: Topic, situation: Situation) -> bool:
    """Whether no words we know carry a passage: a guess to be judged on its page, nothing for a plan."""
    about = [i for i in situation.evidence if i.topic is topic and i.note.id == near.note.id]
    about = [i for i in about if i.quote.span.overlaps(near.span)]
    return bool(about) and not any(i.is_worded for i in about)


def speaks_for_themselves(item: Evidence | None, situation: Situation) -> bool:
    """Whether the one who is better off wrote the note and so is named; a call that the manager wrote down is told."""
    if item is None or item.witness not in {Witness.CUSTOMER, Witness.PEER} or not item.note.author:
        return False
    return fold_name(item.note.author) != fold_name(situation.manager.name)


def is_outside(item: Evidence | None) -> bool:
    """Whether somebody outside the house, whom one can name, says what is different."""
    return item is not None and item.witness is Witness.CUSTOMER and bool(called(item.note.author))


def same_statement(item: Evidence | None, facet: Facet, situation: Situation) -> Sequence[Evidence]:
    """The other quotes of the statement an item belongs to, newest first."""
    for statement in situation.profile.view(facet).statements:
        if item is not None and any(i.id == item.id for i in statement.evidence):
            return [i for i in reversed(statement.evidence) if i.id != item.id]
    return ()


def candidates(facet: Facet, situation: Situation) -> list[Evidence]:
    """The best quote of each current statement that speaks for itself; a talent is seen by others where it can be."""
    teller = teller_of(situation)
    statements = [s for s in situation.profile.view(facet).statements if s.status is StatementStatus.CURRENT]
    counting = [[i for i in s.evidence if i.counts] for s in statements]
    found = [best_of(facet, items, teller) for items in counting if items]
    if facet is Facet.CUSTOMER_VALUE:
        heard = list(_customers(counting, situation))
        found = [*heard, *(i for i in found if i.note.id not in {h.note.id for h in heard})]
    found = [i for i in found if i.note.kind is not NoteKind.CUSTOMER_COMPLAINT and i.strength >= Strength.E2]
    found = [in_full(i) for i in found] if facet is Facet.PASSION else found
    fits = is_clear_and_theirs if facet is Facet.PASSION else is_praise
    found = [i for i in found if fits(i, teller) or is_outside(i) and _is_praised(i, counting, situation)]
    found = [i for i in found if not i.is_guess]  # an open question is worth more than a guess
    private = {r.note.id for r in situation.left_out}
    found = [i if i.note.id in private else whole_thought(i) for i in found]
    if facet is Facet.CUSTOMER_VALUE:
        found = [i for i in found if _changes(i.quote) or not is_absence(i.quote)]
    if facet is Facet.PASSION:
        found = [i for i in found if not _turns_away(i.quote)]
    if facet is not Facet.CUSTOMER_VALUE:
        found = [i for i in found if not is_promised(i.quote, situation)]
    if facet is Facet.TALENT:
        found = [i for i in found if not re.search(offline_words("plan")["cues"]["no_talent"], i.quote.text, re.I)]
    seen = [i for i in found if i.witness is not Witness.SELF]
    return seen if facet is Facet.TALENT and seen else found


def _turns_away(quote: Quote) -> bool:
    """Whether it ends by turning from something; "I don't want to sell, I want to mend" ends otherwise."""
    last = [quote.text[s.start : s.end] for s in sentences(quote.text)][-1:]
    return any(re.search(offline_words("plan")["cues"]["turns_away"], part, re.IGNORECASE) for part in last)


def in_full(item: Evidence) -> Evidence:
    """What they said themselves, to the end of the speech, where that fits on a card."""
    if item.witness is not Witness.SELF:
        return item
    for speech in quotations(item.note.text):
        said = item.note.text[speech.start : speech.end]
        inside = speech.start <= item.quote.span.start and item.quote.span.end <= speech.end
        if inside and len(sentences(said)) > 1 and words_in(said) <= LONGEST:
            return replace(item, quote=Quote(item.note, speech))
    return item


def whole_thought(item: Evidence) -> Evidence:
    """The passage with the sentences beside it, as far as a card holds them.

    A customer is heard out. Elsewhere a count stands with the count beside it: "1 in 19" means little without "before".
    """
    text, span = item.note.text, item.quote.span
    heard = item.witness is Witness.CUSTOMER and item.note.kind is NoteKind.CUSTOMER_QUOTE
    if not heard and (not _counts(item.quote.text) or text[span.start - 1 : span.start] in _MARKS):
        return item
    places = _together(text, _heard_sentences(text) if heard else sentences(text))
    inside = [n for n, place in enumerate(places) if place.overlaps(span)]
    if not inside:
        return item
    first, last = inside[0], inside[-1]
    for beside in (*range(first - 1, -1, -1), *range(last + 1, len(places))):
        near = beside in {first - 1, last + 1}
        told = text[places[min(first, beside)].start : places[max(last, beside)].end]
        added = text[places[beside].start : places[beside].end]
        if near and words_in(told) <= LONGEST and (heard or _counts(added)):
            first, last = min(first, beside), max(last, beside)
    return replace(item, quote=Quote(item.note, Span(places[first].start, places[last].end)))


def _together(text: str, places: Sequence[Span]) -> list[Span]:
    """Sentences, one of a word or two as part of the one before."""
    found: list[Span] = []
    for place in places:
        if found and words_in(text[place.start : place.end]) < SHORTEST:
            place = Span(found.pop().start, place.end)
        found.append(place)
    return found


def _heard_sentences(text: str) -> list[Span]:
    """The sentences of a customer's note, without the marks around all of it."""
    whole = text.strip()
    if whole[:1] not in _MARKS or whole[-1:] not in _MARKS:
        return [*sentences(text)]
    start = text.index(whole) + 1
    return [Span(start + s.start, start + s.end) for s in sentences(whole[1:-1])]


def _counts(text: str) -> bool:
    return len(re.findall(r"\b\d+\b", text)) >= 2


def _customers(counting: Sequence[Sequence[Evidence]], situation: Situation) -> Iterator[Evidence]:
    """What each named customer said of a matter, from their first sentence that counts to the last.

    One sentence that says too little alone stands with the rest of its note, unless something in that is private.
    """
    teller, private = teller_of(situation), {r.note.id for r in situation.left_out}
    for items in counting:
        for note_id in dict.fromkeys(i.note.id for i in items if is_outside(i)):
            told = sorted((i for i in items if i.note.id == note_id), key=lambda i: i.quote.span.start)
            first = max(told, key=lambda i: (is_praise(i, teller), i.strength, -i.quote.span.start))
            if note_id in private or is_praise(told[0], teller):
                yield first
                continue
            start, end = told[0].quote.span.start, max(i.quote.span.end for i in told)
            if len(told) == 1:
                start, end = 0, len(first.note.text)
            yield replace(first, quote=Quote(first.note, Span(start, end)))


def _is_praised(item: Evidence, counting: Sequence[Sequence[Evidence]], situation: Situation) -> bool:
    """Whether a sentence inside the passage tells a gain and no fault: what surrounds it may tell how it was before."""
    inside = (
        i for items in counting for i in items if i.note.id == item.note.id and i.quote.span.overlaps(item.quote.span)
    )
    return any(not has_fault(i) for i in inside)
