"""A note that looks filed under the wrong person carries no claim until the manager has said whose it is."""

from datetime import date

import pytest

from assistant.actions import set_aside
from assistant.actions.find_misfiled import find_misfiled
from assistant.desk import Desk
from assistant.domain.account import SOLO
from assistant.domain.evidence import EvidenceState, Facet
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns

DAY = date(2026, 4, 2)
SLIP = "Maja repaired the tower clock and its carillon for the museum within the hour, and it held. Escapement and all."


def with_namesake(desk: Desk) -> str:
    """A second Maja, who mends clocks, and a note of hers in the first one's file."""
    other = Person(SOLO, PersonId("p9"), "Maja Osei", (), Pronouns.SHE, "Clocks", customers="Museum carillon, tower")
    desk.add_person(other)
    osei = desk.person("Maja Osei")
    osei.add_note("Maja found the worn escapement of the carillon.", day=DAY, kind=NoteKind.OBSERVATION)
    slip = desk.person("Maja Lindt").add_note(SLIP, day=DAY, kind=NoteKind.OBSERVATION)
    return str(slip.id)


def test_it_carries_no_claim_and_the_profile_says_so(desk: Desk) -> None:
    slip = with_namesake(desk)
    lindt = desk.person("Maja Lindt")
    assert [str(m.note.id) for m in desk.misfiled()] == [slip]
    assert any(i.note.id == slip and i.counts for i in lindt.evidence())  # found, and yet not used
    for seen in (lindt.profile(), lindt.situation().profile):
        used = {i.note.id for facet in Facet for told in seen.view(facet).statements for i in told.evidence}
        assert slip not in used
        assert any("2 April seems to be about Maja Osei" in gap for gap in seen.gaps)
    assert slip not in {r.note.id for r in lindt.situation().recent}
    assert slip not in {q.note.id for line in lindt.brief().new for q in line.quotes}


def test_once_moved_it_speaks_for_its_owner(desk: Desk) -> None:
    slip = with_namesake(desk)
    desk.move_note(slip, "Maja Osei")
    used = {i.note.id for told in desk.person("Maja Osei").profile().talent.statements for i in told.evidence}
    assert slip in used
    assert not any("seems to be about" in gap for gap in desk.person("Maja Lindt").profile().gaps)


def test_a_passage_confirmed_by_the_manager_says_that_it_is_in_its_place(desk: Desk) -> None:
    slip = with_namesake(desk)
    lindt = desk.person("Maja Lindt")
    item = next(i for i in lindt.evidence() if i.note.id == slip and i.topic.facet is Facet.TALENT)
    desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    used = {i.note.id for told in lindt.profile().talent.statements for i in told.evidence}
    assert slip in used


def test_it_is_looked_for_once_as_long_as_nothing_changes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slip = with_namesake(desk)
    set_aside._found.cache_clear()
    looked: list[object] = []
    monkeypatch.setattr(set_aside, "find_misfiled", lambda *told: (looked.append(told), find_misfiled(*told))[1])
    lindt = desk.person("Maja Lindt")
    for _ in range(2):
        assert slip not in {r.note.id for r in lindt.situation().recent}
        assert len(looked) == 1
    desk.edit_note(slip, text="Maja told the class how sums are carried, on the board.")
    assert slip in {r.note.id for r in lindt.situation().recent}
    desk.edit_note(slip, text=SLIP)
    assert slip not in {r.note.id for r in lindt.situation().recent}
