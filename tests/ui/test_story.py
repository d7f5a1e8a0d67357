"""The story of the months on every face: above what presses, each line with its note, as text and never as markup."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.actions.prepare_brief import prepare_brief
from assistant.domain.brief import LONGEST_TOLD, MOST_TOLD, Brief, StoryLine
from assistant.domain.event import Event, EventKind, quotes_in
from assistant.domain.evidence import Quote
from assistant.domain.origin import Origin
from assistant.domain.person import PersonId
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import Invalid
from tests.assistant.engines.offline.situations import CALM, OVENS, TEACH, TODAY, ShippedLibrary, note, situation
from tests.model_server import Body, ModelServer, items, model_server, obeys
from tests.ui.conftest import TODAY as DAY
from tests.ui.conftest import Flourish
from tests.ui.web.test_show import PAYLOADS, harmless
from ui.contract.talks import PrepPayload
from ui.present import talks, tell_prep, tell_short
from ui.present.reply import Live
from ui.web import show_brief, show_card
from ui.web.place import Place

BY_MODEL = Origin("llm", "ask_questions@10", "scripted")
WAS = StoryLine("On 3 March Maja re-timed the ovens.", (Quote.of(OVENS, "She re-timed the ovens"),), BY_MODEL)
TURNED = StoryLine("In March she said “I like it when the buffet looks calm at seven”.",
                   (Quote.of(CALM, "I like it when the buffet looks calm at seven"),), BY_MODEL)  # fmt: skip
STANDS = StoryLine("Since 31 March she hopes to teach “the morning shift”.",
                   (Quote.of(TEACH, "I would like to teach the trainees the morning shift."),), BY_MODEL)  # fmt: skip


@pytest.fixture(scope="module")
def bare() -> Brief:
    return prepare_brief(situation(), OfflineEngine(ShippedLibrary()))


@pytest.fixture(scope="module")
def brief(bare: Brief) -> Brief:
    return replace(bare, story=(WAS, TURNED, STANDS))


def test_a_line_has_words_and_stands_on_notes_of_one_person(brief: Brief) -> None:
    assert 0 < len(STANDS.text.split()) <= LONGEST_TOLD
    for text, quotes in (("", WAS.quotes), ("  ", WAS.quotes), ("word " * (LONGEST_TOLD + 1), WAS.quotes), ("So.", ())):
        with pytest.raises(Invalid):
            StoryLine(text, quotes)
    other = replace(note("x1", "2026-03-03", "Bruno sang."), person_id=PersonId("p2"))
    with pytest.raises(Invalid):
        StoryLine("Maja re-timed the ovens while Bruno sang.", (*WAS.quotes, Quote.of(other, "Bruno sang.")))
    with pytest.raises(Invalid):
        replace(brief, story=(StoryLine("Bruno sang.", (Quote.of(other, "Bruno sang."),)),))
    with pytest.raises(Invalid):
        replace(brief, story=(WAS,) * (MOST_TOLD + 1))


def test_the_rules_tell_no_story_and_no_face_shows_a_heading_without_one(bare: Brief) -> None:
    assert bare.story == ()
    assert talks.prep(bare).story == []
    assert "STORY" not in tell_prep.prep(talks.prep(bare)).upper()
    assert show_brief.story(bare, {}) == ""
    assert "Where it stands" not in show_card.card(bare, Place(bare.person.account_id, "person", bare.person.id))


def test_a_terminal_tells_it_above_what_presses_with_note_and_day(brief: Brief) -> None:
    told = tell_prep.prep(talks.prep(brief))
    assert told.index("THE STORY SO FAR") < told.index(WAS.text) < told.index(TURNED.text) < told.index("WHAT PRESSES")
    assert "“She re-timed the ovens” (n1, 3 Mar 2026)" in told, "a line without words of its note shows them below"
    assert "(n2, 3 Mar 2026)" in told.replace("\n    ", " ")


def test_a_program_reads_it_with_notes_and_exact_words(brief: Brief) -> None:
    said = PrepPayload.model_validate_json(talks.prep(brief).model_dump_json()).story
    assert [line.text for line in said] == [WAS.text, TURNED.text, STANDS.text]
    assert said[0].note_ids == ["n1"]
    assert said[0].evidence[0].quote == "She re-timed the ovens"


def test_the_page_has_it_first_with_a_chip_for_each_note(brief: Brief) -> None:
    shown = show_brief.story(brief, {})
    assert shown.index("The story so far") < shown.index(WAS.text) < shown.index(STANDS.text)
    assert shown.count("<details") == 3
    assert "Reading the last months" not in shown
    assert "Reading the last months" in show_brief.story(replace(brief, story=()), {}, awaited=True)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_page_and_the_card_show_it_as_text(payload: str, brief: Brief) -> None:
    text = " ".join(payload.replace("\x00", "").replace("\x08", "").split())
    loud = replace(brief, story=(replace(WAS, text=text),))
    harmless(show_brief.story(loud, {}))
    found = harmless(show_card.card(loud, Place(brief.person.account_id, "person", brief.person.id)))
    assert text.split()[0] in found.text


def test_a_phone_gets_where_it_stands_and_the_short_form_also_what_turned(brief: Brief) -> None:
    short, card = tell_short.short(talks.prep(brief)), show_card.card(brief, Place(brief.person.account_id))
    assert WAS.text not in short + card
    assert short.index(TURNED.text[:20]) < short.index("hopes to teach")
    assert TURNED.text not in card
    assert card.index("Where it stands") < card.index(STANDS.text) < card.index("Presses")
    bare = show_card.card(replace(brief, story=()), Place(brief.person.account_id))
    assert "You owe" in bare, "there it is said twice"
    assert "You owe" not in card
    assert "purchasing" in card


def test_somebody_who_watches_reads_what_needs_no_model_first_and_each_line_once(brief: Brief) -> None:
    live, seen = Live(), ""
    steps = [(brief.story[:n], 0) for n in range(4)] + [(brief.story, 1)]
    for seq, (story, asked) in enumerate(steps):
        questions = replace(brief.questions, questions=brief.questions.questions[:asked])
        grown = replace(brief, story=story, questions=replace(questions, one_question="") if not asked else questions)
        seen += live.told(Event(f"e{seq}", "t1", seq, EventKind.CARD, grown), [brief.person], TODAY) + "\n"
    assert seen.index("WHAT PRESSES") < seen.index("THE STORY SO FAR") < seen.index(WAS.text) < seen.index("QUESTIONS")
    assert seen.count("THE STORY SO FAR") == 1
    assert all(seen.count(line.text) == 1 for line in brief.story)


def test_a_brief_stands_on_the_notes_of_its_story(brief: Brief) -> None:
    assert [*quotes_in(brief)][:3] == [*WAS.quotes, *TURNED.quotes, *STANDS.quotes]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with model_server() as running:
        monkeypatch.setenv("FLOURISH_MODEL", "openai:scripted")
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
        monkeypatch.setenv("FLOURISH_MODEL_SECONDS", "60")
        yield running.will()


def tells(line: Callable[[str], str]) -> Callable[[Body], object]:
    """A model that tells of the first words of the newest note it is shown."""

    def reply(body: Body) -> object:
        sent = body["messages"][-1]["content"]
        if "story" not in body["response_format"]["json_schema"]["schema"]["properties"]:
            return items()
        alias, _, rest = sent[sent.rindex("\n[N") + 2 :].partition("]")
        words = " ".join(rest.split("\n")[1].split()[:5])
        return {"story": [{"text": line(words), "cites": [{"note": alias, "quote": words}]}], "items": []}

    return reply


def test_prep_on_the_command_line_tells_it_and_no_other_account_does(
    flourish: Flourish, team: Path, server: ModelServer
) -> None:
    server.will(obeys(tells(lambda words: f"It says “{words}”.")))
    said = flourish("prep", "d04", "--as", "dm1", "--today", DAY, "--json", home=team).json
    (line,) = said["story"]
    assert line["evidence"][0]["quote"] in line["text"]
    assert line["note_ids"][0].startswith("d04")
    assert len(said["questions"]) == 3
    asked = len(server.requests)
    other = flourish("prep", "d04", "--as", "dm2", "--today", DAY, "--json", home=team)
    assert other.code == 1
    assert "story" not in other.out
    assert len(server.requests) == asked
    server.will(obeys(tells(lambda words: f"It says “{words}” 7731 times.")))
    silent = flourish("prep", "d04", "--as", "dm1", "--today", DAY, "--json", home=team).json
    assert silent["story"] == []
