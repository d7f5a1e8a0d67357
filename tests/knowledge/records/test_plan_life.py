"""States, check-ins and what waits for a yes: kept by day and account, hung on notes, gone with them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from assistant.domain.ask_ledger import Asked
from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.debrief import Answered, DebriefDraft
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Chosen
from assistant.domain.note import NoteKind
from assistant.domain.pending import Pending, PendingState
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import PromiseState
from assistant.errors import Unknown
from assistant.ports.records import Records, Shelf
from knowledge.records.records import SqlRecords
from knowledge.records.tables import plan as plan_table
from tests.knowledge.records.nouns import (
    BO,
    DANA,
    ME,
    OTHER,
    TODAY,
    day,
    evidence,
    fill,
    note,
    plan,
    promise,
    seen,
    written,
)

NOTED = note()
TOLD = note(
    'She sat in on one class. "I like it when a nurse gets it," she said. I will ask about the rota.',
    "2026-05-04", id="t1", kind=NoteKind.DEBRIEF,
)  # fmt: skip
SAT = Quote.of(TOLD, "She sat in on one class.")
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def planned(records: Records, *, versions: int = 1) -> None:
    fill(records, NOTED, TOLD)
    with written(records) as shelf:
        for version in range(1, versions + 1):
            shelf.plans.add(plan(Quote.of(NOTED, "Loves teaching"), version=version))


def state_of(shelf: Shelf) -> tuple[int, str]:
    newest = shelf.plans.newest(DANA)
    assert newest is not None
    return newest.version, newest.state.value


def test_a_state_holds_from_its_day_on_and_can_be_taken_back(records: Records) -> None:
    planned(records)
    with written(records, "2026-04-10") as shelf:
        shelf.plans.move_on(DANA, 1, PlanState.AGREED)
    with written(records, "2026-05-10") as shelf:
        shelf.plans.move_on(DANA, 1, PlanState.ACTIVE)
    for on, state in (("2026-04-09", "draft"), ("2026-04-10", "agreed"), ("2026-06-15", "active")):
        with seen(records, on) as shelf:
            assert state_of(shelf) == (1, state)
    with written(records) as shelf:
        assert shelf.plans.step_back(DANA, 1)
        assert state_of(shelf) == (1, "agreed")
        newest = shelf.plans.newest(DANA)
        assert newest is not None
        assert newest.state_since == day("2026-04-10")
        assert shelf.plans.step_back(DANA, 1)
        assert not shelf.plans.step_back(DANA, 1)
        assert state_of(shelf) == (1, "draft")


def test_a_revised_version_is_there_from_its_own_day_on(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        revised = replace(plan(version=2), made_on=day("2026-05-01"))
        shelf.plans.add(revised)
    with seen(records, "2026-04-30") as shelf:
        assert state_of(shelf)[0] == 1
    with seen(records, "2026-05-01") as shelf:
        assert shelf.plans.newest(DANA) == revised
    with written(records) as shelf:
        shelf.plans.remove(DANA, 2)
        assert [each.version for each in shelf.plans.versions(DANA)] == [1]


def test_own_words_goal_and_change_of_the_role_come_back(records: Records) -> None:
    fill(records)
    thread = plan().threads[0].with_part(Section.MEASURE, "Two trays less.", own=True)
    drafted = replace(plan(), threads=(replace(thread, goal="Find out how", move="Hand it over"),))
    with written(records) as shelf:
        shelf.plans.add(drafted)
    with seen(records) as shelf:
        assert shelf.plans.newest(DANA) == drafted


def check_in(speaks: Speaks = Speaks.FOR) -> CheckIn:
    return CheckIn(1, Section.FIRST_STEP, speaks, SAT, by_hand=True)


def test_a_confirmed_check_in_is_kept_once_as_said_last_and_goes_with_its_note_or_version(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.plans.note_check_ins(DANA, 1, [check_in()])
        shelf.plans.note_check_ins(DANA, 1, [check_in(Speaks.AGAINST)])
        assert shelf.plans.check_ins(DANA, 1) == [check_in(Speaks.AGAINST)]
    with seen(records, "2026-05-03") as shelf:
        assert shelf.plans.check_ins(DANA, 1) == []
    with written(records) as shelf:
        shelf.notes.save(replace(TOLD, text="Well. " + TOLD.text, revision=2))
        assert [c.quote and c.quote.text for c in shelf.plans.check_ins(DANA, 1)] == [SAT.text]
        shelf.notes.remove([TOLD.id])
        assert shelf.plans.check_ins(DANA, 1) == []


def test_one_entrys_plans_are_filed_after_the_others_with_states_and_check_ins(records: Records) -> None:
    planned(records, versions=2)
    with written(records) as shelf:
        shelf.plans.move_on(DANA, 2, PlanState.AGREED)
        shelf.plans.note_check_ins(DANA, 2, [check_in()])
        shelf.plans.add(replace(plan(), person_id=BO))
        for each in (NOTED, TOLD):
            shelf.notes.save(replace(each, person_id=BO, revision=2))
        shelf.plans.take_over(BO, DANA)
        found = shelf.plans.versions(BO)
        assert [(p.version, p.state.value) for p in found] == [(1, "draft"), (2, "draft"), (3, "agreed"), (4, "draft")]
        assert found[2].threads[0].passion.quotes[0].text == "Loves teaching"
        assert [c.speaks for c in shelf.plans.check_ins(BO, 3)] == [Speaks.FOR]
        assert shelf.plans.versions(DANA) == []


def waits(key: str = "pd-0001", *, at: datetime = AT) -> Pending:
    made = promise("pr-new1", Quote.of(TOLD, "I will ask about the rota."), made_on="2026-05-04")
    kept = promise("pr-old1", state=PromiseState.DONE, closed_by=SAT)
    draft = DebriefDraft(
        TOLD, (evidence(TOLD, "I like it when a nurse gets it,"),), (made,), (kept,),
        (Answered(Chosen("q1", "What did she see?"), SAT),), (CheckIn(1, Section.FIRST_STEP, Speaks.FOR, SAT),),
    )  # fmt: skip
    return Pending(ME, key, DANA, at, draft, 1)


def test_a_proposal_comes_back_whole_with_its_moment(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.pending.put(waits())
    with seen(records) as shelf:
        assert shelf.pending.all() == [waits()]
        assert shelf.pending.get("pd-00") == waits()
    changed = replace(waits(), state=PendingState.CONFIRMED, settled_by_yes=("pr-old1",), answered_by_yes=("q1",))
    with written(records) as shelf:
        shelf.pending.put(changed)
        assert shelf.pending.all() == [changed]
        shelf.pending.remove([changed.id])
        with pytest.raises(Unknown, match="Nothing waits"):
            shelf.pending.get("pd-0001")


def test_a_proposal_loses_what_an_edit_took_and_goes_with_the_note(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.pending.put(waits())
        shelf.notes.save(replace(TOLD, text=TOLD.text.replace("She sat in on one class.", "Tired."), revision=2))
        (left,) = shelf.pending.all()
        assert (len(left.draft.evidence), len(left.draft.promises), left.draft.answers) == (1, 1, ())
        shelf.notes.remove([TOLD.id])
        assert shelf.pending.all() == []


def test_a_proposal_of_a_note_that_was_filed_elsewhere_is_shown_to_nobody(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.pending.put(waits())
        shelf.notes.save(replace(TOLD, person_id=BO, revision=2))
        assert shelf.pending.all() == []


def test_a_waiting_question_loses_the_words_of_a_removed_note(records: Records) -> None:
    planned(records)
    item = waits()
    asked = Answered(Chosen("q1", "You noted “Loves teaching”: what of it?"), SAT)
    with written(records) as shelf:
        shelf.pending.put(replace(item, draft=replace(item.draft, answers=(asked,))))
        shelf.notes.remove([NOTED.id])
        (left,) = shelf.pending.all()
    assert [a.question for a in left.draft.answers] == [Chosen("q1", "")]


def test_an_entry_of_the_ledger_is_taken_back_and_only_the_newest(records: Records) -> None:
    fill(records)
    with written(records) as shelf:
        for answer in ("first", "second"):
            shelf.ledger.add(Asked(ME, DANA, "q1", "Who gains?", TODAY, answer))
        shelf.ledger.remove(DANA, "q1")
        assert [entry.answer for entry in shelf.ledger.of(DANA)] == ["first"]


def test_an_export_brings_states_check_ins_and_proposals_back(records: Records) -> None:
    planned(records)
    with written(records) as shelf:
        shelf.plans.move_on(DANA, 1, PlanState.AGREED)
        shelf.plans.note_check_ins(DANA, 1, [check_in()])
        shelf.pending.put(waits())
        exported = shelf.archive.of([DANA])
    with written(records, owner=OTHER) as shelf:
        shelf.archive.take(exported, "i1")
        assert state_of(shelf) == (1, "agreed")
        assert [c.quote and c.quote.text for c in shelf.plans.check_ins(DANA, 1)] == [SAT.text]
        assert [item.id for item in shelf.pending.all()] == ["pd-0001"]


def test_a_plan_of_before_there_were_goals_later_steps_and_days_of_versions_is_read(records: SqlRecords) -> None:
    planned(records)
    with records.engine.begin() as connection:
        old = json.loads(json.dumps(connection.execute(select(plan_table.c.body)).scalar_one()))
        for name in ("goal", "move", "own_words", "then"):
            del old["threads"][0][name]
        for name in ("first_step", "support"):
            del old["threads"][0][name]["who"]
        connection.execute(update(plan_table).values(body=old, made_on=None))
    with seen(records) as shelf:
        assert shelf.plans.newest(DANA) == plan(Quote.of(NOTED, "Loves teaching"))
