"""Another account gets nothing, from any method there is; a foreign id reads exactly like one that is made up."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.account import AccountId
from assistant.domain.ask_ledger import Asked
from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.conversation import KeptTurn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import EvidenceState, Quote
from assistant.domain.meeting import MeetingState
from assistant.domain.note import Mention, NoteId, Span
from assistant.domain.opinion import Opinion
from assistant.domain.own_card import CardKind, OwnCard
from assistant.domain.pending import Pending, PendingState
from assistant.domain.pillar import Pillar
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import PromiseKind
from assistant.domain.released import Released
from assistant.domain.removed import RowChange
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from assistant.errors import Invalid, Unknown
from assistant.ports import records as ports
from assistant.ports.records import ImportEntry, Records, Shelf
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import DATABASES, Cluster, clock
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    OTHER,
    TODAY,
    account,
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

NOTED = note()
NAMING = note("Dana helped Bo.", id="n2", about=BO, mentions=(Mention(DANA, Span(0, 4)),))
ITEM = evidence(NOTED)
MISLED = replace(evidence(NOTED, "night rota"), cue="PAS05")
RELEASED = Released("r1", Subject(SubjectKind.QUESTION, "q1"), "What next?", "offline", NOTED.day)
MINE = promise("pr-mine", Quote.of(NOTED, "night rota"))
DIGESTED = DigestLine("In March Dana was teaching.", (Quote.of(NOTED, "teaching the new nurses"),))
CHECKED = CheckIn(1, Section.FIRST_STEP, Speaks.FOR, Quote.of(NOTED, "new nurses"))
WAITS = Pending(ME, "pd-0001", DANA, clock(), DebriefDraft(NOTED, (ITEM,)))
REFUSED = DebriefDraft(NAMING, (replace(ITEM, quote=Quote.of(NAMING, "helped Bo")),))
AGREED = replace(
    WAITS, id="pd-0002", person_id=BO, draft=DebriefDraft(NAMING), state=PendingState.CONFIRMED, left_out=REFUSED
)

# What each read method gives; the same calls are made for the owner, for somebody else, and before the notes' day.
READS: dict[str, Callable[[Shelf], Any]] = {
    "people.all": lambda s: s.people.all(),
    "people.get": lambda s: s.people.get(DANA),
    "notes.get": lambda s: s.notes.get(NOTED.id),
    "notes.known": lambda s: s.notes.known([NOTED.id]),
    "notes.of": lambda s: s.notes.of(DANA),
    "notes.newest": lambda s: s.notes.newest(DANA, 5),
    "notes.all": lambda s: s.notes.all(),
    "notes.count": lambda s: s.notes.count(DANA),
    "notes.counts": lambda s: s.notes.counts(),
    "notes.more_than": lambda s: s.notes.more_than(0),
    "notes.state": lambda s: s.notes.state(),
    "notes.days": lambda s: s.notes.days(DANA),
    "notes.mentioning": lambda s: s.notes.mentioning(DANA),
    "notes.revisions": lambda s: s.notes.revisions(NOTED.id),
    "notes.digest": lambda s: s.notes.digest(DANA),
    "notes.fingerprints": lambda s: s.notes.fingerprints(DANA),
    "screenings.of": lambda s: [r for r in s.screenings.of([NOTED]) if not r.closed],
    "screenings.left_out": lambda s: s.screenings.left_out(DANA),
    "evidence.of": lambda s: s.evidence.of(DANA),
    "evidence.get": lambda s: s.evidence.get(ITEM.id),
    "evidence.learnt": lambda s: s.evidence.learnt(DANA),
    "evidence.judged": lambda s: s.evidence.judged([NOTED.id]),
    "promises.of": lambda s: s.promises.of(DANA),
    "promises.asked_by": lambda s: s.promises.asked_by(DANA),
    "promises.open_counts": lambda s: s.promises.open_counts(),
    "promises.get": lambda s: s.promises.get(MINE.id),
    "meetings.of": lambda s: s.meetings.of(DANA),
    "meetings.all": lambda s: s.meetings.all(),
    "ledger.of": lambda s: s.ledger.of(DANA),
    "opinions.of": lambda s: s.opinions.of(DANA),
    "own_cards.all": lambda s: s.own_cards.all(),
    "own_cards.get": lambda s: s.own_cards.get("c1"),
    "plans.newest": lambda s: s.plans.newest(DANA),
    "plans.versions": lambda s: s.plans.versions(DANA),
    "plans.check_ins": lambda s: s.plans.check_ins(DANA, 1),
    "pending.all": lambda s: s.pending.all(),
    "pending.get": lambda s: s.pending.get("pd-0001"),
    "pending.held": lambda s: s.pending.held(),
    "pending.left_out": lambda s: s.pending.left_out(),
    "turns.all": lambda s: s.turns.all(),
    "turns.search": lambda s: s.turns.search("night"),
    "turns.named": lambda s: s.turns.named("c1"),
    "turns.of": lambda s: s.turns.of("c1"),
    "vectors.of": lambda s: s.vectors.of([DANA], "mini@1"),
    "vectors.of everyone": lambda s: s.vectors.of(None, "mini@1"),
    "vectors.bytes_of": lambda s: s.vectors.bytes_of([DANA], "mini@1"),
    "vectors.bytes_of everyone": lambda s: s.vectors.bytes_of(None, "mini@1"),
    "vectors.pending": lambda s: s.vectors.pending("other@1"),
    "vectors.pending_count": lambda s: s.vectors.pending_count("other@1"),
    "readings.unread": lambda s: s.readings.unread("rules@2", 9),
    "readings.unread_count": lambda s: s.readings.unread_count("rules@2"),
    "readings.unproposed": lambda s: s.readings.unproposed("model@2", 9),
    "readings.unproposed_count": lambda s: s.readings.unproposed_count("model@2"),
    "readings.followed": lambda s: s.readings.followed(DANA),
    "readings.unsettled": lambda s: s.readings.unsettled("rules@2"),
    "mentions.naming": lambda s: s.mentions.naming(lambda text: "Dana" in text),
    "digests.of": lambda s: s.digests.of(DANA),
    "digests.marks": lambda s: s.digests.marks(DANA),
    "words.match": lambda s: s.words.match(["teaching"], [DANA], 5),
    "words.match everyone": lambda s: s.words.match(["teaching"], None, 5),
    "imports.all": lambda s: s.imports.all(),
    "imports.get": lambda s: s.imports.get("i1"),
    "releases.all": lambda s: s.releases.all(),
    "releases.of": lambda s: s.releases.of(DANA),
    "releases.verdicts": lambda s: s.releases.verdicts(),
    "archive.of": lambda s: s.archive.of([DANA]).tables["person"],
    "erasing.counts": lambda s: s.erasing.counts(DANA),
    "erasing.notes_of": lambda s: s.erasing.notes_of(DANA),
    "erasing.texts_of": lambda s: s.erasing.texts_of([NOTED.id]),
    "erasing.naming": lambda s: s.erasing.naming(person()),
    "erasing.watch": lambda s: changed_by_removing(s),
}
UNDATED = {"readings.followed", 
    "people.all", "people.get", "imports.all", "imports.get", "notes.fingerprints", "notes.digest", "screenings.of",
    "mentions.naming", "archive.of", "erasing.counts", "erasing.notes_of", "erasing.texts_of", "erasing.naming",
    "erasing.watch",
    "digests.marks", "pending.held",
}  # fmt: skip
SHARED = {"releases.verdicts"}  # what coaches decided holds for everybody, and names nobody
PLACES = {"evidence": "EvidenceShelf", "ledger": "Ledger", "pending": "PendingShelf", "own_cards": "OwnCards"}
NAMED = {"turns.named", "turns.of", "erasing.counts"}  # told as unknown too
WRITES = {
    "add", "save", "remove", "put", "replace", "judge", "replace_found", "undo", "take", "forget", "black_out", "grow",
    "mark", "mark_person", "move_on", "step_back", "note_check_ins", "take_over", "mark_proposed", "propose", "refile",
    "keep", "keep_follow_up", "rename", "put_back",
}  # fmt: skip


def changed_by_removing(shelf: Shelf) -> object:
    """What is seen to change when a note goes; it is put back."""
    since = shelf.erasing.watch([NOTED.id])
    shelf.notes.remove([NOTED.id])
    changes = since()
    shelf.erasing.put_back(changes)
    assert since() == ()
    return changes


@pytest.fixture
def full(records: SqlRecords) -> Records:
    """Everything a shelf can hold, in one of two accounts."""
    put_everything_into(records)
    return records


@pytest.fixture(scope="module", params=DATABASES)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """The same, filled once for all tests that only read; it is as it was at their end."""
    name, where = "isolation", str(tmp_path_factory.mktemp("isolation") / "flourish.db")
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.execute(f"CREATE DATABASE {name}")
        where = cluster.address(name)
    with closing(open_records(where, clock=clock)) as records:
        for owner in (ME, OTHER):
            records.accounts.add(account(owner))
        put_everything_into(records)
        before = everything(records)
        yield records
        assert everything(records) == before
    if request.param == "postgres":
        cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def put_everything_into(records: SqlRecords) -> None:
    left_out = note("Was ill.", id="n3")
    fill(records, NOTED, NAMING, left_out)
    with written(records) as shelf:
        shelf.screenings.put([screening(NOTED), screening(NAMING), screening(left_out, whole=True)])
        shelf.evidence.replace([NOTED.id], [ITEM, MISLED])
        shelf.evidence.judge(MISLED.id, EvidenceState.REJECTED)
        shelf.evidence.judge(ITEM.id, EvidenceState.CONFIRMED)
        shelf.readings.mark([NOTED.id], "rules@1")
        shelf.readings.mark_person(DANA, "rules@1")
        shelf.readings.keep_follow_up(DANA, "model@1", [])
        shelf.promises.save([MINE, replace(MINE, id="pr-asked", kind=PromiseKind.REQUEST)])
        shelf.meetings.save([meeting("m1", "2026-03-01", MeetingState.HELD, NOTED)])
        shelf.ledger.add(Asked(ME, DANA, "q1", "Who gains?", NOTED.day))
        shelf.opinions.put(Opinion(ME, DANA, "q1", "Who gains?", NOTED.day, helpful=True))
        shelf.own_cards.add(OwnCard(ME, "c1", CardKind.QUESTION, "Who gains?", Pillar.CUSTOMER, NOTED.day))
        shelf.plans.add(plan(Quote.of(NOTED, "new nurses")))
        shelf.plans.note_check_ins(DANA, 1, [CHECKED])
        shelf.pending.put(WAITS)
        shelf.pending.put(AGREED)
        shelf.turns.keep("c1", KeptTurn("t1", 1, "Who does the night rota?", clock(), NOTED.day, person_id=DANA))
        shelf.vectors.put([vector(NOTED)])
        shelf.digests.keep(Digest(ME, DANA, Period.around(NOTED.day), "made", (DIGESTED,)))
        shelf.imports.add(ImportEntry("i1", clock(), "notes.csv", 1))
        shelf.releases.add(DANA, RELEASED)
    with records.bench(ME, TODAY) as bench:
        bench.add(Verdict("v1", ME, RELEASED.subject, Decision.APPROVE, Scope.THIS, "Good.", NOTED.day))


def test_the_list_of_reads_is_complete() -> None:
    """A method added to the port has to be listed here."""
    listed = {name.split()[0] for name in READS}
    parts = "people notes screenings evidence promises meetings ledger plans vectors readings words imports".split()
    parts += ["archive", "erasing", "mentions", "pending", "releases", "turns", "digests", "opinions", "own_cards"]
    assert set(parts) == {name for name, part in vars(ports.Shelf).items() if isinstance(part, property)} - {
        "account",
        "today",
    }
    for part in parts:
        port = getattr(ports, PLACES.get(part, part.capitalize()))
        methods = {f"{part}.{n}" for n, _ in inspect.getmembers(port, inspect.isfunction) if not n.startswith("_")}
        assert methods - {f"{part}.{n}" for n in WRITES} == {n for n in listed if n.split(".")[0] == part}


@pytest.mark.parametrize("read", READS)
def test_the_owner_reads_it(kept: Records, read: str) -> None:
    with seen(kept) as shelf:
        assert READS[read](shelf)


@pytest.mark.parametrize("read", READS)
def test_another_account_gets_nothing_of_it(kept: Records, read: str) -> None:
    with seen(kept, owner=OTHER) as shelf:
        try:
            assert bool(READS[read](shelf)) is (read in SHARED)
        except Unknown:
            assert read.endswith(".get") or read in NAMED


@pytest.mark.parametrize("read", READS)
def test_the_day_before_it_does_not_exist(kept: Records, read: str) -> None:
    with seen(kept, "2026-02-28") as shelf:
        if read in UNDATED:
            assert READS[read](shelf)
            return
        try:
            assert not READS[read](shelf)
        except Unknown:
            assert read.endswith(".get") or read in NAMED


@pytest.mark.parametrize(
    ("part", "known"),
    [("people", DANA), ("notes", NOTED.id), ("evidence", ITEM.id), ("promises", MINE.id), ("imports", "i1")],
)
def test_a_foreign_id_and_a_made_up_one_are_answered_in_the_same_words(kept: Records, part: str, known: str) -> None:
    made_up = "x" * len(known)
    answers = []
    with seen(kept, owner=OTHER) as shelf:
        for key in (known, made_up):
            with pytest.raises(Unknown) as told:
                getattr(shelf, part).get(key)
            answers.append(str(told.value).replace(key, "…"))
            assert told.value.choices == ()
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "write",
    [
        lambda s: s.people.remove(DANA),
        lambda s: s.notes.save(replace(NOTED, account_id=OTHER, revision=2)),
        lambda s: s.notes.remove([NOTED.id]),
        lambda s: s.notes.add([note(id="new", owner=OTHER)]),
        lambda s: s.screenings.put([screening(NOTED, whole=True)]),
        lambda s: s.evidence.judge(ITEM.id, EvidenceState.REJECTED),
        lambda s: s.evidence.add(ITEM),
        lambda s: s.evidence.replace([NOTED.id], []),
        lambda s: s.promises.save([replace(MINE, account_id=OTHER)]),
        lambda s: s.promises.replace_found(DANA, []),
        lambda s: s.meetings.save([replace(meeting(), account_id=OTHER)]),
        lambda s: s.ledger.add(Asked(OTHER, DANA, "q", "Why?", TODAY)),
        lambda s: s.plans.add(plan(owner=OTHER)),
        lambda s: s.plans.move_on(DANA, 1, PlanState.AGREED),
        lambda s: s.plans.step_back(DANA, 1),
        lambda s: s.plans.remove(DANA, 1),
        lambda s: s.plans.note_check_ins(DANA, 1, [CHECKED]),
        lambda s: s.plans.take_over(BO, DANA),
        lambda s: s.pending.put(replace(WAITS, account_id=OTHER)),
        lambda s: s.pending.remove([WAITS.id]),
        lambda s: s.pending.take_over(BO, DANA),
        lambda s: s.ledger.remove(DANA, "q1"),
        lambda s: s.turns.keep("c1", KeptTurn("t2", 2, "Mine.", clock(), NOTED.day), ["t1"]),
        lambda s: s.turns.remove("c1"),
        lambda s: s.turns.take_over(BO, DANA),
        lambda s: s.readings.mark([NOTED.id], "rules@2"),
        lambda s: s.readings.mark_person(DANA, "rules@2"),
        lambda s: s.vectors.put([vector(NOTED, data=b"stolen")]),
        lambda s: s.imports.undo("i1"),
        lambda s: s.digests.keep(Digest(OTHER, DANA, Period.around(NOTED.day), "mine")),
        lambda s: s.erasing.forget(person()),
        lambda s: s.erasing.black_out(person(), [NAMING.id]),
        lambda s: s.erasing.put_back([RowChange("opinion", None, {"account_id": ME})]),
        lambda s: s.erasing.put_back([RowChange("opinion", {"account_id": ME}, None)]),
        lambda s: s.imports.grow("i1", 1),
        lambda s: s.own_cards.add(OwnCard(ME, "c2", CardKind.THOUGHT, "Mine.", Pillar.GROWTH, TODAY)),
        lambda s: s.own_cards.remove("c1"),
    ],
)
def test_no_write_reaches_another_accounts_rows(full: Records, write: Callable[[Shelf], object]) -> None:
    before = everything(full)
    with suppress(Unknown, Invalid), written(full, owner=OTHER) as shelf:
        write(shelf)
    assert everything(full) == before
    with seen(full, owner=OTHER) as shelf:
        assert shelf.people.all() == []


def test_an_unknown_account_has_no_shelf(kept: Records) -> None:
    for unit in (kept.reading, kept.writing):
        with pytest.raises(Unknown, match="no account nobody"), unit(AccountId("nobody"), TODAY):
            raise AssertionError("nobody has a shelf")


def test_the_notes_of_two_accounts_with_one_id_stay_apart_in_every_search(full: Records) -> None:
    fill(full, replace(NOTED, account_id=OTHER, text="Teaching welders at night."), owner=OTHER)
    with seen(full, owner=OTHER) as shelf:
        assert [n.text for n in shelf.notes.known(list(shelf.words.match(["teaching"], None, 5)))] == [
            "Teaching welders at night."
        ]
        assert shelf.words.match(["nurses"], [DANA], 5) == {}
        assert shelf.vectors.of(None, "mini@1") == []
    with seen(full) as shelf:
        assert shelf.words.match(["welders"], None, 5) == {}
        assert list(shelf.words.match(["nurses"], None, 5)) == [NoteId("n1")]


def everything(records: Records) -> dict[str, Any]:
    with seen(records) as shelf:
        return {name: read(shelf) for name, read in READS.items()}
