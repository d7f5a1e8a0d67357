"""What the notes say of a person, facet by facet, with every quote that says it, and what they do not say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from assistant.actions.cite import Teller, shortened
from assistant.actions.list_customers import is_answered, list_customers
from assistant.actions.retire_wishes import retire_wishes
from assistant.actions.set_aside import set_aside
from assistant.actions.tell_statements import tell_guesses, tell_statements
from assistant.domain.account import Account
from assistant.domain.customer_value import Customer, Reach
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Tense, Topic, Witness
from assistant.domain.misfiled import Misfiled
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.profile import RULES, FacetState, FacetView, Profile, facet_state, shape_of, weakest_facet
from assistant.domain.search import Window
from assistant.ports.records import Shelf
from assistant.prompting import offline_words

DRAIN_COUNTS_FOR = timedelta(days=180)
MOST_OF_A_HOPE = 24  # words
COMPLAINTS_COUNT_FOR = timedelta(days=120)


def profile_of(shelf: Shelf, person_id: PersonId) -> Profile:
    """One person's profile on the shelf's day."""
    person, today = shelf.people.get(person_id), shelf.today
    found = shelf.evidence.of(person_id)
    read = shelf.screenings.of(shelf.notes.of(person_id, Window(today - COMPLAINTS_COUNT_FOR, today)))
    aside = set_aside(shelf, person_id, [r.note for r in read], found)
    evidence = retire_wishes([i for i in found if is_usable(i) and i.note.id not in aside], person)
    recent = [r for r in read if r.note.id not in aside]
    closed = len(shelf.screenings.left_out(person_id))
    return build_profile(person, shelf.account, today, evidence, closed, recent, tuple(aside.values()))


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
) -> Profile:
    """The profile that evidence and the notes of the last months carry; pure, the same for the same input."""
    kept = tuple(item for item in evidence if item.state is not EvidenceState.REJECTED)
    return _profile(person, manager, today, kept, left_out, tuple(recent), tuple(aside))


@lru_cache(maxsize=32)  # a conversation asks for the same person again and again
def _profile(
    person: Person,
    manager: Account,
    today: date,
    evidence: tuple[Evidence, ...],
    left_out: int,
    recent: tuple[Readable, ...],
    aside: tuple[Misfiled, ...],
) -> Profile:
    teller = Teller(person, manager, today)
    states = {facet: facet_state(facet, evidence, today) for facet in Facet}
    views = {facet: _view(facet, states[facet], evidence, teller) for facet in Facet}
    drains = [i for i in evidence if i.topic is Topic.ENERGY_DRAIN and i.counts and i.tense is Tense.CURRENT]
    drained = any(today - i.day <= DRAIN_COUNTS_FOR for i in drains)
    customers = list_customers(evidence, recent, teller)
    return Profile(
        person=person,
        today=today,
        passion=views[Facet.PASSION],
        talent=views[Facet.TALENT],
        customer_value=views[Facet.CUSTOMER_VALUE],
        customers=customers,
        weakest=weakest_facet(states),
        gaps=(*_gaps(states, evidence, customers, recent, teller), *_set_aside(aside, teller)),
        shape=shape_of(states, drained=drained),
        left_out=left_out,
    )


def _view(facet: Facet, state: FacetState, evidence: Sequence[Evidence], teller: Teller) -> FacetView:
    told = tell_statements(facet, evidence, teller)
    return FacetView(facet, state, told, tell_guesses(facet, evidence, told, teller))


def _gaps(
    states: dict[Facet, FacetState],
    evidence: Iterable[Evidence],
    customers: Sequence[Customer],
    recent: Sequence[Readable],
    teller: Teller,
) -> Iterator[str]:
    words, items = offline_words("profile"), list(evidence)
    for facet, state in states.items():
        if state is not FacetState.CONFIRMED:
            about = [i for i in items if i.topic.facet is facet and i.counts and not i.is_guess]
            kind = (
                "unknown"
                if state is FacetState.UNKNOWN
                else "unspoken"
                if state is FacetState.HINTED and RULES[facet](about)
                else str(state)
            )
            yield _filled(words["gaps"][kind][str(facet)], teller, about[-1].day if about else teller.today)
    details = words["details"]
    if states[Facet.CUSTOMER_VALUE] is not FacetState.UNKNOWN:
        heard = [i for i in items if i.topic is Topic.CUSTOMER_VALUE and i.witness in {Witness.CUSTOMER, Witness.PEER}]
        if not heard and states[Facet.CUSTOMER_VALUE] is not FacetState.HINTED:
            yield _filled(details["no_customer"], teller, teller.today)
        if customers and all(c.reach is Reach.INTERNAL and not c.end_user for c in customers):
            yield _filled(details["end_user"], teller, teller.today, who=customers[0].name)
    for complaint in (r for r in recent if r.note.kind is NoteKind.CUSTOMER_COMPLAINT and not r.closed):
        if not is_answered(complaint, recent):
            name = complaint.note.author.partition(",")[0].strip()
            if name:
                yield _filled(details["unanswered"], teller, complaint.note.day, who=name)
    yield from _hopes([i for i in items if i.topic is Topic.ASPIRATION], teller)


def _hopes(told: Sequence[Evidence], teller: Teller) -> Iterator[str]:
    """That no note says what they hope for; where notes say something, what is open about it."""
    if any(i.counts and i.tense is Tense.CURRENT for i in told):
        return
    details = offline_words("profile")["details"]
    hinted = [i for i in told if i.tense in (Tense.CURRENT, Tense.DOUBTED)]
    newest = max(hinted or told, key=lambda i: (i.day, i.place), default=None)
    if newest is None:
        yield _filled(details["aspiration"], teller, teller.today)
        return
    quote = shortened(newest.quote, MOST_OF_A_HOPE).text.rstrip(". ")
    yield _filled(details["aspiration_hinted" if hinted else "aspiration_past"], teller, newest.day, quote=quote)


def _set_aside(aside: Sequence[Misfiled], teller: Teller) -> Iterator[str]:
    """One sentence for each note that waits for the manager's word."""
    template = offline_words("profile")["details"]["misfiled"]
    for item in aside:
        yield _filled(template, teller, item.note.day, who=item.about.name)


def _filled(template: str, teller: Teller, day: date, *, who: str = "", quote: str = "") -> str:
    person = teller.person
    return template.format(
        name=person.first_name, they=person.pronouns.value, them=person.pronouns.object,
        their=person.pronouns.possessive, enjoy=person.pronouns.verb("enjoys", "enjoy"), day=teller.day(day), who=who,
        hope=person.pronouns.verb("hopes", "hope"), quote=quote,
    )  # fmt: skip
