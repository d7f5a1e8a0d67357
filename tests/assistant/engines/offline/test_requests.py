"""What somebody asked of the manager and no later note answers: never one that was answered, in three languages."""

from datetime import date

import pytest

from assistant.domain.account import Account
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseKind, PromiseState
from tests.assistant.engines.offline.test_promises import FINDER, MARA, Told
from ui.contract.finds import PromisesPayload
from ui.present import payloads, tell_prep
from ui.web import show_brief


def everything(*told: Told, author: str = "", manager: Account = MARA) -> list[Promise]:
    person = Person(manager.id, PersonId("p"), "Ana Ruiz", ("Ana",), Pronouns.SHE)
    notes = [
        Note(manager.id, NoteId(f"n{i}"), person.id, date.fromisoformat(day), words, NoteKind(kind), author)
        for i, (day, kind, words) in enumerate(told)
    ]
    readable = [Readable(n, s) for n, s in zip(notes, FINDER.screen(notes), strict=True)]
    return list(FINDER.promises(person, manager, readable))


def asked(*words: str, kind: str = "one_on_one", author: str = "") -> list[Promise]:
    days = ("2026-02-02", "2026-03-02", "2026-04-02")
    found = everything(*((day, kind, said) for day, said in zip(days, words, strict=False)), author=author)
    return [p for p in found if p.kind is PromiseKind.REQUEST]


def waiting(*words: str, kind: str = "one_on_one", author: str = "") -> list[str]:
    return [r.what for r in asked(*words, kind=kind, author=author) if r.state is PromiseState.OPEN]


@pytest.mark.parametrize(
    "words",
    [
        "She asked for a second scanner for the loading dock.",
        "Ana asked whether she could take over the Friday stock count.",
        "She also wants the loading door repaired.",
        "Ana wants me to speak to the port office about the gate.",
        "Ana bittet um einen zweiten Scanner für die Rampe.",
        "Sie fragte, ob sie die Inventur am Standort Ulm übernehmen darf.",
        "Sie möchte, dass ich mit dem Hafenamt über das Tor spreche.",
        "Ana pide un segundo escáner para el muelle de carga.",
        "Ella pregunta si puede llevar el inventario de Burgos.",
        "Ana quiere que hable con el puerto sobre la puerta.",
    ],
)
def test_what_is_asked_of_the_manager_waits_for_an_answer(words: str) -> None:
    (request,) = asked(words)
    assert (request.owner, request.state, request.quotes[0].text) == (Owner.ME, PromiseState.OPEN, words)
    assert request.id.startswith("r")


@pytest.mark.parametrize(
    "words",
    [
        "She asked for a second scanner for the dock; I said no, not this year.",
        "She asked for a second scanner for the dock. I'll ask the port office.",
        "Asked for a second scanner: ordering today.",
        "She asked for two Mondays off and I gave them.",
        "A customer asked for a second scanner at the dock.",
        "I asked whether she could take over the stock count.",
        "She asked me to keep the matter of the scanner to myself.",
        "She asked how the scanner count at the port office went.",
        "She asked for it in writing.",
        "Ana bittet um einen zweiten Scanner für die Rampe. Genehmigt.",
        "Ana bittet um einen zweiten Scanner für die Rampe, ich kläre das mit dem Einkauf.",
        "Ana pide un segundo escáner para el muelle. Le digo que lo miro.",
        "Ana pide un segundo escáner para el muelle. Aprobado.",
    ],
)
def test_what_the_note_answers_or_nobody_owes_an_answer_on_is_no_request(words: str) -> None:
    assert asked(words) == []


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("She asked for a second scanner for the loading dock.", "The second scanner is in."),
        ("She asked for a second scanner for the loading dock.", "I told her no on the second scanner."),
        ("She asked for a second scanner for the loading dock.", "I'll order the second scanner by 30 March."),
        ("Ana bittet um einen zweiten Scanner für die Rampe.", "Der zweite Scanner für die Rampe ist da."),
        ("Ana pide un segundo escáner para el muelle de carga.", "El segundo escáner del muelle ya está instalado."),
    ],
)
def test_what_a_later_note_answers_or_may_answer_is_not_shown(first: str, later: str) -> None:
    assert waiting(first)
    assert waiting(first, later) == []


def test_their_own_question_by_mail_is_a_request() -> None:
    words = "Can I take over the Friday stock count?"
    assert waiting(words, kind="email", author="Ana Ruiz") == [words]
    assert waiting(words, kind="survey_comment", author="Ana Ruiz") == []


@pytest.mark.parametrize(
    ("kind", "author", "words"),
    [
        ("email", "Rosa Meyer, buyer", "Could she come to our site in May?"),
        ("peer_feedback", "Bo Lind", "I would like her to show me the scanner trick for the dock."),
        ("customer_quote", "Fern Addy, hikers", "Please hold nine rooms from 18 September."),
        ("customer_quote", "Familie Kern, Stall", "Könnte sie auch samstags die Melkanlage prüfen?"),
        ("email", "Frau Kern, Einkauf", "Bitte schicken Sie uns die Wartungsliste für Halle 3."),
        ("survey_comment", "Kita Nord", "Wir hätten gern einen festen Liefertag fürs Brot."),
        ("email", "Marta Gil, hotel", "¿Podría venir también los sábados a revisar las calderas?"),
        ("peer_feedback", "Luis Gil", "¿Puede alguien explicarme la hoja de turnos del muelle?"),
        ("email", "Marta Gil, hotel", "Nos gustaría un día fijo para la entrega del pan."),
    ],
)
def test_a_customer_or_colleague_who_asks_waits_by_name_until_a_later_note_names_them(
    kind: str, author: str, words: str
) -> None:
    told = everything(("2026-02-02", kind, words), author=author)
    (request,) = [p for p in told if p.kind is PromiseKind.REQUEST]
    name, _, place = author.partition(", ")
    assert request.what == f"{name} ({place}): {words.rstrip('.')}" if place else f"{name}: {words.rstrip('.')}"
    assert request.quotes[0].text == words
    named = f"Rang {name} back about it."
    person = Person(MARA.id, PersonId("p"), "Ana Ruiz", ("Ana",), Pronouns.SHE)
    notes = [
        Note(MARA.id, NoteId("n0"), person.id, date(2026, 2, 2), words, NoteKind(kind), author),
        Note(MARA.id, NoteId("n1"), person.id, date(2026, 2, 9), named, NoteKind.ONE_ON_ONE, MARA.name),
    ]
    both = FINDER.promises(person, MARA, [Readable(n, s) for n, s in zip(notes, FINDER.screen(notes), strict=True)])
    assert [p for p in both if p.kind is PromiseKind.REQUEST] == []


@pytest.mark.parametrize(
    ("kind", "author", "words"),
    [
        ("email", "Rosa Meyer, buyer", "Please thank Ana for the quick repair."),
        ("customer_quote", "Rosa Meyer, bakery", "Could you ask for more? She mended the mixer on a Sunday."),
        ("customer_quote", "Rosa Meyer, bakery", "I'd like to see anyone else do that in a storm."),
        ("peer_feedback", "Bo Lind", "I would like to be that calm with the drivers."),
        ("email", "Deb Ost, site", "Please don't promote her into an office."),
        ("customer_quote", "Frau Kern", "Bitte grüßen Sie Ana, sie hat die Pumpe gerettet."),
        ("peer_feedback", "Jo Kern", "Ich hätte gern ihre Ruhe am Telefon mit Lieferanten."),
        ("customer_quote", "Marta Gil, hotel", "Por favor, felicite a Ana por el arreglo del horno."),
        ("customer_quote", "Marta Gil", "Nos gustaría agradecer a Ana el arreglo del horno."),
    ],
)
def test_thanks_and_wonder_are_no_request(kind: str, author: str, words: str) -> None:
    assert waiting(words, kind=kind, author=author) == []


def test_questions_that_follow_one_another_are_one_request() -> None:
    words = "Could he come back for the day crew? Could it be on video?"
    assert waiting(words, kind="email", author="Rosa Meyer, clinic") == [f"Rosa Meyer (clinic): {words}"]


def test_a_request_is_no_promise_and_keeps_its_own_id() -> None:
    found = everything(("2026-02-02", "one_on_one", "She asked for a second scanner for the loading dock."))
    assert [(p.kind, p.id[0]) for p in found] == [(PromiseKind.REQUEST, "r")]


def test_the_brief_and_the_list_show_it_under_a_heading_of_its_own() -> None:
    (request,) = asked("She asked for a second scanner for the loading dock.")
    today = date(2026, 2, 10)
    view = payloads.promise(request, today)
    person = payloads.person_ref(Person(MARA.id, PersonId("p"), "Ana Ruiz", ("Ana",), Pronouns.SHE))
    listed = tell_prep.promises(PromisesPayload(person=person, promises=[], asked=[view]))
    assert "ASKED OF YOU, NOT ANSWERED" in listed
    assert listed.index("0 open promises") < listed.index(request.what)
    page = show_brief.asked([request], today, {})
    assert "Asked of you, not answered" in page
    assert f"Answered: {request.what}" in page
    assert show_brief.asked([], today, {}) == ""
