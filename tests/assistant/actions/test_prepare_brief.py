import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import cast

import pytest

from assistant.actions.prepare_brief import brief_growing, prepare_brief
from assistant.domain.brief import Brief
from assistant.domain.evidence import Quote, Strength, Tier, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner, PromiseKind, PromiseState
from assistant.domain.question import Question
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from assistant.ports.engine import Engine
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    NOTES,
    PROMISES,
    SICK,
    TODAY,
    ShippedLibrary,
    evidence,
    note,
    readable,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())


def said(brief: Brief) -> str:
    """All words of a brief, the quoted notes' own texts left out."""
    brief_words = []
    for line in (*brief.new, *brief.continuing, *brief.resolved, *brief.recognition):
        brief_words += [line.text, *(quote.text for quote in line.quotes)]
    for question in brief.questions.questions:
        brief_words += [question.text, question.why, question.follow_up, *(q.text for q in question.quotes)]
    brief_words += [f"{a.text} {a.why} {a.point_to}" for a in brief.avoid]
    return "\n".join([*brief_words, *brief.unknown])


def test_the_managers_overdue_promise_comes_first() -> None:
    brief = prepare_brief(situation(), ENGINE)
    assert [p.what for p in brief.mine] == [
        "Flour delivery late twice. I promised to talk to purchasing by the end of March."
    ]
    assert brief.mine[0].is_overdue(TODAY)
    assert [p.due for p in brief.theirs] == [date(2026, 4, 10)]


def test_the_same_situation_gives_the_same_brief() -> None:
    assert prepare_brief(situation(), ENGINE) == prepare_brief(situation(), ENGINE)


def test_every_line_quotes_its_note_word_for_word_with_day_and_voice() -> None:
    brief = prepare_brief(situation(), ENGINE)
    lines = [*brief.new, *brief.continuing, *brief.resolved, *brief.recognition]
    assert lines
    for line in lines:
        assert line.quotes
        assert all(f"“{q.text}”" in line.text for q in line.quotes)
    wish = next(line for line in brief.new if "teach the trainees" in line.text)
    assert wish.text == "Maja said on 31 March: “One day I would like to teach the trainees the morning shift.”"
    assert wish.tier is Tier.THEIR_WORDS


def test_what_is_asked_of_the_manager_stands_under_its_own_heading_and_not_as_news_too() -> None:
    base = situation()
    [news] = [line for line in prepare_brief(base, ENGINE).new if "teach the trainees" in line.text]
    asked = replace(
        base.promises[0], id="asked", owner=Owner.ME, kind=PromiseKind.REQUEST, quotes=news.quotes,
        made_on=news.quotes[0].day, due=None, state=PromiseState.OPEN, told=(),
    )  # fmt: skip
    brief = prepare_brief(replace(base, requests=(asked,)), ENGINE)
    assert brief.asked == (asked,)
    assert news not in brief.new
    answered = replace(base, requests=(replace(asked, state=PromiseState.DONE),))
    assert news in prepare_brief(answered, ENGINE).new


def test_nothing_private_reaches_a_brief_but_that_it_is_there_and_whom_to_turn_to() -> None:
    half = note("n7", "2026-04-08", "She cleaned the proving cabinet alone. CANARY-9 is about her divorce.")
    base = situation([*NOTES, half])
    hidden = readable(half, "CANARY-9 is about her divorce.", "private_relationships")
    recent = tuple(hidden if r.note.id == "n7" else r for r in base.recent)
    brief = prepare_brief(replace(base, recent=recent, left_out=(hidden, *base.left_out)), ENGINE, six=True)
    words = said(brief)
    assert "CANARY" not in words
    assert SICK.text not in words
    assert "A note of 2 April is private. Leave it unless she brings it up." in words
    assert [("stands in the note alone" in a.why) for a in brief.avoid if "2 April" in a.text] == [True]
    assert [("stands in the note alone" in a.why) for a in brief.avoid if "8 April" in a.text] == [False]
    assert "One passage in the note of 8 April is private. Leave that passage unless she brings it up" in words
    assert "health" not in words.replace("occupational health", "")
    assert "relationship" not in words
    assert {a.point_to for a in brief.avoid} == {"HR or occupational health", "HR or your employee assistance service"}


def test_praise_worth_giving_names_who_saw_it() -> None:
    brief = prepare_brief(situation(), ENGINE)
    assert brief.recognition[0].text == (
        "Worth saying: Vera Holm (guest) said on 17 March: “The lady at the bread table remembered my nut allergy.”"
    )


@pytest.mark.parametrize(("due", "begins"), [("2026-04-06", "Done:"), ("2026-04-10", "Kept:")])
def test_what_was_done_after_its_day_is_not_called_kept(due: str, begins: str) -> None:
    done = note("n7", "2026-04-09", "The card with the oven times hangs by oven two.")
    promise = replace(
        PROMISES[1], state=PromiseState.DONE, closed_by=Quote.of(done, done.text), due=date.fromisoformat(due)
    )
    [line] = prepare_brief(situation([*NOTES, done], promises=[promise]), ENGINE).resolved
    assert line.text.startswith(begins)
    assert ("It was due on 6 April" in line.text) is (begins == "Done:")


def test_a_kept_promise_since_last_time_is_resolved() -> None:
    done = note("n7", "2026-04-09", "The card with the oven times hangs by oven two.")
    kept = replace(PROMISES[1], state=PromiseState.DONE, closed_by=Quote.of(done, done.text))
    brief = prepare_brief(situation([*NOTES, done], promises=[kept]), ENGINE)
    assert any("hangs by oven two" in line.text for line in brief.resolved)
    assert all("hangs by oven two" not in line.text for line in brief.new)


def test_an_obstacle_nobody_reported_gone_continues_and_a_settled_one_does_not() -> None:
    assert any("Flour delivery late twice." in line.text for line in prepare_brief(situation(), ENGINE).continuing)
    gone = note("n7", "2026-04-09", "Flour deliveries are sorted since Monday.")
    brief = prepare_brief(situation([*NOTES, gone]), ENGINE)
    assert all("late twice" not in line.text for line in brief.continuing)
    assert any("Flour deliveries are sorted" in line.text for line in brief.resolved)


def test_a_complaint_without_an_answer_is_still_waiting() -> None:
    letter = note(
        "n7", "2026-02-20", "I want to know what was in the bread.", NoteKind.CUSTOMER_COMPLAINT, "Rolf Tamm, guest"
    )
    brief = prepare_brief(situation([*NOTES, letter]), ENGINE)
    assert any("Rolf Tamm" in line.text for line in brief.continuing)
    assert any("Rolf Tamm" in gap for gap in brief.unknown)


def test_what_no_note_says_is_said_to_be_unknown() -> None:
    brief = prepare_brief(situation(found=[i for i in EVIDENCE if i.topic is not Topic.PASSION]), ENGINE)
    assert any("in Maja's own words" in gap for gap in brief.unknown)


def test_thin_notes_are_called_thin() -> None:
    brief = prepare_brief(situation(NOTES[:1], [], [], today=date(2026, 3, 5)), ENGINE)
    assert brief.thin
    assert "only one note" in brief.unknown[0]
    assert len(brief.questions.questions) == 3


def test_a_person_without_any_note_still_gets_a_brief() -> None:
    brief = prepare_brief(situation([], [], []), ENGINE)
    assert brief.thin
    assert brief.new == brief.continuing == brief.recognition == ()
    assert len(brief.questions.questions) == 3


def test_a_question_that_does_not_stand_on_its_note_is_dropped() -> None:
    class Boasting(OfflineEngine):
        def questions(self, situation, count):  # type: ignore[no-untyped-def]
            for question in super().questions(situation, count):
                yield replace(question, why="Karl Otto praised it 17 times.")

    assert prepare_brief(situation(), Boasting(ShippedLibrary())).questions.questions == ()


def test_a_brief_can_be_written_as_plain_data() -> None:
    brief = prepare_brief(situation(), ENGINE)
    assert "Maja" in json.dumps(asdict(brief), default=str)


def test_hearsay_is_neither_new_nor_praise() -> None:
    rumour = note("n7", "2026-04-08", "Somebody at the till heard that she wants to leave.")
    item = evidence(rumour, rumour.text, Topic.ASPIRATION, Witness.HEARSAY, Strength.E2)
    brief = prepare_brief(situation([*NOTES, rumour], [*EVIDENCE, item]), ENGINE, six=True)
    assert "heard that she wants" not in said(brief)


class OnePillarFirst:
    """Asks like the rules, but its first two questions are of one pillar, as a model's may be."""

    name = ENGINE.name

    def __getattr__(self, name: str) -> object:
        return getattr(ENGINE, name)

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        first, second, *rest = ENGINE.questions(situation, count)
        yield from (first, replace(second, pillar=first.pillar), *rest)


def test_six_questions_come_even_where_the_first_two_are_of_one_pillar() -> None:
    grown = [*brief_growing(situation(), cast(Engine, OnePillarFirst()), six=True)]
    asked = grown[-1].questions.questions
    assert len(asked) == len(prepare_brief(situation(), ENGINE, six=True).questions.questions)
    assert len({q.pillar for q in asked[:3]}) == 3
    three = prepare_brief(situation(), cast(Engine, OnePillarFirst())).questions.questions
    assert len({q.pillar for q in three}) == len(three)


def test_that_no_note_holds_their_words_is_said_only_when_none_can() -> None:
    late = date(2026, 8, 1)
    later = note("n7", "2026-07-20", "The oven stood still and nobody minded.")
    silent = prepare_brief(situation([*NOTES, later], today=late), ENGINE)
    assert any(gap.startswith("Since 31 March I found nothing that Maja wrote") for gap in silent.unknown)
    quoting = note("n7", "2026-07-20", 'At the counter she said "let me find out", and then she did.')
    heard = prepare_brief(situation([*NOTES, quoting], today=late), ENGINE)
    assert not any("nothing that Maja wrote" in gap for gap in heard.unknown)
