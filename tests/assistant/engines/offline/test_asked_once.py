"""What a reader of a whole brief stumbles over: a matter asked twice, or settled since; chatter; whose deed it was."""

from dataclasses import replace

import pytest

from assistant.actions.cite import Voice
from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Topic, Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.question import Question
from assistant.engines.offline.asking.aloud import aloud
from assistant.engines.offline.asking.matters import Matter
from assistant.engines.offline.asking.phrasing import phrasings
from assistant.engines.offline.asking.threads import open_threads
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.promising.settling import find_promises
from tests.assistant.engines.offline.situations import (
    MAJA,
    MANAGER,
    ShippedLibrary,
    evidence,
    note,
    readable,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())
TALK, MISC = NoteKind.ONE_ON_ONE, NoteKind.MISC
OLD = [note(f"old{i}", "2025-11-03", f"Count of the trays, week {i}.", NoteKind.OBSERVATION) for i in range(6)]


def asked(*notes: Note) -> list[Question]:
    held = [*OLD, *notes]
    promises = find_promises(MAJA, MANAGER, [readable(n) for n in notes], "test@1")
    return list(ENGINE.questions(situation(held, [], promises), 6))


def starts(questions: list[Question]) -> list[str]:
    return [q.quotes[0].note.id for q in questions if q.quotes]


def test_what_is_shown_as_the_newest_word_on_a_promise_is_not_asked_about_again() -> None:
    promised = note("n1", "2026-03-10", "I request the quotation for the deck oven.", TALK)
    open_still = note("n2", "2026-04-02", "Oven quotation: not yet requested.", NoteKind.OBSERVATION)
    found = asked(promised, open_still)
    assert starts(found).count("n1") == 1
    assert "n2" not in starts(found)


def test_what_a_later_note_goes_on_with_is_not_asked_about_as_if_it_were_open() -> None:
    wished = note("n1", "2026-03-10", "She wants to try an open tasting for the school cooks.", TALK)
    assert "n1" in starts(asked(wished))
    held = note("n2", "2026-04-07", "Tasting for the school cooks: eleven came, all stayed.", NoteKind.OBSERVATION)
    assert "n1" not in starts(asked(wished, held))


def test_chatter_that_leaves_nothing_open_is_no_question_where_notes_tell_their_kind() -> None:
    chatter = note("n1", "2026-04-06", "Maja timed the fire drill with a kitchen timer shaped like a hen.", MISC)
    assert "n1" in starts(asked(chatter))  # all that is written is "note": then it is no chatter
    talk = note("n2", "2026-04-08", "She worries about the oven for the school bread.", TALK)
    assert "n1" not in starts(asked(chatter, talk))


def test_what_the_manager_showed_or_asked_is_no_news_and_no_wish_of_theirs() -> None:
    showed = note("n1", "2026-04-06", "Showed her the long letter from the hotel by the lake.", TALK)
    question = note("n2", "2026-04-07", 'I asked who she\'d want using the card at night and she said "anyone".', TALK)
    assert not {"n1", "n2"} & {*starts(asked(showed, question))}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Thanks for the list of the hotels, all of them!", "en"),
        ("Danke für die Liste der Hotels am See, alle zwölf!", "de"),
        ("Gracias por la lista de los hoteles del lago, los doce.", "es"),
    ],
)
def test_thanks_leave_nothing_open(words: str, language: str) -> None:
    mail = note("n1", "2026-04-06", words, NoteKind.EMAIL, MAJA.name)
    base = situation([*OLD, mail], [], [])
    recent = tuple(replace(r, screening=replace(r.screening, language=language)) for r in base.recent)
    assert "n1" not in [t.quote.note.id for t in open_threads(replace(base, recent=recent))]


def test_what_the_manager_left_undone_is_not_read_out() -> None:
    undone = note("n1", "2026-04-08", "The bread rack hangs in bay three by the door, and I did not ask.", TALK)
    assert "n1" not in starts(asked(undone))


def test_a_verb_without_a_doer_before_a_thing_of_theirs_is_not_put_on_them() -> None:
    told = note("n1", "2026-04-06", "Took up her survey gripe about the ovens with the office for next week.", TALK)
    assert all("you took up" not in q.text for q in asked(told))


def test_who_stands_behind_a_colleague_is_not_asked_where_the_note_names_them() -> None:
    words = "Because of her oven card I found the fault in an hour, and Mr. Holm had his bread by six."
    helped = note("n1", "2026-04-06", words, NoteKind.PEER_FEEDBACK, "Ilse Krahn")
    item = evidence(helped, "Because of her oven card I found the fault in an hour", Topic.CUSTOMER_VALUE)
    texts = [q.text for q in ENGINE.questions(situation([*OLD, helped], [item]), 6)]
    assert all("further down the line" not in text for text in texts)


def test_a_few_words_about_somebody_else_are_not_asked_about_as_their_deed() -> None:
    words = "The new cook now bakes the school bread nearly as well, one can tell it is from her."
    told = note("n1", "2026-04-06", words, NoteKind.SURVEY_COMMENT, "School kitchen")
    item = evidence(told, words, Topic.TALENT, Witness.CUSTOMER)
    said = aloud(item.quote, MAJA, Voice.OTHER)
    assert said is not None
    assert said.way == "about"
    teller = teller_of(situation([*OLD, told], [item], []))
    assert not list(phrasings(Matter("passion_unknown", 1, item), teller))
