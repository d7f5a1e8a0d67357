from collections.abc import Sequence
from datetime import date

import pytest

from assistant.actions.build_profile import build_profile
from assistant.actions.retire_wishes import is_ending, retire_wishes
from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Evidence, Facet, Tense, Topic
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.domain.profile import StatementStatus
from assistant.engines.offline.finder import OfflineFinder

MARA = Account(AccountId("me"), "Mara Voss")
INA = Person(MARA.id, PersonId("p"), "Ina Holt", ("Ina",), Pronouns.SHE, role="Bicycle mechanic")
FINDER = OfflineFinder()


def evidence_in(*told: tuple[str, str]) -> tuple[Evidence, ...]:
    notes = [
        Note(MARA.id, NoteId(f"n{at}"), INA.id, date.fromisoformat(day), words, NoteKind.ONE_ON_ONE)
        for at, (day, words) in enumerate(told)
    ]
    readable = [Readable(note, seen) for note, seen in zip(notes, FINDER.screen(notes), strict=True)]
    return tuple(FINDER.evidence(INA, MARA, readable))


def wishes(evidence: Sequence[Evidence], note: str = "n0") -> set[Tense]:
    found = {i.tense for i in evidence if i.note.id == note and i.topic in {Topic.PASSION, Topic.ASPIRATION}}
    assert found, "the wish itself was not found"
    return found


@pytest.mark.parametrize(
    ("wish", "ending"),
    [
        ('"I want to open a frame workshop, that is my dream."', "The frame workshop: she has let it go."),
        ('"I want to run the night bakery one day, I love the ovens."', "The night bakery? She turned it down."),
        ('"I would like to get into the flight school, that excites me."', "She dropped out. No flight school."),
        (
            'Ina wants to apply for the harbour residency. "I love the water, I want to be out there."',
            "The harbour residency application was not submitted.",
        ),
        ('"I want to do the welding course, I love metal."', "Schweißkurs abgebrochen nach drei Abenden."),
        ('"Ich will die Bewerbung als Imkerin schreiben, das reizt mich."', "She withdrew her application."),
        ('"Quiero hacer el curso de vidrio, me encanta."', "She quit the course on glass."),
    ],
)
def test_a_wish_let_go_later_is_told_as_past(wish: str, ending: str) -> None:
    before = evidence_in(("2026-01-10", wish), ("2026-04-02", ending))
    assert any(is_ending(i) for i in before)
    assert wishes(retire_wishes(before, INA)) == {Tense.PAST}


@pytest.mark.parametrize(
    "later",
    [
        "She has not given up on the frame workshop.",  # denied
        "She turned down the heat in the paint booth. The frame workshop is on.",  # another sense
        "She gave up the seat by the window.",  # a thing, not a wish
        "She declined the post in sales.",  # another matter
        "Tom told me he declined the place in the frame workshop.",  # somebody else
        "Did she turn it down, the frame workshop?",  # a question
        "The customer withdrew the form for the workshop.",  # a customer
    ],
)
def test_another_matter_or_voice_takes_nothing_back(later: str) -> None:
    before = evidence_in(("2026-01-10", '"I want to open a frame workshop, that is my dream."'), ("2026-04-02", later))
    assert wishes(retire_wishes(before, INA)) == {Tense.CURRENT}


def test_an_ending_takes_nothing_back_that_was_said_after_it() -> None:
    before = evidence_in(
        ("2026-01-10", "The frame workshop: she has let it go."),
        ("2026-04-02", '"I want to open a frame workshop, that is my dream."'),
    )
    assert wishes(retire_wishes(before, INA), "n1") == {Tense.CURRENT}


def test_the_profile_lays_the_wish_and_its_end_side_by_side() -> None:
    evidence = retire_wishes(
        evidence_in(
            ("2026-01-10", '"I want to open a frame workshop, that is my dream."'),
            ("2026-04-02", "The frame workshop: she has let it go."),
        ),
        INA,
    )
    view = build_profile(INA, MARA, date(2026, 5, 1), evidence, 0).view(Facet.PASSION)
    (told,) = view.statements
    assert told.status is StatementStatus.OUTDATED
    assert [i.quote.text for i in told.against] == ["The frame workshop: she has let it go."]


@pytest.mark.parametrize(
    "boast",
    [
        "Ina told me proudly that nobody ever sends her wheels back, not one, ask the drivers.",
        '"My wheels are true the first time, always. No checking required."',
        '"Noch nie einen Fehler gemacht, frag jeden."',
        '"Ni un solo error en diez años, pregunta a cualquiera."',
    ],
)
def test_a_boast_is_no_talent(boast: str) -> None:
    assert not [i for i in evidence_in(("2026-01-10", boast)) if i.topic.facet is Facet.TALENT and i.counts]
