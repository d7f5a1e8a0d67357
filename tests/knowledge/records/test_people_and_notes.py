"""People and notes come back as they were put there, on both databases."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.domain.ask_ledger import Asked
from assistant.domain.note import AiUse, Mention, NoteId, Sharing, Span
from assistant.domain.person import PersonId
from assistant.domain.search import Window
from assistant.errors import Invalid, Refused, Unknown
from assistant.ports.records import Records, Shelf
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    OTHER,
    TEXT,
    day,
    evidence,
    fill,
    note,
    person,
    promise,
    screening,
    seen,
    vector,
    written,
)


def test_a_person_comes_back_with_every_detail(records: Records) -> None:
    with written(records) as shelf:
        shelf.people.add(person())
    with seen(records) as shelf:
        assert shelf.people.get(DANA) == person()


def test_people_are_listed_by_name_whatever_the_case(records: Records) -> None:
    with written(records) as shelf:
        for key, name in (("a", "zoe Abt"), ("b", "Adam Zeh"), ("c", "Çelik Öz"), ("d", "bo Kranz")):
            shelf.people.add(person(PersonId(key), name))
    with seen(records) as shelf:
        assert [p.name for p in shelf.people.all()] == ["Adam Zeh", "bo Kranz", "zoe Abt", "Çelik Öz"]


def test_changed_details_of_a_person_are_kept(records: Records) -> None:
    fill(records)
    changed = replace(person(), name="Dana Hale", aka=(), start=None, cadence_days=None)
    with written(records) as shelf:
        shelf.people.save(changed)
    with seen(records) as shelf:
        assert shelf.people.get(DANA) == changed


def test_a_taken_person_id_is_refused(records: Records) -> None:
    fill(records)
    with pytest.raises(Invalid, match="already a person"), written(records) as shelf:
        shelf.people.add(person(DANA, "Somebody Else"))


def test_saving_or_removing_somebody_unknown_is_refused(records: Records) -> None:
    with pytest.raises(Unknown), written(records) as shelf:
        shelf.people.save(person())
    with pytest.raises(Unknown), written(records) as shelf:
        shelf.people.remove(DANA)


def test_with_a_person_goes_everything_that_hangs_on_them(records: Records) -> None:
    noted = note()
    fill(records, noted, note("Bo helped Dana.", id="n2", about=BO, mentions=(Mention(DANA, Span(10, 14)),)))
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], [evidence(noted)])
        shelf.people.remove(DANA)
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n2"]
        assert shelf.notes.get(NoteId("n2")).mentions == ()
        assert shelf.words.match(["teaching"], None, 5) == {}


def test_a_note_comes_back_letter_for_letter(records: Records) -> None:
    whole = replace(
        note(
            "  Ünïcode 🙂 — “quoted”\r\n\ttabs\x01 and\u200bmore\n",
            mentions=(Mention(BO, Span(2, 5)), Mention(BO, Span(6, 8))),
        ),
        ai=AiUse.NEVER,
        sharing=Sharing.SHAREABLE,
        import_id="i1",
    )
    fill(records, whole)
    with seen(records) as shelf:
        assert shelf.notes.get(whole.id) == whole


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d emoji"])
@pytest.mark.parametrize(
    "write",
    [
        lambda s, text: s.notes.add([note(text)]),
        lambda s, text: s.people.add(person(PersonId("x"), text)),
        lambda s, text: s.people.save(replace(person(), aka=("Dee", text))),
        lambda s, text: s.promises.save([replace(promise(hand=True), what=text)]),
        lambda s, text: s.ledger.add(Asked(ME, DANA, "q1", "Why?", day("2026-01-01"), text)),
    ],
)
def test_words_that_not_every_database_can_keep_are_refused(
    records: Records, write: Callable[[Shelf, str], None], text: str
) -> None:
    fill(records)
    with pytest.raises(Invalid, match="cannot be kept"), written(records) as shelf:
        write(shelf, text)


def test_a_persons_notes_come_oldest_first_and_ids_break_ties(records: Records) -> None:
    notes = [
        note(id=i, on=d)
        for i, d in (("b", "2026-03-02"), ("C", "2026-03-02"), ("a", "2026-03-02"), ("z", "2026-01-01"))
    ]
    fill(records, *notes, note(id="bo", about=BO))
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.of(DANA)] == ["z", "C", "a", "b"]
        assert [n.id for n in shelf.notes.newest(DANA, 2)] == ["a", "b"]
        assert [n.id for n in shelf.notes.all()] == ["z", "bo", "C", "a", "b"]


def test_a_window_includes_both_its_days(records: Records) -> None:
    fill(records, *(note(id=f"n{i}", on=f"2026-03-0{i}") for i in range(1, 6)))
    with seen(records) as shelf:
        window = Window(day("2026-03-02"), day("2026-03-04"))
        assert [n.id for n in shelf.notes.of(DANA, window)] == ["n2", "n3", "n4"]
        assert [n.id for n in shelf.notes.all(Window(since=day("2026-03-04")))] == ["n4", "n5"]
        assert [n.id for n in shelf.notes.of(DANA, Window(until=day("2026-03-01")))] == ["n1"]


def test_counts_and_days_are_told_without_reading_notes(records: Records) -> None:
    fill(records, note(id="a", on="2026-01-05"), note(id="b", on="2026-02-05"), note(id="c", about=BO))
    with seen(records) as shelf:
        assert shelf.notes.count(DANA) == 2
        assert shelf.notes.counts() == {DANA: 2, BO: 1}
        assert shelf.notes.more_than(2)
        assert not shelf.notes.more_than(3)
        assert shelf.notes.days(DANA) == (day("2026-01-05"), day("2026-02-05"))
        assert shelf.notes.days(PersonId("nobody")) is None


def test_known_notes_come_in_the_order_asked_for_and_the_rest_are_left_out(records: Records) -> None:
    fill(records, *(note(id=f"n{i}") for i in range(5)))
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.known([NoteId(i) for i in ("n4", "gone", "n0", "x\x00")])] == ["n4", "n0"]
        assert shelf.notes.known([]) == []


def test_notes_that_mention_somebody_are_found_under_others_only(records: Records) -> None:
    named = (Mention(DANA, Span(0, 4)),)
    fill(
        records,
        *(note("Dana helped.", f"2026-03-0{i}", id=f"n{i}", about=BO, mentions=named) for i in range(1, 5)),
        note(id="own"),
    )
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.mentioning(DANA, 3)] == ["n2", "n3", "n4"]
        assert shelf.notes.mentioning(BO) == []
        assert shelf.notes.mentioning(DANA, 1)[0].mentions == named


def test_fingerprints_are_told_whatever_the_day(records: Records) -> None:
    later = note("Later.", "2030-01-01", id="late")
    fill(records, note(), later)
    with seen(records) as shelf:
        assert shelf.notes.fingerprints(DANA) == {note().fingerprint: "n1", later.fingerprint: "late"}


def test_a_taken_note_id_is_refused_and_nothing_of_the_batch_is_kept(records: Records) -> None:
    fill(records, note())
    with pytest.raises(Invalid, match="already a note"), written(records) as shelf:
        shelf.notes.add([note(id="new"), note("Other words.")])
    with pytest.raises(Invalid, match="already a note"), written(records) as shelf:
        shelf.notes.add([note(id="twice"), note(id="twice")])
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n1"]


def test_two_accounts_may_use_the_same_ids(records: Records) -> None:
    fill(records, note("Mine."))
    fill(records, note("Theirs.", owner=OTHER), owner=OTHER)
    with seen(records) as mine, seen(records, owner=OTHER) as theirs:
        assert (mine.notes.get(NoteId("n1")).text, theirs.notes.get(NoteId("n1")).text) == ("Mine.", "Theirs.")


def test_a_note_about_or_mentioning_somebody_unknown_is_refused(records: Records) -> None:
    fill(records)
    with pytest.raises(Unknown, match="no person ghost"), written(records) as shelf:
        shelf.notes.add([note(about=PersonId("ghost"))])
    with pytest.raises(Unknown, match="no person ghost"), written(records) as shelf:
        shelf.notes.add([note(mentions=(Mention(PersonId("ghost"), Span(0, 2)),))])


def test_an_edit_becomes_the_next_revision_and_old_derivations_go(records: Records) -> None:
    noted = note()
    fill(records, noted)
    with written(records) as shelf:
        shelf.screenings.put([screening(noted)])
        shelf.evidence.replace([noted.id], [evidence(noted)])
        shelf.vectors.put([vector(noted)])
        edited = replace(noted, text="Loves teaching no more.", revision=2)
        shelf.notes.save(edited)
    with seen(records) as shelf:
        assert shelf.notes.get(noted.id) == edited
        assert shelf.screenings.of([edited])[0].closed
        assert shelf.evidence.of(DANA) == []
        assert shelf.vectors.of([DANA], "mini@1") == []
        assert shelf.notes.fingerprints(DANA) == {edited.fingerprint: "n1"}
        assert (list(shelf.words.match(["rota"], None, 5)), list(shelf.words.match(["more"], None, 5))) == ([], ["n1"])


def test_the_second_of_two_edits_of_one_revision_is_refused(records: Records) -> None:
    fill(records, note())
    with written(records) as shelf:
        shelf.notes.save(replace(note(), text="First.", revision=2))
    with pytest.raises(Refused, match="changed meanwhile"), written(records) as shelf:
        shelf.notes.save(replace(note(), text="Second.", revision=2))
    with seen(records) as shelf:
        assert shelf.notes.get(NoteId("n1")).text == "First."


def test_a_moved_note_is_filed_and_found_under_its_new_person_only(records: Records) -> None:
    fill(records, note())
    with written(records) as shelf:
        shelf.notes.save(replace(note(), person_id=BO, revision=2))
    with seen(records) as shelf:
        assert (shelf.notes.count(DANA), shelf.notes.count(BO)) == (0, 1)
        assert (list(shelf.words.match(["rota"], [DANA], 5)), list(shelf.words.match(["rota"], [BO], 5))) == (
            [],
            ["n1"],
        )


def test_editing_an_unknown_note_is_refused(records: Records) -> None:
    fill(records)
    with pytest.raises(Unknown), written(records) as shelf:
        shelf.notes.save(replace(note(), revision=2))


def test_a_removed_note_is_gone_from_everywhere(records: Records) -> None:
    noted = note()
    fill(records, noted, note("Stays.", id="n2"))
    with written(records) as shelf:
        shelf.evidence.replace([noted.id], [evidence(noted)])
        shelf.vectors.put([vector(noted)])
        shelf.notes.remove([noted.id])
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.of(DANA)] == ["n2"]
        assert shelf.evidence.of(DANA) == []
        assert shelf.vectors.of(None, "mini@1") == []
        assert shelf.words.match(["teaching"], None, 5) == {}


def test_a_note_nobody_screened_is_closed(records: Records) -> None:
    fill(records, note())
    with seen(records) as shelf:
        readable = shelf.screenings.of(shelf.notes.all())[0]
    assert readable.closed
    assert not readable.allows(Span(0, 5))


def test_screenings_come_back_in_the_order_of_the_notes_and_replace_older_ones(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two)
    first = screening(one, Span(0, 5), Span(6, 9))
    with written(records) as shelf:
        shelf.screenings.put([screening(one, whole=True), screening(two)])
        shelf.screenings.put([first])
    with seen(records) as shelf:
        found = shelf.screenings.of([two, one])
    assert [r.note.id for r in found] == ["n2", "n1"]
    assert [r.screening for r in found] == [screening(two), first]


def test_what_is_left_out_is_told_newest_first(records: Records) -> None:
    notes = [note(TEXT, f"2026-03-0{i}", id=f"n{i}") for i in range(1, 6)]
    notes.append(note(TEXT, "2026-03-06", id="n6", ai=AiUse.NEVER))
    fill(records, *notes)
    with written(records) as shelf:
        open_, partly, wholly, unscreened = notes[0], notes[1], notes[2], notes[3]
        assert unscreened.id == "n4"
        shelf.screenings.put([screening(open_), screening(partly, Span(0, 5)), screening(wholly, whole=True)])
        shelf.screenings.put([screening(notes[4]), screening(notes[5])])
    with seen(records) as shelf:
        assert shelf.screenings.left_out(DANA) == ["n6", "n4", "n3", "n2"]
        assert shelf.screenings.left_out(BO) == []


def test_vectors_come_back_byte_for_byte_and_new_ones_replace_old_ones(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2", about=BO)
    fill(records, one, two)
    with written(records) as shelf:
        shelf.vectors.put([vector(one, "old@1"), vector(two)])
        shelf.vectors.put([vector(one, data=bytes(range(256)))])
    with seen(records) as shelf:
        assert shelf.vectors.of([DANA], "mini@1") == [vector(one, data=bytes(range(256)))]
        assert {v.note_id for v in shelf.vectors.of(None, "mini@1")} == {"n1", "n2"}
        assert [v.note_id for v in shelf.vectors.of([BO, PersonId("x")], "mini@1")] == ["n2"]
        assert shelf.vectors.of([], "mini@1") == []
        assert shelf.vectors.of(None, "old@1") == []


def test_notes_without_a_current_vector_are_pending(records: Records) -> None:
    one, two = note(id="n1"), note(id="n2")
    fill(records, one, two)
    with written(records) as shelf:
        shelf.vectors.put([vector(one)])
        assert [n.id for n in shelf.vectors.pending("mini@1")] == ["n2"]
        assert [n.id for n in shelf.vectors.pending("other@1")] == ["n1", "n2"]
        shelf.notes.save(replace(one, text="New words.", revision=2))
        assert [n.id for n in shelf.vectors.pending("mini@1")] == ["n1", "n2"]


def test_a_noun_of_another_account_cannot_be_put_on_a_shelf(records: Records) -> None:
    fill(records)
    with pytest.raises(Invalid, match="another account"), written(records) as shelf:
        shelf.notes.add([note(owner=OTHER)])
    with pytest.raises(Invalid, match="another account"), written(records) as shelf:
        shelf.people.add(person(PersonId("x"), owner=OTHER))
