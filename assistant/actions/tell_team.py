"""A team side by side, each from their own notes alone: what complements what is for the manager to see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assistant.actions.build_profile import is_usable, profile_of
from assistant.actions.retire_wishes import retire_wishes
from assistant.actions.set_aside import set_aside
from assistant.actions.tell_mentions import tell_mentions
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Quote, Tense, Topic, Witness
from assistant.domain.person import Person, PersonId, fold_name
from assistant.domain.profile import FacetView, Profile, StatementStatus
from assistant.domain.team import Meets, Member, Shared, Team
from assistant.ports.records import Shelf

BESIDE = (Topic.PASSION, Topic.TALENT, Topic.ENERGY_DRAIN, Topic.ASPIRATION)
MOST_MEETS = 12


def tell_team(shelf: Shelf, person_ids: Iterable[PersonId]) -> Team:
    """These people, by name, with where their notes meet; those named most often first."""
    members = [_member(shelf, profile_of(shelf, person_id)) for person_id in person_ids]
    by_id = {member.person.id: member.person for member in members}
    meets = sorted(_meets(shelf, by_id), key=lambda m: (-m.notes, m.one.name, m.other.name))
    return Team(tuple(members), tuple(_shared([m.profile for m in members])), tuple(meets[:MOST_MEETS]))


def _member(shelf: Shelf, profile: Profile) -> Member:
    person = profile.person
    found = [i for i in shelf.evidence.of(person.id) if is_usable(i)]
    aside = set_aside(shelf, person.id, [i.note for i in found], found)
    told = [i for i in retire_wishes([i for i in found if i.note.id not in aside], person) if _says_plainly(i)]
    best = {topic: max((i for i in told if i.topic is topic), key=_rank, default=None) for topic in BESIDE}
    best |= {Topic(facet.value): _first(profile.view(facet)) for facet in (Facet.PASSION, Facet.TALENT)}
    return Member(profile, tuple((topic, item) for topic, item in best.items() if item))


def _first(view: FacetView) -> Evidence | None:
    """What the statement on top is told by."""
    top = next((s for s in view.statements if s.status is StatementStatus.CURRENT), None)
    return max(top.evidence, key=_rank) if top else None


def _says_plainly(item: Evidence) -> bool:
    return item.counts and not item.is_guess and item.tense is Tense.CURRENT and item.witness is not Witness.HEARSAY


def _rank(item: Evidence) -> tuple[bool, object, object]:
    return item.state is EvidenceState.CONFIRMED, item.day, item.strength


def _shared(profiles: Sequence[Profile]) -> Iterator[Shared]:
    """Customers by name whom at least two serve, as the notes of each say."""
    served = defaultdict[str, list[tuple[str, Person, Quote]]](list)
    for profile in profiles:
        for customer in profile.customers:
            served[fold_name(customer.name)].append((customer.name, profile.person, customer.quotes[-1]))
    for found in sorted(served.values(), key=lambda found: (-len(found), found[0][0])):
        if len(found) > 1:
            yield Shared(found[0][0], tuple((person, quote) for _, person, quote in found))


def _meets(shelf: Shelf, people: dict[PersonId, Person]) -> Iterator[Meets]:
    """Whose notes name whom; a sentence that is private does not count."""
    for other in people.values():
        named = defaultdict[PersonId, list[Quote]](list)
        for mention in tell_mentions(shelf, other.id):
            named[mention.about].append(mention.quote)
        for about, quotes in named.items():
            if about in people and about != other.id:
                yield Meets(people[about], other, len({quote.note.id for quote in quotes}), quotes[-1])
