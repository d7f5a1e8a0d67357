from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.actions.prepare_brief import prepare_brief
from assistant.domain.evidence import Quote, Strength, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.pillar import Pillar
from assistant.domain.question import Question
from assistant.domain.stage import Stage
from assistant.engines.offline.asking.bank import bank_questions
from assistant.engines.offline.asking.deed import deed_in
from assistant.engines.offline.engine import OfflineEngine
from assistant.lint import faults
from assistant.prompting import offline_words
from knowledge.library.load import load_principles, load_questions, load_stages
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    MAJA,
    ME,
    NOTES,
    OVENS,
    PROMISES,
    TODAY,
    ShippedLibrary,
    evidence,
    note,
    resting,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())


def ask(count: int = 3, **kwargs: Any) -> tuple[Question, ...]:
    return tuple(ENGINE.questions(situation(**kwargs), count))


def test_a_set_holds_three_questions_of_three_pillars() -> None:
    chosen = ask()
    assert len(chosen) == 3
    assert len({q.pillar for q in chosen}) == 3


def test_six_on_request_begin_with_the_three() -> None:
    six = ask(6)
    assert len(six) == 6
    assert [q.id for q in six[:3]] == [q.id for q in ask(3)]
    assert max([q.pillar for q in six].count(p) for p in Pillar) <= 2


def test_the_same_situation_gives_the_same_questions() -> None:
    assert ask(6) == ask(6)


def test_every_question_is_well_asked_and_quotes_its_note_word_for_word() -> None:
    for question in ask(6):
        assert faults(question.text) == ()
        assert question.why.endswith(".")
        for quote in question.quotes:
            assert quote.text in quote.note.text
    assert sum(bool(q.quotes) for q in ask(6)) >= 3


def test_an_overdue_promise_of_theirs_is_asked_about_with_its_day() -> None:
    promised = next(q for q in ask() if q.pillar is Pillar.FOLLOW_UP)
    assert "we agreed that you would “write the oven times on one card by 10 April”." in promised.text
    assert promised.quotes[0].text == "She will write the oven times on one card by 10 April."
    assert "10 April" in promised.why
    assert promised.note_ids == ("n5",)


def test_a_link_without_evidence_becomes_a_question_built_on_a_deed() -> None:
    without = [i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE]
    customer = next(
        q for q in ask(found=without, notes=[n for n in NOTES if n.id != "n3"]) if q.pillar is Pillar.CUSTOMER
    )
    asked = "When you re-timed the ovens before the first bake, who was the first to be better off for it?"
    assert customer.text == asked
    assert customer.note_ids == (OVENS.id,)


def test_resting_questions_do_not_come_back() -> None:
    base = situation()
    first = tuple(ENGINE.questions(base, 6))
    again = tuple(ENGINE.questions(resting(base, [q.id for q in first]), 6))
    assert not {q.id for q in first} & {q.id for q in again}


def test_twenty_weekly_meetings_bring_three_new_questions_each_even_when_nothing_is_noted() -> None:
    bare = situation(notes=[OVENS, NOTES[1]], found=[], promises=[])
    asked: dict[str, str] = {}
    for week in range(20):
        now = replace(resting(bare, list(asked)), asked_texts=tuple(asked.values()))
        fresh = tuple(ENGINE.questions(now, 3))
        assert len(fresh) == 3, f"week {week}"
        assert not {q.id for q in fresh} & set(asked)
        asked |= {q.id: q.text for q in fresh}


def test_near_copies_of_asked_questions_do_not_come_back() -> None:
    base = situation()
    first = next(iter(ENGINE.questions(base, 3)))
    later = replace(base, asked_texts=(first.text + " Please.",))
    assert first.text not in {q.text for q in ENGINE.questions(later, 6)}


def test_another_persons_situation_brings_none_of_these_notes() -> None:
    other = Person(ME, PersonId("p2"), "Jon Abel", (), Pronouns.HE)
    visit = note("x1", "2026-04-01", "He mended the gate of the west yard without being asked.", person=other)
    seen = evidence(visit, visit.text, Topic.TALENT, strength=Strength.E3)
    chosen = ENGINE.questions(situation([visit], [seen], [], person=other), 6)
    assert {i for q in chosen for i in q.note_ids} <= {"x1"}


def test_with_almost_nothing_known_it_asks_first_questions() -> None:
    chosen = tuple(ENGINE.questions(situation([OVENS], [], [], today=date(2026, 3, 5)), 3))
    assert {q.pillar for q in chosen} == {Pillar.PASSION, Pillar.TALENT, Pillar.CUSTOMER}
    assert all(q.quotes or q.id.split("-")[1] == Stage.FIRST for q in chosen)
    assert any("re-timed the ovens" in q.text for q in chosen)  # the one thing somebody saw


def test_a_colleague_is_not_named_to_the_person() -> None:
    praise = note("n9", "2026-04-10", "Lena shows me every shelf twice.", NoteKind.PEER_FEEDBACK, "Ilse Krahn")
    seen = evidence(praise, praise.text, Topic.TALENT, Witness.PEER, Strength.E3)
    chosen = ask(6, notes=[*NOTES, praise], found=[*EVIDENCE[1:], seen])
    told = next(q for q in chosen if "n9" in q.note_ids)
    assert "Ilse" not in told.text
    assert "colleague" in told.text
    assert "Ilse Krahn" in told.why


def test_a_quote_with_a_question_inside_is_not_asked_aloud() -> None:
    odd = note("n8", "2026-04-11", '"Who signs off the bread order?" she asked again and again.')
    stuck = evidence(odd, "Who signs off the bread order?", Topic.OBSTACLE, Witness.SELF)
    assert all("signs off" not in q.text for q in ask(6, notes=[*NOTES, odd], found=[*EVIDENCE, stuck], promises=[]))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("She rebuilt the spice rack over the winter.", "rebuilt the spice rack over the winter"),
        ("Maja taught the new apprentice to fold dough.", "taught the new apprentice to fold dough"),
        ("Sorted the walk-in fridge by date of delivery.", "sorted the walk-in fridge by date of delivery"),
        ("She wrote down her oven times on one card.", "wrote down your oven times on one card"),
        ("Good week. She cut the queue at the toaster, and guests noticed.", "cut the queue at the toaster"),
    ],
)
def test_a_deed_is_told_in_the_notes_words(told: str, said: str) -> None:
    found = deed_in(Quote.of(note("d", "2026-03-01", told), told), MAJA)
    assert found is not None
    assert found.text == said


@pytest.mark.parametrize(
    "told",
    [
        "She made the boy close his eyes and taste.",  # whose eyes?
        "He rebuilt the spice rack over the winter.",  # somebody else
        "She almost burned the first bake of the day.",
        "She was trained on the new oven last week.",
        "If she rebuilt the rack of spices we would save time.",
        "She showed Karin the whole ordering list.",  # names a colleague
        "She fixed it.",
        "The toaster burned the first slices again.",
    ],
)
def test_a_doubtful_deed_is_refused(told: str) -> None:
    assert deed_in(Quote.of(note("d", "2026-03-01", told), told), MAJA) is None


def test_every_pattern_names_a_card_a_pillar_and_asks_well_when_filled() -> None:
    cards = {card.id for card in load_principles()}
    names = (
        "name they them their themself have do want enjoy are know make Name They Them Their day due due_was due_is "
        "who Who first First seen_by said cited"
    )
    slots = dict.fromkeys(names.split(), "word")
    slots |= {"quote": "“It was a long day.”", "deed": "re-timed the ovens", "lead": "On 3 March you said:"}
    patterns = offline_words("questions")["pattern"]
    assert len(patterns) >= 25
    for pattern in patterns:
        assert pattern["principle"] in cards, pattern["id"]
        assert Pillar(pattern["pillar"])
        for frame in ((pattern["ask"], pattern["follow_up"]), *pattern.get("more", ())):
            assert [faults(words.format_map(slots)) for words in frame] == [(), ()], frame
        assert pattern["why"].format_map(slots)


def test_the_whole_bank_passes_the_lint() -> None:
    assert len(load_questions()) >= 250
    for question in load_questions():
        plain = question.ask
        for slot in ("recent_work", "event", "customer", "task", "role", "goal", "action", "date"):
            plain = plain.replace("{" + slot + "|", "").replace("}", "")
        assert faults(plain) == (), question.id


def test_what_a_first_talk_asks_comes_last_in_a_regular_one_and_each_question_comes_once() -> None:
    bank, held = load_questions(), situation()
    guide = next(g for g in load_stages() if g.stage is Stage.REGULAR)
    firsts = {q.id for q in bank if q.stage is Stage.FIRST}
    for pillar in Pillar:
        ids = [q.id for q in bank_questions(pillar, held, bank, guide)]
        assert len(ids) == len({*ids})
        late = [id in firsts for id in ids]
        assert late == sorted(late), ids


def test_neighbours_who_meet_at_one_question_do_not_go_on_to_the_same_next_one() -> None:
    bank = load_questions()
    guide = next(g for g in load_stages() if g.stage is Stage.REGULAR)
    after: dict[str, list[str]] = {}
    for number in range(40):
        held = situation(person=replace(MAJA, id=PersonId(f"p{number:02}")))
        first, second, *_ = (q.id for q in bank_questions(Pillar.OBSTACLES, held, bank, guide))
        after.setdefault(first, []).append(second)
    assert all(len({*seconds}) > 1 for seconds in after.values() if len(seconds) > 1), after


def test_the_brief_marks_the_first_question_as_the_one() -> None:
    chosen = prepare_brief(situation(), ENGINE).questions
    assert chosen.one_question == chosen.questions[0].id
    assert chosen.stage is Stage.REGULAR
    assert PROMISES[1].is_overdue(TODAY)
