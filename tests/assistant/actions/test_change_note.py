from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.domain.promise import PromiseState
from assistant.domain.standing import Kind
from assistant.errors import Invalid, Refused, Unknown
from tests.house import Bakery


def test_an_edited_note_keeps_its_id_and_nothing_quotes_the_old_words(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    assert any("shaping the rye" in e.quote.text for e in desk.evidence())
    changed = bakery.desk.edit_note(note.id, text="She is learning the till now.")
    assert (changed.id, changed.revision) == (note.id, 2)
    assert not any("shaping the rye" in e.quote.text for e in desk.evidence())
    assert desk.promises() == ()
    assert [h.note.id for h in bakery.desk.search("learning the till", person="nadia").hits][0] == note.id


def test_a_note_closed_to_the_assistant_is_searchable_and_used_for_nothing(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    bakery.desk.edit_note(note.id, ai=AiUse.NEVER)
    assert note.id not in {e.note.id for e in desk.evidence()}
    assert note.id not in {q.note.id for p in desk.promises() for q in p.quotes}
    assert note.id in {h.note.id for h in bakery.desk.search("rye loaves", person="nadia").hits}


def test_a_moved_note_takes_its_evidence_and_promises_along(bakery: Bakery) -> None:
    note = next(n for n in bakery.desk.person("nadia").notes() if "rye loaves" in n.text)
    bakery.desk.move_note(note.id, "Jan Novak")
    assert note.id not in {n.id for n in bakery.desk.person("nadia").notes()}
    assert note.id not in {e.note.id for e in bakery.desk.person("nadia").evidence()}
    assert note.id in {q.note.id for p in bakery.desk.person("jan1").promises() for q in p.quotes}
    assert note.id in {h.note.id for h in bakery.desk.search("rye loaves", person="jan1").hits}
    with pytest.raises(Refused, match="already filed"):
        bakery.desk.move_note(note.id, "Jan Novak")


def test_a_deleted_note_leaves_nothing_behind(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    note = next(n for n in desk.notes() if "rye loaves" in n.text)
    bakery.desk.delete_note(note.id)
    assert note.id not in {e.note.id for e in desk.evidence()}
    assert desk.promises() == ()
    assert note.id not in {h.note.id for h in bakery.desk.search("rye loaves", person="nadia").hits}
    with pytest.raises(Unknown):
        bakery.desk.note(note.id)


def test_a_note_of_tomorrow_is_refused(bakery: Bakery) -> None:
    with pytest.raises(Invalid, match="has not come yet"):
        bakery.desk.person("nadia").add_note("Will be fine.", day=date(2026, 6, 16))


def test_another_account_can_neither_read_nor_change_a_note(bakery: Bakery) -> None:
    note = bakery.desk.person("nadia").notes()[0]
    for attempt in (
        lambda: bakery.foreign.note(note.id),
        lambda: bakery.foreign.readable(note.id),
        lambda: bakery.foreign.edit_note(note.id, text="mine now"),
        lambda: bakery.foreign.delete_note(note.id),
    ):
        with pytest.raises(Unknown):
            attempt()
    assert bakery.foreign.people() == []
    assert bakery.desk.note(note.id) == note


def test_a_one_on_one_note_makes_a_held_meeting(bakery: Bakery) -> None:
    days = [m.day for m in bakery.desk.person("nadia").meetings()]
    assert days == [date(2026, 5, 4), date(2026, 6, 1)]


def between(bakery: Bakery, change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody else change something once, right before the next writing unit begins."""
    writing, left = bakery.house.records.writing, count()

    def late(*args: Any) -> Any:
        if next(left) == 0:
            change()
        return writing(*args)

    monkeypatch.setattr(bakery.house.records, "writing", late)


def test_two_notes_written_at_once_both_keep_their_promises(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = bakery.desk.person("jan2")
    between(bakery, lambda: desk.add_note("I will ask Hotel Linde for a visit by 20 July."), monkeypatch)
    desk.add_note("I will order the new scales by Friday.")
    assert sorted(p.what for p in desk.promises()) == [
        "I will ask Hotel Linde for a visit by 20 July", "I will order the new scales by Friday",
    ]  # fmt: skip


def test_a_promise_closed_to_the_assistant_at_the_same_moment_does_not_come_back(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = bakery.desk.person("jan2")
    told = desk.add_note("I will ask Hotel Linde for a visit by 20 July.")
    between(bakery, lambda: bakery.desk.edit_note(told.id, ai=AiUse.NEVER), monkeypatch)
    desk.add_note("I will order the new scales by Friday.")
    assert [p.what for p in desk.promises()] == ["I will order the new scales by Friday"]


def test_of_two_edits_of_one_note_the_later_is_refused_and_the_first_stays(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = bakery.desk.person("jan2")
    note = desk.add_note("He counts the till.")
    between(bakery, lambda: bakery.desk.edit_note(note.id, text="He counts the till well."), monkeypatch)
    with pytest.raises(Refused, match="changed meanwhile"):
        bakery.desk.edit_note(note.id, text="He counts slowly.")
    assert bakery.desk.note(note.id).text == "He counts the till well."


def rye(bakery: Bakery) -> str:
    return next(n.id for n in bakery.desk.person("nadia").notes() if "rye loaves" in n.text)


def test_day_kind_and_sharing_can_be_corrected_and_what_follows_from_them_follows(bakery: Bakery) -> None:
    note_id, nadia = rye(bakery), bakery.desk.person("nadia")
    moved = bakery.desk.edit_note(note_id, day=date(2026, 5, 5), sharing=Sharing.SHAREABLE)
    assert (moved.day, moved.sharing, moved.revision) == (date(2026, 5, 5), Sharing.SHAREABLE, 2)
    assert [m.day for m in nadia.meetings()] == [date(2026, 5, 5), date(2026, 6, 1)]
    assert {p.made_on for p in nadia.promises()} == {date(2026, 5, 5)}
    bakery.desk.edit_note(note_id, kind=NoteKind.MISC)
    assert [m.day for m in nadia.meetings()] == [date(2026, 6, 1)], "no longer a one-on-one note"
    with pytest.raises(Invalid, match="has not come yet"):
        bakery.desk.edit_note(note_id, day=date(2026, 6, 16))


def test_an_edit_that_changes_nothing_makes_no_revision(bakery: Bakery) -> None:
    note = bakery.desk.note(rye(bakery))
    assert bakery.desk.edit_note(note.id, text=note.text, ai=note.ai, kind=note.kind) == note
    assert len(bakery.desk.revisions(note.id)) == 1


def test_an_edit_of_an_older_revision_than_it_has_is_refused(bakery: Bakery) -> None:
    note_id = rye(bakery)
    bakery.desk.edit_note(note_id, text="First.", based_on=1)
    with pytest.raises(Refused, match="at revision 2, not 1"):
        bakery.desk.edit_note(note_id, text="Second.", based_on=1)
    assert [r.text for r in bakery.desk.revisions(note_id)][-1] == "First."


def test_of_two_edits_at_once_the_slower_one_is_refused_and_loses_nothing(bakery: Bakery) -> None:
    note_id, desk = rye(bakery), bakery.desk

    class Slow(type(desk.finder)):  # type: ignore[misc]
        def screen(self, notes: Any) -> Any:
            if desk.note(note_id).revision == 1:
                desk.edit_note(note_id, text="The quicker one.")
            return super().screen(notes)

    with pytest.raises(Refused, match="changed meanwhile"):
        replace(desk, finder=Slow()).edit_note(note_id, text="The slower one.")
    assert desk.note(note_id).text == "The quicker one."


def test_a_note_deleted_while_another_is_kept_takes_only_its_own_promises(bakery: Bakery) -> None:
    note_id, desk = rye(bakery), bakery.desk

    class Slow(type(desk.finder)):  # type: ignore[misc]
        def promises(self, person: Any, manager: Any, notes: Any) -> Any:
            found = super().promises(person, manager, notes)
            if any(n.id == note_id for n in desk.person("nadia").notes()):
                desk.delete_note(note_id)
            return found

    slow = replace(desk, finder=Slow())
    slow.person("nadia").add_note("I promised to order the flour by 20 June.", kind=NoteKind.ONE_ON_ONE)
    assert [p.quotes[0].text for p in desk.person("nadia").promises()] == ["I promised to order the flour by 20 June."]


def test_what_rests_on_a_note_is_told_and_what_a_change_took_is_the_difference(bakery: Bakery) -> None:
    desk, note_id = bakery.desk, rye(bakery)
    item = next(i for i in desk.person("nadia").evidence() if "shaping the rye" in i.quote.text)
    desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    desk.person("nadia").draft_plan()
    before = desk.standing_on(note_id)
    kinds = {i.kind for i in before.items}
    assert {Kind.CONFIRMED, Kind.PROMISE, Kind.MEETING} <= kinds
    words = desk.note(note_id).text
    desk.edit_note(note_id, text=f"Corrected. {words}")
    assert before.lost_in(desk.standing_on(note_id)) == ()
    desk.edit_note(note_id, text="She is learning the till now.")
    lost = {i.kind for i in before.lost_in(desk.standing_on(note_id))}
    assert {Kind.CONFIRMED, Kind.PROMISE} <= lost
    assert Kind.MEETING not in lost
    desk.delete_note(note_id)
    assert {i.kind for i in before.lost_in(desk.standing_on(note_id))} == kinds
    assert bakery.foreign.standing_on(note_id).items == ()


def test_what_was_confirmed_and_speaks_for_somebody_else_now_is_told(bakery: Bakery) -> None:
    desk, note_id = bakery.desk, rye(bakery)
    item = next(i for i in desk.person("nadia").evidence() if "shaping the rye" in i.quote.text)
    desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    before = desk.standing_on(note_id)
    desk.edit_note(note_id, text=f"Corrected. {desk.note(note_id).text}")
    assert before.gone_along(desk.standing_on(note_id)) == ()
    desk.move_note(note_id, "jan1")
    along = before.gone_along(desk.standing_on(note_id))
    assert [(i.kind, i.person_id, i.what) for i in along] == [(Kind.CONFIRMED, "jan1", item.quote.text)]


def test_a_question_chosen_for_a_one_on_one_to_come_is_told_when_its_words_go(bakery: Bakery) -> None:
    desk, note_id = bakery.desk, rye(bakery)
    words = desk.note(note_id).text
    chosen = f"You wrote: “{words[:30]}”. What of it?"
    to_come = desk.person("nadia").keep_meeting(desk.today + timedelta(days=5), MeetingState.PLANNED)
    with desk.records.writing(desk.account, desk.today) as shelf:
        shelf.meetings.save([to_come.with_question("q1", chosen).with_question("q2", "Who gains?")])
    before = desk.standing_on(note_id)
    assert [i.what for i in before.items if i.kind is Kind.QUESTION] == [chosen]
    desk.edit_note(note_id, text=f"Corrected. {words}")
    assert Kind.QUESTION not in {i.kind for i in before.lost_in(desk.standing_on(note_id))}
    desk.edit_note(note_id, text="She is learning the till now.")
    assert Kind.QUESTION in {i.kind for i in before.lost_in(desk.standing_on(note_id))}


def test_a_promise_that_was_settled_does_not_come_back_when_its_note_is_edited_around_it(bakery: Bakery) -> None:
    desk, note_id = bakery.desk, rye(bakery)
    promise = desk.person("nadia").promises()[0]
    desk.settle_promise(promise.id, PromiseState.DONE)
    desk.edit_note(note_id, text=f"Corrected. {desk.note(note_id).text}")
    assert [(p.id, p.state) for p in desk.person("nadia").promises()] == [(promise.id, PromiseState.DONE)]


def test_a_moved_note_keeps_its_verdicts_and_takes_the_ground_from_the_plan_it_stood_under(bakery: Bakery) -> None:
    desk = bakery.desk
    desk.person("nadia").draft_plan()
    plan = desk.person("nadia").plan()
    assert plan is not None
    quoted = [
        q.note.id for t in plan.threads for link in (t.passion, t.talent, t.customer, t.value) for q in link.quotes
    ]
    assert quoted
    before = desk.standing_on(quoted[0])
    desk.move_note(quoted[0], "jan1")
    lost = before.lost_in(desk.standing_on(quoted[0]))
    assert {i.kind for i in lost} == {Kind.PLAN}
    now = desk.person("nadia").plan()
    assert now is not None
    assert quoted[0] in {
        i for t in now.threads for link in (t.passion, t.talent, t.customer, t.value) for i in link.lost
    }


def test_a_sentence_of_a_plan_that_quotes_a_note_closed_since_is_not_shown(bakery: Bakery) -> None:
    desk, nadia = bakery.desk, bakery.desk.person("nadia")
    note = nadia.add_note("She is stuck: the oven door jams every single morning and slows the bake.")
    nadia.draft_plan()
    plan = nadia.plan()
    assert plan is not None
    thread = replace(plan.threads[0], obstacle="If “the oven door jams every single morning” again, say so.")
    with desk.records.writing(desk.account, desk.today) as shelf:
        shelf.plans.add(replace(plan, version=2, threads=(thread,)))
    shown = nadia.plan()
    assert shown is not None
    assert "oven door" in shown.threads[0].obstacle
    desk.edit_note(note.id, ai=AiUse.NEVER)
    shown = nadia.plan()
    assert shown is not None
    assert shown.threads[0].obstacle == ""
