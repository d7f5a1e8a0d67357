"""What another finder read is read again, in steps that may be cut off anywhere and lose nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.actions.catch_up import (
    EVER,
    Behind,
    catch_up,
    embed_again,
    find_promises_again,
    how_far_behind,
    read_notes_again,
)
from assistant.desk import Desk
from assistant.domain.account import Account
from assistant.domain.evidence import Evidence, EvidenceState
from assistant.domain.note import Note, NoteKind
from assistant.domain.person import Person
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import PromiseState
from assistant.engines.offline.finder import OfflineFinder
from assistant.ports.engine import Finder
from tests.house import Bakery


class NextFinder(OfflineFinder):
    """The finder of a later version: it signs what it finds, and no longer takes notice of the till."""

    version = "offline@next"  # type: ignore[assignment]
    fingerprint = "offline@next+test"  # type: ignore[assignment]

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def evidence(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Evidence]:
        self._meanwhile()
        self._meanwhile = lambda: None
        found = super().evidence(person, manager, notes)
        return [replace(item, finder=self.version) for item in found if "till" not in item.quote.text]


class ClosingFinder(NextFinder):
    """A finder with a longer list of what is private: everything about rye."""

    def screen(self, notes: Sequence[Note]) -> Sequence[Screening]:
        return [replace(s, whole="rye" in n.text) for n, s in zip(notes, super().screen(notes), strict=True)]


def again(desk: Desk, finder: Finder, **options: Any) -> Behind:
    return catch_up(desk.records, desk.account, finder=finder, search=desk.search_notes, **options)


def behind(desk: Desk, finder: Finder) -> Behind:
    with desk.records.reading(desk.account, EVER) as shelf:
        return how_far_behind(shelf, finder, desk.search_notes)


def found(desk: Desk) -> list[tuple[str, str, str, str]]:
    people = [row.person.id for row in desk.people()]
    evidence = [i for p in people for i in desk.person(p).evidence()]
    promises = [p for person in people for p in desk.person(person).promises()]
    return [(i.id, i.quote.text, i.state, i.finder) for i in evidence] + [(p.id, p.what, p.state, "") for p in promises]


def test_what_was_just_kept_is_not_behind(bakery: Bakery) -> None:
    assert behind(bakery.desk, bakery.desk.finder) == Behind()
    assert again(bakery.desk, bakery.desk.finder) == Behind()


def test_another_finder_reads_every_note_again_and_verdicts_stay(bakery: Bakery) -> None:
    desk = bakery.desk
    items = [i for p in ("nadia", "jan2") for i in desk.person(p).evidence()]
    till = next(i for i in items if "till" in i.quote.text)
    other, *_ = (i for i in items if "till" not in i.quote.text)
    desk.judge_evidence(other.id, EvidenceState.REJECTED)
    promise = desk.person("nadia").promises()[0]
    desk.settle_promise(promise.id, PromiseState.DONE)
    assert behind(desk, NextFinder()) == Behind(notes=6, people=3)
    assert again(desk, NextFinder()) == Behind(notes=6, people=3)
    left = {i.id: i for p in ("nadia", "jan1", "jan2") for i in desk.person(p).evidence()}
    assert {i.finder for i in left.values()} == {"offline@next"}
    assert till.id not in left, "what it does not find any more is gone"
    assert left[other.id].state is EvidenceState.REJECTED
    assert next(p for p in desk.person("nadia").promises() if p.id == promise.id).state is PromiseState.DONE
    assert behind(desk, NextFinder()) == Behind()


def test_confirmed_evidence_stays_when_the_next_finder_does_not_find_it(bakery: Bakery) -> None:
    till = next(i for i in bakery.desk.person("jan2").evidence() if "till" in i.quote.text)
    bakery.desk.judge_evidence(till.id, EvidenceState.CONFIRMED)
    again(bakery.desk, NextFinder())
    assert {i.id: i.state for i in bakery.desk.person("jan2").evidence()}[till.id] is EvidenceState.CONFIRMED


def test_longer_lists_close_a_note_and_take_its_evidence_and_promises_away(bakery: Bakery) -> None:
    again(bakery.desk, ClosingFinder())
    nadia = bakery.desk.person("nadia")
    assert not any("rye" in i.note.text for i in nadia.evidence())
    assert nadia.promises() == ()
    rye = next(n for n in nadia.notes() if "rye loaves" in n.text)
    assert bakery.desk.readable(rye.id).closed


@pytest.mark.parametrize("portion", [1, 2, 16])
def test_cut_off_after_any_step_it_goes_on_and_ends_in_the_same_place(
    bakery: Bakery, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.actions.catch_up.PORTION", portion)
    desk, runs = bakery.desk, 0
    while behind(desk, NextFinder()).steps:
        made: list[Behind] = []
        again(desk, NextFinder(), done=made.append, stop=lambda made=made: bool(made))
        runs += 1
        assert runs < 20
    in_steps = found(desk)
    with desk.records.writing(desk.account, EVER) as shelf:
        shelf.readings.mark([n.id for n in shelf.notes.all()], "")
    again(desk, NextFinder())
    assert found(desk) == in_steps
    assert runs == {1: 9, 2: 6, 16: 4}[portion]


def test_a_step_that_fails_while_it_is_written_keeps_nothing_of_itself(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.records.readings import SqlReadings

    before = found(bakery.desk)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(SqlReadings, "mark", fail)
        with pytest.raises(ZeroDivisionError):
            again(bakery.desk, NextFinder())
    assert found(bakery.desk) == before
    assert behind(bakery.desk, NextFinder()) == Behind(notes=6, people=3)


def test_promises_wait_until_all_notes_of_their_person_were_read_again(bakery: Bakery) -> None:
    desk = bakery.desk
    means = (desk.records, desk.account, NextFinder(), desk.search_notes)
    assert find_promises_again(*means) == Behind(people=1)
    assert behind(desk, NextFinder()).people == 2
    assert read_notes_again(*means) == Behind(notes=6)
    assert behind(desk, NextFinder()).people == 3, "lists may have changed what may be read"


def test_a_note_that_is_edited_or_deleted_meanwhile_is_left_to_whoever_did_it(bakery: Bakery) -> None:
    desk = bakery.desk
    rye = next(n for n in desk.person("nadia").notes() if "rye loaves" in n.text)
    seconds = next(n for n in desk.person("nadia").notes() if "seconds" in n.text)

    def meanwhile() -> None:
        desk.edit_note(rye.id, text='She said: "I love teaching the trainees."')
        desk.delete_note(seconds.id)

    again(desk, NextFinder(meanwhile))
    nadia = desk.person("nadia")
    assert desk.note(rye.id).revision == 2
    assert not desk.readable(rye.id).closed
    assert any("love teaching" in i.quote.text for i in nadia.evidence())
    assert not any("rye" in i.quote.text for i in nadia.evidence())
    assert seconds.id not in {i.note.id for i in nadia.evidence()}
    assert behind(desk, NextFinder()) == Behind()


def test_a_note_kept_while_promises_are_found_again_does_not_lose_its_own(bakery: Bakery) -> None:
    desk = bakery.desk

    class Slow(NextFinder):
        def promises(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Any:
            told = super().promises(person, manager, notes)
            if person.id == "jan2" and not any("flour" in p.what for p in desk.person("jan2").promises()):
                desk.person("jan2").add_note("I promised to order the flour by 20 June.", kind=NoteKind.ONE_ON_ONE)
            return told

    again(desk, Slow())
    assert any("flour" in p.what for p in desk.person("jan2").promises())


def test_reading_sees_one_state_while_it_goes_on(bakery: Bakery) -> None:
    desk = bakery.desk
    with desk.records.reading(desk.account, desk.today) as shelf:
        before = shelf.evidence.of("nadia")
        again(desk, NextFinder())
        assert shelf.evidence.of("nadia") == before
    assert desk.person("nadia").evidence() != before


def test_a_note_of_a_later_day_is_read_as_well(bakery: Bakery) -> None:
    later = replace(bakery.desk, today=date(2026, 7, 1))
    later.person("jan1").add_note('"I love the new oven," he said.', kind=NoteKind.ONE_ON_ONE)
    assert again(bakery.desk, NextFinder()).notes == 7
    assert {i.finder for i in later.person("jan1").evidence()} == {"offline@next"}


def test_notes_without_a_vector_of_todays_embedder_get_one(bakery: Bakery) -> None:
    desk = bakery.desk
    with desk.records.writing(desk.account, EVER) as shelf:
        stale = [replace(v, embedder="older@1") for v in shelf.vectors.of(None, desk.search_notes.fingerprint)]
        shelf.vectors.put(stale)
    assert desk.search("rye loaves", person="nadia").hits, "meanwhile it is found by its words"
    assert behind(desk, desk.finder) == Behind(vectors=6)
    assert embed_again(desk.records, desk.account, desk.finder, desk.search_notes) == Behind(vectors=6)
    with desk.records.reading(desk.account, EVER) as shelf:
        assert shelf.vectors.of(None, "older@1") == []
        assert len(shelf.vectors.of(None, desk.search_notes.fingerprint)) == 6


def test_nothing_of_another_account_is_touched(bakery: Bakery) -> None:
    before = found(bakery.desk)
    assert again(bakery.foreign, NextFinder()) == Behind()
    assert found(bakery.desk) == before
    assert behind(bakery.desk, NextFinder()).notes == 6
