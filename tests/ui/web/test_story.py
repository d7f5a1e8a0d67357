"""The story on the page as it comes: its place is there while a model reads, and goes where none holds."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.domain.brief import StoryLine
from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.origin import Origin
from assistant.domain.question import Question
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.offline.situations import ShippedLibrary
from tests.ui.web.conftest import MIA, Office
from tests.ui.web.pressing import words
from ui.web import views
from ui.web.place import Place

DANA = Place(MIA, "person", "dana")


class Telling(OfflineEngine):
    """Rules that call themselves a model, and tell of one note first if they are told to."""

    def __init__(self, tells: bool) -> None:
        super().__init__(ShippedLibrary())
        self.tells = tells

    @property
    def name(self) -> str:
        return "llm"

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        if self.tells:
            note = next(r.note for r in (*situation.recent, *situation.earlier) if not r.closed)
            quote = Quote(note, Span(0, len(note.text)))
            yield StoryLine("Two <b>things</b> came together.", (quote,), Origin("llm"))
        yield from self.questions(situation, count)


@pytest.mark.parametrize("tells", [True, False])
def test_what_needs_no_model_is_there_first_and_the_story_takes_its_place(office: Office, tells: bool) -> None:
    desk = replace(office.desk(), engine=Telling(tells))
    shown = [screen.out for screen in views.look(desk, DANA)]
    seen = [text for text in map(words, shown) if "Promises" in text]
    assert "Reading the last months" in seen[0]
    assert seen[0].index("The story so far") < seen[0].index("Promises")
    assert "Reading the last months" not in seen[-1]
    assert ("Two <b>things</b> came together." in seen[-1]) is tells
    assert ("The story so far" in seen[-1]) is tells
    assert "<b>" not in shown[-1]


def test_the_rules_keep_no_place_for_a_story(office: Office) -> None:
    assert not any("The story so far" in words(shown.out) for shown in views.look(office.desk(), DANA))
