"""Helpful or not, on every card of a question: one click, the way back, and what a coach gets to see of it."""

from dataclasses import replace

import pytest

from assistant.bench import Bench
from assistant.desk import Desk
from assistant.errors import Unknown
from tests.ui.web.pressing import buttons, last, words
from tests.ui.web.test_coach_page import BENCH, MIA, OLE, PREP, bench, desk, house, press
from tests.ui.web.test_show import harmless
from ui.web import see_coach, views
from ui.web.place import Place
from ui.wiring import House

__all__ = ["bench", "desk", "house"]  # fixtures
LEDGER = replace(PREP, view="asked")


def first(desk: Desk) -> dict[str, str | None]:
    return buttons(last(views.look(desk, PREP)).out, "unhelpful")[0]


def test_one_click_takes_a_question_away_for_good_and_another_brings_it_back(desk: Desk) -> None:
    card = first(desk)
    said, id = str(card["data-words"]), str(card["data-id"])
    after = press(desk, PREP, "unhelpful", id, words=said)
    assert said not in words(after.out)
    assert "What should it have said?" in words(after.notice)
    back = buttons(after.notice, "unrate")[0]
    again = press(desk, PREP, "unrate", str(back["data-id"]), str(back["data-to"]))
    assert said in words(again.out)
    assert desk.person("dana").ledger() == []


def test_a_helpful_one_says_so_on_its_card_with_the_way_back(desk: Desk) -> None:
    card = first(desk)
    screen = press(desk, PREP, "helpful", str(card["data-id"]), words=str(card["data-words"]))
    assert "✓ Helpful" in words(screen.out)
    assert len(buttons(screen.out, "unhelpful")) == 2
    assert buttons(screen.out, "unrate")[0]["data-id"] == card["data-id"]


def test_what_it_should_have_said_stands_under_questions_and_markup_stays_text(desk: Desk) -> None:
    card = first(desk)
    press(desk, PREP, "unhelpful", str(card["data-id"]), words=str(card["data-words"]))
    wrote = "<script>alert(1)</script> Ask whom she taught."
    screen = press(desk, PREP, "instead", str(card["data-id"]), "dana", text=wrote)
    harmless(screen.notice)
    shown = last(views.look(desk, LEDGER)).out
    harmless(shown)
    assert "Ask whom she taught." in words(shown)
    assert "1 question is not suggested for Dana again." in words(shown)
    with pytest.raises(Unknown):
        press(desk, replace(PREP, person="nobody"), "unhelpful", str(card["data-id"]))


def test_nobody_elses_word_is_seen_or_taken_back(desk: Desk, house: House) -> None:
    card = first(desk)
    press(desk, PREP, "unhelpful", str(card["data-id"]), words=str(card["data-words"]))
    with pytest.raises(Unknown):
        press(house.desk(OLE, desk.today), replace(PREP, account=OLE), "unrate", str(card["data-id"]), "dana")
    assert len(desk.person("dana").opinions()) == 1


def test_a_coach_reads_it_masked_after_a_yes_and_may_take_the_words_over(desk: Desk, bench: Bench) -> None:
    card = first(desk)
    id = str(card["data-id"])
    press(desk, PREP, "unhelpful", id, words=str(card["data-words"]))
    press(desk, PREP, "instead", id, "dana", text="What would Dana's customers miss first?")
    panel = press(desk, LEDGER, "mask", id, "dana")
    assert "miss first?" in panel.notice
    assert "Dana" not in panel.notice.split("<textarea")[2]
    assert "miss first" not in last(iter([see_coach.look(bench, BENCH)])).out
    copy = desk.person("dana").releasing
    press(desk, LEDGER, "release", id, text=copy.masked(id).text, instead=copy.masked_instead(id).text)
    queue = see_coach.look(bench, BENCH).out
    assert "The manager found it not helpful." in words(queue)
    assert "customers miss first?" in words(queue)
    assert "Dana" not in words(queue)


def test_a_card_in_the_chat_is_about_the_person_of_its_turn(desk: Desk) -> None:
    from ui.web.answering import Answering
    from ui.web.place import Deed
    from ui.web.see_chat import say

    at = Place(MIA, "chat", "dana")
    *_, (place, (_, out)) = say(desk, at, Deed("say", "", "", at.query, {"message": "one question"}), views.never,
                                Answering(), desk.people())  # fmt: skip
    card = buttons(out, "unhelpful")[0]
    assert card["data-to"] == "dana"
    elsewhere = replace(place, person="")
    screen = press(desk, elsewhere, "unhelpful", str(card["data-id"]), str(card["data-to"]),
                   words=str(card["data-words"]))  # fmt: skip
    assert "Not helpful" in words(screen.out)
    assert buttons(screen.out, "unrate")
