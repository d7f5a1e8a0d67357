"""Released copies and coaches' decisions in the records: whose they are, who sees what, and how they go."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.pillar import Pillar
from assistant.domain.released import Released
from assistant.domain.stage import Stage
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from assistant.errors import Invalid, NotAllowed, Unknown
from assistant.ports.bench import BenchShelf
from assistant.ports.records import Records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.nouns import BO, DANA, ME, OTHER, TODAY, fill, note, person, seen, written

COACH = AccountId("coach")
ASKED = Subject(SubjectKind.QUESTION, "q123", "", Pillar.TALENT, Stage.REGULAR)
SHIPPED = Subject(SubjectKind.QUESTION, "PAS-REG-1", "", Pillar.PASSION, Stage.REGULAR)
TEXT = "[person] taught the quokka rota. How did you go about it?"
QUOTED = "You wrote: “the quokka rota is mine.” How did you go about it?"


def copy(id: str = "r1", subject: Subject = ASKED, text: str = TEXT) -> Released:
    return Released(id, subject, text, "offline", TODAY)


def verdict(
    id: str = "v1", on: Released | None = None, scope: Scope = Scope.THIS, reason: str = "It asks for an act.",
    decision: Decision = Decision.APPROVE, words: str = "",
) -> Verdict:  # fmt: skip
    about = on or copy()
    return Verdict(id, COACH, about.subject, decision, scope, reason, TODAY, words, about.text, about.id)


@pytest.fixture
def office(records: SqlRecords) -> Records:
    """Two managers' records and a coach."""
    records.accounts.add(Account(COACH, "Coach", frozenset({Role.COACH})))
    records.accounts.add(Account(AccountId("admin"), "Admin", frozenset({Role.ADMIN})))
    fill(records, note("The quokka rota is mine."), note("Bo sat by.", id="n2", about=BO))
    return records


@contextmanager
def bench(records: Records, coach: AccountId = COACH) -> Iterator[BenchShelf]:
    with records.bench(coach, TODAY) as shelf:
        yield shelf


def put(records: Records, *copies: Released, verdicts: tuple[Verdict, ...] = ()) -> None:
    with written(records) as shelf:
        for each in copies:
            shelf.releases.add(DANA, each)
    with bench(records) as found:
        for decided in verdicts:
            found.add(decided)


def held(records: Records) -> list[Verdict]:
    with bench(records) as shelf:
        return list(shelf.verdicts())


def test_a_copy_and_a_decision_come_back_as_they_were_put(office: Records) -> None:
    reworded = verdict("v2", decision=Decision.REWORD, words="How did you do it?", scope=Scope.PILLAR)
    put(office, copy(), verdicts=(verdict(), reworded))
    with bench(office) as shelf:
        assert shelf.released() == [copy()]
        assert shelf.verdicts() == [reworded, verdict()]
    with seen(office) as mine:
        assert mine.releases.of(DANA) == [copy()]
        assert mine.releases.of(BO) == []
        assert mine.releases.verdicts() == [reworded, verdict()]


def test_another_manager_gets_no_copy_and_cannot_take_one_back(office: Records) -> None:
    put(office, copy())
    with written(office, owner=OTHER) as theirs:
        assert theirs.releases.all() == theirs.releases.of(DANA) == []
        with pytest.raises(Unknown):
            theirs.releases.remove("r1")
        theirs.releases.refile(DANA, BO)
    with seen(office) as mine:
        assert mine.releases.of(DANA) == [copy()]


@pytest.mark.parametrize("who", ["admin", "nobody"])
def test_only_a_coach_opens_the_bench(office: Records, who: str) -> None:
    with pytest.raises(NotAllowed if who == "admin" else Unknown), bench(office, AccountId(who)):
        raise AssertionError("it was opened")


def test_a_bench_reaches_neither_notes_nor_people_nor_whose_a_copy_is(office: Records) -> None:
    put(office, copy())
    with bench(office) as shelf:
        parts = {name for name in dir(shelf) if not name.startswith("_")} - {"scope"}
        assert parts == {"released", "verdicts", "add", "roll_back"}
        assert not {"account_id", "person_id", "note_ids"} & set(Released.__dataclass_fields__)
        with pytest.raises(Invalid):
            shelf.add(replace(verdict(), coach_id=ME))


def test_a_decision_holds_from_its_day_until_it_is_taken_back(office: Records) -> None:
    put(office, copy(), verdicts=(verdict(),))
    with seen(office, "2026-06-14") as before:
        assert before.releases.all() == before.releases.verdicts() == []
    with bench(office) as shelf:
        shelf.roll_back("v1", TODAY)
    with seen(office) as now:
        assert now.releases.verdicts() == []
    assert [v.rolled_back_on for v in held(office)] == [TODAY]
    with bench(office) as shelf, pytest.raises(Unknown):
        shelf.roll_back("v1", TODAY)


def test_a_copy_that_is_taken_back_takes_the_decision_on_it_alone_along(office: Records) -> None:
    wide = verdict("v2", copy(text=QUOTED), Scope.EVERYWHERE)
    put(office, copy(text=QUOTED), verdicts=(verdict(), wide))
    with written(office) as shelf:
        shelf.releases.remove("r1")
    assert [(v.id, v.text) for v in held(office)] == [("v2", "You wrote: How did you go about it?")]


def test_a_decision_whose_reason_quotes_the_copy_goes_with_it(office: Records) -> None:
    telling = verdict("v2", copy(text=QUOTED), Scope.EVERYWHERE, reason="“the quokka rota is mine.” says it all")
    put(office, copy(text=QUOTED), verdicts=(telling,))
    with written(office) as shelf:
        shelf.releases.remove("r1")
    assert held(office) == []


def test_a_forgotten_person_takes_copies_along_and_leaves_what_names_nobody(office: Records) -> None:
    shipped = copy("r2", SHIPPED, "What in your work gives you energy, [person]?")
    put(office, copy(), shipped, verdicts=(verdict(), verdict("v2", shipped), verdict("v3", scope=Scope.EVERYWHERE)))
    with written(office) as shelf:
        shelf.erasing.forget(person())
    with bench(office) as found:
        assert found.released() == []
    assert [(v.id, v.text) for v in held(office)] == [("v2", "")]  # v3 repeated a word that only her note had


def test_a_removed_note_takes_the_copies_along_that_repeat_it(office: Records) -> None:
    put(office, copy(), copy("r2", text="What went well?"), verdicts=(verdict(),))
    with written(office) as shelf:
        shelf.notes.remove([note().id])
        assert [c.id for c in shelf.releases.all()] == ["r2"]
    assert held(office) == []


def test_a_name_that_is_blacked_out_is_barred_in_copies_and_decisions(office: Records) -> None:
    named = copy("r2", text="Bo Kranz sat by. What did you see?")
    put(office, named, verdicts=(verdict("v2", named, Scope.STAGE, reason="Bo Kranz is named."),))
    with written(office) as shelf:
        shelf.erasing.black_out(person(BO, "Bo Kranz"), [])
        assert "Kranz" not in shelf.releases.all()[0].text
    assert all("Kranz" not in f"{v.text}{v.reason}" for v in held(office))


def test_an_export_of_one_carries_their_copies_and_one_of_all_the_coachs_decisions(office: Records) -> None:
    put(office, copy(), verdicts=(verdict(),))
    with bench(office, ME) as shelf:
        shelf.add(replace(verdict("v9"), coach_id=ME))
    with seen(office) as mine:
        alone, whole = mine.archive.of([DANA]), mine.archive.of([DANA, BO], whole=True)
    assert len(alone.tables["released"]) == 1
    assert "coach_verdict" not in alone.tables
    assert [row["id"] for row in whole.tables["coach_verdict"]] == ["v9"]
    with written(office, owner=OTHER) as theirs:
        theirs.archive.take(whole, "i9")
        assert theirs.releases.of(DANA) == [copy()]
    assert sorted(v.coach_id for v in held(office)) == ["coach", "me", "other"]
