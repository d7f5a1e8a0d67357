"""The library that ships: complete, connected, and in words of its own."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from itertools import combinations, pairwise

import pytest

from assistant.domain.pillar import Pillar
from assistant.domain.policy import PolicyKind
from assistant.domain.principle import Grade, Principle
from assistant.domain.question import BankQuestion
from assistant.domain.stage import Stage
from assistant.wording import overlap, stems
from knowledge.library.lint import filled
from knowledge.library.load import load_policy, load_principles, load_questions, load_stages

TRADEMARKS = "q12 cliftonstrengths strengthsfinder via-is hexaco nps mbti".split()
LIMITS_OF_THE_CLAIMS = (
    "chain-holds-with-limits through-which-act profit-link-is-weakest chain-may-be-too-small two-kinds-of-passion "
    "interests-grow passion-is-not-unpaid-work strengths-can-be-overdone plans-are-for-learning no-magic-percentages "
    "plan-talk-is-not-rating-talk feedback-on-the-act coaching-sizes-do-not-transfer"
).split()
SEVEN = (
    "purpose promises-first projects-that-carry-purpose persuasion-by-listening praise-act-and-effect "
    "perseverance-in-small-steps prepare-yourself-first"
).split()
SENSITIVE = (
    "health disability pregnancy_family religion politics union orientation ethnicity age private_money "
    "private_relationships criminal dismissal_legal gossip between_us"
).split()


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.!?]+[.!?]", text)


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    spoken = words(text)
    return {tuple(spoken[i : i + length]) for i in range(len(spoken) - length + 1)}


def test_there_are_enough_cards_for_every_pillar() -> None:
    cards = load_principles()
    assert len(cards) >= 44
    assert {card.pillar for card in cards} == {*Pillar, "general"}
    assert len({card.id for card in cards}) == len({card.title for card in cards}) == len(cards)


def test_the_cards_that_limit_our_claims_are_there() -> None:
    assert set(LIMITS_OF_THE_CLAIMS) <= {card.id for card in load_principles()}


def test_the_seven_principles_say_that_they_are_a_practitioners_book() -> None:
    seven = [card for card in load_principles() if card.id in SEVEN]
    assert len(seven) == 7
    for card in seven:
        assert card.grade is Grade.C
        assert "Hugh Blane" in card.source
        assert "tested as a set" in card.limits or "untested" in card.limits
    assert [card.id for card in seven if not card.verified] == ["prepare-yourself-first"]


def test_the_article_is_credited_where_it_is_told() -> None:
    told = [card for card in load_principles() if "article" in card.source and "Blane" in card.source]
    assert len(told) == 5
    assert all("Claris Consulting" in card.source and card.grade is Grade.C for card in told)


@pytest.mark.parametrize("card", load_principles(), ids=lambda card: card.id)
def test_a_card_can_be_read_aloud(card: Principle) -> None:
    assert 2 <= len(sentences(card.body)) <= 4
    assert len(words(card.body)) <= 85
    assert len(words(card.use)) <= 32
    assert len(sentences(card.use)) == len(sentences(card.limits)) == 1
    assert not re.search(r"\d", card.body), "a card tells, it does not quote figures"
    assert not set(words(f"{card.title} {card.body} {card.use} {card.limits}")) & set(TRADEMARKS)


def test_no_two_cards_share_a_long_run_of_words() -> None:
    bodies = {card.id: runs(card.body, 12) for card in load_principles()}
    shared = [(a, b) for a in bodies for b in bodies if a < b and bodies[a] & bodies[b]]
    assert all(bodies.values())
    assert shared == []


def test_what_is_cited_from_memory_shows_it() -> None:
    unread = [card for card in load_principles() if not card.verified]
    assert unread
    assert all(card.grade is Grade.C for card in unread)


def test_the_bank_has_250_questions_and_every_cell_has_three_that_fit() -> None:
    bank = load_questions()
    assert len(bank) >= 250
    cells = Counter((q.pillar, stage) for q in bank for stage in (q.stage, *q.also))
    assert len(cells) == 8 * 13
    assert min(cells.values()) >= 3


def test_every_cell_has_two_questions_written_for_it() -> None:
    written = Counter((q.pillar, q.stage) for q in load_questions())
    assert set(written) == {(p, s) for p in Pillar for s in Stage}
    assert min(written.values()) >= 2


def test_no_two_questions_share_more_than_half_of_their_content_words() -> None:
    asked = {q.id: stems(filled(q.ask)) for q in load_questions()}
    pairs = list(combinations(asked, 2))
    assert len(pairs) > 30_000
    assert [(a, b) for a, b in pairs if overlap(asked[a], asked[b]) > 0.5] == []


def test_no_question_and_no_follow_up_is_said_twice() -> None:
    bank = load_questions()
    said = Counter(filled(text).casefold() for q in bank for text in (q.ask, q.follow_up))
    again = {text for text, count in said.items() if count > 1}
    assert not {q.id for q in bank if filled(q.ask).casefold() in again}
    assert not {q.id for q in bank if q.reviewer and filled(q.follow_up).casefold() in again}


def test_every_question_says_who_wrote_it_and_who_read_it_a_second_time() -> None:
    assert {(q.author, q.reviewer) for q in load_questions()} == {("Flourish", "Flourish, second reading")}


def test_every_question_names_a_card_and_no_card_explains_them_all() -> None:
    explained = Counter(q.principle_id for q in load_questions())
    assert set(explained) <= {card.id for card in load_principles()}
    assert len(explained) >= 40
    assert max(explained.values()) <= 8


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.id)
def test_a_question_reads_well_without_notes(question: BankQuestion) -> None:
    assert "{" not in filled(question.ask) + filled(question.follow_up)
    assert question.ask[0].isupper()
    assert question.licence == "Apache-2.0"
    assert question.author == "Flourish"


def test_every_stage_has_a_guide_with_six_questions_of_it() -> None:
    bank = {q.id: q for q in load_questions()}
    guides = load_stages()
    assert [guide.stage for guide in guides] == list(Stage)
    for guide in guides:
        assert len(set(guide.suggested)) == 6
        assert len({bank[q].pillar for q in guide.suggested}) >= 5


def test_a_first_meeting_is_light() -> None:
    first = next(guide for guide in load_stages() if guide.stage is Stage.FIRST)
    bank = {q.id: q for q in load_questions()}
    assert {bank[q].trust for q in first.suggested} == {1}


def test_the_policy_knows_every_topic_that_stops() -> None:
    kinds = {topic.id: topic.kind for topic in load_policy()}
    assert len(kinds) == len(load_policy())
    assert [kinds[name] for name in SENSITIVE] == [PolicyKind.SENSITIVE] * len(SENSITIVE)
    assert {name for name, kind in kinds.items() if kind is PolicyKind.CRISIS} == {"crisis", "harassment"}
    assert {"scores", "rankings", "flight_risk", "diagnosis", "dismissal_text", "mood"} <= {
        name for name, kind in kinds.items() if kind is PolicyKind.REFUSE
    }


def test_a_policy_message_is_short_and_names_a_human() -> None:
    humans = re.compile(r"\b(HR|legal|coach|works council|emergency number)\b")
    for topic in load_policy():
        assert 1 <= len(sentences(topic.message)) <= 2, topic.id
        assert humans.search(topic.message), topic.id
        assert topic.point_to, topic.id


def test_the_library_is_read_once_and_cannot_be_changed() -> None:
    assert load_questions() is load_questions()
    with pytest.raises(FrozenInstanceError):
        load_principles()[0].title = "mine"  # type: ignore[misc]


def test_cards_come_in_a_fixed_order() -> None:
    assert all(a.id < b.id for a, b in pairwise(load_principles()))
