"""The story in a conversation: kept with the brief, told again in short, gone with its note."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.brief import Brief, StoryLine
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import Text
from assistant.domain.evidence import Quote
from assistant.domain.origin import Origin
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from tests.house import Bakery, open_bakery

SHAPING = "I love shaping the rye loaves before anyone is up."
DOUGH = "Showed the apprentice how to fold the dough without being asked."
LINES = (f"In May Nadia said “{SHAPING}”", "Since 20 May it is the apprentice, too.", "The baskets are open.")


class Telling(OfflineEngine):
    """The rules, with a story in front as a model would tell it."""

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        notes = [r.note for r in (*situation.earlier, *situation.recent)]
        said = [Quote.of(n, words) for words in (SHAPING, DOUGH) for n in notes if words in n.text]
        if len(said) == 2:
            carried = ((said[0],), (said[1],), (said[0],))
            for text, quotes in zip(LINES, carried, strict=True):
                yield StoryLine(text, quotes, Origin("llm"))
        yield from self.questions(situation, count)


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


def telling(bakery: Bakery) -> Desk:
    return replace(bakery.desk, engine=Telling(bakery.house.library))


def briefs(turns: list[KeptTurn]) -> list[Brief]:
    return [event.body for turn in turns for event in turn.events if isinstance(event.body, Brief)]


def test_a_kept_brief_has_its_story_until_a_note_of_it_is_deleted(bakery: Bakery) -> None:
    desk = telling(bakery)
    talk = Conversation(desk, desk.person("nadia"))
    [*talk.say("prep Nadia")]
    (kept,) = briefs([*bakery.desk.conversation(talk.id)[1]])
    assert tuple(line.text for line in kept.story) == LINES
    assert kept.story[1].quotes[0].text == DOUGH
    (note,) = (n.id for n in desk.person("nadia").notes() if DOUGH in n.text)
    desk.delete_note(note)
    assert briefs([*bakery.desk.conversation(talk.id)[1]]) == []
    assert not bakery.foreign.conversations()


def test_in_short_it_is_what_turned_and_where_it_stands(bakery: Bakery) -> None:
    desk = telling(bakery)
    talk = Conversation(desk, desk.person("nadia"))
    [*talk.say("prep Nadia")]
    shorter = [e.body for e in talk.say("shorter please")]
    told = [body for body in shorter if isinstance(body, Text)]
    assert [body.text for body in told] == [*LINES[-2:]]
    assert told[0].quotes[0].text == DOUGH
    assert sum(isinstance(body, Question) for body in shorter) == 1


class Answering(OfflineEngine):
    """The rules, with an answer of three sentences, the newest last."""

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """One sentence a note."""
        assert situation is not None
        notes = sorted((r.note for r in (*situation.earlier, *situation.recent)), key=lambda n: n.day)
        yield from (Text(f"“{n.text}”", (Quote.of(n, n.text),)) for n in (notes[0], notes[0], notes[-1]))


def test_an_answer_in_short_keeps_the_newest_word(bakery: Bakery) -> None:
    desk = replace(bakery.desk, engine=Answering(bakery.house.library))
    talk = Conversation(desk, desk.person("nadia"))
    whole = [e.body for e in talk.say("What does she like about the dough?") if isinstance(e.body, Text)]
    shorter = [e.body for e in talk.say("shorter please") if isinstance(e.body, Text)]
    assert len(whole) == 3
    assert [body.text for body in shorter] == [whole[0].text, whole[-1].text]


def test_a_brief_by_the_rules_is_told_again_without_one(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    [*talk.say("prep Nadia")]
    shorter = [e.body for e in talk.say("shorter please")]
    assert not any(isinstance(body, Text) for body in shorter)
    assert sum(isinstance(body, Question) for body in shorter) == 1
