"""What the notes say of a person, facet by facet, with every quote that says it, and what they do not say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from assistant.actions.cite import Teller
from assistant.actions.find_nearest import Reading
from assistant.actions.list_customers import list_customers
from assistant.actions.retire_wishes import retire_wishes
from assistant.actions.set_aside import set_aside
from assistant.actions.tell_gaps import Known, tell_gaps
from assistant.actions.tell_statements import tell_faint, tell_guesses, tell_statements
from assistant.domain.account import Account
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Tense, Topic
from assistant.domain.misfiled import Misfiled
from assistant.domain.note import AiUse
from assistant.domain.pending import PendingState
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.profile import FacetState, FacetView, Profile, facet_state, shape_of, weakest_facet
from assistant.domain.search import Window
from assistant.ports.records import Shelf

DRAIN_COUNTS_FOR = timedelta(days=180)
MOST_READ = 60  # newest notes that are read anew for what they lack; more is a diary
COMPLAINTS_COUNT_FOR = timedelta(days=120)


def profile_of(shelf: Shelf, person_id: PersonId) -> Profile:
    """One person's profile on the shelf's day."""
    person, today = shelf.people.get(person_id), shelf.today
    found = shelf.evidence.of(person_id)
    late = shelf.notes.of(person_id, Window(today - COMPLAINTS_COUNT_FOR, today))
    held = shelf.pending.held()
    all_read = (*shelf.notes.newest(person_id, MOST_READ), *late)
    notes = {n.id: n for n in all_read if held.get(n.id) is not PendingState.WAITING}
    read = sorted(shelf.screenings.of([*notes.values()]), key=lambda r: (r.note.day, r.note.id))
    aside = set_aside(shelf, person_id, [r.note for r in read], found)
    evidence = retire_wishes([i for i in found if is_usable(i) and i.note.id not in aside], person)
    recent = [r for r in read if r.note.id not in aside and today - r.note.day <= COMPLAINTS_COUNT_FOR]
    reading = Reading.of(read, in_all=shelf.notes.count(person_id), aside=aside, found=found)
    closed = len(shelf.screenings.left_out(person_id))
    return build_profile(person, shelf.account, today, evidence, closed, recent, tuple(aside.values()), reading)


def is_usable(item: Evidence) -> bool:
    """Whether a profile may stand on it: the manager did not reject it, nor keep its note from the assistant."""
    return item.state is not EvidenceState.REJECTED and item.note.ai is AiUse.ALLOWED


def build_profile(
    person: Person,
    manager: Account,
    today: date,
    evidence: Sequence[Evidence],
    left_out: int,
    recent: Sequence[Readable] = (),
    aside: Sequence[Misfiled] = (),
    reading: Reading | None = None,
) -> Profile:
    """The profile that evidence and the notes of the last months carry; pure, the same for the same input."""
    kept = tuple(item for item in evidence if item.state is not EvidenceState.REJECTED)
    return _profile(person, manager, today, kept, left_out, tuple(recent), tuple(aside), reading or Reading())


@lru_cache(maxsize=256)  # a conversation asks for the same person again and again, a hundred managers at once
def _profile(
    person: Person,
    manager: Account,
    today: date,
    evidence: tuple[Evidence, ...],
    left_out: int,
    recent: tuple[Readable, ...],
    aside: tuple[Misfiled, ...],
    reading: Reading,
) -> Profile:
    teller = Teller(person, manager, today)
    states = {facet: facet_state(facet, evidence, today) for facet in Facet}
    views = {facet: _view(facet, states[facet], evidence, teller) for facet in Facet}
    drains = [i for i in evidence if i.topic is Topic.ENERGY_DRAIN and i.counts and not i.is_guess]
    drains = [i for i in drains if i.tense is Tense.CURRENT]
    drained = any(today - i.day <= DRAIN_COUNTS_FOR for i in drains)
    customers = list_customers(evidence, recent, teller)
    gaps = tuple(tell_gaps(Known(states, evidence, customers, recent, reading, aside), teller))
    for gap in gaps:
        if gap.facet is not None and states[gap.facet] is FacetState.HINTED:
            views[gap.facet] = replace(views[gap.facet], nearest=gap.near)
    return Profile(
        person=person,
        today=today,
        passion=views[Facet.PASSION],
        talent=views[Facet.TALENT],
        customer_value=views[Facet.CUSTOMER_VALUE],
        customers=customers,
        weakest=weakest_facet(states),
        gaps=tuple(gap.text for gap in gaps),
        near=tuple(gap.near for gap in gaps if gap.near),
        shape=shape_of(states, drained=drained),
        left_out=left_out,
    )


def _view(facet: Facet, state: FacetState, evidence: Sequence[Evidence], teller: Teller) -> FacetView:
    told = tell_statements(facet, evidence, teller)
    guesses = tell_guesses(facet, evidence, told, teller)
    return FacetView(facet, state, told, guesses, faint=() if told or guesses else tell_faint(facet, evidence))
