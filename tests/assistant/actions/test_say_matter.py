"""A promise whose words only point at a thing is told with the sentence before it; one that stands alone is not."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.prepare_brief import prepare_brief
from assistant.actions.say_matter import with_matter
from assistant.domain.note import NoteKind
from assistant.domain.promise import Owner
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import (
    MAJA,
    NOTES,
    PROMISES,
    ShippedLibrary,
    note,
    promise,
    readable,
    situation,
)  # fmt: skip


def told(text: str, words: str, kind: NoteKind = NoteKind.ONE_ON_ONE, hidden: str = "") -> str:
    one = note("n9", "2026-04-01", text, kind)
    return with_matter(promise(one, words, Owner.ME, None), [readable(one, hidden)], MAJA).what


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("She would like to keep the evenings going in autumn.", "I'll speak to Ruth."),
        ("Eleven guests got a slot that is not there.", "She is to ring them all and name a date."),
        ("A week of overlap would do for the new girl.", "I'm taking that up with the office."),
        ("Die Maschine braucht zwei neue Betten.", "Ich frage in der Gießerei."),
        ("Sie trägt die Protokolle von Hand ein.", "Ich besorge dafür ein Tablet."),
        ("Quiere un segundo horno para el turno.", "Hablo de ello con la oficina."),
    ],
)
def test_the_sentence_before_tells_what_it_is_about(before: str, words: str) -> None:
    assert told(f"{before} {words}", words) == f"{before} {words}"


def test_the_beginning_of_its_own_sentence_comes_first() -> None:
    text = "Quiet day. Next time I want a week of overlap and I'm taking that up with the office."
    words = "I'm taking that up with the office."
    assert told(text, words) == text.removeprefix("Quiet day. ")


@pytest.mark.parametrize(
    "words", ["I order the new proving cabinet for the bakery.", "She writes the oven times on a card."]
)
def test_a_promise_that_names_its_matter_stands_alone(words: str) -> None:
    assert told(f"Rain all day again. {words}", words) == words


def test_nothing_private_no_other_line_and_no_other_goal_is_put_before_it() -> None:
    words = "I'll speak to Ruth."
    assert told(f"Her mother is ill again. {words}", words, hidden="Her mother is ill again.") == words
    assert told(f"- Rota for the summer\n- {words}", words) == words
    assert told(f"More calls by phone this year. {words}", words, NoteKind.GOAL) == words


def test_the_brief_tells_it_where_it_lists_and_where_it_presses() -> None:
    one = note("n9", "2026-03-20", "Grinding the beans takes her an hour a day. I'll ask the office.")
    here = situation((*NOTES, one), promises=(promise(one, "I'll ask the office.", Owner.ME, None), *PROMISES[1:]))
    brief = prepare_brief(replace(here, today=date(2026, 4, 14)), OfflineEngine(ShippedLibrary()))
    assert brief.mine[0].what == one.text
    assert one.text.rstrip(".") in brief.presses[0].text
    assert [q.text for q in brief.mine[0].quotes] == [one.text]
    assert brief.presses[0].quotes == brief.mine[0].quotes


def test_what_names_a_day_ahead_is_not_late_before_it() -> None:
    one = note("n9", "2026-03-20", "When I am back on 29 April I'll book the course for her.")
    here = situation((*NOTES, one), promises=(promise(one, "I'll book the course for her.", Owner.ME, None),))
    brief = prepare_brief(here, OfflineEngine(ShippedLibrary()))
    assert not any("open since" in matter.text for matter in brief.presses)
