from datetime import date

import pytest

from assistant.domain.customer_value import is_customer_value
from assistant.domain.evidence import EvidenceState, Facet, Strength, Tense, Topic, Witness
from assistant.domain.passion import is_passion
from assistant.domain.profile import FacetState, Shape, facet_state, shape_of, weakest_facet
from assistant.domain.talent import is_talent
from tests.assistant.domain.nouns import evidence

TODAY = date(2026, 6, 1)


def test_a_passion_is_said_on_more_than_one_day_and_once_in_their_own_words() -> None:
    march = evidence("I lose track of time when I teach.", day="2026-03-01")
    may = evidence("Teaching again: best hour of my week.", day="2026-05-01", id="n2")
    seen = evidence("She stayed on to teach the new ones.", day="2026-05-02", witness=Witness.MANAGER, id="n3")
    assert not is_passion([march])
    assert not is_passion([seen, evidence("She lit up.", witness=Witness.MANAGER, id="n4")])
    assert is_passion([march, may])
    assert is_passion([march, seen])


@pytest.mark.parametrize(
    "spoiled",
    [
        {"state": EvidenceState.REJECTED},
        {"witness": Witness.HEARSAY},
        {"tense": Tense.DOUBTED},
        {"tense": Tense.PAST},
        {"strength": Strength.E1},
    ],
)
def test_what_is_rejected_hearsay_doubted_past_or_weak_proves_nothing(spoiled: dict[str, object]) -> None:
    march = evidence("I lose track of time when I teach.")
    may = evidence("Teaching again.", day="2026-05-01", id="n2", **spoiled)  # type: ignore[arg-type]
    assert not is_passion([march, may])


def test_a_talent_needs_somebody_who_saw_it() -> None:
    own = [
        evidence("I am good at it.", Topic.TALENT),
        evidence("I really am.", Topic.TALENT, day="2026-04-01", id="n2"),
    ]
    seen = evidence("She calmed him in a minute.", Topic.TALENT, witness=Witness.PEER, day="2026-04-02", id="n3")
    assert not is_talent(own)
    assert not is_talent([seen])
    assert is_talent([own[0], seen])
    strong = evidence("She cut it from 40 to 8.", Topic.TALENT, witness=Witness.PEER, strength=Strength.E3, id="n4")
    assert is_talent([strong])


def test_customer_value_rests_on_the_recipient_or_on_two_observed_days() -> None:
    seen = evidence("The queue is gone.", Topic.CUSTOMER_VALUE, witness=Witness.MANAGER)
    again = evidence("No queue.", Topic.CUSTOMER_VALUE, witness=Witness.MANAGER, day="2026-04-01", id="n2")
    said = evidence("I was home by six.", Topic.CUSTOMER_VALUE, witness=Witness.CUSTOMER, id="n3")
    assert not is_customer_value([seen])
    assert is_customer_value([seen, again])
    assert is_customer_value([said])


def test_a_facet_goes_from_unknown_over_hinted_to_confirmed_and_grows_stale() -> None:
    march = evidence("I lose track of time when I teach.", day="2026-03-01")
    may = evidence("Teaching again: best hour.", day="2026-05-01", id="n2")
    assert facet_state(Facet.PASSION, [], TODAY) is FacetState.UNKNOWN
    assert facet_state(Facet.PASSION, [march], TODAY) is FacetState.HINTED
    assert facet_state(Facet.PASSION, [march, may], TODAY) is FacetState.CONFIRMED
    assert facet_state(Facet.PASSION, [march, may], date(2026, 11, 15)) is FacetState.STALE


def test_hearsay_alone_leaves_a_facet_unknown() -> None:
    rumour = evidence("Tom says she loves it.", witness=Witness.HEARSAY)
    assert facet_state(Facet.PASSION, [rumour], TODAY) is FacetState.UNKNOWN


def test_the_managers_confirmation_lifts_a_hint_that_meets_the_rule() -> None:
    seen = [
        evidence("She calmed him.", Topic.TALENT, witness=Witness.MANAGER),
        evidence("She calmed her.", Topic.TALENT, witness=Witness.MANAGER, day="2026-04-01", id="n2"),
    ]
    confirmed = evidence(
        "She calmed them.", Topic.TALENT, witness=Witness.MANAGER, state=EvidenceState.CONFIRMED, id="n3"
    )
    assert facet_state(Facet.TALENT, seen, TODAY) is FacetState.HINTED
    assert facet_state(Facet.TALENT, [*seen, confirmed], TODAY) is FacetState.CONFIRMED


def test_the_weakest_facet_is_the_one_known_least() -> None:
    states = dict.fromkeys(Facet, FacetState.CONFIRMED)
    assert weakest_facet(states | {Facet.TALENT: FacetState.HINTED}) is Facet.TALENT
    assert weakest_facet(states | {Facet.PASSION: FacetState.STALE}) is Facet.PASSION
    assert weakest_facet(dict.fromkeys(Facet, FacetState.UNKNOWN)) is Facet.CUSTOMER_VALUE


def test_the_four_shapes() -> None:
    known, unknown = FacetState.CONFIRMED, FacetState.UNKNOWN
    every = dict.fromkeys(Facet, known)
    assert shape_of(every, drained=False) is Shape.PROTECT_AND_WIDEN
    assert shape_of(every, drained=True) is Shape.USEFUL_BUT_DRAINED
    assert shape_of(every | {Facet.CUSTOMER_VALUE: unknown}, drained=False) is Shape.ENERGY_WITHOUT_ADDRESS
    willing = {Facet.PASSION: known, Facet.TALENT: unknown, Facet.CUSTOMER_VALUE: unknown}
    assert shape_of(willing, drained=False) is Shape.WILLING_BUT_UNSKILLED
    assert shape_of(dict.fromkeys(Facet, unknown), drained=True) is None
