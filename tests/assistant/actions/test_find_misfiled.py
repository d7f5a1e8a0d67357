"""A note in the wrong person's file is offered for moving; one that is in its place never is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.find_misfiled import find_misfiled, may_be_misfiled
from assistant.domain.account import AccountId
from assistant.domain.note import AiUse, Note, NoteId
from assistant.domain.person import Person, PersonId, Pronouns

ME = AccountId("me")
LEA = Person(ME, PersonId("p1"), "Lea Brandt", ("Lea B.",), role="Goldsmith", customers="Couples who order rings")
LEA2 = Person(ME, PersonId("p2"), "Lea Osei", ("young Lea",), role="Watchmaker", customers="The museum's tower clock")
BO = Person(ME, PersonId("p3"), "Bo Lind", role="Engraver", customers="Trophy clubs, the chess federation")
PEOPLE = (LEA, LEA2, BO)
KNOWN = (
    ("p1", "Lea set the rings for the Koch couple and soldered them twice."),
    ("p1", "Polishing day. The couple came in and cried."),
    ("p2", "Lea climbed up to the tower clock and found the worn escapement."),
    ("p2", "Escapement again: the museum asked for her by name."),
    ("p3", "Engraved forty cups for the chess federation."),
)


def notes(*more: tuple[str, str]) -> list[Note]:
    told = [*KNOWN, *more]
    return [Note(ME, NoteId(f"n{i}"), PersonId(who), date(2026, 5, 1 + i), text) for i, (who, text) in enumerate(told)]


def offered(*more: tuple[str, str]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(m.note.id, m.about.id, m.words) for m in find_misfiled(PEOPLE, notes(*more))]


def test_a_namesakes_work_told_by_the_first_name_is_offered_with_the_words_that_point_there() -> None:
    found = offered(("p1", "Lea oiled the tower clock at the museum, escapement and all, before the school came."))
    assert found == [("n5", "p2", ("tower", "clock", "museum"))]


def test_somebody_elses_work_that_opens_with_their_name_and_names_nobody_else_is_offered() -> None:
    assert offered(("p1", "Bo engraved the cups; the chess federation and two trophy clubs came to thank."))[0][:2] == (
        "n5",
        "p3",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Lea Brandt went along to the tower clock at the museum to look at the escapement.",  # her own last name
        "Lea B. helped at the museum's tower clock today.",  # an alias of her own
        "Lea was quiet today and left early.",  # nothing points anywhere
        "Lea soldered the rings for the couple at the museum.",  # her own work beside one word of the other's
        "She oiled the tower clock at the museum, escapement and all.",  # no name: nothing is open
        "Bo told Lea about the chess federation and its trophy clubs.",  # names her own person
        "Bo came by.",
    ],
)
def test_a_note_that_may_be_in_its_place_is_left_alone(text: str) -> None:
    assert offered(("p1", text)) == []


def test_a_note_that_the_assistant_may_not_use_is_not_looked_at() -> None:
    every = notes(("p1", "Lea oiled the tower clock at the museum, escapement and all."))
    assert find_misfiled(PEOPLE, [*every[:-1], replace(every[-1], ai=AiUse.NEVER)]) == ()


@pytest.mark.parametrize(
    ("text", "who", "open_"),
    [
        ("Lea oiled the tower clock.", "p1", True),  # a namesake's
        ("“Bo engraved the cups.”", "p1", True),  # opens with somebody else
        ("Bo told Lea Brandt about the cups.", "p1", False),
        ("The cups were engraved by Bo.", "p1", False),
        ("Lea Brandt oiled the tower clock.", "p1", False),
        ("Bodil engraved the cups.", "p1", False),
        ("Oiled the tower clock.", "p1", False),
        ("Lea oiled the tower clock.", "p3", True),
        ("Lea oiled the tower clock.", "nobody", False),
    ],
)
def test_the_names_alone_tell_whether_a_note_has_to_be_looked_at(text: str, who: str, open_: bool) -> None:
    quiet = Note(ME, NoteId("q"), PersonId(who), date(2026, 5, 1), "A quiet day.")
    told = replace(quiet, id=NoteId("t"), text=text)
    assert may_be_misfiled([quiet, told], PersonId(who), PEOPLE) is open_
    assert not may_be_misfiled([quiet], PersonId(who), PEOPLE)
    alone = tuple(person for person in PEOPLE if person.id == who)
    assert not may_be_misfiled([told], PersonId(who), alone)


ADA = Person(ME, PersonId("p4"), "Ada Roth", pronouns=Pronouns.SHE, role="Ferry master", customers="Walkers, hauliers")
ULF = Person(
    ME, PersonId("p5"), "Ulf Berg", pronouns=Pronouns.HE, role="Pier supervisor", customers="Yachts, fishing boats"
)
CREW = (ADA, ULF)
LOGGED = (
    ("p4", "Ada drilled the cadets on the wheel again, third Sunday running."),
    ("p4", "She had the cadets berth the ferry by themselves."),
    ("p5", "Ulf moved fourteen yachts before the storm."),
    ("p5", "He rang the skippers about their moorings."),
)


def suspected(who: str, text: str, people: Sequence[Person] = CREW) -> list[tuple[str, tuple[str, ...]]]:
    told = [*LOGGED, (who, text)]
    kept = [Note(ME, NoteId(f"n{i}"), PersonId(p), date(2026, 5, 1 + i), words) for i, (p, words) in enumerate(told)]
    own = next(person for person in people if person.id == who)
    found = [(m.about.id, m.words) for m in find_misfiled(people, kept) if m.note.id == f"n{len(LOGGED)}"]
    if found:
        assert may_be_misfiled(kept[-1:], own.id, people)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "(wrong page, this is Ada) drew up the winter rota in an hour.",
        "Oops, this belongs in Ada's file. Everybody home by nine.",
        "I had his page open but it is about Ada: three cadets passed.",
        "Falsche Akte, gehört zu Ada: alle drei bestanden.",
        "Esto va en la ficha de Ada, hoja equivocada.",
    ],
)
def test_a_note_that_says_itself_that_it_lies_wrong_is_offered_to_whom_it_names(text: str) -> None:
    assert suspected("p5", text) == [("p4", ("Ada",))]


def test_a_note_that_speaks_of_a_woman_in_a_mans_file_in_words_of_her_notes_alone_is_offered() -> None:
    found = suspected(
        "p5", "She let the cadets take the wheel one by one and stood behind with her hands in her pockets."
    )
    assert found == [("p4", ("cadets", "wheel"))]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("p5", "She rang about her berth and was in tears; he found her one by four."),  # he is there too
        ("p5", "She wants a new ladder and said so twice."),  # a woman, and nothing of Ada's work
        ("p5", "Ulf helped her with the cadets at the wheel."),  # names its own person
        ("p5", "The cadets came by for the wheel."),  # no pronoun
        ("p4", "She had the cadets at the wheel again."),  # in its place
        ("p4", "The wrong page was printed in the timetable and she found it."),  # names nobody else
        ("p4", "The file belongs in the office, she said."),
    ],
)
def test_pronouns_and_wrong_pages_alone_prove_nothing(who: str, text: str) -> None:
    assert suspected(who, text) == []


def test_where_pronouns_are_not_known_nothing_is_concluded_from_them() -> None:
    people = (ADA, replace(ULF, pronouns=Pronouns.THEY))
    assert suspected("p5", "She let the cadets take the wheel one by one.", people) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wrong file! Ada again: three cadets passed.",
        "Meant for Ada: the cadets passed.",
        "Hier versehentlich notiert, es geht um Ada: die Kadetten haben bestanden.",
        "Das ist die falsche Seite, Ada: alle drei bestanden.",
        "Ficha equivocada, es Ada: los cadetes aprobaron.",
        "Por error aquí, es de Ada: aprobaron los cadetes.",
        "Esto va para Ada, aprobaron los cadetes.",
        "nb Ada was on the ferry, ulf = pier. landed in here by date",
        "Falscher Ordner. Ada hat das Schiff gefahren.",
        "Note belongs under Ada. Cadets berthed alone.",
    ],
)
def test_a_note_may_say_in_several_ways_and_languages_that_it_lies_wrong(text: str) -> None:
    assert suspected("p5", text) == [("p4", ("Ada",))]


@pytest.mark.parametrize(
    "text",
    [
        "Ulf says the credit for the rota belongs to Ada, he only typed it.",
        "The key to the fuel shed belongs to Ada from Monday; he handed it over.",
        "Ulf was not pleased: the letter was meant for Ada and he had opened it.",
        "He left the wrong page of the tide table with Ada and fetched it back.",
        "He was filed here because Ada asked for a second supervisor on the pier.",
        "It was not her but Ulf who called the coastguard, Ada told me.",
        "Ada Roth writes: Ulf moved my ferry's berth in ten minutes, nobody got wet.",
        "Ada handed the cadets' list over to Ulf on Friday. He takes it from here.",
        "I work best before six. I moved fourteen boats alone and I want a second radio.",
        "Fog. Nobody sailed. Coffee for everybody.",
        "He and Ada shared the watch; he took the wheel and she the cadets.",
        'A skipper: "Your man had my lines in before I had shouted."',
        "A woman from the fishing boats: she says she never waits any more.",
        "Der Lob gehört zu Ada, sagte er, nicht zu mir.",
        "Er hat Ada die andere Seite des Plans gegeben.",
        "Ada lobte Ulf: er habe die Leinen schon klar gehabt.",
        "Ulf hat die andere Akte an Ada übergeben.",
        "Esto es para Ada, me dijo Ulf, y dejó el termo en la cabina.",
        "Esto va con Ada: Ulf le pasa la lista de los cadetes el lunes.",
        "Ulf dejó la carpeta equivocada en la oficina de Ada y volvió por ella.",
        "Ada dice que Ulf amarró el barco en diez minutos.",
        "He told a walker that the wrong file had gone to Ada and printed the right one.",
        "He found the other page of the log that Ada had lost.",
        "The wrong person got the blame; he stood up and said it was him, not Ada.",
        "He has Ada's page open when he plans, to see when the ferry comes in.",
        "Gave him the card; it was meant for Ada too, both had their names on it.",
    ],
)
def test_hand_overs_praise_and_things_that_went_astray_leave_a_note_in_its_place(text: str) -> None:
    assert suspected("p5", text) == []
