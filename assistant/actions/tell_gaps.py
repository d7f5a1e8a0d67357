"""What a profile lacks, in plain sentences: what no note says where that is certain, else what was not found.

Where the notes point to an answer, that is told as a hint, with the passage, its day and what would settle it: what is
nearly known is no gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.cite import Teller, shortened
from assistant.actions.find_nearest import Reading, find_nearest, nothing_bears_on
from assistant.actions.list_customers import is_answered
from assistant.actions.retire_wishes import is_ending
from assistant.domain.customer_value import Customer, Reach
from assistant.domain.evidence import Evidence, Facet, Quote, Tense, Topic, Witness
from assistant.domain.misfiled import Misfiled
from assistant.domain.note import NoteKind, Span
from assistant.domain.policy import Readable
from assistant.domain.profile import RULES, FacetState
from assistant.prompting import offline_words


@dataclass(frozen=True, slots=True)
class Gap:
    """One sentence on what is missing or only hinted, the passage it quotes where one comes near, and its facet."""

    text: str
    near: Quote | None = None
    facet: Facet | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a person, when it is asked what is missing."""

    states: Mapping[Facet, FacetState]
    evidence: Sequence[Evidence]
    customers: Sequence[Customer]
    recent: Sequence[Readable]
    reading: Reading
    aside: Sequence[Misfiled]


def tell_gaps(known: Known, teller: Teller) -> Iterator[Gap]:
    """One sentence a gap: the facets, whom the work serves, complaints, hopes, and notes that wait for a word."""
    for facet, state in known.states.items():
        if state is not FacetState.CONFIRMED:
            yield replace(_of_facet(facet, state, known, teller), facet=facet)
    yield from _of_customers(known, teller)
    yield from _hopes(known, teller)
    for item in known.aside:
        yield _gap("misfiled", teller, day=item.note.day, who=item.about.name)


def _of_facet(facet: Facet, state: FacetState, known: Known, teller: Teller) -> Gap:
    about = [i for i in known.evidence if i.topic.facet is facet and i.counts and not i.is_guess]
    if state is FacetState.STALE:
        return _gap(f"{facet}_stale", teller, day=max(i.day for i in about))
    near = find_nearest(Topic(facet.value), known.evidence, known.reading, teller)
    if state is FacetState.HINTED and RULES[facet](about):
        return _gap(f"{facet}_unspoken", teller, near)
    if state is FacetState.HINTED:
        return _gap(f"{facet}_hinted", teller, near)
    if near is None and nothing_bears_on(Topic(facet.value), known.reading):
        return _gap(f"{facet}_silent", teller)
    return _gap(f"{facet}_unknown", teller, near)


def _of_customers(known: Known, teller: Teller) -> Iterator[Gap]:
    """Nobody heard, nobody behind an internal customer, a complaint that nobody came back to."""
    if known.states[Facet.CUSTOMER_VALUE] in {FacetState.CONFIRMED, FacetState.STALE}:
        if not any(_is_heard(item) for item in known.evidence) and not _served_speak(known.reading):
            yield _gap("no_customer", teller)
    if known.states[Facet.CUSTOMER_VALUE] is not FacetState.UNKNOWN and known.customers:
        if all(c.reach is Reach.INTERNAL and not c.end_user for c in known.customers):
            yield _gap("end_user", teller, who=known.customers[0].name)
    for complaint in (r for r in known.recent if r.note.kind is NoteKind.CUSTOMER_COMPLAINT and not r.closed):
        name = complaint.note.author.partition(",")[0].strip()
        if name and not is_answered(complaint, known.recent):
            yield _gap("unanswered", teller, day=complaint.note.day, who=name)


def _is_heard(item: Evidence) -> bool:
    return item.topic is Topic.CUSTOMER_VALUE and item.witness in {Witness.CUSTOMER, Witness.PEER}


def _served_speak(reading: Reading) -> bool:
    """Whether a note is by somebody who may be served, whatever it says."""
    kinds = {NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT, NoteKind.PEER_FEEDBACK}
    return any(r.note.kind in kinds for r in reading.notes)


def _hopes(known: Known, teller: Teller) -> Iterator[Gap]:
    """What they hope for next; after a hope that ended, only what was said of another one since."""
    told = [i for i in known.evidence if i.topic is Topic.ASPIRATION]
    if any(i.counts and i.tense is Tense.CURRENT for i in told):
        return
    over = max((i for i in told if is_ending(i)), key=lambda i: (i.day, i.place), default=None)
    near = find_nearest(Topic.ASPIRATION, told, known.reading, teller, after=over.day if over else None)
    if near is None and over:
        yield _gap("aspiration_over", teller, over.quote)
    elif near is None and not told and nothing_bears_on(Topic.ASPIRATION, known.reading):
        yield _gap("aspiration_silent", teller)
    else:
        yield _gap("aspiration", teller, near)


def _gap(name: str, teller: Teller, near: Quote | None = None, *, who: str = "", day: date | None = None) -> Gap:
    """A sentence of the profile's words, with the passage that comes nearest where there is one."""
    words, person = offline_words("profile")["gaps"], teller.person
    quote = _open_ended(shortened(near)) if near else None
    nearest = words["nearest"].format(day=teller.day(quote.day), quote=quote.text) if quote else ""
    template: str = words[f"{name}_near" if quote else name]
    said = template.format(
        name=person.first_name, they=person.pronouns.value, them=person.pronouns.object,
        their=person.pronouns.possessive, Their=person.pronouns.possessive.capitalize(), who=who,
        enjoy=person.pronouns.verb("enjoys", "enjoy"), day=teller.day(day or teller.today), nearest=nearest,
    )  # fmt: skip
    return Gap(said, quote)


def _open_ended(quote: Quote) -> Quote:
    """Without a full stop at its end, as it stands within a sentence."""
    kept = len(quote.text.rstrip(". "))
    return Quote(quote.note, Span(quote.span.start, quote.span.start + kept))
