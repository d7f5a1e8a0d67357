"""What cannot wait is asked first, what starts from no note last; an old passage says how old it is."""

from datetime import date

import pytest

from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner
from assistant.domain.question import Question
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.matters import Matter
from assistant.engines.offline.asking.phrasing import phrasings
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    NOTES,
    PROMISES,
    ShippedLibrary,
    evidence,
    note,
    promise,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())


def asked(base: Situation) -> list[Question]:
    return [*ENGINE.questions(base, 3)]


def test_what_is_due_within_two_weeks_is_asked_before_anything_else() -> None:
    said = note("k1", "2026-04-07", "She will count the trays by 21 April.", NoteKind.ONE_ON_ONE)
    base = situation([*NOTES, said], promises=[promise(said, said.text, Owner.THEM, date(2026, 4, 21))])
    assert asked(base)[0].quotes[0].note.id == "k1"


def test_a_question_without_a_note_never_stands_before_one_with_a_note() -> None:
    found = [i for i in EVIDENCE if i.topic is not Topic.PASSION and i.topic is not Topic.TALENT]
    base = situation(found=found, promises=PROMISES)
    told = [bool(question.quotes) for question in asked(base)]
    assert told == sorted(told, reverse=True)
    assert told[0]


def test_nobody_is_asked_for_a_habit() -> None:
    for question in ENGINE.questions(situation(), 6):
        assert "habit" not in question.text


@pytest.mark.parametrize(("day", "age"), [("2026-02-05", "It is two months old."), ("2026-04-07", "")])
def test_an_old_passage_says_how_old_it_is(day: str, age: str) -> None:
    said = note(
        "k2", day, "The rolls are warm since Maja bakes in two rounds.", NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest"
    )
    value = evidence(said, said.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER)
    teller = teller_of(situation([*NOTES, said]))
    [about, *_] = [way.question for way in phrasings(Matter("value_known", 50, value), teller)]
    assert ("months old" in about.why) is bool(age)
    assert age in about.why
