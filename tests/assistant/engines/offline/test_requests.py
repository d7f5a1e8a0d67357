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
    assert waiting(words, kind="email", author="Bo Lind, customer") == []


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
