import pytest

from assistant.domain.policy import PolicyKind, PolicyTopic
from assistant.errors import NotAllowed
from assistant.policy import check_request, stopping_topic
from knowledge.library.load import load_policies

TOPICS = load_policies()


@pytest.mark.parametrize(
    "request_",
    [
        "Rank my team from best to worst.",
        "How likely is she to quit this year?",
        "Write the dismissal letter for Omar.",
        "Is he depressed?",
        "Ask her whether she plans to have children.",
        "Which of them is in the union?",
    ],
)
def test_a_request_that_harms_is_stopped_and_says_where_to_turn(request_: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        check_request(request_, TOPICS)
    assert caught.value.message
    assert caught.value.next


@pytest.mark.parametrize(
    "request_",
    [
        "What did the union fitting cost us?",
        "This deadline kills me. What should I raise with her?",
        "How healthy is the pipeline he looks after?",
        "What has she said about the new shift plan?",
        "Which customer is better off because of his work?",
        "What is open between us since March?",
        "How did the handover after the leave go?",
    ],
)
def test_a_near_miss_goes_through(request_: str) -> None:
    check_request(request_, TOPICS)
    assert stopping_topic(request_, TOPICS) is None


def test_a_crisis_comes_before_everything_else() -> None:
    said = "Rank the team, and he wrote that he wants to die."
    topic = stopping_topic(said, TOPICS)
    assert topic is not None
    assert topic.kind is PolicyKind.CRISIS
    assert "emergency" in topic.message


def test_a_phrase_matches_whole_words_stars_and_gaps_within_a_sentence() -> None:
    topic = PolicyTopic("x", "X", PolicyKind.REFUSE, "HR", "No.", ("rank ... team", "diagnos*"), ("rank insignia",))
    assert stopping_topic("Please RANK the whole TEAM", [topic]) is topic
    assert stopping_topic("rank. And the team?", [topic]) is None
    assert stopping_topic("the pump diagnosis", [topic]) is topic
    assert stopping_topic("sort the rank insignia of the team", [topic]) is None
    assert stopping_topic("frank and the team", [topic]) is None


def test_a_choice_in_a_phrase_is_either_word() -> None:
    topic = PolicyTopic("x", "X", PolicyKind.REFUSE, "HR", "No.", ("fire/sack him/her",))
    assert all(stopping_topic(said, [topic]) for said in ("fire her", "Sack him now", "to sack her"))
    assert stopping_topic("fire alarm for him", [topic]) is None
