"""What later notes tell of a promise beside open and kept: each from a note's own words, in three languages."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.promise import Promise, PromiseState, Telling, TellingKind
from tests.assistant.engines.offline.test_promises import Told, promises

PARTLY, MOVED, MORE_TIME = TellingKind.PARTLY, TellingKind.MOVED, TellingKind.MORE_TIME
LATE, REPLACED, HEARD = TellingKind.LATE, TellingKind.REPLACED, TellingKind.HEARD


def after(first: str, *later: str) -> Promise:
    days = ("2026-03-02", "2026-04-02", "2026-05-04")
    told: list[Told] = [("2026-02-02", "one_on_one", first)]
    told += [(day, "one_on_one", words) for day, words in zip(days, later, strict=False)]
    return promises(*told)[0]


def only(promise: Promise) -> Telling:
    (telling,) = promise.standing
    assert telling.quote.text in telling.quote.note.text
    return telling


@pytest.mark.parametrize(
    ("first", "later", "done", "whole"),
    [
        ("Ten kits by end of June.", "Kits: 8 of 10.", 8, 10),
        ("300 pins on the map by the 30th of June.", "Pins on the map: 214.", 214, 300),
        ("She writes all nineteen recipes down by the end of June.", "Recipes: four left, all laminated.", 15, 19),
        ("Ana erstellt zehn Montagesätze bis Ende Juni.", "Montagesätze: 8 von 10.", 8, 10),
        ("Ana va a preparar diez fichas antes del 30 de junio.", "Fichas: 8 de 10.", 8, 10),
    ],
)
def test_so_many_of_so_many_is_done_in_part_and_says_what_is_left(
    first: str, later: str, done: int, whole: int
) -> None:
    promise = after(first, later)
    assert promise.state is PromiseState.OPEN
    assert (only(promise).kind, only(promise).done, only(promise).left) == (PARTLY, done, whole - done)


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Ana will write the handover guide by end of June.", "Handover guide: half of it done, on an envelope."),
        ("Ana schreibt den Übergabeplan bis Ende Juni.", "Der Übergabeplan ist halb fertig."),
        ("Ana va a escribir el cuaderno de turnos antes del 30 de junio.", "El cuaderno de turnos está a medias."),
    ],
)
def test_half_of_it_is_done_in_part_without_a_count(first: str, later: str) -> None:
    telling = only(after(first, later))
    assert (telling.kind, telling.done, telling.quote.day) == (PARTLY, None, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("first", "later", "kind"),
    [
        ("Ana to prepare the stock count plan by 20 March.", "Stock count plan: new date 15 April.", MOVED),
        ("Ana to prepare the stock count plan by 20 March.", "Stock count plan: she needs till the 15th of April.",
         MORE_TIME),
        ("Ana schreibt den Übergabeplan bis 20. März.",
         "Der Übergabeplan ist offen, neuer Termin 15. April.", MOVED),
        ("Ana va a escribir el cuaderno de turnos antes del 20 de marzo.",
         "Cuaderno de turnos: nueva fecha, 15 de abril.", MOVED),
    ],
)  # fmt: skip
def test_a_moved_day_says_which_and_by_which_words(first: str, later: str, kind: TellingKind) -> None:
    promise = after(first, later)
    assert (only(promise).kind, only(promise).until) == (kind, date(2026, 4, 15))
    assert only(promise).quote.note.id == "n1"
    granted = promise.due == date(2026, 4, 15)
    assert granted is (kind is MOVED), "a day that was only asked for is not the day of the promise yet"


@pytest.mark.parametrize(
    ("first", "still", "end"),
    [
        ("Ana will write the handover guide by 20 February.", "The handover guide came in two weeks late.", ""),
        ("Ten kits by 20 February.", "Kits: 8 of 10.", "All ten kits are done."),
        ("Ana schreibt den Übergabeplan bis 20. Februar.", "Der Übergabeplan ist da, zwei Wochen zu spät.", ""),
        ("Ana va a ordenar el almacén antes del 20 de febrero.", "Almacén ordenado, con retraso.", ""),
    ],
)
def test_kept_after_its_day_is_late_only_where_the_notes_say_so(first: str, still: str, end: str) -> None:
    promise = after(first, *filter(None, (still, end)))
    assert (promise.state, only(promise).kind) == (PromiseState.DONE, LATE)


def test_a_note_that_only_came_after_the_day_makes_nothing_late() -> None:
    promise = after("Ana will write the handover guide by 20 February.", "The handover guide is done.")
    assert (promise.state, promise.standing) == (PromiseState.DONE, ())


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Ana builds the stock dashboard for the big screen by 30 April.",
         "Dashboard scrapped. Instead she prints one page per hall by 30 June."),
        ("Ana erstellt das Dashboard für den großen Bildschirm bis 30. April.",
         "Dashboard gestoppt. Stattdessen: Ana druckt eine Seite pro Halle bis 30. Juni."),
        ("Ana va a hacer un panel para la pantalla grande antes del 30 de abril.",
         "Panel cancelado. En su lugar Ana va a imprimir una hoja por nave antes del 30 de junio."),
    ],
)  # fmt: skip
def test_what_stands_in_its_place_replaces_a_promise(first: str, later: str) -> None:
    found = promises(("2026-02-02", "one_on_one", first), ("2026-03-02", "one_on_one", later))
    old, new = found
    assert (old.state, new.state) == (PromiseState.DROPPED, PromiseState.OPEN)
    assert (only(old).kind, only(old).by, only(old).quote) == (REPLACED, new.id, new.quotes[0])


def test_what_is_only_spoken_of_stays_open_with_the_newest_note_beside_it() -> None:
    promise = after(
        "I'm to get legal to look at the letter.", "Legal still hasn't answered on the letter.",
        "Asked after the letter again, legal is waiting for something.",
    )  # fmt: skip
    assert promise.state is PromiseState.OPEN
    assert (only(promise).kind, only(promise).quote.day) == (HEARD, date(2026, 4, 2))


def test_one_word_alone_is_a_namesake_unless_the_sentence_says_that_it_is_still_to_come() -> None:
    made = "I'm to get legal to look at the letter."
    assert only(after(made, "Legal still hasn't answered.")).kind is HEARD
    assert after(made, "The legal crew would have stayed for an encore.").standing == ()


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Ten kits by end of June.", "Eight of ten customers were happy."),
        ("Ana will write the handover guide by end of June.", "The day shift has half of it done."),
        ("Ana will propose a noon team by 30 April.", "She ran the team on three of five days."),
    ],
)
def test_a_part_of_something_else_is_no_part_of_the_promise(first: str, later: str) -> None:
    assert all(telling.done is None and telling.kind is not PARTLY for telling in after(first, later).standing)


def test_the_managers_own_word_goes_over_what_notes_tell() -> None:
    promise = after("Ten kits by end of June.", "Kits: 8 of 10.")
    assert replace(promise, state=PromiseState.DONE, by_hand=True).standing == ()
