"""Praise worth giving: an act, else a fact, else a kept promise, else an older act; never a fault or a hope."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.tell_changes import teller_of
from assistant.actions.tell_recognition import tell_recognition
from assistant.domain.brief import Line
from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.note import Note, NoteKind
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Owner, Promise, PromiseState
from tests.assistant.engines.offline.situations import evidence, note, promise, situation


def told(
    one: Note, *, language: str = "en", found: tuple[Evidence, ...] = (), kept: tuple[Promise, ...] = ()
) -> tuple[Line, ...]:
    read = Readable(one, Screening(one.id, 1, language, (), False))
    here = replace(situation(), recent=(read,), evidence=found, promises=kept)
    return tell_recognition(here, teller_of(here))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No double bookings since."),
        ("en", "Farm bookings: none wrong since February."),
        ("en", "Log: last three months no gaps, we checked."),
        ("en", "Answered within a day: 55 of 61."),
        ("en", "All 19 sheets are in the binder."),
        ("en", "Report received, two days early, clean."),
        ("en", "Waste at the ovens 14.2 to 6.1."),
        ("en", "She rang the farms off her own bat."),
        ("de", "Seit Februar keine einzige Reklamation aus dem Saal."),
        ("de", "61 Anfragen, 55 davon am selben Tag beantwortet."),
        ("de", "Der Ausschuss ging von 14 auf 6 zurück."),
        ("de", "Der Bericht kam zwei Tage früher, sauber."),
        ("es", "Con el teléfono ninguna queja desde febrero."),
        ("es", "El informe llegó listo y a tiempo."),
        ("es", "La merma bajó de 14 a 6 este trimestre."),
    ],
)
def test_a_fact_that_anybody_can_check_is_worth_saying(language: str, words: str) -> None:
    (line,) = told(note("n9", "2026-04-01", words), language=language)
    assert line.quotes[0].text == words
    assert line.text.startswith("Worth saying: you noted on 1 April")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Answered within a day: 20 of 61."),
        ("en", "She wants 60 of 61 by summer."),
        ("en", "9 of 10 went to a customer who complained."),
        ("en", "No answer since February."),
        ("en", "No one-on-one since February."),
        ("en", "I finished all 19 sheets in the binder."),
        ("en", "None wrong since February, but two are late."),
        ("de", "Seit Februar kein Gespräch mehr."),
        ("de", "Der Bericht soll zwei Tage früher kommen."),
        ("es", "Desde febrero ninguna respuesta del taller."),
        ("es", "El informe tendría que llegar listo y a tiempo."),
    ],
)
def test_a_share_too_small_a_hope_or_a_fault_is_not_praised(language: str, words: str) -> None:
    assert told(note("n9", "2026-04-01", words), language=language) == ()


def test_a_fact_of_long_ago_is_left() -> None:
    assert told(note("n9", "2026-01-01", "No double bookings since.")) == ()


def test_a_promise_kept_in_time_is_worth_saying_and_a_late_one_is_not() -> None:
    made = note("n8", "2026-03-20", "She will send the plan for the nights by 10 April.")
    done = note("n9", "2026-04-08", "Nights plan landed, two pages, good.", NoteKind.ONE_ON_ONE)
    open_one = promise(made, made.text, Owner.THEM, date(2026, 4, 10))
    kept = replace(open_one, state=PromiseState.DONE, closed_by=Quote.of(done, done.text))
    assert told(done, kept=(open_one,)) == ()
    assert [line.text for line in told(done, kept=(kept,))] == [
        "Worth saying: from your one-on-one of 8 April: “Nights plan landed, two pages, good.”"
    ]
    assert told(done, kept=(replace(kept, due=date(2026, 4, 1)),)) == ()


def test_an_act_seen_half_a_year_ago_is_offered_only_where_nothing_newer_is() -> None:
    words = "She found the dead pipe behind room 22 and had it cut out."
    seen = note("n7", "2025-12-01", words)
    (line,) = told(seen, found=(evidence(seen, words, Topic.TALENT),))
    assert line.text == f"Worth saying, if you have not said it yet: you noted on 1 December: “{words}”"
    newer = note("n9", "2026-04-01", "No double bookings since.")
    (line,) = told(newer, found=(evidence(seen, words, Topic.TALENT),))
    assert line.quotes[0].note.id == "n9"


def test_who_says_that_nothing_was_found_wrong_praises() -> None:
    words = "In three months I have not found one wrong on the whole shelf."
    heard = note("n9", "2026-04-01", words, NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest")
    (line,) = told(heard, found=(evidence(heard, words, Topic.CUSTOMER_VALUE, Witness.CUSTOMER),))
    assert line.text.startswith("Worth saying: Vera Holm (guest) said on 1 April")
