"""A team side by side, and what the manager's own talks are about."""

from datetime import date

import pytest

from assistant.domain.evidence import Topic
from assistant.domain.mix import TalkOf
from assistant.domain.note import NoteKind
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.errors import Unknown
from tests.house import Bakery

WHO = ("nadia", "jan1", "jan2")


def told(bakery: Bakery, who: str, words: str, *, day: str = "2026-06-01", kind: NoteKind = NoteKind.ONE_ON_ONE) -> str:
    author = "Hotel Linde" if kind is NoteKind.CUSTOMER_QUOTE else ""
    return str(bakery.desk.person(who).add_note(words, day=date.fromisoformat(day), kind=kind, author=author).id)


def ids(*who: str) -> list[PersonId]:
    return [PersonId(each) for each in who]


def test_each_stands_with_the_passages_of_their_own_notes_word_for_word(bakery: Bakery) -> None:
    told(bakery, "jan1", '"I love the night shift at the ovens. I lose track of time," he said.')
    told(bakery, "jan2", '"The morning counting drains me, I dread it," he said.')
    team = bakery.desk.team.side_by_side(ids(*WHO))
    assert [member.person.id for member in team.members] == [*WHO]
    drawn = team.members[1].about(Topic.PASSION)
    assert drawn is not None
    assert "night shift" in drawn.quote.text
    tired = team.members[2].about(Topic.ENERGY_DRAIN)
    assert tired is not None
    assert "morning counting" in tired.quote.text
    for member in team.members:
        for _, item in member.passages:
            assert item.note.person_id == member.person.id
            assert item.quote.text in item.note.text


def test_where_they_meet_is_told_by_a_sentence_with_the_name_and_never_by_a_private_one(bakery: Bakery) -> None:
    told(bakery, "nadia", "She showed Jan Novak how to score the rye. He asked for more.")
    told(bakery, "nadia", "Jan Sorel told her about his divorce and the custody hearing.", day="2026-06-02")
    meets = [m for m in bakery.desk.team.side_by_side(ids(*WHO)).meets if m.one.id == "nadia"]
    assert "She showed Jan Novak how to score the rye." in [m.newest.text for m in meets if m.other.id == "jan1"]
    assert not any("divorce" in m.newest.text for m in meets)


def test_a_customer_whom_two_serve_stands_once_with_both(bakery: Bakery) -> None:
    words = "Since {} bakes the rolls nobody at breakfast has complained, and we told the owner so."
    told(bakery, "jan1", words.format("Jan Novak"), kind=NoteKind.CUSTOMER_QUOTE)
    told(bakery, "jan2", words.format("Jan Sorel"), kind=NoteKind.CUSTOMER_QUOTE)
    shared = bakery.desk.team.side_by_side(ids("jan1", "jan2")).shared
    assert [(each.name, [person.id for person, _ in each.by]) for each in shared] == [("Hotel Linde", ["jan1", "jan2"])]
    assert bakery.desk.team.side_by_side(ids("jan1")).shared == ()


def test_another_account_gets_nothing_of_a_team(bakery: Bakery) -> None:
    with pytest.raises(Unknown):
        bakery.foreign.team.side_by_side(ids("nadia"))
    assert bakery.foreign.team.side_by_side([]).members == ()
    assert all(month.held == 0 and not any(n for _, n in month.about) for month in bakery.foreign.team.mix().months)


def test_a_talk_counts_once_for_what_its_note_holds_and_an_observation_counts_for_nothing(bakery: Bakery) -> None:
    before = bakery.desk.team.mix().months[-1]
    told(bakery, "jan1", '"I love the night shift. I love the ovens," he said. I promised him a key by Friday.')
    told(bakery, "jan2", '"I love the counter," he said to a guest.', kind=NoteKind.OBSERVATION)
    after = bakery.desk.team.mix().months[-1]
    assert after.held == before.held + 1
    assert after.came_up(TalkOf.GROWTH) == before.came_up(TalkOf.GROWTH) + 1
    assert after.came_up(TalkOf.WORK) == before.came_up(TalkOf.WORK) + 1


def test_a_question_written_for_the_moment_is_remembered_with_what_it_is_for(bakery: Bakery) -> None:
    person = bakery.desk.person("nadia")
    put = person.brief().questions.questions
    for question in put:
        person.asked(question.id)
    assert [entry.pillar for entry in person.ledger()] == [question.pillar for question in put]
    person.asked("Which of the rolls would you rather never see again?")
    shown = person.asked("q-of-a-card", words="Who would miss the rye first?", pillar=Pillar.CUSTOMER)
    assert (shown.pillar, person.ledger()[-1].pillar) == (Pillar.CUSTOMER, Pillar.CUSTOMER)
    mix = bakery.desk.team.mix()
    assert sum(number for _, number in mix.asked) == len(put) + 1
    assert mix.other == 1
