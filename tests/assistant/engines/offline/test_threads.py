from dataclasses import replace

import pytest

from assistant.actions.tell_changes import teller_of
from assistant.domain.note import Mention, NoteKind, Span
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.question import Question
from assistant.engines.offline.asking.threads import latest_word, open_threads, sayable
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.promising.settling import find_promises
from tests.assistant.engines.offline.situations import MAJA, MANAGER, ShippedLibrary, note, readable, situation

ENGINE = OfflineEngine(ShippedLibrary())
TALK = NoteKind.ONE_ON_ONE


def kinds(words: str, kind: NoteKind = TALK, author: str = "", day: str = "2026-04-07") -> list[str]:
    held = situation([note("n", day, words, kind, author)], [], [])
    return [t.kind for t in open_threads(held)]


def questions(*notes: tuple[str, str, NoteKind, str], count: int = 3) -> tuple[Question, ...]:
    told = [note(f"n{i}", day, words, kind, author) for i, (day, words, kind, author) in enumerate(notes)]
    old = [note(f"old{i}", "2025-11-03", f"Count of the trays, week {i}.", NoteKind.MISC) for i in range(6)]
    promises = find_promises(MAJA, MANAGER, [readable(n) for n in told], "test@1")
    return tuple(ENGINE.questions(situation([*old, *told], [], promises), count))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("She wants to run the allergen counter on Sundays.", "wish"),
        ("She proposed a tasting for the school cooks.", "wish"),
        ("She is not sure which deck oven the school bread needs.", "doubt"),
        ("The oven quotation is still waiting for a signature.", "pending"),
        ("Trays for the school: 8 of 10 are labelled.", "pending"),
        ("Her hygiene card expires on 31 May.", "ahead"),
        ("The bread list goes out on Thursdays instead of Mondays.", "change"),
    ],
)
def test_a_note_of_a_talk_leaves_things_open(words: str, kind: str) -> None:
    assert kinds(words) == [kind]


def test_a_customer_or_colleague_asks_for_something() -> None:
    asked = "Could we have the rolls sliced, please."
    assert kinds(asked, NoteKind.CUSTOMER_QUOTE, "Vera Holm") == ["request"]
    line = "One line on the label, in words, and I'd get my mornings back."
    assert kinds(line, NoteKind.PEER_FEEDBACK, "Ilse Krahn") == ["request"]


@pytest.mark.parametrize(
    "words",
    [
        "Heard from the driver that she wants to leave for the hotel.",
        "The driver says she drinks and still wants the early van.",
        "Apparently she wants to leave for the hotel by the lake.",
        "She wants a better parking space near the gate.",
        "I want to think about her rota before the summer starts.",
        "He said?",
    ],
)
def test_rumours_comforts_and_the_managers_own_thoughts_open_nothing(words: str) -> None:
    assert kinds(words) == []


def test_the_mark_of_a_list_is_not_read_out() -> None:
    held = situation([note("n", "2026-04-07", "- wants to bake the rye rolls for the school", TALK)], [], [])
    assert [t.quote.text for t in open_threads(held)] == ["wants to bake the rye rolls for the school"]


def test_what_somebody_quotes_inside_a_sentence_opens_nothing() -> None:
    assert kinds('At the hatch she said "I am not sure, let me ask" and then found the right flour sack.') == ["news"]


def test_the_newest_note_weighs_more_than_an_older_one_and_old_ones_are_history() -> None:
    older = note("a", "2026-03-10", "She wants to run the allergen counter on Sundays.", TALK)
    newer = note("b", "2026-04-10", "She wants to bake the rye rolls for the school.", TALK)
    history = note("c", "2025-12-20", "She wants to film the plaiting of the wreaths.", NoteKind.OBSERVATION)
    found = open_threads(situation([history, older, newer], [], []))
    assert [t.quote.note.id for t in found] == ["b", "a"]


def test_nobody_of_the_team_is_read_out() -> None:
    words = "I asked if she would show the new ones the plaiting, the way she did with Ilse."
    named = note("n", "2026-04-07", words, TALK)
    start = words.index("Ilse")
    marked = replace(named, mentions=(Mention(PersonId("ilse"), Span(start, start + 4)),))
    held = situation([marked], [], [])
    assert [t.quote.text for t in open_threads(held)] == ["I asked if she would show the new ones the plaiting"]


def test_a_question_about_a_promise_tells_the_newest_word_on_it() -> None:
    asked = questions(
        ("2026-03-10", "Maja to write the oven times on one card by 27 March.", TALK, ""),
        ("2026-04-09", "Busy week. Oven times: no card yet, she says the printer ate two.", NoteKind.OBSERVATION, ""),
    )
    first = next(q for q in asked if q.pillar is Pillar.FOLLOW_UP)
    assert first.note_ids == ("n0", "n1")
    assert "no card yet" in first.why
    assert "no card yet" not in first.text


def test_a_request_of_a_customer_is_the_customer_question_rather_than_old_praise() -> None:
    asked = questions(
        ("2025-12-01", "Maja's rolls are the best part of our mornings, she never forgets us.", NoteKind.CUSTOMER_QUOTE,
         "Vera Holm"),
        ("2026-04-08", "Could the rolls come sliced on Mondays, please.", NoteKind.CUSTOMER_QUOTE, "Vera Holm"),
    )  # fmt: skip
    customer = next(q for q in asked if q.pillar is Pillar.CUSTOMER)
    assert "sliced on Mondays" in customer.text
    assert customer.quotes[0].text in customer.quotes[0].note.text


def test_a_first_meeting_starts_from_what_was_noted() -> None:
    first = note("a", "2026-04-07", "Maja, first day. Three years on the night line at the dairy.", NoteKind.MISC)
    seen = note("b", "2026-04-10", "Maja stopped at the proofer and asked why one shelf was cool.")
    held = situation([first, seen], [], [])
    asked = [q.text for q in ENGINE.questions(held, 3)]
    assert any("night line at the dairy" in text for text in asked)
    assert any(text.startswith("When you stopped at the proofer") for text in asked)


def test_the_latest_word_comes_from_a_later_usable_note_only() -> None:
    first = note("a", "2026-03-10", "She wants to label the allergen trays.", TALK)
    later = note("b", "2026-04-09", "Allergen trays: half of them carry a label.", NoteKind.OBSERVATION)
    held = situation([first, later], [], [])
    quote = open_threads(held)[-1].quote
    assert quote.note.id == "a"
    found = latest_word(quote, held)
    assert found is not None
    assert found.note.id == "b"
    shut = [readable(first), readable(later, later.text, whole=True)]
    assert latest_word(quote, replace(held, recent=tuple(shut))) is None
    assert sayable(quote, teller_of(held)) == quote
