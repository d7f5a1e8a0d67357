"""Forgotten means gone: canaries planted everywhere a person leaves words, looked for in every byte of the home."""

import ast
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.actions.erase import text_caches
from assistant.domain.account import AccountId
from assistant.domain.evidence import EvidenceState, Quote
from assistant.domain.meeting import MeetingState
from assistant.engines.llm.memory import Memory
from assistant.engines.offline.screen import is_sensitive
from assistant.errors import Unknown
from knowledge.keeping.journal import NAME, read_marks
from tests.house import ANNA, Bakery, open_bakery
from tests.ui.canaries import CANARIES, DAY, PASSPHRASE, WHO, plant, said_about_others, the_rest, traces
from tests.ui.conftest import Flourish
from ui.web.trays import Trays
from ui.wiring import open_house
from ui.wiring_page import inbox


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


@pytest.fixture
def planted(bakery: Bakery, tmp_path: Path) -> Bakery:
    plant(bakery, tmp_path)
    return bakery


def test_every_canary_but_the_deleted_one_is_there_before(planted: Bakery) -> None:
    seen = {what for whats in traces(planted.house.settings.home).values() for what in whats}
    assert seen == CANARIES.keys() - {"deleted note"}


def test_after_forgetting_no_byte_is_left_and_the_others_are_as_they_were(planted: Bakery) -> None:
    before = the_rest(planted.desk)
    report = planted.desk.person(WHO).forget()
    assert traces(planted.house.settings.home) == {}
    assert the_rest(planted.desk) == before
    assert said_about_others(planted.desk) == ["people", "prep Nadia"]
    assert report.rows["note"] == 7
    assert report.searched[0] >= 3
    assert report.left == ()
    assert not report.unfinished
    with pytest.raises(Unknown):
        planted.desk.person(WHO)


def test_files_sent_to_the_page_and_left_unanswered_go_with_whoever_is_forgotten(planted: Bakery) -> None:
    settings = planted.house.settings
    text = "\n".join(note.text for note in planted.desk.person(WHO).notes())
    trays = Trays(inbox(settings))
    mine, others = trays.begin("s1", planted.desk.account), trays.begin("s1", AccountId("somebody"))
    mine.place_for("notes.md").write_text(text)
    others.place_for("notes.md").write_text("Of another manager.")
    assert planted.desk.person(WHO).forget(dry_run=True).sent == 0
    report = planted.desk.person(WHO).forget()
    assert (report.sent, report.left) == (1, ())
    assert traces(settings.home) == {}
    assert [path.parent for path in (settings.home / "tmp").rglob("notes.md")] == [others.folder]
    with pytest.raises(Unknown, match="no longer here"):
        trays.of("s1", planted.desk.account, mine.id)


def test_forgetting_reports_what_it_still_finds(planted: Bakery) -> None:
    kept = planted.house.settings.home / "my own copy.txt"
    text = "\n".join(note.text for note in planted.desk.person(WHO).notes())
    kept.write_bytes(text.encode("utf-16-le"))
    assert planted.desk.person(WHO).forget().left == ("my own copy.txt",)


def test_a_rehearsal_says_what_would_go_and_changes_nothing(planted: Bakery) -> None:
    files = {p: p.read_bytes() for p in planted.house.settings.home.rglob("*.jsonl")}
    before = planted.desk.export()
    report = planted.desk.person(WHO).forget(dry_run=True)
    assert report.dry_run
    assert (report.rows["plan"], report.rows["plan_state"], report.rows["pending"]) == (3, 1, 2)
    assert planted.desk.export() == before
    assert {p: p.read_bytes() for p in planted.house.settings.home.rglob("*.jsonl")} == files


def test_the_memory_of_this_process_forgets_too(planted: Bakery) -> None:
    from assistant.wording import sentences, stems

    assert len([*text_caches()]) > 5
    planted.desk.person(WHO).forget()
    assert sentences.cache_info().currsize == 0
    assert stems.cache_info().currsize == 0


def test_no_reply_of_a_model_and_no_sentence_that_was_screened_outlives_an_erasure(planted: Bakery) -> None:
    kept, half = Memory[str](), Memory[str]()
    assert [*kept.through("key", lambda: iter([CANARIES["note"]]))] == [CANARIES["note"]]
    begun = half.through("key", lambda: iter([CANARIES["note"], "and more"]))
    assert next(begun) == CANARIES["note"]
    assert not is_sensitive(f"She tuned the {CANARIES['note']}.")
    planted.desk.person(WHO).forget()
    assert is_sensitive.cache_info().currsize == 0
    assert [*begun] == ["and more"]
    assert [*kept.through("key", lambda: iter(["anew"]))] == ["anew"]
    assert [*half.through("key", lambda: iter(["anew"]))] == ["anew"]


def test_every_cache_of_words_stands_where_an_erasure_finds_it() -> None:
    root, seen = Path(__file__).parents[2], 0
    for path in (p for top in ("assistant", "knowledge", "ui") for p in (root / top).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for scope in ast.walk(tree):
            for thing in getattr(scope, "body", ()) if isinstance(getattr(scope, "body", ()), list) else ():
                marks = [ast.unparse(mark) for mark in getattr(thing, "decorator_list", ())]
                if any(mark.startswith(("lru_cache", "functools.lru_cache")) for mark in marks):
                    seen += 1
                    assert scope is tree, f"{path}: {thing.name} keeps words where no erasure reaches them"
    assert seen > 10


def test_a_process_beside_the_one_that_erased_forgets_as_well(planted: Bakery) -> None:
    from assistant.wording import sentences

    beside = open_house(planted.house.settings)
    planted.desk.person(WHO).forget()
    sentences("Something this process has read.")
    beside.desk(ANNA)
    assert sentences.cache_info().currsize == 0


def test_a_deleted_note_takes_its_words_out_of_plans_questions_and_promises(bakery: Bakery) -> None:
    desk = bakery.desk
    who = desk.person("nadia")
    note = who.add_note('She said: "I love polishing the Xylophonquartz, I could do it all day."', day=DAY)
    other = who.add_note("I promised to bring the Xylophonquartz polish by 30 June.", day=DAY)
    for item in (i for i in who.evidence() if i.note.id == note.id):
        desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    plan = who.draft_plan()
    with desk.records.writing(ANNA, desk.today) as shelf:
        told = Quote.of(note, "polishing the Xylophonquartz")
        thread = replace(plan.threads[0], sentence="From polishing the Xylophonquartz to glad guests.")
        link = replace(thread.passion, text="polishing the Xylophonquartz", quotes=(told,))
        threads = (replace(thread, passion=link), *plan.threads[1:])
        shelf.plans.add(replace(plan, version=2, threads=threads))
    who.asked(who.brief(six=True).questions.questions[0].id)
    desk.delete_note(other.id)
    desk.delete_note(note.id)
    assert "note" not in {w for found in traces(bakery.house.settings.home).values() for w in found}
    kept = who.plan()
    assert kept is not None
    assert kept.threads[0].sentence == ""
    assert note.id in kept.threads[0].passion.lost
    assert kept.threads[0].measure == plan.threads[0].measure


@pytest.mark.parametrize("older", [False, True])
def test_a_question_named_by_its_words_leaves_none_of_them_when_its_note_is_deleted(
    bakery: Bakery, older: bool
) -> None:
    desk = bakery.desk
    who = desk.person("nadia")
    note = who.add_note("The Xylophonquartz is polished.", day=DAY)
    words = "What do you like about the Xylophonquartz?"
    who.keep_meeting(date(2026, 6, 15), MeetingState.PLANNED, [words])
    id = who.asked(words).question_id
    if older:  # a home of an earlier day, whose ids were the words
        with closing(sqlite3.connect(bakery.house.settings.home / "flourish.db")) as rows, rows:
            rows.execute("UPDATE asked SET question_id = ?", (words,))
            rows.execute("UPDATE meeting_question SET question_id = ?", (words,))
        assert [e.question_id for e in who.ledger()] == [id]
        assert [q.question_id for m in who.meetings() for q in m.questions] == [id]
    desk.delete_note(note.id)
    assert traces(bakery.house.settings.home) == {}
    assert id in who.situation().resting
    assert [(q.question_id, q.text) for m in who.meetings() for q in m.questions] == [(id, "")]


def test_taking_an_import_back_leaves_no_byte_of_it(bakery: Bakery, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("date,person,text\n2026-05-20,Nadia Okoro,Tuned the Xylophonquartz.\n")
    done = bakery.desk.import_notes([tmp_path / "new.csv"])
    assert traces(bakery.house.settings.home)
    assert bakery.desk.undo_import(done.id) == 1
    assert traces(bakery.house.settings.home) == {}


def test_notes_about_others_that_name_somebody_are_told_and_stay(bakery: Bakery) -> None:
    desk = bakery.desk
    named = desk.person("nadia").add_note("Jan Sorel helped her with the rye. Sorel was quick.", day=DAY)
    report = desk.person("jan2").forget()
    assert report.named_in == (named.id,)
    assert not report.redacted
    assert desk.note(named.id).text == named.text


def test_with_mentions_the_name_is_blacked_out_and_every_quote_keeps_its_place(bakery: Bakery) -> None:
    desk = bakery.desk
    who = desk.person("nadia")
    named = who.add_note('Jan Sorel helped. She said: "I love the rye that Jan Sorel shaped."', day=DAY)
    desk.edit_note(named.id, text=f"{named.text} JAN SOREL agreed.")
    before = [(i.id, i.quote.span) for i in who.evidence()]
    report = desk.person("jan2").forget(with_mentions=True)
    assert report.redacted
    home = bakery.house.settings.home
    assert not any(b"sorel" in p.read_bytes().lower() for p in home.rglob("*") if p.is_file())
    assert desk.note(named.id).text.count("█" * len("Jan Sorel")) == 3
    assert [(i.id, i.quote.span) for i in who.evidence()] == before
    assert desk.search("rye", person="nadia").hits


def test_a_foreign_person_is_answered_like_a_missing_one(flourish: Flourish, team: Path) -> None:
    for words in (("forget", "PERSON", "--yes"), ("forget", "PERSON", "--dry-run"), ("export", "PERSON")):
        said = []
        for who in ("d03", "d99"):
            told = flourish(*(who if w == "PERSON" else w for w in words), "--as", "dm2", home=team)
            assert told.code == 1
            said.append((told.out, told.err.replace(who, "…")))
        assert said[0] == said[1]
    assert not [p for p in Path.cwd().glob("flourish-d03*")]


def test_the_name_must_be_typed(flourish: Flourish, team: Path) -> None:
    words = ("forget", "d03", "--as", "dm1")
    assert "nobody here to ask" in flourish(*words, home=team).err
    wrong = flourish(*words, home=team, stdin="Leticia\n", watched=True)
    assert wrong.code == 1
    assert "nothing was changed" in wrong.err
    right = flourish(*words, home=team, stdin="leticia  amaral\n", watched=True)
    assert right.code == 0
    assert "Leticia Amaral is forgotten: 18 notes" in right.out
    assert "5 notes about others name them: d01-14, d01-16, d02-01, d02-03, d02-14" in " ".join(right.out.split())
    assert flourish("prep", "d03", "--as", "dm1", home=team).code == 1


def test_it_says_how_many_sealed_backups_still_hold_somebody(
    flourish: Flourish, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE)
    assert flourish("backup", home=team).code == 0
    said = flourish("forget", "d03", "--as", "dm1", "--yes", "--json", home=team)
    assert said.json["sealed_backups"] == 1
    assert read_marks(team / "backups" / NAME) == read_marks(team / NAME) != []
    assert os.stat(team / NAME).st_mode & 0o77 == 0
