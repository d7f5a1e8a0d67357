"""Words planted everywhere a person leaves words, and a look for them in every byte of a folder."""

import base64
import hashlib
import json
import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.actions.judge_suggestion import Asked
from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import EvidenceState, Quote, Topic
from assistant.domain.meeting import MeetingState
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.verdict import Decision, Scope
from tests.house import ANNA, Bakery
from ui.settings import Settings, sqlite_in

PASSPHRASE = "four words are enough"
WHO = PersonId("xq-zamboni-id")
CANARIES = {
    "person id": WHO,
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
    "should have said": "Lollygagglewhim",
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
    """Which canary stands in which file: in three encodings, escaped, any case, and in base64 wherever it begins."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:  # a database server deletes what it needs no longer
            continue
        if told := _standing_in(raw.replace(bytes(8192), bytes(64))):  # of an empty page a stretch is enough
            found[path.relative_to(folder).as_posix()] = told
    return found


_seen: dict[bytes, list[str]] = {}  # a server has a thousand files that stay as they are from one look to the next


def _standing_in(raw: bytes) -> list[str]:
    """The canaries in some bytes; the same bytes are looked through once."""
    key = hashlib.sha256(raw).digest()
    if key not in _seen:
        lower = raw.lower()
        _seen[key] = [
            what for what, (plain, coded) in _FORMS.items()
            if any(form in lower for form in plain) or any(form in raw for form in coded)
        ]  # fmt: skip
    return [*_seen[key]]


def _forms(word: str) -> tuple[set[bytes], set[bytes]]:
    """How a word may stand in a file: the plain forms in small letters, and those in base64."""
    plain = {form.encode(e) for form in (word, word.lower()) for e in ("utf-8", "utf-16-le", "utf-16-be")}
    plain |= {json.dumps(form)[1:-1].encode() for form in (word, word.lower())}
    coded = set()
    for form in {word, word.lower()}:
        for lead in range(3):
            told = base64.b64encode(b"\0" * lead + form.encode())
            coded.add(told[-(-lead * 8 // 6) : len(told) - 4])  # without what depends on neighbours
    return {form.lower() for form in plain}, {form for form in coded if len(form) > 8}


_FORMS = {what: _forms(word) for what, word in CANARIES.items()}


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
    desk.adjust_evidence(who.evidence()[0].id, topic=Topic.TALENT, words=CANARIES["note"])
    who.add_promise(f"bring a {CANARIES['by-hand promise']}", owner=Owner.ME)
    for promise in who.promises()[:1]:
        desk.settle_promise(promise.id, PromiseState.DONE)
    who.draft_plan()
    who.planning.reword("measure", f"A {CANARIES['own words in a plan']} every week.")
    who.planning.move_on(PlanState.AGREED)
    told = f'She said: "I love the {CANARIES["debrief"]}." I promised to send the {CANARIES["debrief"]} list by Friday.'
    assert desk.confirm(who.debriefing.take(told, day=date(2026, 6, 2)).pending.id)  # type: ignore[union-attr]
    assert who.debriefing.take(f"{told} Twice.", day=date(2026, 6, 3)).pending
    question = who.brief().questions.questions[0]
    copy = who.releasing.release(question.id, f"[person] loves the {CANARIES['note']}. What of it?")
    bench = bakery.house.bench(COACH)
    for scope in (Scope.THIS, Scope.EVERYWHERE):
        bench.decide(Asked(copy.id, Decision.APPROVE, f"The {CANARIES['note']} is theirs.", scope))
    bench.decide(Asked(copy.id, Decision.REWORD, "Too close.", Scope.PILLAR, f"What of the {CANARIES['note']} pays?"))
    other = f"What would the {CANARIES['note']} need?"
    who.rate(other, helpful=False, instead=f"Ask after the {CANARIES['should have said'].lower()}.")
    who.releasing.release(other)
    who.asked(question.id, answer=f"The {CANARIES['answer']}.")
    who.asked(f"Who else knows the {CANARIES['note']}?")
    who.keep_meeting(desk.today, MeetingState.PLANNED, [f"Who else tunes a {CANARIES['note']}?"])
    desk.search(CANARIES["note"], person=WHO)
    who.ask(f"What about the {CANARIES['note']}?")
    talk = Conversation(desk)
    about_them = (f"What about the {CANARIES['note']}?", "draft a plan", "people", f"note the {CANARIES['said']} came")
    for message in (f"prep {CANARIES['alias'].lower()}", *about_them, "prep Nadia", f"How is {CANARIES['name']}?"):
        [*talk.say(message)]
    kept = Conversation(desk)
    [*kept.say("people")]
    desk.rename_conversation(kept.id, f"About {CANARIES['name']}")
    gone = who.add_note(f"A {CANARIES['deleted note']} happened.", day=DAY)
    desk.delete_note(gone.id)
    derived_by_hand(desk, next(n for n in who.notes() if CANARIES["note"] in n.text))
    upload = bakery.house.settings.folder("tmp") / "upload.csv"
    upload.write_text(f"{CANARIES['name']},{note.text}")
    os.utime(upload, (0, 0))
    copy_of_an_upgrade(bakery)


def plant_notes(bakery: Bakery) -> tuple[NoteId, NoteId]:
    """A note whose words go through every door there is, and one of another hand; their person keeps much else."""
    desk = bakery.desk
    bakery.house.records.accounts.add(Account(COACH, "Carla", frozenset({Role.COACH})))
    who, word = desk.person("nadia"), CANARIES["note"]
    note = who.add_note(f"The {CANARIES['edited away']} was late.", day=DAY)
    signed = who.add_note("She was seen at the ovens.", day=DAY, author=CANARIES["author"])
    said = f'She said: "I love polishing the {word}, I could do it all day."'
    desk.edit_note(note.id, text=f"{said} I promised to bring the {word} polish by 30 June.")
    for item in (i for i in who.evidence() if i.note.id == note.id):
        desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    (promise,) = (p for p in who.promises() if word in p.what)
    desk.settle_promise(promise.id, PromiseState.DONE)
    who.draft_plan()
    who.planning.reword("measure", f"One {word} a week.")
    question = who.brief(six=True).questions.questions[0]
    copy = who.releasing.release(question.id, f"[person] loves the {word}. What of it?")
    bench = bakery.house.bench(COACH)
    bench.decide(Asked(copy.id, Decision.APPROVE, f"The {word} is theirs.", Scope.EVERYWHERE))
    bench.decide(Asked(copy.id, Decision.REWORD, "Too close.", Scope.PILLAR, f"What of the {word} pays?"))
    who.asked(f"Who else polishes the {word}?", answer=f"Nobody polishes the {word}.")
    who.keep_meeting(desk.today, MeetingState.PLANNED, [f"Where does the {word} stand?"])
    who.rate(f"Which {word} is the oldest?", helpful=False, instead=f"Ask who polishes the {word}.")
    who.releasing.release(f"Which {word} is the oldest?", instead=f"Ask who polishes the {word.lower()}.")
    talk = Conversation(desk)
    for message in ("prep Nadia", f"What about the {word}?", "What does she love?", "draft a plan"):
        [*talk.say(message)]
    desk.rename_conversation(talk.id, f"The {word} talk")
    told = who.debriefing.take("She loves the rye. I promised to send her the list by Friday.", day=date(2026, 6, 2))
    assert told.pending
    who.debriefing.again(note.id)
    derived_by_hand(desk, desk.note(note.id))
    copy_of_an_upgrade(bakery)
    return note.id, signed.id


def derived_by_hand(desk: Desk, note: Note) -> None:
    """What a model would have made of a note, and what a manager confirmed of a plan."""
    quote = Quote.of(note, CANARIES["note"])
    with desk.records.writing(desk.account, desk.today) as shelf:
        line = DigestLine(f"They keep to the {CANARIES['note']}.", (quote,))
        shelf.digests.keep(Digest(desk.account, note.person_id, Period.around(note.day), "made by hand", (line,)))
        shelf.plans.note_check_ins(
            note.person_id, shelf.plans.versions(note.person_id)[-1].version,
            [CheckIn(1, Section.FIRST_STEP, Speaks.FOR, quote, by_hand=True)],
        )  # fmt: skip


def copy_of_an_upgrade(bakery: Bakery) -> None:
    """What an upgrade lays beside the records."""
    if bakery.house.records.engine.dialect.name != "sqlite":
        return
    copy = bakery.house.settings.folder("backups") / "flourish-0001-20260101T000000Z.db"
    with closing(sqlite3.connect(bakery.house.settings.home / "flourish.db")) as source:
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)


def the_rest(desk: Desk) -> object:
    """Everything on record about everybody else."""
    others = [row.person.id for row in desk.people() if row.person.id != WHO]
    with desk.records.reading(desk.account, date.max) as shelf:
        return {**shelf.archive.of(others).tables, "turn": ()}


def said_about_others(desk: Desk) -> list[str]:
    """Messages of conversations that are about everybody else."""
    return [turn.message for row in desk.conversations() for turn in desk.conversation(row.id)[1]]
