"""A model's finds are added beside the rules' own, once, resumable, and a verdict on them stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from assistant.actions.propose_evidence import Proposed, propose_evidence
from assistant.domain.account import Account
from assistant.domain.evidence import Evidence, EvidenceState, Quote, Strength, Topic, Witness
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.errors import EngineUnavailable
from assistant.wording import sentences
from tests.house import ANNA, Bakery


@dataclass
class FirstSentence:
    """Points at the first usable sentence of each note, for a topic the rules seldom see."""

    fingerprint: str = "llm find_evidence@1 stub"
    topic: Topic = Topic.ENERGY_DRAIN
    breaks_after: int = 10_000
    asked: list[str] = field(default_factory=list)

    def propose(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Sequence[Evidence]:
        if len(self.asked) >= self.breaks_after:
            raise EngineUnavailable("It is away.")
        self.asked += [r.note.id for r in notes]
        return [self._find(r) for r in notes if not r.closed and r.allows(sentences(r.note.text)[0])]

    def _find(self, one: Readable) -> Evidence:
        quote = Quote(one.note, sentences(one.note.text)[0])
        return Evidence(quote, self.topic, Witness.MANAGER, Strength.E2, "MODEL", self.fingerprint)


def proposed(house: Bakery, who: str = "nadia") -> list[Evidence]:
    return [e for e in house.desk.person(who).evidence() if e.is_proposed]


def every_note(house: Bakery) -> list[Note]:
    return [n for row in house.desk.people() for n in house.desk.person(row.person.id).notes()]


def test_every_note_is_read_once_and_its_finds_are_suggested(bakery: Bakery) -> None:
    by_rules = {e.id for e in bakery.desk.person("nadia").evidence()}
    model = FirstSentence()
    done = propose_evidence(bakery.desk.records, ANNA, proposer=model)
    assert done.notes == len(model.asked) == len({*model.asked}) == len(every_note(bakery)) > 0
    made = proposed(bakery)
    assert made
    assert {e.state for e in made} == {EvidenceState.SUGGESTED}
    assert by_rules <= {e.id for e in bakery.desk.person("nadia").evidence()}
    assert propose_evidence(bakery.desk.records, ANNA, proposer=model) == Proposed()
    again = FirstSentence("llm find_evidence@2 stub")
    assert propose_evidence(bakery.desk.records, ANNA, proposer=again).notes == done.notes
    assert {e.finder for e in proposed(bakery)} == {"llm find_evidence@2 stub"}


def test_what_was_done_before_the_model_went_away_stays_and_the_rest_follows(bakery: Bakery) -> None:
    with pytest.raises(EngineUnavailable):
        propose_evidence(bakery.desk.records, ANNA, proposer=FirstSentence(breaks_after=1))
    rest = FirstSentence()
    propose_evidence(bakery.desk.records, ANNA, proposer=rest)
    assert 0 < len(rest.asked) < len(every_note(bakery))


def test_a_mark_of_the_rules_or_the_manager_is_not_doubled(bakery: Bakery) -> None:
    known = [e for e in bakery.desk.person("nadia").evidence() if e.topic is Topic.TALENT]
    assert known
    propose_evidence(bakery.desk.records, ANNA, proposer=FirstSentence(topic=Topic.TALENT))
    spans = {(e.note.id, e.quote.span) for e in proposed(bakery)}
    assert not [e for e in known if (e.note.id, e.quote.span) in spans]


def test_a_verdict_stays_and_a_rejected_find_is_not_brought_again(bakery: Bakery) -> None:
    propose_evidence(bakery.desk.records, ANNA, proposer=FirstSentence())
    yes, no = proposed(bakery)[:2]
    bakery.desk.judge_evidence(yes.id, EvidenceState.CONFIRMED)
    bakery.desk.judge_evidence(no.id, EvidenceState.REJECTED)
    propose_evidence(bakery.desk.records, ANNA, proposer=FirstSentence("llm find_evidence@2 stub"))
    states = {e.id: e.state for e in bakery.desk.person("nadia").evidence()}
    assert states[yes.id] is EvidenceState.CONFIRMED
    assert states.get(no.id, EvidenceState.REJECTED) is EvidenceState.REJECTED


def test_the_rules_reading_again_keeps_what_a_model_pointed_at_and_a_changed_note_drops_it(bakery: Bakery) -> None:
    propose_evidence(bakery.desk.records, ANNA, proposer=FirstSentence())
    before = proposed(bakery)
    notes = bakery.desk.person("nadia").notes()
    with bakery.desk.records.writing(ANNA, bakery.desk.today) as shelf:
        shelf.evidence.replace([n.id for n in notes], [])
    assert [e.id for e in proposed(bakery)] == [e.id for e in before]
    bakery.desk.edit_note(before[0].note.id, text="Something else altogether was written here.")
    assert before[0].note.id not in {e.note.id for e in proposed(bakery)}


def test_another_account_is_not_read_and_gets_nothing(bakery: Bakery) -> None:
    model = FirstSentence()
    propose_evidence(bakery.desk.records, ANNA, proposer=model)
    foreign = {n.id for row in bakery.foreign.people() for n in bakery.foreign.person(row.person.id).notes()}
    assert not foreign & {*model.asked}
    for row in bakery.foreign.people():
        assert not [e for e in bakery.foreign.person(row.person.id).evidence() if e.is_proposed]
