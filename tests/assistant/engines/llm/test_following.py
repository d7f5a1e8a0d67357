"""What a model reads of open promises: only what holds letter for letter in a later note, and only ever offered."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.promise import Outcome, Owner, PromiseKind, Telling, TellingKind
from assistant.domain.situation import Situation
from assistant.engines.llm.engine import MOST_TOKENS, LlmEngine
from assistant.errors import EngineUnavailable
from knowledge.embedding.local import count_tokens
from tests.assistant.engines.offline.situations import NOTES, PROMISES, SICK, note, promise, readable, situation
from tests.model_server import ModelServer, fails, items, says

RANG = note("n7", "2026-04-03", "Purchasing rang back about the flour: the mill now comes at five. She grinned.")
PINNED = note("n8", "2026-04-12", "The oven times hang by the door, laminated, in her hand.")
LATER = (*NOTES, RANG, PINNED)
MINE, THEIRS = PROMISES
RANG_BACK = {"promise": "P1", "shows": "happened", "note": "N4", "quote": "Purchasing rang back about the flour"}
HANGS = {"promise": "P2", "shows": "happened", "note": "N5", "quote": "The oven times hang by the door, laminated"}


def follow(server: ModelServer, engine: LlmEngine, *reply: dict[str, object], told: Situation | None = None) -> object:
    server.will(says(items(*reply)))
    return engine.follow_up(told or situation(LATER))


def test_what_holds_is_an_outcome_with_its_passage(server: ModelServer, engine: LlmEngine) -> None:
    found = follow(server, engine, RANG_BACK, HANGS)
    assert found == (
        Outcome(MINE.id, Telling(TellingKind.SEEMS_DONE, Quote.of(RANG, "Purchasing rang back about the flour"))),
        Outcome(
            THEIRS.id, Telling(TellingKind.SEEMS_DONE, Quote.of(PINNED, "The oven times hang by the door, laminated"))
        ),
    )
    [sent] = server.prompts()
    assert "P1: promised by the manager on 17 March 2026, due 31 March 2026: I promised to talk to purchasing" in sent
    assert "P2: promised by Maja on 31 March 2026, due 10 April 2026: She will write the oven times" in sent
    assert "[N1] Tuesday 17 March 2026" in sent, "the note of the oldest promise, for what it is about"
    assert "3 March 2026" not in sent, "what is older shows nothing"


def test_what_does_not_hold_is_left_out_and_counted(server: ModelServer, engine: LlmEngine) -> None:
    wrong_id = RANG_BACK | {"promise": "P7"}
    older = RANG_BACK | {"promise": "P2", "note": "N3", "quote": "One day I would like to teach the trainees"}
    changed = RANG_BACK | {"quote": "Purchasing rang back about the flours"}
    invented = RANG_BACK | {"quote": "Purchasing rang back about the flour on 4 April"}
    no_note = RANG_BACK | {"note": "N9"}
    scrap = RANG_BACK | {"quote": "flour"}
    empty = RANG_BACK | {"quote": "", "note": ""}
    assert follow(server, engine, wrong_id, older, changed, invented, no_note, scrap, empty) == ()
    assert [(t.job, t.left_out) for t in engine.talk.meter.tallies()] == [("follow", 7)]


def test_what_is_open_is_no_outcome_and_nothing_is_said_twice(server: ModelServer, engine: LlmEngine) -> None:
    still = {"promise": "P1", "shows": "open", "note": "", "quote": ""}
    found = follow(server, engine, still, HANGS, HANGS)
    assert isinstance(found, tuple)
    assert [o.promise_id for o in found] == [THEIRS.id]
    assert engine.talk.meter.tallies()[0].left_out == 1


def test_a_part_and_what_fell_away_keep_their_kind(server: ModelServer, engine: LlmEngine) -> None:
    found = follow(server, engine, RANG_BACK | {"shows": "over"}, HANGS | {"shows": "partly"})
    assert isinstance(found, tuple)
    assert [o.telling.kind for o in found] == [TellingKind.SEEMS_OVER, TellingKind.SEEMS_PARTLY]


def test_a_part_that_the_rules_read_in_the_same_note_is_not_offered_again(
    server: ModelServer, engine: LlmEngine
) -> None:
    known = replace(THEIRS, told=(Telling(TellingKind.PARTLY, Quote.of(PINNED, "The oven times hang by the door")),))
    told = replace(situation(LATER), promises=(MINE, known))
    assert follow(server, engine, HANGS | {"shows": "partly"}, told=told) == ()


def test_private_closed_and_foreign_notes_do_not_travel(server: ModelServer, engine: LlmEngine) -> None:
    hidden = note("n9", "2026-04-05", "CANARY-4 she fainted at the mixer. The flour came.")
    never = replace(note("na", "2026-04-06", "CANARY-5: purchasing signed."), ai=AiUse.NEVER)
    theirs = replace(note("nb", "2026-04-07", "CANARY-6: purchasing signed."), person_id="p2")
    base = situation(LATER)
    more = (readable(hidden, "CANARY-4 she fainted at the mixer."), readable(never), readable(theirs))
    told = replace(base, recent=(*base.recent, *more))
    private = {"promise": "P1", "shows": "happened", "note": "N6", "quote": "CANARY-4 she fainted at the mixer."}
    assert follow(server, engine, private, told=told) == ()
    assert "CANARY" not in server.sent
    assert SICK.text not in server.sent
    assert "The flour came." in server.sent


def test_a_promise_that_stands_in_a_closed_note_does_not_travel(server: ModelServer, engine: LlmEngine) -> None:
    shut = replace(note("n0", "2026-03-18", "I promised CANARY-8 the papers."), ai=AiUse.NEVER)
    secret = promise(shut, "I promised CANARY-8 the papers.", Owner.ME, None)
    follow(server, engine, told=replace(situation(LATER), promises=(secret, *PROMISES)))
    assert "CANARY-8" not in server.sent


def test_a_request_is_asked_about_as_one(server: ModelServer, engine: LlmEngine) -> None:
    asked = replace(promise(NOTES[3], "Flour delivery late twice.", Owner.ME, None), kind=PromiseKind.REQUEST, id="r1")
    told = replace(situation(LATER), promises=(), requests=(asked,))
    found = follow(server, engine, RANG_BACK, told=told)
    assert isinstance(found, tuple)
    assert [o.promise_id for o in found] == ["r1"]
    assert "P1: asked of the manager by Maja on 17 March 2026: Flour delivery late twice." in server.sent


def test_a_request_is_told_as_of_whoever_wrote_it(server: ModelServer, engine: LlmEngine) -> None:
    card = note("n0", "2026-03-18", "Please send me the list of nuts.", NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest")
    asked = replace(promise(card, card.text, Owner.ME, None), kind=PromiseKind.REQUEST, id="r1")
    follow(server, engine, told=replace(situation(LATER), promises=(), requests=(asked,)))
    assert "P1: asked of the manager by Vera Holm (guest) on 18 March 2026: Please send me the list" in server.sent


def test_nothing_is_sent_where_no_note_is_newer(server: ModelServer, engine: LlmEngine) -> None:
    new = promise(PINNED, "The oven times hang by the door, laminated, in her hand.", Owner.ME, None)
    assert engine.follow_up(replace(situation(LATER), promises=(new,))) == ()
    assert engine.follow_up(replace(situation(LATER), promises=())) == ()
    assert server.requests == []


def test_a_turn_keeps_a_reply_for_what_was_asked(server: ModelServer, engine: LlmEngine) -> None:
    turn = engine.for_turn()
    server.will(says("no JSON at all"))
    assert turn.follow_up(situation(LATER)) == ()
    assert len(server.requests) == 1, "it is not mended: the questions come first"
    assert turn.budget is not None
    assert turn.budget.calls == 1
    assert turn.follow_up(situation(LATER)) is None
    assert len(server.requests) == 1


def test_what_held_before_a_reply_broke_off_is_kept(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items(RANG_BACK, HANGS), finish=None))
    found = engine.for_turn().follow_up(situation(LATER))
    assert found is not None
    assert [o.promise_id for o in found] == [MINE.id, THEIRS.id]


def test_a_model_that_is_away_is_said_to_be(server: ModelServer, engine: LlmEngine) -> None:
    server.will(fails(401))
    with pytest.raises(EngineUnavailable):
        engine.follow_up(situation(LATER))


def test_of_a_long_history_the_newest_notes_travel(server: ModelServer, engine: LlmEngine) -> None:
    many = [note(f"z{n:03d}", f"2026-04-{1 + n % 12:02d}", f"Batch {n}. " + "She rolled it. " * 60) for n in range(60)]
    follow(server, engine, told=situation([*NOTES, *many]))
    [sent] = server.prompts()
    assert count_tokens(sent) <= MOST_TOKENS
    assert "12 April 2026" in sent
    assert sent.index("10 April 2026, observation") < sent.index("12 April 2026, observation")
    assert "1 April 2026, observation" not in sent.replace("11 April", "").replace("12 April", "")


def test_the_questions_are_told_what_a_later_note_may_show(server: ModelServer, engine: LlmEngine) -> None:
    offered = replace(MINE, told=(Telling(TellingKind.SEEMS_DONE, Quote.of(RANG, "Purchasing rang back")),))
    server.will(says(items()))
    assert [*engine.questions(replace(situation(LATER), promises=(offered, THEIRS)), 3)] == []
    assert "of 3 April 2026 may show that it happened, and the manager has not ticked it off yet" in server.sent
    assert server.sent.count("may show that it happened") == 1


def test_an_offer_falls_when_the_promise_is_made_anew(server: ModelServer) -> None:
    offered = replace(MINE, told=(Telling(TellingKind.SEEMS_DONE, Quote.of(RANG, "Purchasing rang back")),))
    assert offered.offered is not None
    again = Quote.of(PINNED, "The oven times hang by the door")
    assert replace(offered, quotes=(*offered.quotes, again)).offered is None
    refused = offered.refused()
    assert refused.offered is None
    assert refused.standing == ()
    other = Telling(TellingKind.SEEMS_DONE, Quote.of(PINNED, "The oven times hang"))
    assert replace(refused, told=(*refused.told, other)).offered == other
    assert offered.due == date(2026, 3, 31)
