"""Praise worth giving: an act seen lately, a fact that shows it went well, a promise kept; else an older act."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.actions.cite import Teller, cite, shortened, tier_of
from assistant.actions.tell_gains import kept_lately, tell_gains
from assistant.actions.weigh_passage import is_praise
from assistant.domain.brief import Line
from assistant.domain.evidence import Evidence, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.situation import Situation, newest_first
from assistant.prompting import offline_words
from assistant.wording import words_in

WITHIN = timedelta(days=60)
EARLIER = timedelta(days=183)  # how old an act may be that is told where nothing newer is
MOST = 2
LONGEST = 45  # words of an act with its effect


def tell_recognition(situation: Situation, teller: Teller) -> tuple[Line, ...]:
    """At most two acts of the last two months, one a note; others' words come before the manager's own.

    Where nobody saw one: facts that show it went well, then what was promised and kept, then one act of the half year.
    """
    if lately := _acts(situation, teller, WITHIN):
        return tuple(_lines(lately[:MOST], teller, "recognition"))
    facts = [*tell_gains(situation, teller, WITHIN)]
    facts += [p.closed_by for p in kept_lately(situation, WITHIN) if p.closed_by]
    one_a_note = {quote.note.id: quote for quote in reversed(facts)}
    if facts := [quote for quote in facts if one_a_note[quote.note.id] is quote]:
        return tuple(_lines(facts[:MOST], teller, "recognition"))
    earlier = [item for item in _acts(situation, teller, EARLIER) if item.is_worded]
    return tuple(_lines(earlier[:1], teller, "recognition_earlier"))


def _acts(situation: Situation, teller: Teller, within: timedelta) -> list[Evidence]:
    """The acts that somebody saw within these days, one a note, the most telling first."""
    seen = [i for i in newest_first(situation.evidence) if _is_seen(i, situation, within) and is_praise(i, teller)]
    seen.sort(key=lambda i: (i.witness is Witness.MANAGER, -i.strength, -i.day.toordinal(), i.place))
    one_a_note = {item.note.id: item for item in reversed(seen)}
    return [_with_effect(i, seen, situation) for i in seen if one_a_note[i.note.id] is i]


def _with_effect(item: Evidence, seen: Sequence[Evidence], situation: Situation) -> Evidence:
    """The act together with its effect, when both stand close together in one note and all between may be quoted."""
    near = [i.quote.span for i in seen if i.note.id == item.note.id and i.witness is item.witness]
    span = Span(min(s.start for s in near), max(s.end for s in near))
    quote = Quote(item.note, span)
    readable = next((r for r in situation.recent if r.note.id == item.note.id), None)
    fits = readable is not None and readable.allows(span) and words_in(quote.text) <= LONGEST
    return replace(item, quote=quote) if fits else item


def _is_seen(item: Evidence, situation: Situation, within: timedelta) -> bool:
    return (
        item.topic in {Topic.TALENT, Topic.CUSTOMER_VALUE}
        and item.counts
        and item.tense is Tense.CURRENT
        and item.witness is not Witness.SELF
        and item.strength >= Strength.E2
        and (item.is_worded or item.witness is not Witness.MANAGER)
        and situation.today - item.day <= within
        and item.note.kind is not NoteKind.CUSTOMER_COMPLAINT
    )


def _lines(items: Sequence[Evidence | Quote], teller: Teller, words: str) -> Iterator[Line]:
    template = offline_words("brief")["lines"][words]
    for item in items:
        quote = shortened(item.quote if isinstance(item, Evidence) else item, LONGEST)
        shown = replace(item, quote=quote) if isinstance(item, Evidence) else quote
        cited = cite(shown, teller)
        said = cited[:1].lower() + cited[1:] if cited.startswith(("You ", "From ", "A ")) else cited
        yield Line(template.format(cited=said), (quote,), tier_of(shown, teller))
