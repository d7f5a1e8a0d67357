from datetime import date

import pytest

from assistant.domain.note import AiUse
from assistant.errors import Invalid, Refused, Unknown
from tests.house import Bakery


def test_an_edited_note_keeps_its_id_and_nothing_quotes_the_old_words(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    assert any("shaping the rye" in e.quote.text for e in desk.evidence())
    changed = bakery.desk.edit_note(note.id, text="She is learning the till now.")
    assert (changed.id, changed.revision) == (note.id, 2)
    assert not any("shaping the rye" in e.quote.text for e in desk.evidence())
    assert desk.promises() == ()
    assert [h.note.id for h in bakery.desk.search("learning the till", person="nadia").hits][0] == note.id


def test_a_note_closed_to_the_assistant_is_searchable_and_used_for_nothing(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    bakery.desk.edit_note(note.id, ai=AiUse.NEVER)
    assert note.id not in {e.note.id for e in desk.evidence()}
    assert note.id not in {q.note.id for p in desk.promises() for q in p.quotes}
    assert note.id in {h.note.id for h in bakery.desk.search("rye loaves", person="nadia").hits}


def test_a_moved_note_takes_its_evidence_and_promises_along(bakery: Bakery) -> None:
    note = next(n for n in bakery.desk.person("nadia").notes() if "rye loaves" in n.text)
    bakery.desk.move_note(note.id, "Jan Novak")
    assert note.id not in {n.id for n in bakery.desk.person("nadia").notes()}
    assert note.id not in {e.note.id for e in bakery.desk.person("nadia").evidence()}
    assert note.id in {q.note.id for p in bakery.desk.person("jan1").promises() for q in p.quotes}
    assert note.id in {h.note.id for h in bakery.desk.search("rye loaves", person="jan1").hits}
    with pytest.raises(Refused, match="already filed"):
        bakery.desk.move_note(note.id, "Jan Novak")


def test_a_deleted_note_leaves_nothing_behind(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    bakery.desk.delete_note(note.id)
    assert note.id not in {e.note.id for e in desk.evidence()}
    assert desk.promises() == ()
    assert note.id not in {h.note.id for h in bakery.desk.search("rye loaves", person="nadia").hits}
    with pytest.raises(Unknown):
        bakery.desk.note(note.id)


def test_a_note_of_tomorrow_is_refused(bakery: Bakery) -> None:
    with pytest.raises(Invalid, match="has not come yet"):
        bakery.desk.person("nadia").add_note("Will be fine.", day=date(2026, 6, 16))


def test_another_account_can_neither_read_nor_change_a_note(bakery: Bakery) -> None:
    note = bakery.desk.person("nadia").notes()[0]
    for attempt in (
        lambda: bakery.foreign.note(note.id),
        lambda: bakery.foreign.readable(note.id),
        lambda: bakery.foreign.edit_note(note.id, text="mine now"),
        lambda: bakery.foreign.delete_note(note.id),
    ):
        with pytest.raises(Unknown):
            attempt()
    assert bakery.foreign.people() == []
    assert bakery.desk.note(note.id) == note


def test_a_one_on_one_note_makes_a_held_meeting(bakery: Bakery) -> None:
    days = [m.day for m in bakery.desk.person("nadia").meetings()]
    assert days == [date(2026, 5, 4), date(2026, 6, 1)]
