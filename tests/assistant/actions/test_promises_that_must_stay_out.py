"""A promise is as private as the passage it came from, and belongs to one person."""

from assistant.domain.note import AiUse, NoteKind
from assistant.domain.promise import PromiseState
from tests.house import Bakery

WORDS = "I promised to bring the zirconfetti ledger by 30 June."


def told(bakery: Bakery, person: str) -> str:
    desk = bakery.desk.person(person)
    return repr((desk.brief(six=True), desk.draft_plan(), desk.ask("What did I promise?"), desk.situation().promises))


def test_a_settled_promise_of_a_note_closed_since_is_told_nowhere(bakery: Bakery) -> None:
    desk = bakery.desk
    note = desk.person("nadia").add_note(WORDS, kind=NoteKind.ONE_ON_ONE)
    promise = next(p for p in desk.person("nadia").promises() if "zirconfetti" in p.what)
    desk.settle_promise(promise.id, PromiseState.DONE)
    desk.settle_promise(promise.id, PromiseState.OPEN)
    assert "zirconfetti" in told(bakery, "nadia")
    desk.edit_note(note.id, ai=AiUse.NEVER)
    assert "zirconfetti" not in told(bakery, "nadia")


def test_a_settled_promise_goes_with_its_words(bakery: Bakery) -> None:
    desk = bakery.desk
    note = desk.person("nadia").add_note(f"Quiet day. {WORDS}", kind=NoteKind.ONE_ON_ONE)
    promise = next(p for p in desk.person("nadia").promises() if "zirconfetti" in p.what)
    desk.settle_promise(promise.id, PromiseState.DONE)
    desk.settle_promise(promise.id, PromiseState.OPEN)
    desk.edit_note(note.id, text="Quiet day.")
    assert all("zirconfetti" not in p.what for p in desk.person("nadia").promises())


def test_a_note_deleted_from_one_persons_file_leaves_what_others_were_asked(bakery: Bakery) -> None:
    desk = bakery.desk
    gone = desk.person("nadia").add_note("The zeppelin order went out.")
    desk.person("jan1").add_note("He folded every zeppelin box himself.")
    desk.person("jan1").asked("How was the zeppelin week?")
    desk.delete_note(gone.id)
    assert [entry.text for entry in desk.person("jan1").ledger()] == ["How was the zeppelin week?"]


def test_a_settled_promise_told_in_two_notes_stays_when_one_of_them_moves(bakery: Bakery) -> None:
    desk = bakery.desk
    first = desk.person("nadia").add_note(WORDS, kind=NoteKind.ONE_ON_ONE)
    desk.person("nadia").add_note("The zirconfetti ledger I promised is still open; I will bring it by 30 June.")
    promise = next(p for p in desk.person("nadia").promises() if "zirconfetti" in p.what)
    assert len({q.note.id for q in promise.quotes}) == 2
    desk.settle_promise(promise.id, PromiseState.DONE)
    desk.settle_promise(promise.id, PromiseState.OPEN)
    desk.move_note(first.id, "jan1")
    for person in ("nadia", "jan1"):
        own = desk.person(person)
        assert all(q.note.person_id == own.person.id for p in own.promises() for q in p.quotes)
