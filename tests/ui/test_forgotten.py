"""Forgotten means gone: canaries planted everywhere a person leaves words, looked for in every byte of the home."""

import ast
import base64
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.actions.erase import text_caches
from assistant.actions.judge_suggestion import Asked
from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.evidence import EvidenceState, Quote
from assistant.domain.meeting import MeetingState
from assistant.domain.person import Person, PersonId
from assistant.domain.plan import PlanState
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.verdict import Decision, Scope
from assistant.engines.llm.memory import Memory
from assistant.engines.offline.screen import is_sensitive
from assistant.errors import Unknown
from knowledge.keeping.journal import NAME, read_marks
from tests.house import ANNA, Bakery, open_bakery
from tests.ui.conftest import Flourish
from ui.settings import Settings, sqlite_in
from ui.wiring import open_house

PASSPHRASE = "four words are enough"
WHO = PersonId("xq-zamboni-id")
CANARIES = {
    "name": "Quixotta Zambrowski",
    "alias": "Quizzabelle",
    "role": "Whirligigtuner",
    "customers": "Hotel Vuvuzelahof",
    "note": "Xylophonquartz",
    "edited away": "Jabberwonkel",
    "author": "Pumpernickelson",
    "note id": "note-krakatoast-1",
    "by-hand promise": "flumadiddlecake",
    "own words in a plan": "Collywobblestep",
    "debrief": "Taradiddlemeet",
    "answer": "Snollygosterpie",
    "file": "gobbledygookfile",
    "said": "Gobsmackerel",
    "umlaut": "Übermöhrenßaft",
    "deleted note": "Bumfuzzlement",
}
DAY = date(2026, 5, 4)
COACH = AccountId("coach")


def settings(home: Path) -> Settings:
    return Settings(home=home, database=sqlite_in(home), today=date(2026, 6, 15))


def traces(folder: Path) -> dict[str, list[str]]:
    """Which canary stands in which file: in three encodings, any case, and in base64 wherever it begins."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        lower = raw.lower()
        for what, word in CANARIES.items():
            plain = [form.encode(e) for form in (word, word.lower()) for e in ("utf-8", "utf-16-le", "utf-16-be")]
            coded = []
            for form in {word, word.lower()}:
                for lead in range(3):
                    told = base64.b64encode(b"\0" * lead + form.encode())
                    coded.append(told[-(-lead * 8 // 6) : len(told) - 4])  # without what depends on neighbours
            if any(form in raw or form in lower for form in plain) or any(
                len(form) > 8 and form in raw for form in coded
            ):
                found.setdefault(path.relative_to(folder).as_posix(), []).append(what)
    return found


def plant(bakery: Bakery, folder: Path) -> None:
    """A person who leaves words in every place there is, through the ordinary doors."""
    desk = bakery.desk
    bakery.house.records.accounts.add(Account(COACH, "Carla", frozenset({Role.COACH})))
    desk.add_person(
        Person(
            ANNA, WHO, CANARIES["name"], (CANARIES["alias"],), role=CANARIES["role"], customers=CANARIES["customers"]
        )
    )
    who = desk.person(WHO)
    note = who.add_note(
        f'She said: "I love the {CANARIES["note"]} and teaching it." I promised to bring {CANARIES["umlaut"]} '
        "by the end of June.", day=DAY, author=CANARIES["author"],
    )  # fmt: skip
    who.add_note(f'Again: "I love tuning the {CANARIES["note"]}, I could do it all day."', day=date(2026, 5, 11))
    old = who.add_note(f"The {CANARIES['edited away']} was late.", day=DAY)
    desk.edit_note(old.id, text="It was late.")
    case = folder / f"{CANARIES['file']}"
    case.mkdir()
    (case / "notes.jsonl").write_text(
        f'{{"id": "{CANARIES["note id"]}", "person": "{CANARIES["name"]}", "date": "2026-05-20", "text": '
        f'"Showed the apprentice how to tune a {CANARIES["note"]}; guests thanked her."}}\n'
    )
    desk.import_notes([case])
    for item in who.evidence()[:2]:
        desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    who.add_promise(f"bring a {CANARIES['by-hand promise']}", owner=Owner.ME)
    for promise in who.promises()[:1]:
        desk.settle_promise(promise.id, PromiseState.DONE)
    who.draft_plan()
    who.planning.reword("measure", f"A {CANARIES['own words in a plan']} every week.")
    who.planning.move_on(PlanState.AGREED)
    told = f'She said: "I love the {CANARIES["debrief"]}." I will bring her two of them by Friday.'
    assert desk.confirm(who.debriefing.take(told, day=date(2026, 6, 2)).pending.id)  # type: ignore[union-attr]
    assert who.debriefing.take(f"{told} Twice.", day=date(2026, 6, 3)).pending
    question = who.brief().questions.questions[0]
    copy = who.releasing.release(question.id, f"[person] loves the {CANARIES['note']}. What of it?")
    bench = bakery.house.bench(COACH)
    for scope in (Scope.THIS, Scope.EVERYWHERE):
        bench.decide(Asked(copy.id, Decision.APPROVE, f"The {CANARIES['note']} is theirs.", scope))
    who.asked(question.id, answer=f"The {CANARIES['answer']}.")
    desk.search(CANARIES["note"], person=WHO)
    who.ask(f"What about the {CANARIES['note']}?")
    talk = Conversation(desk)
    about_them = (f"What about the {CANARIES['note']}?", "draft a plan", "people", f"note the {CANARIES['said']} came")
    for message in (f"prep {CANARIES['alias'].lower()}", *about_them, "prep Nadia", f"How is {CANARIES['name']}?"):
        [*talk.say(message)]
    gone = who.add_note(f"A {CANARIES['deleted note']} happened.", day=DAY)
    desk.delete_note(gone.id)
    upload = bakery.house.settings.folder("tmp") / "upload.csv"
    upload.write_text(f"{CANARIES['name']},{note.text}")
    os.utime(upload, (0, 0))
    copy = bakery.house.settings.folder("backups") / "flourish-0001-20260101T000000Z.db"
    with closing(sqlite3.connect(bakery.house.settings.home / "flourish.db")) as source:
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


@pytest.fixture
def planted(bakery: Bakery, tmp_path: Path) -> Bakery:
    plant(bakery, tmp_path)
    return bakery


def the_rest(desk: Desk) -> object:
    """Everything on record about everybody else."""
    others = [row.person.id for row in desk.people() if row.person.id != WHO]
    with desk.records.reading(desk.account, date.max) as shelf:
        return {**shelf.archive.of(others).tables, "turn": ()}


def said_about_others(desk: Desk) -> list[str]:
    """Messages of conversations that are about everybody else."""
    return [turn.message for row in desk.conversations() for turn in desk.conversation(row.id)[1]]


def test_every_canary_but_the_deleted_one_is_there_before(planted: Bakery) -> None:
    seen = {what for whats in traces(planted.house.settings.home).values() for what in whats}
    assert seen == CANARIES.keys() - {"deleted note"}


def test_after_forgetting_no_byte_is_left_and_the_others_are_as_they_were(planted: Bakery) -> None:
    before = the_rest(planted.desk)
    report = planted.desk.person(WHO).forget()
    assert traces(planted.house.settings.home) == {}
    assert the_rest(planted.desk) == before
    assert said_about_others(planted.desk) == ["prep Nadia"]
    assert report.rows["note"] == 7
    assert report.searched[0] >= 3
    assert report.left == ()
    assert not report.unfinished
    with pytest.raises(Unknown):
        planted.desk.person(WHO)


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


def test_a_restored_backup_brings_nobody_back(planted: Bakery, tmp_path: Path) -> None:
    home = planted.house.settings.home
    done = planted.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    assert traces(tmp_path).keys() == {f"home/{n}" for n in traces(home)} | {
        name for name in traces(tmp_path) if name.startswith(CANARIES["file"])
    }, "the sealed file holds no canary to be read"
    note = planted.desk.person("nadia").notes()[0]
    planted.desk.person(WHO).forget()
    planted.desk.delete_note(note.id)
    rest = the_rest(planted.desk)
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(home / NAME, empty / NAME)
    again = open_house(settings(empty))
    report = again.office().restore(Path(done.file), PASSPHRASE)
    assert report.forgotten == 2
    assert traces(empty) == {}
    assert the_rest(again.desk(ANNA)) == rest


def test_a_restored_backup_brings_nobody_back_whom_an_undone_import_had_brought(bakery: Bakery, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("date,person,text\n2026-05-20,Wilma Quist,Tuned the oven.\n")
    brought = bakery.desk.import_notes([tmp_path / "new.csv"])
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    bakery.desk.undo_import(brought.id)
    left = {row.person.id for row in bakery.desk.people()}
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    report = again.office().restore(Path(done.file), PASSPHRASE)
    assert report.forgotten == 1
    assert report.up_to_date
    assert {row.person.id for row in again.desk(ANNA).people()} == left


def test_a_restored_backup_has_a_blacked_out_name_blacked_out_again(bakery: Bakery, tmp_path: Path) -> None:
    desk = bakery.desk
    named = desk.person("nadia").add_note("Jan Sorel helped her with the rye.", day=DAY)
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    desk.person("jan2").forget(with_mentions=True)
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 1
    assert again.desk(ANNA).note(named.id).text == desk.note(named.id).text == "█████████ helped her with the rye."
    assert not any(b"sorel" in p.read_bytes().lower() for p in empty.rglob("*") if p.is_file())


def test_who_was_forgotten_and_is_added_again_is_in_later_backups(planted: Bakery, tmp_path: Path) -> None:
    planted.desk.person(WHO).forget()
    planted.desk.add_person(Person(ANNA, WHO, "Somebody Else"))
    done = planted.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    shutil.copytree(planted.house.settings.home, tmp_path / "moved")
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(planted.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 0
    assert again.desk(ANNA).person(WHO).person.name == "Somebody Else"


STEPS = {
    "the journal is written": "knowledge.keeping.journal.Journal.begin",
    "the rows are gone, nothing is committed": "knowledge.records.people.SqlPeople.remove",
    "the rows are committed": "assistant.actions.forget_person.forget_person.after write",
    "the index and the log are swept": "knowledge.records.records.SqlRecords.sweep",
    "passing files are gone": "knowledge.keeping.eraser.clear",
}
CHILD = """
import importlib, os, signal
from datetime import date
from pathlib import Path
from ui.settings import Settings, sqlite_in
from ui.wiring import open_house

home, step = Path({home!r}), {step!r}
house = open_house(Settings(home=home, database=sqlite_in(home), today=date(2026, 6, 15)))
if step.endswith("after write"):
    import knowledge.keeping.eraser as eraser
    eraser.HomeEraser.finish = lambda self, erasure: os.kill(os.getpid(), signal.SIGKILL)
else:
    module, *names = step.rsplit(".", 2) if step.split(".")[-2][0].isupper() else step.rsplit(".", 1)
    place = importlib.import_module(module)
    for name in names[:-1]:
        place = getattr(place, name)
    real = getattr(place, names[-1])
    def killed(*given, **named):
        real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(place, names[-1], killed)
house.desk("anna").person({who!r}).forget()
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_next_start_finishes_it(planted: Bakery, step: str) -> None:
    home = planted.house.settings.home
    rest = the_rest(planted.desk)
    planted.house.records.close()
    code = CHILD.format(home=str(home), step=STEPS[step], who=str(WHO))
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    again = open_house(settings(home))
    assert traces(home) == {}
    assert the_rest(again.desk(ANNA)) == rest
    assert again.eraser.journal.unfinished() == []


def test_an_erasure_that_failed_is_not_carried_out_later(planted: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.records.people import SqlPeople

    def stop(self: SqlPeople, person_id: PersonId) -> None:
        raise Unknown("There is no person here.")

    with monkeypatch.context() as patched:
        patched.setattr(SqlPeople, "remove", stop)
        with pytest.raises(Unknown):
            planted.desk.person(WHO).forget()
    again = open_house(planted.house.settings)
    assert again.desk(ANNA).person(WHO).person.name == CANARIES["name"]


def test_a_reader_that_holds_the_old_state_leaves_it_unfinished_until_the_next_start(planted: Bakery) -> None:
    engine = planted.house.records.engine
    with engine.connect() as reader:
        reader.exec_driver_sql("PRAGMA busy_timeout=1")
        reader.exec_driver_sql("SELECT count(*) FROM note").scalar()
        with planted.house.records.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=1")
        report = planted.desk.person(WHO).forget()
    assert report.unfinished
    open_house(planted.house.settings)
    assert traces(planted.house.settings.home) == {}


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
