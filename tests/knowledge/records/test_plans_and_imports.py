"""A plan stands only on notes that still say so; an import can be taken back without taking what came after."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from assistant.domain.ask_ledger import Asked
from assistant.domain.evidence import Quote, Tier
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteId, Span
from assistant.domain.person import PersonId
from assistant.domain.plan import Link, Section, Step
from assistant.domain.promise import Owner
from assistant.errors import Invalid, Unknown
from assistant.ports.records import ImportEntry, Records, Shelf
from knowledge.records.records import SqlRecords
from knowledge.records.tables import plan as plan_table
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    TEXT,
    TODAY,
    day,
    fill,
    meeting,
    note,
    person,
    plan,
    promise,
    screening,
    seen,
    written,
)

NOTED = note()
QUOTES = (Quote.of(NOTED, "Loves teaching"), Quote.of(NOTED, "new nurses"))


def passion_of(shelf: Shelf) -> Link:
    newest = shelf.plans.newest(DANA)
    assert newest is not None
    return newest.threads[0].passion


def changed_in(shelf: Shelf) -> tuple[str, ...]:
    newest = shelf.plans.newest(DANA)
    assert newest is not None
    return newest.changed


def planned(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        shelf.plans.add(plan(*QUOTES))


def test_a_plan_comes_back_whole_with_every_version(records: Records) -> None:
    planned(records)
    second = plan(*QUOTES, version=2, drafted_on="2026-04-01")
    with written(records) as shelf:
        shelf.plans.add(second)
    with seen(records) as shelf:
        assert shelf.plans.versions(DANA) == [plan(*QUOTES), second]
        assert shelf.plans.newest(DANA) == second
        assert shelf.plans.newest(BO) is None


def test_on_an_earlier_day_the_earlier_version_is_the_newest(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.plans.add(plan(*QUOTES, version=2, drafted_on="2026-04-01"))
    with seen(records, "2026-03-31") as shelf:
        assert shelf.plans.newest(DANA) == plan(*QUOTES)
        assert len(shelf.plans.versions(DANA)) == 1
    with seen(records, "2026-03-01") as shelf:
        assert shelf.plans.newest(DANA) is None


def test_what_gets_in_the_way_keeps_its_passages_and_goes_with_them(records: Records) -> None:
    fill(records, NOTED)
    made = plan(*QUOTES)
    thread = replace(made.threads[0], obstacle="If “new nurses” come, wait.", grounds=((Section.OBSTACLE, QUOTES[1]),))
    cited = replace(made, threads=(thread,))
    with written(records) as shelf:
        shelf.plans.add(cited)
    with seen(records) as shelf:
        assert shelf.plans.newest(DANA) == cited
    with written(records) as shelf:
        shelf.notes.save(replace(NOTED, text="Loves teaching.", revision=2))
    with seen(records) as shelf:
        newest = shelf.plans.newest(DANA)
        assert newest is not None
        assert (newest.threads[0].obstacle, newest.threads[0].grounds) == ("", ())


def test_later_steps_come_back_whole_and_name_nobody_once_their_note_is_gone(records: SqlRecords) -> None:
    told = note("Bo Kranz asked her for the list of doses.", id="n2")
    fill(records, NOTED, told)
    made = plan(*QUOTES)
    second = Step("If it helps, ask Bo Kranz", Owner.THEM, day("2026-04-01"), (Quote.of(told, "Bo Kranz"),), "Bo Kranz")
    third = Step("If not, ask the ward", Owner.ME, day("2026-05-01"))
    going_on = replace(made, threads=(replace(made.threads[0], then=(second, third), own_words=(Section.THIRD_STEP,)),))
    with written(records) as shelf:
        shelf.plans.add(going_on)
    with seen(records) as shelf:
        assert shelf.plans.newest(DANA) == going_on
    with written(records) as shelf:
        shelf.notes.remove([told.id])
    with seen(records) as shelf:
        newest = shelf.plans.newest(DANA)
        assert newest is not None
        left = newest.threads[0].then
        assert (left[0].who, left[0].quotes, left[1]) == ("", (), third)
        assert "Bo" not in left[0].text
    with records.engine.connect() as connection:
        assert "Bo Kranz" not in json.dumps(connection.execute(select(plan_table.c.body)).scalar_one())


def test_a_version_is_written_once(records: Records) -> None:
    planned(records)
    with pytest.raises(Invalid, match="already a version 1"), written(records) as shelf:
        shelf.plans.add(plan())


def test_after_an_edit_the_quotes_whose_words_stand_are_kept_and_the_note_is_named(records: Records) -> None:
    planned(records)
    edited = replace(NOTED, text=TEXT.replace("Loves teaching the", "Now and then she teaches"), revision=2)
    with written(records) as shelf:
        shelf.notes.save(edited)
    with seen(records) as shelf:
        assert passion_of(shelf).quotes == (Quote.of(edited, "new nurses"),)
        assert passion_of(shelf).tier is Tier.OBSERVATION
        assert changed_in(shelf) == ("n1",)


@pytest.mark.parametrize("how", ["edited", "removed", "moved", "kept from the assistant"])
def test_without_its_words_a_claim_becomes_a_suggestion_to_ask_about(records: Records, how: str) -> None:
    planned(records)
    with written(records) as shelf:
        if how == "removed":
            shelf.notes.remove([NOTED.id])
        elif how == "edited":
            shelf.notes.save(replace(NOTED, text="Something else.", revision=2))
        elif how == "moved":
            shelf.notes.save(replace(NOTED, person_id=BO, revision=2))
        else:
            shelf.notes.save(replace(NOTED, ai=AiUse.NEVER, revision=2))
    with seen(records) as shelf:
        link = passion_of(shelf)
        assert (link.text, link.quotes, link.tier, link.is_gap) == ("", (), Tier.SUGGESTION, True)
        assert (link.question.endswith("?"), link.lost) == (True, ("n1",))
        assert changed_in(shelf) == ("n1",)
        newest = shelf.plans.newest(DANA)
        assert newest is not None
        assert newest.threads[0].first_step.quotes == ()
        assert "Sit in on one class" not in newest.threads[0].first_step.text
        assert newest.threads[0].sentence == ""


def test_quotes_survive_several_edits_elsewhere_in_the_note(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        for revision in (2, 3, 4):
            shelf.notes.save(replace(NOTED, text="Well. " * revision + TEXT, revision=revision))
    with seen(records) as shelf:
        assert [q.text for q in passion_of(shelf).quotes] == ["Loves teaching", "new nurses"]


def test_a_link_that_keeps_a_quote_says_what_is_left_when_its_words_came_from_another(records: Records) -> None:
    second = note("She says the ward misses her on Mondays.", id="n2")
    fill(records, NOTED, second)
    left = Quote.of(second, "the ward misses her")
    with written(records) as shelf:
        shelf.plans.add(plan(Quote.of(NOTED, "Loves teaching"), left))
        shelf.notes.remove([NOTED.id])
    with seen(records) as shelf:
        assert (passion_of(shelf).text, passion_of(shelf).quotes) == ("“the ward misses her”", (left,))
        assert passion_of(shelf).lost == ("n1",)


def test_the_words_of_a_removed_note_go_out_of_every_version_of_a_plan(records: Records) -> None:
    fill(records, NOTED)
    gone, other = "“the night rota”", "“something else”"
    with written(records) as shelf:
        for version, quotes in ((1, QUOTES), (2, ())):
            drafted = plan(*quotes, version=version)
            thread = replace(
                drafted.threads[0], obstacle=f"If {gone} comes up", watch_out=f"Mind {other}",
                measure="i promised to ask about the rota",
            )  # fmt: skip
            shelf.plans.add(replace(drafted, threads=(thread,), unknown=(f"Why {gone}?", "Who gains?")))
        shelf.notes.remove([NOTED.id])
    with seen(records) as shelf:
        first, second = shelf.plans.versions(DANA)
    for version in (first, second):
        thread = version.threads[0]
        assert (thread.obstacle, thread.measure, version.unknown) == ("", "", ("Who gains?",))
        assert thread.watch_out == f"Mind {other}"
    assert first.threads[0].passion.text == ""
    assert second.threads[0].first_step.text == "Sit in on one class"


def test_whoever_wrote_a_removed_note_goes_out_of_the_plan_too(records: Records) -> None:
    said = replace(note("They saved our fair.", id="n2"), author="Darla Voss (Orrin works)")
    fill(records, NOTED, said)
    with written(records) as shelf:
        drafted = plan(*QUOTES)
        goals = ("Find out from Darla Voss what made the difference.", "Find out from Dana, and from Kim, what helps.")
        threads = [replace(drafted.threads[0], goal=goal, watch_out="Mind something else") for goal in goals]
        shelf.plans.add(replace(drafted, threads=tuple(threads)))
        shelf.notes.remove([said.id])
    with seen(records) as shelf:
        newest = shelf.plans.newest(DANA)
    assert newest is not None
    assert [thread.goal for thread in newest.threads] == ["", goals[1]], "only whom nothing else on record names"
    assert {thread.watch_out for thread in newest.threads} == {"Mind something else"}


def test_the_words_of_a_removed_note_go_out_of_questions_that_repeat_them(records: Records) -> None:
    fill(records, NOTED)
    with written(records) as shelf:
        for key, text in (("q1", "You noted “Loves teaching”: what of it?"), ("q2", "Who gains?")):
            shelf.ledger.add(Asked(ME, DANA, key, text, TODAY))
        shelf.meetings.save([meeting().with_question("q1", "“Loves teaching”?").with_question("q2", "Who gains?")])
        shelf.notes.remove([NOTED.id])
    with seen(records) as shelf:
        assert [(e.question_id, e.text) for e in shelf.ledger.of(DANA)] == [("q1", ""), ("q2", "Who gains?")]
        assert [q.text for m in shelf.meetings.of(DANA) for q in m.questions] == ["", "Who gains?"]


def test_a_plan_does_not_quote_what_turned_out_to_be_private(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.screenings.put([screening(NOTED, Span(0, 5))])
    with seen(records) as shelf:
        assert [q.text for q in passion_of(shelf).quotes] == ["new nurses"]


def entry(id: str = "i1", at: str = "2026-06-01T08:00:00+00:00", notes: int = 1) -> ImportEntry:
    return ImportEntry(id, datetime.fromisoformat(at), "notes.csv", notes)


def imported(records: Records) -> None:
    """One import that brought Dana and two notes; Bo was there before."""
    with written(records) as shelf:
        shelf.people.add(person(BO, "Bo Kranz"))
    with written(records) as shelf:
        shelf.people.add(person())
        shelf.imports.add(entry(notes=2))
        shelf.notes.add(
            [note(id="n1", import_id="i1"), note(id="n2", about=BO, import_id="i1"), note(id="n3", about=BO)]
        )


def test_imports_are_listed_newest_first_with_their_moment_in_utc(records: Records) -> None:
    fill(records)
    east = timezone(timedelta(hours=5))
    late = ImportEntry("i2", datetime(2026, 6, 1, 14, 0, 0, 123456, tzinfo=east), "later.csv", 3, undone=True)
    with written(records) as shelf:
        shelf.imports.add(entry())
        shelf.imports.add(late)
    with seen(records) as shelf:
        assert shelf.imports.all() == [late, entry()]
        assert shelf.imports.all()[0].at.tzinfo is UTC
        assert shelf.imports.get("i1") == entry()
        with pytest.raises(Unknown):
            shelf.imports.get("i3")


def test_an_import_says_how_many_of_its_notes_have_come_in(records: Records) -> None:
    fill(records)
    with written(records) as shelf:
        shelf.imports.add(entry(notes=0))
        shelf.imports.grow("i1", 2)
        shelf.imports.grow("i1", 3)
    with seen(records) as shelf:
        assert shelf.imports.get("i1").notes == 5


def test_undoing_an_import_takes_its_notes_and_the_people_it_made(records: Records) -> None:
    imported(records)
    with written(records) as shelf:
        assert shelf.imports.undo("i1") == 2
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n3"]
        assert [p.id for p in shelf.people.all()] == [BO]
        assert shelf.imports.get("i1").undone
        assert shelf.words.match(["rota"], None, 9).keys() == {"n3"}


def test_undoing_twice_takes_nothing_more(records: Records) -> None:
    imported(records)
    with written(records) as shelf:
        shelf.imports.undo("i1")
        assert shelf.imports.undo("i1") == 0


def test_an_edited_note_stays_and_so_does_its_person(records: Records) -> None:
    imported(records)
    with written(records) as shelf:
        shelf.notes.save(replace(note(id="n1", import_id="i1"), text="Edited since.", revision=2))
        assert shelf.imports.undo("i1") == 1
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n1", "n3"]
        assert {p.id for p in shelf.people.all()} == {DANA, BO}


@pytest.mark.parametrize("left", ["note", "promise", "planned meeting", "question", "plan"])
def test_a_person_who_has_something_left_stays(records: Records, left: str) -> None:
    imported(records)
    with written(records) as shelf:
        match left:
            case "note":
                shelf.notes.add([note(id="own")])
            case "promise":
                shelf.promises.save([promise(hand=True)])
            case "planned meeting":
                shelf.meetings.save([meeting("m1", "2026-07-01", MeetingState.PLANNED)])
            case "question":
                shelf.ledger.add(Asked(ME, DANA, "q1", "Who gains?", TODAY))
            case _:
                shelf.plans.add(plan())
        shelf.imports.undo("i1")
    with seen(records) as shelf:
        assert DANA in {p.id for p in shelf.people.all()}


def test_what_was_only_derived_from_imported_notes_keeps_nobody(records: Records) -> None:
    imported(records)
    noted = note(id="n1", import_id="i1")
    with written(records) as shelf:
        shelf.meetings.save([meeting("m1", "2026-03-01", MeetingState.HELD, noted)])
        shelf.promises.replace_found(DANA, [promise("pr-found", Quote.of(noted, "night rota"))])
        shelf.imports.undo("i1")
    with seen(records) as shelf:
        assert [p.id for p in shelf.people.all()] == [BO]
        assert shelf.meetings.all() == []


def test_undoing_an_unknown_import_is_refused(records: Records) -> None:
    fill(records)
    with pytest.raises(Unknown), written(records) as shelf:
        shelf.imports.undo("i1")


def test_an_undo_reaches_notes_after_the_day_of_the_view(records: Records) -> None:
    fill(records)
    with written(records, "2026-01-01") as shelf:
        shelf.imports.add(entry())
        shelf.notes.add([note(import_id="i1")])
        assert shelf.imports.undo("i1") == 1
    with records.reading(ME, date.max) as shelf:
        assert shelf.notes.known([NoteId("n1")]) == []
        assert shelf.people.get(PersonId("p1")).start == day("2020-01-31")
