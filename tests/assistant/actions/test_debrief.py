"""A telling after a meeting over real parts: kept at once, one proposal, one yes, undone as one."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.actions.catch_up import catch_up
from assistant.desk import Desk
from assistant.domain.check_in import Speaks
from assistant.domain.evidence import EvidenceState, Topic
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.pending import Debriefed, PendingState
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import PromiseState
from assistant.errors import FlourishError, Invalid, Refused, Unknown
from assistant.ports.engine import Finder
from tests.house import TODAY, Bakery

QUESTION = "What would the apprentices need to shape the loaves alone?"
TOLD = (
    "Good half hour. The proofing baskets arrived, she has them in use. Asked what the apprentices would need. "
    'She says the apprentices need to shape the loaves twice beside her. "I love teaching them the rye," she said. '
    "I will talk to Jan about the early shift by 30 June. She will write the rye times on one card by Friday."
)


@pytest.fixture
def desk(bakery: Bakery) -> Desk:
    return bakery.desk


@pytest.fixture
def taken(desk: Desk) -> Debriefed:
    nadia = desk.person("nadia")
    nadia.keep_meeting(TODAY, MeetingState.PLANNED, [QUESTION])
    return nadia.debriefing.take(TOLD)


def pending_id(taken: Debriefed) -> str:
    assert taken.pending
    return taken.pending.id


def test_the_telling_is_kept_at_once_as_the_note_of_a_held_one_on_one(desk: Desk, taken: Debriefed) -> None:
    note = desk.note(taken.draft.note.id)
    assert (note.text, note.kind, note.day) == (TOLD, NoteKind.DEBRIEF, TODAY)
    (meeting,) = [m for m in desk.person("nadia").meetings() if m.day == TODAY]
    assert (meeting.state, meeting.note_ids) == (MeetingState.HELD, (note.id,))


def test_everything_it_brings_stands_in_its_own_words(taken: Debriefed) -> None:
    draft = taken.draft
    assert [i.quote.text for i in draft.evidence if i.topic is Topic.PASSION] == ["I love teaching them the rye,"]
    assert {(p.owner.value, p.due) for p in draft.promises} == {
        ("me", date(2026, 6, 30)), ("them", date(2026, 6, 19)),
    }  # fmt: skip
    assert ["proofing baskets" in p.what for p in draft.settled] == [True]
    assert [(a.question.text, a.quote.text) for a in draft.answers] == [
        (QUESTION, "She says the apprentices need to shape the loaves twice beside her.")
    ]
    assert all(quote.text in TOLD for quote in draft.quotes)


def of_the_telling(desk: Desk, taken: Debriefed) -> set[str]:
    """What counts out of it: the words of quotes, promises and closings."""
    nadia, here = desk.person("nadia"), taken.draft.note.id
    found = {i.quote.text for i in nadia.evidence() if i.note.id == here and i.counts}
    promises = nadia.promises()
    found |= {p.what for p in promises if any(q.note.id == here for q in p.quotes)}
    return found | {f"settled: {p.what}" for p in promises if p.closed_by and p.closed_by.note.id == here}


def read_again(bakery: Bakery, as_if: str = "another@2") -> None:
    """Another finder comes, and everything is read and found anew."""
    other = SimpleNamespace(
        fingerprint=as_if, screen=bakery.desk.finder.screen, evidence=bakery.desk.finder.evidence,
        promises=bakery.desk.finder.promises,
    )  # fmt: skip
    desk = bakery.desk
    done = catch_up(desk.records, desk.account, finder=cast("Finder", other), search=desk.search_notes)
    assert done.notes
    assert done.people


def test_before_the_yes_nothing_that_was_found_counts(bakery: Bakery, desk: Desk, taken: Debriefed) -> None:
    nadia = desk.person("nadia")
    assert taken.draft.evidence
    for reader in ("another@2", "another@3"):
        assert of_the_telling(desk, taken) == set()
        assert nadia.ledger() == []
        assert {p.state for p in nadia.promises()} == {PromiseState.OPEN}
        assert taken.draft.note.id not in {r.note.id for r in nadia.situation().recent}
        assert [item.id for item in desk.pending()] == [pending_id(taken)]
        read_again(bakery, reader)
    assert desk.note(taken.draft.note.id).text == TOLD
    desk.edit_note(taken.draft.note.id, text=f"On Monday. {TOLD}")
    assert of_the_telling(desk, taken) == set()
    desk.confirm(pending_id(taken))
    assert len(of_the_telling(desk, taken)) == len(taken.draft.evidence) + 3


def test_only_the_note_means_that_nothing_else_is_ever_taken_from_it(
    bakery: Bakery, desk: Desk, taken: Debriefed
) -> None:
    desk.drop(pending_id(taken))
    read_again(bakery)
    desk.edit_note(taken.draft.note.id, text=f"On Monday. {TOLD}")
    assert of_the_telling(desk, taken) == set()
    assert taken.draft.note.id in {r.note.id for r in desk.person("nadia").situation().recent}, "the note is kept"


def test_what_was_left_out_at_the_yes_stays_out(bakery: Bakery, desk: Desk, taken: Debriefed) -> None:
    draft = taken.draft
    promise = next(n for n in range(1, draft.size + 1) if any("rye times" in p.what for p in draft.only([n]).promises))
    closing = next(n for n in range(1, draft.size + 1) if draft.only([n]).settled)
    desk.confirm(pending_id(taken), without={1, promise, closing})
    for step in range(3):
        counts = " ".join(of_the_telling(desk, taken))
        assert "Jan about the early shift" in counts, step
        for no in ("rye times", "settled", draft.evidence[0].quote.text):
            assert no not in counts, step
        if step == 0:
            read_again(bakery)
        else:
            desk.edit_note(draft.note.id, text=f"On Monday. {TOLD} Then we walked.")


def test_what_got_no_answer_in_its_day_counts_for_nothing_and_is_told(desk: Desk, taken: Debriefed) -> None:
    assert desk.unanswered() == ()
    tomorrow = replace(desk, clock=lambda: desk.clock() + timedelta(hours=25))
    assert [item.id for item in tomorrow.unanswered()] == [pending_id(taken)]
    assert of_the_telling(tomorrow, taken) == set()


def test_one_yes_confirms_evidence_answers_and_the_one_on_one(desk: Desk, taken: Debriefed) -> None:
    item = desk.confirm(pending_id(taken))
    nadia = desk.person("nadia")
    assert item.state is PendingState.CONFIRMED
    assert {desk.evidence(i.id).state for i in taken.draft.evidence} == {EvidenceState.CONFIRMED}
    (asked,) = nadia.ledger()
    assert (asked.text, asked.answer.startswith("She says the apprentices")) == (QUESTION, True)
    assert QUESTION in [q.text for m in nadia.meetings() for q in m.questions]
    assert desk.pending() == ()
    with pytest.raises(Refused, match="confirmed already"):
        desk.confirm(item.id)


def test_a_piece_may_be_left_out_by_its_number(desk: Desk, taken: Debriefed) -> None:
    with pytest.raises(Invalid, match="no number 99"):
        desk.confirm(pending_id(taken), without={99})
    first = taken.draft.evidence[0]
    desk.confirm(pending_id(taken), without={1})
    assert first.id not in {item.id for item in desk.person("nadia").evidence()}
    assert len(desk.person("nadia").ledger()) == 1


def test_a_debrief_is_undone_as_one(desk: Desk, taken: Debriefed) -> None:
    nadia = desk.person("nadia")
    desk.confirm(pending_id(taken))
    assert PromiseState.DONE in {p.state for p in nadia.promises()}
    desk.undo_debrief(pending_id(taken))
    assert nadia.ledger() == []
    assert {i.note.id for i in nadia.evidence()} & {taken.draft.note.id} == set()
    assert {p.state for p in nadia.promises()} == {PromiseState.OPEN}
    with pytest.raises(Unknown):
        desk.note(taken.draft.note.id)
    with pytest.raises(Unknown, match="Nothing waits"):
        desk.undo_debrief(pending_id(taken))


def test_a_yes_is_taken_back_and_the_words_stay(desk: Desk, taken: Debriefed) -> None:
    nadia = desk.person("nadia")
    quotes, promises = {i.id for i in nadia.evidence()}, [*nadia.promises()]
    desk.confirm(pending_id(taken))
    anew = nadia.debriefing.take_yes_back(pending_id(taken))
    assert desk.note(taken.draft.note.id).text == taken.draft.note.text
    assert nadia.ledger() == []
    assert {i.id for i in nadia.evidence()} == quotes
    assert [*nadia.promises()] == promises, "no passage of the telling stands under a promise any more"
    with pytest.raises(FlourishError):
        nadia.debriefing.take_yes_back(pending_id(taken))
    desk.confirm(pending_id(anew))
    assert taken.draft.note.id in {i.note.id for i in nadia.evidence()}


def test_no_means_the_note_stays_and_nothing_else(desk: Desk, taken: Debriefed) -> None:
    assert desk.drop(pending_id(taken)).state is PendingState.DROPPED
    assert desk.pending() == ()
    assert desk.note(taken.draft.note.id)
    with pytest.raises(Refused, match="dropped already"):
        desk.confirm(pending_id(taken))


def test_after_a_day_it_is_too_late_and_the_note_can_be_read_once_more(desk: Desk, taken: Debriefed) -> None:
    tomorrow = replace(desk, clock=lambda: desk.clock() + timedelta(hours=24, minutes=1))
    assert tomorrow.pending() == ()
    with pytest.raises(Refused, match="longer than a day") as told:
        tomorrow.confirm(pending_id(taken))
    assert f"--note {taken.draft.note.id}" in told.value.next
    again = tomorrow.person("nadia").debriefing.again(taken.draft.note.id)
    assert again.draft.evidence == taken.draft.evidence
    assert [item.id for item in tomorrow.pending()] == [pending_id(again)]
    with pytest.raises(Unknown):
        desk.confirm(pending_id(taken))
    with pytest.raises(Unknown, match="no note"):
        desk.person("jan1").debriefing.again(taken.draft.note.id)


def test_reading_a_note_once_more_replaces_its_waiting_proposal(desk: Desk, taken: Debriefed) -> None:
    again = desk.person("nadia").debriefing.again(taken.draft.note.id)
    assert [item.id for item in desk.pending()] == [pending_id(again)]


def test_a_rehearsal_shows_the_same_and_writes_nothing(desk: Desk) -> None:
    nadia = desk.person("nadia")
    nadia.keep_meeting(TODAY, MeetingState.PLANNED, [QUESTION])
    before = desk.export()
    found = nadia.debriefing.take(TOLD, dry_run=True)
    assert (found.kept, found.pending, len(found.draft.answers), len(found.draft.promises)) == (False, None, 1, 2)
    assert desk.export() == before


def test_a_crisis_sentence_shows_the_card_and_stores_no_goal(desk: Desk) -> None:
    nadia = desk.person("nadia")
    plans, promises = nadia.plans(), nadia.promises()
    found = nadia.debriefing.take(f"{TOLD} She said she does not want to live any more.")
    assert found.crisis
    assert found.crisis.id == "crisis"
    assert found.draft.is_empty
    assert desk.pending() == ()
    assert desk.note(found.draft.note.id).ai is AiUse.NEVER
    assert [i for i in nadia.evidence() if i.note.id == found.draft.note.id] == []
    assert (nadia.plans(), nadia.promises()) == (plans, promises)


def test_a_private_sentence_brings_nothing(desk: Desk) -> None:
    found = desk.person("nadia").debriefing.take("Her blood test was fine, she was off sick on Monday.")
    assert found.draft.is_empty
    assert found.pending is None
    assert found.kept


def test_it_says_what_became_of_the_plan(desk: Desk) -> None:
    nadia = replace(desk, today=date(2026, 6, 8)).person("nadia")
    nadia.draft_plan()
    nadia.planning.reword("first step", "Write the rye times on one card")
    nadia.planning.move_on(PlanState.AGREED)
    found = desk.person("nadia").debriefing.take("The rye times are written on one card now, it hangs by the oven.")
    (check,) = [each for each in found.draft.check_ins if each.section is Section.FIRST_STEP]
    assert check.speaks is Speaks.FOR
    desk.confirm(pending_id(found))
    confirmed = [each for each in desk.person("nadia").planning.check().check_ins if each.by_hand]
    assert [(each.section, each.speaks) for each in confirmed] == [(Section.FIRST_STEP, Speaks.FOR)]


@pytest.fixture
def foreign(bakery: Bakery) -> Desk:
    return bakery.foreign


def test_another_account_sees_and_answers_nothing(foreign: Desk, taken: Debriefed) -> None:
    assert foreign.pending() == ()
    for deed in (foreign.confirm, foreign.drop, foreign.undo_debrief):
        with pytest.raises(Unknown, match="Nothing waits"):
            deed(pending_id(taken))


def test_a_telling_needs_words_and_a_day_that_has_come(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.person("nadia").debriefing.take("  ")
    with pytest.raises(Invalid, match="has not come yet"):
        desk.person("nadia").debriefing.take(TOLD, day=TODAY + timedelta(days=1))


def test_two_entries_that_are_one_take_what_waits_along(desk: Desk) -> None:
    found = desk.person("jan2").debriefing.take("He loves the till. I will ask for the new drawer by 30 June.")
    desk.merge_people("jan1", "jan2")
    assert [(item.person_id, item.id) for item in desk.pending()] == [("jan1", pending_id(found))]


@pytest.mark.parametrize(
    ("told", "held", "made"),
    [
        ("I promised to book it by 30 June. She asked me not to tell the others.", 1, 1),
        ("She thinks of leaving. She asked me not to tell the others.", 2, 0),
        ("I promised to book it by 30 June. She is glad.", 0, 1),
    ],
)
def test_what_is_held_back_because_silence_was_asked_for_is_counted(
    desk: Desk, told: str, held: int, made: int
) -> None:
    taken = desk.person("nadia").debriefing.take(told)
    assert (taken.held, len(taken.draft.promises)) == (held, made)
    again = desk.person("nadia").debriefing.again(taken.draft.note.id)
    assert again.held == held
