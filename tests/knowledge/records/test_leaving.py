"""What is on record about somebody goes out as rows and comes back equal; hostile rows are refused in a sentence."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.domain.ask_ledger import Asked
from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import EvidenceState, Quote
from assistant.domain.exported import Exported
from assistant.domain.meeting import MeetingState
from assistant.domain.note import Mention, Span
from assistant.domain.promise import PromiseKind, PromiseState, Telling, TellingKind
from assistant.errors import ImportRefused, Unknown
from assistant.ports.records import ImportEntry, Records, Shelf
from knowledge.records.older import brought_up
from knowledge.records.records import SqlRecords
from knowledge.records.rows import ordered
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    OTHER,
    by_hand,
    day,
    evidence,
    fill,
    meeting,
    note,
    person,
    plan,
    promise,
    screening,
    seen,
    vector,
    written,
)

NOTED = note(import_id="i1")
NAMING = note("Dana helped Bo.", id="n2", about=BO, mentions=(Mention(DANA, Span(0, 4)),))


@pytest.fixture
def full(records: SqlRecords) -> SqlRecords:
    """Everything a shelf can hold about Dana, and a little about Bo."""
    fill(records, NOTED, NAMING)
    with written(records) as shelf:
        shelf.imports.add(ImportEntry("i1", clock(), "Dana Whitlock.csv", 1))
        shelf.notes.save(replace(NOTED, text=f"{NOTED.text} She said so.", revision=2))
        told = shelf.notes.get(NOTED.id)
        shelf.screenings.put([screening(told), screening(NAMING)])
        found = evidence(told)
        misled = replace(evidence(told, "night rota"), cue="PAS05")
        shelf.evidence.replace([told.id], [found, misled])
        shelf.evidence.judge(found.id, EvidenceState.CONFIRMED)
        shelf.evidence.judge(misled.id, EvidenceState.REJECTED)
        shelf.evidence.add(by_hand(evidence(told, "new nurses")))
        quote = Quote.of(told, "ask about the night rota")
        part = Telling(TellingKind.PARTLY, quote, done=8, whole=10)
        asked = replace(promise("pr-3", quote), kind=PromiseKind.REQUEST, told=(part,))
        shelf.promises.save(
            [promise("pr-1", quote, state=PromiseState.DONE, closed_by=quote), promise("pr-2", hand=True), asked]
        )
        shelf.meetings.save([meeting("m1", "2026-03-01", MeetingState.HELD, told), meeting("m2", "2026-07-01")])
        shelf.ledger.add(Asked(ME, DANA, "q1", "Who gains?", told.day, "The ward."))
        shelf.ledger.add(Asked(ME, DANA, "q2", "What next?", told.day, later=True))
        shelf.plans.add(plan(Quote.of(told, "new nurses")))
        shelf.vectors.put([vector(told)])
        line = DigestLine("Teaches the new nurses.", (Quote.of(told, "new nurses"),))
        shelf.digests.keep(Digest(ME, DANA, Period.around(told.day), "mark", (line,)))
    return records


def nouns(shelf: Shelf, who: Any = DANA) -> dict[str, Any]:
    """Every noun about somebody, without whose account it is and which import brought it."""
    notes = [replace(n, account_id=ME, import_id=None) for n in shelf.notes.of(who)]
    return {
        "person": replace(shelf.people.get(who), account_id=ME),
        "notes": notes,
        "words": shelf.erasing.texts_of(shelf.erasing.notes_of(who)),
        "evidence": [(i.id, i.quote.text, i.state, i.finder, i.witness, i.tense) for i in shelf.evidence.of(who)],
        "learnt": [(each.topic, each.cue, [i.id for i in each.rejected]) for each in shelf.evidence.learnt(who)],
        "promises": [
            (p.id, p.owner, p.what, p.made_on, p.due, p.state, p.by_hand, [q.text for q in p.quotes],
             p.closed_by and p.closed_by.text, p.kind, [(t.kind, t.quote.text, t.done, t.left) for t in p.told])
            for p in (*shelf.promises.of(who), *shelf.promises.asked_by(who))
        ],
        "meetings": [(m.id, m.day, m.state, m.note_ids) for m in shelf.meetings.of(who)],
        "asked": [replace(entry, account_id=ME) for entry in shelf.ledger.of(who)],
        "plans": [(p.version, p.state, p.unknown, p.review_on, p.origin, str(p.threads)[:0], p.changed)
                  for p in shelf.plans.versions(who)],
        "digests": [(d.period, d.mark, [(n.text, n.quotes[0].text) for n in d.lines]) for d in shelf.digests.of(who)],
    }  # fmt: skip


def exported(records: Records, *, whole: bool = False) -> Exported:
    with seen(records) as shelf:
        return shelf.archive.of([DANA, BO] if whole else [DANA], whole=whole)


def test_everything_about_somebody_comes_back_equal_elsewhere(full: SqlRecords) -> None:
    with written(full, owner=OTHER) as shelf:
        taken = shelf.archive.take(exported(full), "i9")
        shelf.screenings.put([screening(n) for n in shelf.notes.known(taken.notes)])
    with seen(full) as mine, seen(full, owner=OTHER) as theirs:
        before, after = nouns(mine), nouns(theirs)
        assert before == after
        assert all(before.values())
        assert list(theirs.words.match(["nurses"], [DANA], 5)) == ["n1"]
        assert {n.import_id for n in theirs.notes.of(DANA)} == {"i9"}
        assert [p.id for p in theirs.people.all()] == [DANA]


def test_with_everybody_the_links_between_them_come_too(full: SqlRecords) -> None:
    with written(full, owner=OTHER) as shelf:
        assert shelf.archive.take(exported(full, whole=True), "i9").left_out == 0
    with seen(full) as mine, seen(full, owner=OTHER) as theirs:
        assert nouns(mine, BO) == nouns(theirs, BO)
        assert theirs.notes.mentioning(DANA)[0].mentions == NAMING.mentions


def test_alone_a_link_to_somebody_who_stayed_behind_is_left_out(full: SqlRecords) -> None:
    with seen(full) as shelf:
        alone = shelf.archive.of([BO])
    with written(full, owner=OTHER) as shelf:
        assert shelf.archive.take(alone, "i9").left_out == 1
        assert shelf.notes.get(NAMING.id).mentions == ()


def test_every_table_with_people_in_it_is_in_an_export(full: SqlRecords) -> None:
    """A table that is added later must find its way to somebody, or be named here as what it is."""
    names = set(exported(full, whole=True).tables)
    derived = {"screening", "note_vector", "note_reading", "note_proposal", "person_reading"}
    assert {t.name for t in ordered()} - names == {"account", "credential", "sign_in", "meta", "import_entry", *derived}


def test_an_export_holds_no_other_account_and_is_put_over_nobody(full: SqlRecords) -> None:
    assert "account_id" not in str(exported(full).tables)
    with written(full) as shelf, pytest.raises(ImportRefused, match="on record here already"):
        shelf.archive.take(exported(full), "i9")


def with_row(found: Exported, table: str, **changes: Any) -> Exported:
    tables = copy.deepcopy(dict(found.tables))
    tables[table] = ({**tables[table][0], **changes}, *tables[table][1:])
    return replace(found, tables=tables)


HOSTILE = {
    "a table of nobody's": lambda e: replace(e, tables={**e.tables, "account": ({"id": "root"},)}),
    "somebody else's account": lambda e: with_row(e, "note", account_id="me"),
    "an unknown column": lambda e: with_row(e, "person", password="x"),
    "a number for a text": lambda e: with_row(e, "note", text=7),
    "a day that is none": lambda e: with_row(e, "note", day="tomorrow"),
    "NUL": lambda e: with_row(e, "note", text="a\x00b"),
    "half a character": lambda e: with_row(e, "note", text="\ud800"),
    "an empty note": lambda e: with_row(e, "note", text="  "),
    "a note without end": lambda e: with_row(e, "note", text="long " * 20_000),
    "a kind that does not exist": lambda e: with_row(e, "note", kind="exploit"),
    "a note of nobody": lambda e: with_row(e, "note", person_id="p9"),
    "a quote beyond its note": lambda e: with_row(e, "evidence", end=99_999),
    "evidence under a false id": lambda e: with_row(e, "evidence", id="e0"),
    "a plan of another shape": lambda e: with_row(e, "plan", body={"threads": 7}),
    "a plan with numbers for words": lambda e: with_row(
        e, "plan", body={**e.tables["plan"][0]["body"], "unknown": [7]}
    ),
    "a plan nested without end": lambda e: with_row(e, "plan", body=nested()),
    "aliases that are no names": lambda e: with_row(e, "person", aka=[7]),
    "a digest that quotes beyond its note": lambda e: with_row(
        e, "digest", body=[{"text": "Teaches.", "quotes": [["n1", 2, 0, 99_999]]}]
    ),
    "a digest of another shape": lambda e: with_row(e, "digest", body=[7]),
    "a digest of no quarter": lambda e: with_row(e, "digest", first="2026-02-03"),
    "a missing column": lambda e: replace(e, tables={**e.tables, "person": ({"id": "p1"},)}),
    "nobody": lambda e: replace(e, tables={}),
    "a list for a row": lambda e: replace(e, tables={**e.tables, "person": ([1],)}),
    "the same note twice": lambda e: replace(e, tables={**e.tables, "note": e.tables["note"] * 2}),
    "a false fingerprint": lambda e: with_row(e, "note", fingerprint="0" * 16),
    "a newer schema": lambda e: replace(e, revision="9999"),
}


def nested() -> Any:
    found: Any = "x"
    for _ in range(50):
        found = [found]
    return {"threads": [], "unknown": found, "origin": ["a"]}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_export_is_refused_in_a_sentence_and_nothing_is_kept(full: SqlRecords, what: str) -> None:
    from assistant.errors import Invalid

    bad = HOSTILE[what](exported(full))
    with pytest.raises((ImportRefused, Invalid)) as told, written(full, owner=OTHER) as shelf:
        shelf.archive.take(bad, "i9")
    assert told.value.next
    with seen(full, owner=OTHER) as shelf:
        assert shelf.people.all() == []


def test_rows_of_the_first_schema_are_brought_up_through_a_database_of_its_time() -> None:
    owner = {"id": "me", "name": "Me", "roles": [], "active": True}
    dana = {"account_id": "me", "id": "p1", "name": "Dana Whitlock", "aka": ["Dee"], "pronouns": "she", "role": "",
            "start": "2020-01-31", "customers": "", "cadence_days": None, "import_id": None}  # fmt: skip
    found = brought_up("0001", {"account": 1, "person": 1}, {"account": [owner], "person": [dana]}, clock)
    (arrived,) = found["person"]
    assert {key: arrived[key] for key in dana} == dana


def test_forgetting_takes_the_names_of_files_along(full: SqlRecords) -> None:
    with written(full) as shelf:
        shelf.imports.add(ImportEntry("i2", clock(), "team.csv", 3))
        shelf.imports.add(ImportEntry("i3", clock(), "old Whitlock notes.txt", 0))
        shelf.erasing.forget(person())
    with seen(full) as shelf:
        assert {e.id: e.what for e in shelf.imports.all()} == {
            "i1": "files whose names are no longer kept",
            "i2": "team.csv",
            "i3": "files whose names are no longer kept",
        }
        assert [p.id for p in shelf.people.all()] == [BO]
        assert shelf.notes.get(NAMING.id).mentions == ()


def test_forgetting_somebody_of_another_account_is_unknown(full: SqlRecords) -> None:
    with pytest.raises(Unknown), written(full, owner=OTHER) as shelf:
        shelf.erasing.forget(person())
    with seen(full) as shelf:
        assert shelf.people.get(DANA).start == date(2020, 1, 31) == day("2020-01-31")


def test_blacking_out_reaches_revisions_and_leaves_spans_where_they_are(full: SqlRecords) -> None:
    with written(full) as shelf:
        shelf.notes.save(
            replace(shelf.notes.get(NAMING.id), text="Dana Whitlock helped. Dee too.", revision=2, mentions=())
        )
        shelf.erasing.black_out(person(), shelf.erasing.naming(person()))
    with seen(full) as shelf:
        assert shelf.notes.get(NAMING.id).text == "█████████████ helped. ███ too."
        assert [*shelf.erasing.texts_of([NAMING.id])] == ["█████████████ helped. ███ too.", "████ helped Bo."]
        assert shelf.words.match(["Whitlock"], [BO], 5) == {}


YOUNG = person("p9", "Will Young")
APPRENTICES = note("Eva will mentor the young apprentices.", id="n7", about=BO)
NAMED = note("Will asked. WILL YOUNG and will young agreed; Young's idea.", id="n8", about=BO)
SIGNED = replace(note("The rota held.", id="n9", about=BO), author="Will Young (foreman)")


def test_a_name_that_is_an_ordinary_word_too_is_blacked_out_with_a_capital_only(full: SqlRecords) -> None:
    with written(full) as shelf:
        shelf.people.add(YOUNG)
        mention = Mention(YOUNG.id, Span(20, 25))
        assert APPRENTICES.text[20:25] == "young"
        shelf.notes.add([replace(APPRENTICES, mentions=(mention,)), NAMED])
        assert [*shelf.erasing.naming(YOUNG)] == [NAMED.id]
        shelf.erasing.black_out(YOUNG, [APPRENTICES.id, NAMED.id])
    with seen(full) as shelf:
        assert shelf.notes.get(APPRENTICES.id).text == APPRENTICES.text
        assert shelf.notes.get(NAMED.id).text == "████ asked. ██████████ and ██████████ agreed; █████'s idea."


def test_an_alias_is_found_as_it_is_kept(full: SqlRecords) -> None:
    who = replace(YOUNG, aka=("wy",))
    with written(full) as shelf:
        shelf.people.add(who)
        shelf.notes.add([note("wy and Wy came; so did why.", id="n8", about=BO)])
        shelf.erasing.black_out(who, shelf.erasing.naming(who))
    with seen(full) as shelf:
        assert shelf.notes.get(NAMED.id).text == "██ and ██ came; so did why."


def test_a_note_that_somebody_wrote_about_another_names_them_and_their_name_goes(full: SqlRecords) -> None:
    with written(full) as shelf:
        shelf.people.add(YOUNG)
        shelf.notes.add([SIGNED, replace(SIGNED, id=NAMED.id, text="Held again.", author="Will")])
        assert [*shelf.erasing.naming(YOUNG)] == [NAMED.id, SIGNED.id]
        shelf.erasing.black_out(YOUNG, shelf.erasing.naming(YOUNG))
        assert [*shelf.erasing.naming(YOUNG)] == []
    with seen(full) as shelf:
        assert shelf.notes.get(SIGNED.id).author == "██████████ (foreman)"
        assert shelf.notes.get(NAMED.id).author == "████"
        assert shelf.words.match(["foreman"], [BO], 5)
        assert not shelf.words.match(["young"], [BO], 5)
    with seen(full, owner=OTHER) as shelf:
        assert [*shelf.erasing.naming(YOUNG)] == []
