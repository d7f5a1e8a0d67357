"""What eval stands on: records compared before and after a turn, and the plain alternatives themselves."""

from pathlib import Path

import pytest

from assistant.domain.evidence import Facet
from assistant.domain.note import NoteKind
from assistant.domain.person import PersonId
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner, PromiseState
from assistant.evaluation.case import Case, Check, Script, Turn
from assistant.evaluation.chats import Cast
from assistant.evaluation.output import ChangeKind, Stored
from knowledge.reading.gold import read_gold
from tests.house import Bakery
from tests.tiny_case import write_case
from ui.evaluation import plain
from ui.evaluation.gather import citations_in, words_in
from ui.evaluation.talk import changes, records_of


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return read_gold(write_case(tmp_path / "tiny"))


def test_nothing_changed_is_no_change(bakery: Bakery) -> None:
    assert list(changes(records_of(bakery.desk), records_of(bakery.desk))) == []


def test_a_new_note_is_noted_for_its_person_and_a_promise_in_it_is_opened(bakery: Bakery) -> None:
    before = records_of(bakery.desk)
    bakery.desk.person("jan1").add_note("I promised to buy him new gloves by Friday.", kind=NoteKind.ONE_ON_ONE)
    found = {(s.kind, s.person_id) for s in changes(before, records_of(bakery.desk))}
    assert {(ChangeKind.NOTED, "jan1"), (ChangeKind.OPENED, "jan1")} <= found


def test_a_moved_note_belongs_to_whom_it_was_moved_to(bakery: Bakery) -> None:
    note = bakery.desk.person("jan2").notes()[0]
    before = records_of(bakery.desk)
    bakery.desk.move_note(note.id, "jan1")
    moved = [s for s in changes(before, records_of(bakery.desk)) if s.kind is ChangeKind.MOVED]
    assert [(s.person_id, note.id in s.words) for s in moved] == [("jan1", True)]


def test_a_promise_ticked_off_is_closed_and_one_reopened_is_opened(bakery: Bakery) -> None:
    promise = next(p for p in bakery.desk.person("nadia").promises() if p.state is PromiseState.OPEN)
    before = records_of(bakery.desk)
    bakery.desk.settle_promise(promise.id, PromiseState.DONE)
    done = records_of(bakery.desk)
    assert [s.kind for s in changes(before, done)] == [ChangeKind.CLOSED]
    bakery.desk.settle_promise(promise.id, PromiseState.OPEN)
    opened = list(changes(done, records_of(bakery.desk)))
    assert [s.kind for s in opened] == [ChangeKind.OPENED]
    assert "proofing baskets" in opened[0].words


def test_another_account_sees_no_change_of_ours(bakery: Bakery) -> None:
    before = records_of(bakery.foreign)
    bakery.desk.person("jan1").add_note("He likes the new oven.")
    assert list(changes(before, records_of(bakery.foreign))) == []


def test_citations_and_words_are_found_wherever_they_stand_in_a_payload() -> None:
    body = {"a": [{"note_id": "n1", "quote": "warm"}], "b": {"note_ids": ["n2"], "text": "cold", "n": 3, "x": None}}
    assert [(c.note_id, c.quote) for c in citations_in(body)] == [("n1", "warm"), ("n2", "")]
    assert list(words_in(body)) == ["n1", "warm", "n2", "cold"]


def test_label_everything_finds_all_and_keywords_only_what_names_them(case: Case) -> None:
    found = plain.evidence(case, case.gold)
    assert len(found[plain.EVERYTHING]["k1"]) == 4 * len(Facet)
    [claim] = found[plain.KEYWORDS]["k1"]
    assert (claim.facet, claim.citation.note_id) == (Facet.PASSION, "n1")
    assert claim.citation.quote == 'Kim said: "I love fitting the old window frames."'
    known = plain.facets(found[plain.KEYWORDS])["k1"].states
    assert known == {**dict.fromkeys(Facet, FacetState.UNKNOWN), Facet.PASSION: FacetState.CONFIRMED}


def test_the_keyword_list_of_promises_tells_the_sides_apart(case: Case) -> None:
    found = plain.promises(case, case.gold)
    assert len(found[plain.EVERYTHING]["k1"]) == 8
    assert {(s.owner, *s.note_ids) for s in found[plain.KEYWORDS]["k1"]} == {(Owner.ME, "n1"), (Owner.THEM, "n1")}


def test_bm25_ranks_the_note_with_the_words_first_and_the_newest_notes_come_newest_first(case: Case) -> None:
    own = plain.notes_of(case, PersonId("k1"))
    assert plain.bm25("Who planed the oak door?", own)[0] == "n2"
    newest = plain.newest(case, case.gold)["k1"]["three questions"]
    assert [s.citations[0].note_id for s in newest] == ["n4", "n3", "n2"]


def test_the_plain_chat_keeps_the_person_that_was_named(case: Case) -> None:
    turns = (Turn(1, "How is Kim?", (Check("asks"),)), Turn(2, "And the sash?", ()))
    cast = Cast({PersonId("k1"): ("Kim Okafor", "Kim"), PersonId("k2"): ("Jo Brandt", "Jo")})
    script = Script("c", None, case.today, turns)
    replies = plain.chat(case, script, cast, list(case.notes.values()))
    assert [r.person_id for r in replies.values()] == ["k1", "k1"]
    assert replies["c", 2].shown.citations[0].note_id == "n3"
    assert replies["c", 2].stored == tuple[Stored, ...]()
