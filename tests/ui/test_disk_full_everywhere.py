"""Every command on a full disk: a sentence, the records as they were, and it works once there is room."""

import argparse
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.actions.judge_suggestion import Asked
from assistant.conversation import Conversation
from assistant.desk import OwnDesk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.own_card import CardKind
from assistant.domain.pending import Pending
from assistant.domain.pillar import Pillar
from assistant.domain.plan import PlanState
from assistant.domain.promise import Owner
from assistant.domain.verdict import Decision
from assistant.errors import HomeError
from knowledge.keeping import vault as vaults
from knowledge.records.notes import SqlNotes
from knowledge.records.pending import SqlPending
from tests.house import open_bakery
from tests.ui.conftest import Flourish, Said
from tests.ui.full_disk import Disk, disks, leave
from ui.cli import build_parser

PASSPHRASE = "four words are enough"
TOLD = 'I promised to bring her the oven list by Friday. She said: "I love teaching the apprentices."'
SEVERAL = {  # commands that do more than one thing
    "plan": ("draft", "show", "revise", "agree", "start", "close", "undo", "versions", "diff", "checkin", "export"),
    "chat": ("", "list", "show", "search", "delete"),
    "meeting": ("plan", "held", "skip", "list"),
    "import": ("", "undo", "list"),
}
Words = tuple[str, ...]
small = pytest.fixture(disks)


@dataclass(frozen=True)
class Shop:
    """A bakery after some weeks of use, on a disk of its own: the ids of what stands in it."""

    disk: Path
    note: str
    other: str
    brought: str
    evidence: str
    promise: str
    waiting: str
    confirmed: str
    dropped: str
    talk: str
    questions: Words
    copy: str
    verdict: str
    card: str

    @property
    def home(self) -> Path:
        return self.disk / "home"


@pytest.fixture
def shop(small: Disk, tmp_path: Path) -> Shop:
    disk = small(60_000)
    bakery = open_bakery(disk)
    desk, house = bakery.desk, bakery.house
    house.records.accounts.add(Account(AccountId("coach"), "Carla", frozenset({Role.COACH})))
    who = desk.person("nadia")
    for name in ("brought", "new"):
        (tmp_path / f"{name}.csv").write_text(f"date,person,text\n2026-05-20,Nadia Okoro,Tuned the {name} oven.\n")
    brought = desk.import_notes([tmp_path / "brought.csv"]).id
    who.draft_plan()
    who.planning.move_on(PlanState.AGREED)
    waiting, confirmed, dropped = (who.debriefing.take(TOLD, day=date(2026, 6, n)).pending for n in (1, 2, 5))
    assert waiting
    assert confirmed
    assert dropped
    desk.confirm(confirmed.id)
    questions = tuple(  # not of the notes that an undone import or debrief takes along
        str(q.id)
        for q in who.brief(six=True).questions.questions
        if all("brought" not in p.note.text and p.note.text != TOLD for p in q.quotes)
    )
    copy = who.releasing.release(questions[0])
    verdict = house.bench(AccountId("coach")).decide(Asked(copy.id, Decision.APPROVE, "Well put."))
    card = OwnDesk(desk).keep("Ask before you answer.", kind=CardKind.THOUGHT, pillar=Pillar.CONNECTION)
    talk = Conversation(desk)
    [*talk.say("prep Nadia")]
    notes = desk.person("jan1").notes()
    promise = who.add_promise("order the rye", owner=Owner.ME)
    private = next(note for note in who.notes() if "blood" in note.text)
    shop = Shop(
        disk, private.id, notes[0].id, brought, who.evidence()[0].id, promise.id, waiting.id, confirmed.id,
        dropped.id, talk.id, questions, copy.id, verdict.id, card.id,
    )  # fmt: skip
    house.records.close()
    return shop


def writes(shop: Shop, files: Path) -> dict[str, tuple[Words, str]]:
    """Every command that writes to the home, in an order in which all of them succeed, and what is typed into it."""
    found: dict[str, Words] = {
        "review release": ("review", "release", "nadia", shop.questions[2], "--yes"),
        "people add": ("people", "add", "Uma Berg", "--id", "uma"),
        "people edit": ("people", "edit", "nadia", "--every", "14"),
        "note add": ("note", "add", "nadia", "A word about the oven.", "--date", "2026-06-01"),
        "note edit": ("note", "edit", shop.note, "--text", "Other words about the rye."),
        "note move": ("note", "move", shop.other, "jan2"),
        "meeting plan": ("meeting", "nadia", "plan", "2026-06-20"),
        "meeting held": ("meeting", "nadia", "held", "2026-06-03"),
        "meeting skip": ("meeting", "nadia", "skip", "2026-06-20"),
        "import": ("import", str(files / "new.csv")),
        "import undo": ("import", "undo", shop.brought),
        "evidence confirm": ("evidence", "confirm", shop.evidence),
        "evidence adjust": ("evidence", "adjust", shop.evidence, "--topic", "talent"),
        "evidence reject": ("evidence", "reject", shop.evidence),
        "evidence reopen": ("evidence", "reopen", shop.evidence),
        "promise add": ("promise", "add", "nadia", "look at the rota", "--owner", "me"),
        "promise done": ("promise", "done", shop.promise),
        "promise drop": ("promise", "drop", shop.promise),
        "promise reopen": ("promise", "reopen", shop.promise),
        "asked": ("asked", "nadia", shop.questions[1], "--answer", "The guests."),
        "helpful": ("helpful", "nadia", shop.questions[1], "--no", "--instead", "Ask about the guests."),
        "library add": ("library", "add", "What would the oven say?", "--pillar", "growth"),
        "library drop": ("library", "drop", shop.card),
        "plan undo": ("plan", "nadia", "undo"),
        "plan agree": ("plan", "nadia", "agree"),
        "plan start": ("plan", "nadia", "start"),
        "plan close": ("plan", "nadia", "close"),
        "plan draft": ("plan", "nadia", "draft"),
        "plan revise": ("plan", "nadia", "revise", "measure", "--own", "A loaf a day."),
        "plan checkin": ("plan", "nadia", "checkin", "The list hangs by the oven."),
        "plan export": ("plan", "nadia", "export", "--to", str(shop.disk / "plan.md")),
        "debrief": ("debrief", "nadia", TOLD, "--day", "2026-06-04"),
        "pending confirm": ("pending", "confirm", shop.waiting),
        "pending undo": ("pending", "undo", shop.confirmed),
        "pending drop": ("pending", "drop", shop.dropped),
        "chat": ("chat", "--json", "--conversation", shop.talk),
        "chat delete": ("chat", "delete", shop.talk, "--yes"),
        "review approve": ("review", "approve", shop.copy, "--reason", "Good."),
        "review reword": ("review", "reword", shop.copy, "What of it?", "--reason", "Shorter."),
        "review retire": ("review", "retire", shop.copy, "--reason", "Too close."),
        "review rollback": ("review", "rollback", shop.verdict),
        "review withdraw": ("review", "withdraw", shop.copy),
        "account add": ("account", "add", "bo", "--name", "Bo Lind"),
        "account password": ("account", "password", "coach"),
        "account disable": ("account", "disable", "coach"),
        "account enable": ("account", "enable", "coach"),
        "backup": ("backup",),
        "restore": ("restore", str(files / "kept.age"), "--home", str(shop.disk / "again")),
        "export": ("export", "nadia", "--to", str(shop.disk / "out")),
        "note delete": ("note", "delete", shop.note, "--yes"),
        "people merge": ("people", "merge", "jan1", "jan2"),
        "forget": ("forget", "jan1", "--yes"),
    }
    typed = {"chat": '"note the rye came"\n', "account password": "seven quiet ovens hum\n"}
    return {name: (words, typed.get(name, "")) for name, words in found.items()}


READS = {
    "doctor": ("doctor",), "path": ("path",), "people list": ("people", "list"), "people check": ("people", "check"),
    "note list": ("note", "list", "nadia"), "meeting list": ("meeting", "nadia", "list"), "search": ("search", "oven"),
    "profile": ("profile", "nadia"), "evidence list": ("evidence", "list", "nadia"),
    "promise list": ("promise", "list", "nadia"), "prep": ("prep", "nadia"), "plan show": ("plan", "nadia", "show"),
    "plan versions": ("plan", "nadia", "versions"), "plan diff": ("plan", "nadia", "diff", "1", "1"),
    "pending list": ("pending", "list"), "chat list": ("chat", "list"), "chat search": ("chat", "search", "prep"),
    "review show": ("review", "show", "nadia"), "review list": ("review", "list"),
    "account list": ("account", "list"), "account log": ("account", "log"), "import list": ("import", "list"),
    "library find": ("library", "find", "praise"), "library own": ("library", "own"),
}  # fmt: skip
# These need an id, or read as their neighbours do; `demo`, `serve` and `eval` stand on their own and are told below.
ALIKE = {"note show", "chat show", "review prompts", "reindex", "demo", "serve", "eval"}


def commands(parser: argparse.ArgumentParser, *at: str) -> Iterator[str]:
    """Every command by its words, and by what it does where it does several things."""
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for name, each in inner[0].choices.items() if inner else ():
        yield from commands(each, *at, name)
    if not inner:
        yield from (f"{' '.join(at)} {what}".strip() for what in SEVERAL.get(at[0], ("",)))


def kept(home: Path) -> dict[str, list[str]]:
    """Every row; which imports were tried is told apart from what they brought."""
    with closing(sqlite3.connect(f"file:{home / 'flourish.db'}?mode=ro", uri=True)) as rows:
        tables = [row[0] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [name for name in tables if name != "import_entry" and not name.startswith("note_word")]
        return {name: sorted(map(repr, rows.execute(f'SELECT * FROM "{name}"'))) for name in names}


def fill(shop: Shop) -> Path:
    """No byte left, nor any in a log that earlier writes have made."""
    with closing(sqlite3.connect(shop.home / "flourish.db")) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return leave(shop.disk, 0)


@dataclass(frozen=True)
class At:
    """Runs commands in the shop as whoever may."""

    flourish: Flourish
    shop: Shop

    def __call__(self, name: str, words: Words, typed: str = "") -> Said:
        who = "coach" if name in ("review approve", "review reword", "review retire", "review rollback") else "anna"
        home = Path(words[words.index("--home") + 1]) if "--home" in words else self.shop.home
        return self.flourish(*words, "--as", who, "--today", "2026-06-15", home=home, stdin=typed)


@pytest.fixture
def at(flourish: Flourish, shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[At]:
    """Beside an idle server, which keeps the log's shared memory: without one, even opening a home takes some room."""
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE)
    for name in ("seal", "unseal"):  # slow on purpose
        monkeypatch.setattr(vaults, name, lambda content, *more: content)
    assert flourish("backup", "--to", str(tmp_path / "kept.age"), "--as", "anna", home=shop.home).code == 0
    with closing(sqlite3.connect(shop.home / "flourish.db")) as server:
        server.execute("SELECT count(*) FROM note").fetchone()
        yield At(flourish, shop)


def test_every_command_is_tried_on_a_full_disk() -> None:
    shop = Shop(*[Path(), *"-" * 9, ("-",) * 3, *"---"])  # type: ignore[arg-type]
    assert {*commands(build_parser())} == {*writes(shop, Path())} | READS.keys() | ALIKE


def test_what_writes_says_that_there_is_no_room_changes_nothing_and_works_when_there_is(
    at: At, shop: Shop, tmp_path: Path
) -> None:
    told = ("no room left", "No space left", "could not be written")
    for name, (words, typed) in writes(shop, tmp_path).items():
        before = kept(shop.home)
        filler = fill(shop)
        full = at(name, words, typed)
        assert kept(shop.home) == before, name
        said = json.loads(full.out)["error"]["message"] if name == "chat" else full.err
        assert full.code == (0 if name == "chat" else 1), name
        assert any(word in said for word in told), (name, said)
        leave(shop.disk, 40_000)
        narrow = at(name, words, typed)
        done = narrow.code == 0 and '"error"' not in narrow.out
        if not done:
            after = kept(shop.home)
            if name == "chat":  # the message may be kept, as one whose answer broke off
                before["turn"] = after["turn"] = []
            assert after == before, name
            assert any(word in narrow.err + narrow.out for word in told), name
        filler.unlink()
        if not done:
            room = at(name, words, typed)
            assert (room.code, '"error"' in room.out) == (0, False), (name, room)


def test_what_reads_reads_on_a_full_disk(at: At, shop: Shop) -> None:
    fill(shop)
    for name, words in READS.items():
        said = at(name, words)
        assert (said.code, said.err) == (int(name == "doctor"), ""), (name, said)
        assert ("!!  disk" in said.out) == (name == "doctor"), said.out
    asked = json.loads(at("chat", ("chat", "--json", "--person", "nadia"), '"What did I promise?"\n').out)
    assert "proofing baskets" in json.dumps(asked), "an answer is given though it cannot be kept"
    assert "could not be kept in the history. There is no room left" in asked["text"]


def test_a_debrief_whose_note_just_fitted_says_where_it_is_and_how_to_go_on(
    at: At, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = SqlPending.put

    def full(self: SqlPending, item: Pending) -> None:
        if item.draft.is_empty:  # that the note waits to be read is written with the note itself
            return put(self, item)
        raise HomeError("There is no room left for the records.", next="Free some space and try again.")

    with monkeypatch.context() as patched:
        patched.setattr(SqlPending, "put", full)
        said = at("debrief", ("debrief", "nadia", TOLD, "--day", "2026-06-06"))
    assert said.code == 1
    (go_on,) = re.findall(r"flourish (debrief nadia --note \w+)\.", said.err)
    assert go_on.split()[-1] in at("note list", ("note", "list", "nadia", "--json")).out
    assert at("debrief", tuple(go_on.split())).code == 0


def test_a_debrief_is_taken_back_whole_or_not_at_all(at: At, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: SqlNotes, note_ids: object) -> None:
        raise HomeError("There is no room left for the records.", next="Free some space and try again.")

    before = kept(shop.home)
    with monkeypatch.context() as patched:
        patched.setattr(SqlNotes, "remove", full)
        assert at("pending undo", ("pending", "undo", shop.confirmed)).code == 1
    assert kept(shop.home) == before
    assert at("pending undo", ("pending", "undo", shop.confirmed)).code == 0


def test_the_sample_team_without_room_is_a_sentence(flourish: Flourish, small: Disk) -> None:
    disk = small(1_000)
    (disk / "home").mkdir()
    leave(disk, 0)
    said = flourish("demo", "--no-serve", home=disk / "home")
    assert said.code == 1
    assert "No space left" in said.err
