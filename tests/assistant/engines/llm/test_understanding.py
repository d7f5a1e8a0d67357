"""A model's reading of a message: it sees no note, names nobody new, and nothing is written down on its word."""

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.promise import Owner
from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.offline.situations import PROMISES, TEACH, promise
from tests.model_server import ModelServer, fails, items, says

NAMES = ("Maja", "Maja Lindt", "Bruno", "Li")
SAID = (Turn("What does Maja like about the buffet?", Intent.ASK, "Maja", "What does Maja like about the buffet?"),)
NOTHING = {
    "intent": "ask", "person": "", "query": "", "words": "", "what": "", "about": "", "to": "", "owner": "",
    "number": 0, "count": 0, "topic": "", "section": "", "wish": "",
}  # fmt: skip


def read(
    server: ModelServer, engine: LlmEngine, message: str, said: tuple[Turn, ...] = SAID, **reply: Any
) -> Understood:
    server.will(says(items(NOTHING | reply)))
    engine.memory.clear()
    return engine.understand(message, said, NAMES)


def test_a_follow_up_becomes_a_whole_question_about_whom_the_talk_was(server: ModelServer, engine: LlmEngine) -> None:
    found = read(
        server, engine, "And what about her guests?", person="Maja", query="What do guests say about Maja's buffet?"
    )
    assert found == Understood(Intent.ASK, "Maja", "What do guests say about Maja's buffet?")
    (prompt,) = server.prompts()
    assert "“What does Maja like about the buffet?” (ask, about Maja)" in prompt
    assert "And what about her guests?" in prompt


def test_only_names_that_were_said_are_sent_and_only_those_can_be_meant(server: ModelServer, engine: LlmEngine) -> None:
    assert read(server, engine, "and him?", person="Bruno", query="What about Bruno?").person == ""
    assert "Bruno" not in server.prompts()[0]
    assert not read(server, engine, "and him?", person="Bruno").sure
    assert read(server, engine, "let us talk about bruno", intent="switch", person="Bruno").person == "Bruno"


@pytest.mark.parametrize(
    ("intent", "sure"),
    [("prep", True), ("revise", True), ("note", False), ("done", False), ("drop", False), ("yes", False),
     ("undo", False), ("move", False)],
)  # fmt: skip
def test_what_writes_something_down_is_never_sure(
    intent: str, sure: bool, server: ModelServer, engine: LlmEngine
) -> None:
    assert read(server, engine, "make it so", intent=intent).sure is sure


def test_words_to_keep_are_those_of_the_message_or_none(server: ModelServer, engine: LlmEngine) -> None:
    message = "Could you jot down somewhere that Maja rang the bakery herself?"
    kept = read(server, engine, message, intent="note", person="Maja", words="Maja rang the bakery herself")
    assert kept.slot(Slot.WORDS) == "Maja rang the bakery herself"
    other = read(server, engine, message, intent="note", words="Maja deserves a raise", to="Bruno", number=2)
    assert dict(other.slots) == {Slot.NUMBER: "2"}


def test_a_question_with_a_number_nobody_said_is_the_message_itself(server: ModelServer, engine: LlmEngine) -> None:
    assert read(server, engine, "and then?", query="What happened on 14 March?").query == "and then?"


@pytest.mark.parametrize("message", ["Is she pregnant?", "x" * 5_000, "  "])
def test_what_is_private_long_or_empty_is_not_sent(message: str, server: ModelServer, engine: LlmEngine) -> None:
    assert not read(server, engine, message).sure
    assert server.requests == []


def test_a_private_turn_before_is_left_out(server: ModelServer, engine: LlmEngine) -> None:
    before = (Turn("Tell me about her CANARY-9 migraine", Intent.ASK, "Maja", "CANARY-9 migraine"), *SAID)
    read(server, engine, "and what about her guests?", before)
    assert len(server.requests) == 1
    assert "CANARY" not in server.sent


def test_the_rules_go_first_and_stay_when_the_model_is_away(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(fails(500))
    assert finished.understand("prep Maja", (), NAMES).intent is Intent.PREP
    assert server.requests == []
    by_rules = finished.understand("and her guests?", SAID, NAMES)
    assert by_rules == finished.rules.understand("and her guests?", SAID, NAMES)
    assert len(server.requests) >= 1


def test_a_reply_out_of_the_closed_set_is_asked_for_once_more(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items(NOTHING | {"intent": "delete_everything"})), says(items(NOTHING | {"intent": "prep"})))
    assert engine.understand("well?", SAID, NAMES).intent is Intent.PREP
    assert "delete_everything" not in json.dumps(server.requests[1]["messages"])


def test_a_question_that_leans_on_the_talk_is_made_whole_though_the_rules_know_whom_it_is_about(
    server: ModelServer, finished: FallbackEngine
) -> None:
    whole = "Who would notice if the calm buffet works?"
    server.will(says(items(NOTHING | {"person": "Maja", "query": whole})))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    read_as = finished.understand("Who would notice first among the guests if it works?", SAID, NAMES)
    assert (read_as.intent, read_as.query) == (Intent.ASK, whole)
    assert len(server.prompts()) == 1


@pytest.mark.parametrize(
    ("message", "said"),
    [("Which guests praised the buffet in March?", SAID), ("Who would notice first among the guests if it works?", ())],
)
def test_a_question_that_is_whole_asks_no_model(
    message: str, said: tuple[Turn, ...], server: ModelServer, finished: FallbackEngine
) -> None:
    server.will(fails(500))
    assert finished.understand(message, said, NAMES) == finished.rules.understand(message, said, NAMES)
    assert server.prompts() == []


def test_a_model_asked_what_is_meant_does_not_say_what_is_wanted(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(items(NOTHING | {"intent": "prep", "person": "Maja"})))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    asked = "Who would notice first among the guests if it works?"
    assert finished.understand(asked, SAID, NAMES) == finished.rules.understand(asked, SAID, NAMES)


def test_two_requests_are_read_in_order_and_no_more_than_two(server: ModelServer, engine: LlmEngine) -> None:
    parts = [{"intent": "prep", "person": "Maja"}, {"intent": "promises", "person": "Maja"}, {"intent": "people"}]
    server.will(says(items(*(NOTHING | part for part in parts))))
    engine.memory.clear()
    found = engine.understand("get me going with her, and the loose ends too", SAID, NAMES)
    assert [(act.intent, act.person) for act in (found, *found.then)] == [
        (Intent.PREP, "Maja"),
        (Intent.PROMISES, "Maja"),
    ]


def test_the_last_answer_is_seen_and_its_numbers_may_be_asked_about(server: ModelServer, engine: LlmEngine) -> None:
    told = (replace(SAID[0], answer=lambda: "On 3 March a guest wrote “I ate without asking twice”."),)
    found = read(server, engine, "who said that?", told, query="Who wrote on 3 March that they ate without asking?")
    assert (
        "WHAT WAS ANSWERED TO “What does Maja like about the buffet?”\nOn 3 March a guest wrote" in server.prompts()[0]
    )
    assert found.query == "Who wrote on 3 March that they ate without asking?"


def test_a_last_answer_that_touches_what_is_private_stays_here(server: ModelServer, engine: LlmEngine) -> None:
    read(
        server,
        engine,
        "who said that?",
        (replace(SAID[0], answer=lambda: "Her CANARY-1 migraine is back."),),
        query="Who?",
    )
    assert "CANARY" not in server.prompts()[0]
    assert "“What does Maja like about the buffet?”" in server.prompts()[0]


def test_the_open_promises_are_seen_under_short_names_and_a_kept_one_is_named(
    server: ModelServer, engine: LlmEngine
) -> None:
    private = promise(TEACH, "One day I would like to teach the trainees", Owner.ME, None)
    private = replace(private, what="Ask about her CANARY-6 migraine")
    server.will(says(items(NOTHING | {"intent": "done", "person": "Maja", "about": "R2"})))
    engine.memory.clear()
    found = engine.understand("Maja has the card done", SAID, NAMES, lambda: (*PROMISES, private))
    assert (found.intent, found.sure, found.slot(Slot.PROMISE)) == (Intent.DONE, False, PROMISES[1].id)
    [prompt] = server.prompts()
    assert f"R1 (the manager's, due 2026-03-31): {PROMISES[0].what}" in prompt
    assert f"R2 (the person's, due 2026-04-10): {PROMISES[1].what}" in prompt
    assert "CANARY" not in prompt


@pytest.mark.parametrize(
    "reply", [{"intent": "done", "about": "R9"}, {"intent": "ask", "about": "R1"}, {"intent": "done"}]
)
def test_no_promise_is_named_that_was_not_sent_or_by_a_question(
    reply: dict[str, Any], server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items(NOTHING | reply)))
    engine.memory.clear()
    assert not engine.understand("Did she do the card?", SAID, NAMES, lambda: PROMISES).slot(Slot.PROMISE)


def test_news_that_settles_a_promise_is_kept_as_the_rules_keep_it_and_no_more_is_done(
    server: ModelServer, finished: FallbackEngine
) -> None:
    done = NOTHING | {"intent": "done", "person": "Maja", "about": "R1"}
    server.will(says(items(done)))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    kept = finished.understand("I've spoken to purchasing now.", SAID, NAMES, lambda: PROMISES)
    assert (kept.intent, kept.slot(Slot.PROMISE)) == (Intent.NOTE, PROMISES[0].id)
    assert kept.slot(Slot.WORDS) == "I've spoken to purchasing now."
    server.will(says(items(done | {"about": "R2"}, NOTHING | {"intent": "question", "person": "Maja"})))
    read_as = finished.understand("she has the card done, what next?", SAID, NAMES, lambda: PROMISES)
    assert (read_as.intent, read_as.sure, read_as.slot(Slot.PROMISE)) == (Intent.DONE, False, PROMISES[1].id)
    assert [act.intent for act in read_as.then] == [Intent.QUESTION]


@pytest.mark.parametrize(
    ("names", "query", "intent"),
    [(NAMES, "What did the other guest say about the buffet?", Intent.ASK),
     (NAMES, SAID[0].query, Intent.OTHER_ONE),
     ((*NAMES, "Maja Blum"), "What did the other guest say about the buffet?", Intent.OTHER_ONE)],
)  # fmt: skip
def test_the_other_one_is_looked_for_in_the_talk_unless_two_share_a_name(
    names: tuple[str, ...], query: str, intent: Intent, server: ModelServer, finished: FallbackEngine
) -> None:
    server.will(says(items(NOTHING | {"person": "Maja", "query": query})))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    assert finished.understand("No, I meant the other one.", SAID, names).intent is intent


def test_the_two_last_answers_are_seen_each_with_its_message(server: ModelServer, engine: LlmEngine) -> None:
    told = [
        Turn(f"question {n}?", Intent.ASK, "Maja", f"question {n}?", lambda n=n: f"No note tells of matter {n}.")  # type: ignore[misc]
        for n in range(3)
    ]
    read(server, engine, "and then?", tuple(told), query="What came of matter 2?")
    [prompt] = server.prompts()
    assert prompt.index("“question 1?”\nNo note tells of matter 1.") < prompt.index("“question 2?”\nNo note tells")
    assert "matter 0" not in prompt


def test_a_question_beside_what_is_settled_is_answered_though_the_model_heard_only_the_one(
    server: ModelServer, finished: FallbackEngine
) -> None:
    settles = NOTHING | {"intent": "done", "person": "Maja", "about": "R1"}
    server.will(says(items(settles)))
    message = "She rang purchasing. And what about that?"
    found = finished.understand(message, SAID, NAMES, lambda: PROMISES)
    assert (found.intent, found.sure) == (Intent.DONE, False)
    assert [(act.intent, message[-20:] in act.query) for act in found.then] == [(Intent.ASK, True)]


def test_news_the_rules_keep_loses_no_question_that_the_model_hears_in_it(
    server: ModelServer, finished: FallbackEngine
) -> None:
    asks = NOTHING | {"intent": "ask", "person": "Maja", "query": "What does Maja like?"}
    server.will(says(items(NOTHING | {"intent": "done", "about": "R1"}, asks)))
    found = finished.understand("I rang purchasing today. I wonder about it.", SAID, NAMES, lambda: PROMISES)
    assert (found.intent, found.slot(Slot.PROMISE)) == (Intent.NOTE, PROMISES[0].id)
    assert [act.query for act in found.then] == ["What does Maja like?"]


def test_a_later_step_can_be_named_and_who_takes_part_in_it_is_not_whom_the_talk_is_about(
    server: ModelServer, engine: LlmEngine
) -> None:
    message = "The second one would suit Bruno better, wouldn't it"
    wished = {"intent": "revise", "section": "second_step", "wish": "would suit Bruno better"}
    found = read(server, engine, message, person="Bruno", **wished)
    assert (found.person, found.slot(Slot.SECTION)) == ("", "second_step")
    other = read(server, engine, "Bruno's second step, smaller", person="Bruno", **wished | {"wish": "smaller"})
    assert other.person == "Bruno"
    own = {"wish": "Bruno's second step, smaller"}
    assert read(server, engine, "Bruno's second step, smaller", person="Bruno", **wished | own).person == "Bruno"
