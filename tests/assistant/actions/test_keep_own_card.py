"""What a manager saves in the library: theirs alone, once, and out again."""

import pytest

from assistant.desk import OwnDesk, faults_of
from assistant.domain.own_card import LONGEST, CardKind
from assistant.domain.pillar import Pillar
from assistant.errors import Invalid, Unknown
from tests.house import Bakery

MINE = "Which of the loaves would you sign your name under?"


def test_a_question_is_saved_once_found_again_and_taken_out(bakery: Bakery) -> None:
    own = OwnDesk(bakery.desk)
    card = own.keep(f"  {MINE} ", kind=CardKind.QUESTION, pillar=Pillar.TALENT)
    assert own.keep(MINE, kind=CardKind.QUESTION, pillar=Pillar.TALENT) == card
    thought = own.keep("Ask before you answer.", kind=CardKind.THOUGHT, pillar=Pillar.CONNECTION)
    assert {*own.all()} == {card, thought}
    assert own.about("loaf loaves") == [card]
    assert own.about("", "connection") == [thought]
    assert own.about("submarine") == []
    assert own.drop(card.id) == card
    assert list(own.all()) == [thought]
    with pytest.raises(Unknown):
        own.drop(card.id)


def test_another_account_neither_sees_nor_takes_out_a_card(bakery: Bakery) -> None:
    card = OwnDesk(bakery.desk).keep(MINE, kind=CardKind.QUESTION, pillar=Pillar.TALENT)
    theirs = OwnDesk(bakery.foreign)
    assert list(theirs.all()) == []
    assert theirs.about("loaves") == []
    with pytest.raises(Unknown):
        theirs.drop(card.id)
    assert list(OwnDesk(bakery.desk).all()) == [card]


def test_a_card_has_words_and_not_too_many(bakery: Bakery) -> None:
    for text in ("   ", "x" * (LONGEST + 1), "a\x00b"):
        with pytest.raises(Invalid):
            OwnDesk(bakery.desk).keep(text, kind=CardKind.THOUGHT, pillar=Pillar.GROWTH)


def test_a_question_is_read_as_a_careful_reader_would_and_a_thought_is_not(bakery: Bakery) -> None:
    own = OwnDesk(bakery.desk)
    assert faults_of(own.keep(MINE, kind=CardKind.QUESTION, pillar=Pillar.TALENT)) == ()
    assert "it asks why" in faults_of(own.keep("Why was it late?", kind=CardKind.QUESTION, pillar=Pillar.OBSTACLES))
    assert faults_of(own.keep("Why was it late?", kind=CardKind.THOUGHT, pillar=Pillar.OBSTACLES)) == ()


def test_an_own_question_that_was_asked_rests_under_its_pillar(bakery: Bakery) -> None:
    card = OwnDesk(bakery.desk).keep(MINE, kind=CardKind.QUESTION, pillar=Pillar.TALENT)
    entry = bakery.desk.person("nadia").asked(card.id, words=card.text, pillar=card.pillar)
    assert (entry.text, entry.pillar) == (MINE, Pillar.TALENT)


def test_a_forgotten_name_goes_out_of_the_cards_too(bakery: Bakery) -> None:
    own = OwnDesk(bakery.desk)
    own.keep("What would Nadia Okoro teach first?", kind=CardKind.QUESTION, pillar=Pillar.TALENT)
    bakery.desk.person("nadia").forget(with_mentions=True)
    assert "Nadia" not in own.all()[0].text
