"""The card of a brief, a question swapped, and plans that should be looked at again: what they say, and to whom."""

from datetime import date

import pytest

from assistant.errors import Unknown
from tests.ui.web.conftest import MIA, OLE, Office
from tests.ui.web.pressing import last, words
from tests.ui.web.test_show import harmless
from ui.web import views
from ui.web.place import Place

DANA = Place(MIA, "person", "dana")


def test_the_card_says_what_is_owed_and_asked_and_fits_a_page(office: Office) -> None:
    card = last(views.look(office.desk(), Place(MIA, "person", "dana", item="card")))
    said = words(card.out)
    assert "You owe" in said
    assert "Get Dana a seat in the pricing course, was due Thu 30 April" in said
    assert "Dana owes" in said
    assert 3 <= said.count("?") <= 4
    assert len(said) < 1500
    harmless(last(views.look(office.desk(), Place(MIA, "person", "petra", item="card"))).out)
    with pytest.raises(Unknown):
        last(views.look(office.desk(OLE), Place(OLE, "person", "dana", item="card")))


def test_swapped_questions_stay_away_and_the_rules_of_a_set_hold(office: Office) -> None:
    dana = office.desk().person("dana")
    *_, brief = dana.preparing()
    first = [q.id for q in brief.questions.questions]
    away: list[str] = []
    for _ in range(3):
        *_, brief = dana.preparing(without=away)
        ids = [q.id for q in brief.questions.questions]
        assert not set(away) & set(ids)
        assert len({q.pillar for q in brief.questions.questions}) == len(ids) == 3
        away.append(ids[1])
    *_, again = dana.preparing()
    assert [q.id for q in again.questions.questions] == first, "nothing was written down"
    shown = last(views.look(office.desk(), Place(MIA, "person", "dana", item="without." + "~".join(away)))).out
    assert "3 questions were swapped" in words(shown)
    assert Place.read(Place(MIA, "person", "dana", item="without." + "~".join(away)).query).without == tuple(away)


def test_today_shows_a_plan_that_should_be_looked_at_again_to_its_manager_alone(office: Office) -> None:
    office.desk().person("dana").draft_plan()
    later = date(2026, 12, 1)
    mine = words(last(views.look(office.house.desk(MIA, later), Place(MIA))).out)
    assert "Plans to look at again" in mine
    assert "Plans to look at again" not in words(last(views.look(office.house.desk(OLE, later), Place(OLE))).out)
    office.desk().person("dana").planning.undo()
    assert "Plans to look at again" not in words(last(views.look(office.house.desk(MIA, later), Place(MIA))).out)


def test_a_promise_that_presses_stands_on_the_card_once(office: Office) -> None:
    *_, brief = office.desk().person("dana").preparing()
    mine = "Get Dana a seat in the pricing course"
    assert any(mine in matter.text for matter in brief.presses)
    card = words(last(views.look(office.desk(), Place(MIA, "person", "dana", item="card"))).out)
    assert card.count(mine) == 1
