"""Praise worth giving: an act that somebody saw lately, in the words of the one who saw it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.actions.cite import Teller, cite, shortened, tier_of
from assistant.actions.weigh_passage import is_praise
from assistant.domain.brief import Line
from assistant.domain.evidence import Evidence, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.situation import Situation, newest_first
from assistant.prompting import offline_words
from assistant.wording import words_in

WITHIN = timedelta(days=60)
MOST = 2
LONGEST = 45  # words of an act with its effect


def tell_recognition(situation: Situation, teller: Teller) -> tuple[Line, ...]:
    """At most two acts of the last two months, one a note; others' words come before the manager's own."""
    seen = [i for i in newest_first(situation.evidence) if _is_seen(i, situation) and is_praise(i, teller)]
    seen.sort(key=lambda i: (i.witness is Witness.MANAGER, -i.strength, -i.day.toordinal(), i.place))
    one_a_note = {item.note.id: item for item in reversed(seen)}
    chosen = [i for i in seen if one_a_note[i.note.id] is i][:MOST]
    return tuple(_lines([_with_effect(i, seen, situation) for i in chosen], teller))


def _with_effect(item: Evidence, seen: Sequence[Evidence], situation: Situation) -> Evidence:
    """The act together with its effect, when both stand close together in one note and all between may be quoted."""
    near = [i.quote.span for i in seen if i.note.id == item.note.id and i.witness is item.witness]
    span = Span(min(s.start for s in near), max(s.end for s in near))
    quote = Quote(item.note, span)
    readable = next((r for r in situation.recent if r.note.id == item.note.id), None)
    fits = readable is not None and readable.allows(span) and words_in(quote.text) <= LONGEST
    return replace(item, quote=quote) if fits else item


def _is_seen(item: Evidence, situation: Situation) -> bool:
    return (
        item.topic in {Topic.TALENT, Topic.CUSTOMER_VALUE}
        and item.counts
        and item.tense is Tense.CURRENT
        and item.witness is not Witness.SELF
        and item.strength >= Strength.E2
        and (item.is_worded or item.witness is not Witness.MANAGER)
        and situation.today - item.day <= WITHIN
        and item.note.kind is not NoteKind.CUSTOMER_COMPLAINT
    )


def _lines(items: list[Evidence], teller: Teller) -> Iterator[Line]:
    template = offline_words("brief")["lines"]["recognition"]
    for item in items:
        shown = replace(item, quote=shortened(item.quote, LONGEST))
        cited = cite(shown, teller)
        said = cited[:1].lower() + cited[1:] if cited.startswith(("You ", "From ", "A ")) else cited
        yield Line(template.format(cited=said), (shown.quote,), tier_of(shown, teller))
