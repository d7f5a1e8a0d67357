from datetime import date

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.ask_ledger import Asked, resting
from assistant.domain.evidence import Quote, Tier
from assistant.domain.meeting import Meeting, MeetingState, last_time
from assistant.domain.note import MAX_NOTE_CHARACTERS, Span, note_fingerprint
from assistant.domain.origin import Origin
from assistant.domain.person import Person, PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Link
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.question import Question, QuestionSet
from assistant.domain.search import Window
from assistant.domain.stage import Stage
from assistant.errors import FlourishError, Invalid, UngroundedEvidence
from tests.assistant.domain.nouns import DANA, ME, note


def test_a_quote_cannot_exist_unless_the_note_holds_it() -> None:
    told = note("She said: “I like it when the room is quiet.”")
    assert Quote.of(told, "I like it when the room is quiet").text in told.text
    with pytest.raises(UngroundedEvidence, match="not in note n1"):
        Quote.of(told, "I love a quiet room")
    with pytest.raises(UngroundedEvidence):
        Quote(told, Span(0, 5000))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_note_is_refused_with_the_next_step(text: str) -> None:
    with pytest.raises(Invalid, match="Write at least one sentence"):
        note(text)


def test_an_endless_note_is_refused() -> None:
    with pytest.raises(Invalid, match="Split it by day"):
        note("x" * (MAX_NOTE_CHARACTERS + 1))


def test_the_same_note_in_four_formats_has_one_fingerprint() -> None:
    day, who = date(2026, 3, 1), PersonId("p1")
    plain = note_fingerprint(who, day, 'He said "no" - twice.')
    assert plain == note_fingerprint(who, day, "He  said\n“no” – twice. ")
    assert plain != note_fingerprint(PersonId("p2"), day, 'He said "no" - twice.')
    assert plain != note_fingerprint(who, date(2026, 3, 2), 'He said "no" - twice.')


def test_a_person_is_named_by_full_name_alias_or_first_name_only() -> None:
    assert DANA.is_named("whitlock, dana")
    assert DANA.is_named("Dee")
    assert DANA.is_named("dana")
    assert not DANA.is_named("Dan")
    with pytest.raises(Invalid, match="needs a name"):
        Person(ME, PersonId("p9"), "  ")


@pytest.mark.parametrize("bad", ["", "a b", "../x", "x" * 65])
def test_an_account_id_is_a_plain_word(bad: str) -> None:
    with pytest.raises(Invalid):
        Account(AccountId(bad), "Ruth")


def test_a_promise_is_overdue_only_while_open_and_past_its_day() -> None:
    promise = Promise(ME, "p1", DANA.id, Owner.ME, "order the seat", date(2026, 5, 1), date(2026, 5, 10))
    assert promise.is_overdue(date(2026, 5, 11))
    assert not promise.is_overdue(date(2026, 5, 10))
    with pytest.raises(Invalid):
        Promise(ME, "p1", DANA.id, Owner.ME, "x", date(2026, 5, 1), closed_by=Quote.of(note("Seat is in."), "Seat"))
    assert promise.state is PromiseState.OPEN


def test_last_time_is_the_newest_held_meeting_before_today() -> None:
    def on(day: str, state: MeetingState = MeetingState.HELD) -> Meeting:
        return Meeting(ME, day, DANA.id, date.fromisoformat(day), state)

    meetings = [on("2026-05-01"), on("2026-05-20"), on("2026-05-25", MeetingState.SKIPPED), on("2026-06-01")]
    assert last_time(meetings, date(2026, 6, 1)).day == date(2026, 5, 20)
    none = last_time([], date(2026, 6, 1))
    assert (none.day, none.was_meeting) == (date(2026, 4, 2), False)


def test_a_question_rests_for_half_a_year_unless_it_is_to_come_back() -> None:
    asked = Asked(ME, DANA.id, "PAS-REG-1", "…", date(2026, 1, 10))
    assert resting([asked], date(2026, 7, 11)) == {"PAS-REG-1"}
    assert resting([asked], date(2026, 7, 12)) == frozenset()
    later = Asked(ME, DANA.id, "PAS-REG-1", "…", date(2026, 1, 12), later=True)
    assert resting([asked, later], date(2026, 2, 1)) == frozenset()


def question(id: str, pillar: Pillar, text: str = "What pulled you in?") -> Question:
    return Question(id, text, pillar, "Nothing is known yet.", (), "know-passion", "What made it so?")


def test_a_question_asks_exactly_one_thing() -> None:
    with pytest.raises(Invalid, match="exactly one thing"):
        question("q1", Pillar.PASSION, "What is it? And why?")
    with pytest.raises(Invalid, match="exactly one thing"):
        question("q1", Pillar.PASSION, "You like it.")
    assert question("q1", Pillar.PASSION, "Tell me about the last time.").text.endswith(".")
    asked = question("q1", Pillar.PASSION, "How did you come to ask “Is anybody there who can't leave?” first?")
    assert asked.text.count("?") == 2, "what somebody else asked, between marks, is not asked here"


def test_a_set_of_three_has_no_two_of_one_pillar_and_marks_one_of_its_own() -> None:
    passion, talent = question("q1", Pillar.PASSION), question("q2", Pillar.TALENT)
    assert QuestionSet(Stage.REGULAR, (passion, talent), "q2").one_question == "q2"
    with pytest.raises(Invalid, match="one pillar"):
        QuestionSet(Stage.REGULAR, (passion, question("q3", Pillar.PASSION)), "q1")
    with pytest.raises(Invalid, match="part of the set"):
        QuestionSet(Stage.REGULAR, (passion, talent), "q9")


def test_a_plan_link_without_a_quote_is_a_gap_and_never_a_claim() -> None:
    assert Link("Not known yet", Tier.SUGGESTION, question="Who is better off?").is_gap
    with pytest.raises(Invalid, match="carries a quote"):
        Link("Loves teaching", Tier.THEIR_WORDS)


def test_a_window_runs_forward_and_may_be_open() -> None:
    assert Window(since=date(2026, 3, 1)).holds(date(2026, 3, 1))
    assert not Window(until=date(2026, 3, 1)).holds(date(2026, 3, 2))
    with pytest.raises(Invalid, match="ends before it begins"):
        Window(date(2026, 3, 2), date(2026, 3, 1))


def test_origin_reads_as_one_line() -> None:
    assert str(Origin("llm", "ask_question@3", "qwen3")) == "llm ask_question@3 qwen3"


def test_every_error_carries_its_next_step_into_the_sentence() -> None:
    assert str(FlourishError("The file is empty.", next="Choose another.")) == "The file is empty. Choose another."
