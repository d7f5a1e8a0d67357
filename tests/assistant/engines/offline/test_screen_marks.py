"""A request for silence at the end of a note: meant for all of it, or only for the sentence that it stands in."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.note import Note, NoteId
from assistant.domain.person import Pronouns
from assistant.domain.policy import Readable
from assistant.domain.promise import PromiseState
from assistant.engines.offline.finder import OfflineFinder
from tests.assistant.engines.offline.situations import MAJA, MANAGER, ME

CARD = "She will write the allergen card for ward 4 by the end of November."


def read(text: str) -> Readable:
    note = Note(ME, NoteId("n1"), MAJA.id, date(2026, 11, 12), text)
    return Readable(note, OfflineFinder().screen([note])[0])


@pytest.mark.parametrize(
    "secret",
    ["She is expecting a baby in spring and told me in confidence.", "In confidence, her divorce is through.",
     "She told me in confidence that she is pregnant."],
)  # fmt: skip
def test_one_private_sentence_leaves_the_promise_in_another_alone(secret: str) -> None:
    readable = read(f"One-on-one. {CARD} Mornings drain her because the dishwasher breaks every second day. {secret}")
    assert not readable.closed
    assert [readable.note.text[s.span.start : s.span.end] for s in readable.screening.spans] == [secret]
    [promise] = OfflineFinder().promises(MAJA, MANAGER, [readable])
    assert promise.due == date(2026, 11, 30)


@pytest.mark.parametrize("mark", ["Please keep this between us.", "All of it in confidence.", "Not for the file."])
def test_a_mark_that_says_nothing_itself_closes_the_short_note_before_it(mark: str) -> None:
    assert read(f"{CARD} She thinks of leaving the ward. {mark}").closed


@pytest.mark.parametrize(
    ("text", "what"),
    [("Amina said the night shift is lonely. I will look at the rota for December.", "I will look at the rota"),
     ("He is tired of the cold store. He will ask the dietitian for a date by Friday.", "He will ask the dietitian")],
)  # fmt: skip
def test_plain_words_promise_also_of_somebody_whose_pronoun_nobody_has_said(text: str, what: str) -> None:
    somebody = replace(MAJA, pronouns=Pronouns.THEY)
    [promise] = OfflineFinder().promises(somebody, MANAGER, [read(text)])
    assert promise.what.startswith(what)


def test_what_was_put_on_paper_is_kept() -> None:
    asked = "She said: let me put it on paper for you, a half page, what we would get out of it, by 20 November."
    told = replace(
        read("She put the half page on paper, I read it twice.").note, id=NoteId("n2"), day=date(2026, 11, 19)
    )
    notes = [read(asked), Readable(told, OfflineFinder().screen([told])[0])]
    assert [p.state for p in OfflineFinder().promises(MAJA, MANAGER, notes)] == [PromiseState.DONE]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("I promised to book it by 4 December. She asked me not to tell the others.", "I promised to book it"),
        ("She thinks of a course. I'll book it by 4 December. She asked me not to tell the others.", "I'll book it"),
    ],
)
def test_the_managers_own_promise_stays_when_silence_is_asked_for_about_something_else(told: str, kept: str) -> None:
    readable = read(told)
    assert not readable.closed
    [promise] = OfflineFinder().promises(MAJA, MANAGER, [readable])
    assert promise.quotes[0].text.startswith(kept)
    held = " ".join(told[s.span.start : s.span.end] for s in readable.screening.spans)
    assert kept not in held
    assert "asked me not" in held
    assert "thinks" not in told or "thinks" in held


@pytest.mark.parametrize(
    "told",
    [
        "I promised to ask Jo by Friday. That stays between us.",
        "I promised to ask Jo by Friday. Keep it to yourself.",
        "I will ask Jo by Friday. She told me not to repeat it.",
        "He wants to leave in spring. He asked me not to tell anyone.",
        "In confidence: I promised to ask Jo by Friday.",
        "I promised to ask Jo by Friday. All of it in confidence.",
    ],
)  # fmt: skip
def test_what_a_request_for_silence_points_at_stays_out_with_it(told: str) -> None:
    assert [*OfflineFinder().promises(MAJA, MANAGER, [read(told)])] == []


@pytest.mark.parametrize(
    "secret",
    ["He takes confirmation classes, his family dont know.",
     "Ruth says everybody says there is something with the driver.", "Her husband doesn't know about it yet."],
)  # fmt: skip
def test_faith_a_secret_at_home_and_what_everybody_says_stay_out(secret: str) -> None:
    readable = read(f"One-on-one. {CARD} She re-timed the ovens before the first bake and drew the plan. {secret}")
    assert [readable.note.text[s.span.start : s.span.end] for s in readable.screening.spans] == [secret]


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("He goes out at six on Wednesdays.", "He would rather the crew did not learn of it."),
        ("Sie geht mittwochs um vier.", "Soll nicht ins System."),
        ("Sale los miércoles a las seis.", "Que no quede en el sistema."),
    ],
)
def test_a_mark_that_says_nothing_itself_means_the_sentence_before_it(before: str, mark: str) -> None:
    rest = "The new press was set up in the hall on Monday and ran all week without a stop, and nobody was late."
    readable = read(f"{rest} {before} {mark} {rest}")
    closed = [readable.note.text[s.span.start : s.span.end] for s in readable.screening.spans]
    assert closed == [before, mark]


def test_a_thing_that_is_confidential_closes_no_sentence_before_it() -> None:
    readable = read(
        f"{CARD} She re-timed the ovens and drew the plan. The bid is confidential until May. {CARD} {CARD}"
    )
    closed = [readable.note.text[s.span.start : s.span.end] for s in readable.screening.spans]
    assert closed == ["The bid is confidential until May."]


@pytest.mark.parametrize("words", ["Lleva dos años sin tomar vacaciones.", "We fixed the holder of the AA batteries."])
def test_a_year_without_holidays_and_a_battery_are_no_secret(words: str) -> None:
    assert not read(words).screening.spans
