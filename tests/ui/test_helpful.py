"""A word on a suggested question: what follows from it, how it is taken back, whose it is, and how it goes."""

from pathlib import Path

import pytest

from assistant.desk import PersonDesk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.question import Question
from assistant.errors import Invalid, Refused, Unknown
from tests.house import Bakery, open_bakery
from tests.ui.conftest import Flourish

COACH = AccountId("coach")
DAY = ("--today", "2026-06-15", "--as", "dm1")


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


@pytest.fixture
def nadia(bakery: Bakery) -> PersonDesk:
    return bakery.desk.person("nadia")


def asked(person: PersonDesk) -> list[Question]:
    return [*person.brief(six=True).questions.questions]


def test_what_was_not_helpful_is_not_suggested_to_this_person_again_until_it_is_taken_back(
    bakery: Bakery, nadia: PersonDesk
) -> None:
    first = asked(nadia)[0]
    before = [q.id for q in asked(bakery.desk.person("jan1"))]
    nadia.rate(first.id, helpful=False)
    assert first.id not in [q.id for q in asked(nadia)]
    assert first.text not in [q.text for q in asked(nadia)]
    assert [q.id for q in asked(bakery.desk.person("jan1"))] == before, "it is about one person alone"
    assert nadia.ledger() == [], "nothing was asked by it"
    nadia.unrate(first.id)
    assert asked(nadia)[0] == first
    with pytest.raises(Unknown):
        nadia.unrate(first.id)


def test_a_helpful_one_stays_and_the_newest_word_counts(nadia: PersonDesk) -> None:
    first = asked(nadia)[0]
    nadia.rate(first.id, helpful=True)
    assert asked(nadia)[0] == first
    with pytest.raises(Invalid):
        nadia.rate(first.id, helpful=True, instead="Something else.")
    nadia.rate(first.id, helpful=False, instead="Ask about  the\nguests.")
    assert [(o.helpful, o.instead) for o in nadia.opinions()] == [(False, "Ask about the guests.")]
    with pytest.raises(Invalid):
        nadia.rate(first.id, helpful=False, instead="so " * 400)


def test_it_belongs_to_the_account_and_comes_and_goes_with_the_person(bakery: Bakery, nadia: PersonDesk) -> None:
    nadia.rate(asked(nadia)[0].id, helpful=False, instead="Ask about the guests.")
    assert nadia.export().count("opinion") == 1
    assert nadia.forget(dry_run=True).rows["opinion"] == 1
    merged = bakery.desk.merge_people("jan1", "nadia")
    assert [o.instead for o in bakery.desk.person(merged.id).opinions()] == ["Ask about the guests."]
    assert bakery.desk.person(merged.id).forget().rows["opinion"] == 1


def test_with_a_note_go_its_words_and_the_question_still_rests(bakery: Bakery, nadia: PersonDesk) -> None:
    note = nadia.add_note('She said: "I love the quokkabread and could bake it all day."')
    mine = next(q for q in asked(nadia) if "quokkabread" in q.text)
    other = next(q for q in asked(nadia) if "quokkabread" not in q.text)
    nadia.rate(mine.id, helpful=False, instead="Ask who taught her.")
    nadia.rate(other.id, helpful=False, instead="Ask about the quokkabread.")
    bakery.desk.delete_note(note.id)
    assert {(o.question_id, o.text, o.instead) for o in nadia.opinions()} == {
        (mine.id, "", "Ask who taught her."), (other.id, other.text, ""),
    }  # fmt: skip
    assert not {mine.id, other.id} & {q.id for q in asked(nadia)}


def test_a_coach_reads_it_masked_and_only_once_it_was_handed_over(bakery: Bakery, nadia: PersonDesk) -> None:
    bakery.house.records.accounts.add(Account(COACH, "Carla", frozenset({Role.COACH})))
    first = asked(nadia)[0]
    nadia.rate(first.id, helpful=False, instead="Ask Nadia what Hotel Linde would miss.")
    bench = bakery.house.bench(COACH)
    assert bench.queue() == []
    assert "Nadia" not in nadia.releasing.masked_instead(first.id).text
    with pytest.raises(Refused):
        nadia.releasing.release(first.id, instead="Ask Nadia about it.")
    with pytest.raises(Refused):
        nadia.releasing.release(first.id, instead="Ask about the blood test and her illness.")
    nadia.releasing.release(first.id)
    (copy,) = (each.released for each in bench.queue())
    assert copy.helpful is False
    assert "would miss" in copy.instead
    assert "Nadia" not in copy.instead + copy.text
    assert "Linde" not in copy.instead
    nadia.releasing.release(first.id, instead="")
    assert sorted(bool(each.released.instead) for each in bench.queue()) == [False, True]


def test_on_the_command_line_it_is_said_listed_and_taken_back(flourish: Flourish, team: Path) -> None:
    named = flourish("prep", "d04", *DAY, "--json", home=team).json["questions"][0]["id"]
    said = flourish("helpful", "d04", named, "--no", "--instead", "Ask what she would keep.", *DAY, home=team)
    assert "not suggested again" in said.out
    assert named not in flourish("prep", "d04", *DAY, "--json", home=team).out
    listed = flourish("helpful", "d04", *DAY, "--json", home=team).json["opinions"]
    assert [(each["question_id"], each["helpful"], each["instead"]) for each in listed] == [
        (named, False, "Ask what she would keep.")
    ]
    assert "1 question with a word of yours" in flourish("helpful", "d04", *DAY, home=team).out
    assert "Taken back" in flourish("helpful", "d04", named, "--undo", *DAY, home=team).out
    assert flourish("helpful", "d04", named, *DAY, "--json", home=team).json["opinion"]["helpful"] is True
    assert "not said which question" in flourish("helpful", "d04", "--no", *DAY, home=team).err
