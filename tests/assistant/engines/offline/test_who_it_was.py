"""Words and deeds go to whoever said and did them. Trades no case tells of, and near misses."""

from dataclasses import replace

import pytest

from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Tense, Topic, Witness
from assistant.domain.note import Mention, NoteKind, Span
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable
from assistant.engines.offline.planning.threads import customer_link
from tests.assistant.engines.offline.situations import MAJA, MANAGER, evidence, note, situation
from tests.assistant.engines.offline.test_finder import FINDER, found_in
from tests.assistant.engines.offline.test_speakers import speakers

TALK = NoteKind.ONE_ON_ONE


@pytest.mark.parametrize(
    ("words", "witness"),
    [
        ('nursery rang 0815. since peter clears the path they walk, "nobody ever did that for us".', Witness.CUSTOMER),
        ("Kindergarten rief an wegen der Stühle. „So etwas hat noch keiner für uns gebaut.“", Witness.CUSTOMER),
        ("Colegio llamó por las sillas. «Nadie había hecho algo así para nosotros.»", Witness.CUSTOMER),
        ('Mrs Fox rang about the hedge. "I will stand at the gate on Friday."', Witness.HEARSAY),
        ('Gail (Pellworth): "they all came whole, every single one"', Witness.CUSTOMER),
        ('Gail, Pellworth Stores: "they all came whole, every single one"', Witness.CUSTOMER),
    ],
)
def test_a_caller_named_in_passing_speaks_what_is_quoted_next(words: str, witness: Witness) -> None:
    assert speakers(words) == [witness]


@pytest.mark.parametrize(
    "words",
    [
        'Mrs Fox rang about the hedge. Peter went the same day. "That took me ten minutes."',
        'Mrs Fox rang about the hedge. He went over. "That took me ten minutes."',
        'bakery rang about the flour. told peter. "i will get it sorted by friday"',
        'supplier phoned at 4, peter took it, "i told him no more split bags"',
        'rang peter last night. "I love the early shift more than anything."',
        'Peter rang from the yard. "the second gate is stuck again, I love it."',
        'school called off the trip. "I would like to run the kiln then."',
        'The school called, they want six more. Nothing else. Long talk. "I would like to run the kiln."',
        'Came in early, wrote the labels. "I like the quiet before the doors open."',
        'Clinic emailed. Peter read it aloud and grinned. "That is what we do it for."',
        'Mrs Fox rang. Peter grinned. "Nobody ever rings us."',
        'He joked about the rain, then said: "I love the first round of the day."',
        'Answer after a long pause: "I would rather stay with the boats."',
        "Wir haben telefoniert. „Ich mag die frühe Runde am liebsten.“",
        "Peter escribió a la clienta. «Me gusta más el turno de mañana.»",
    ],
)
def test_the_person_speaks_where_they_come_in_between_or_nobody_called(words: str) -> None:
    assert speakers(words) == [Witness.SELF]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("council gave up on the lights, funding cut.", False),
        ("The landlord dropped the idea of a second oven.", False),
        ("I gave up on the lights for this year.", False),
        ("Der Rat hat den Steg aufgegeben.", False),
        ("El ayuntamiento retiró la propuesta.", False),
        ("She gave up on the evening school.", True),
        ("Gave up on the evening school.", True),
        ("After the exam dropped the idea of a second trade.", True),
        ("Yesterday withdrew her application.", True),
        ("Long talk, gave up on the evening school.", True),
        ("Sie hat die Abendschule aufgegeben.", True),
        ("Después de Navidad dejó el curso.", True),
    ],
)
def test_a_hope_ends_only_where_it_was_theirs(words: str, told: bool) -> None:
    assert any(e.cue == "ASP-ended" for e in found_in(words, TALK)) is told


@pytest.mark.parametrize(
    ("words", "pulls"),
    [
        ("She'll also give me a list of the spare keys.", False),
        ("He lets me know and will give me the drawings.", False),
        ('"Give me a lathe and a shut door and I am a happy woman."', True),
        ('"Let me run the kiln once, only once."', True),
        ("She wants to build a kiln of her own.", True),
        ("Asked if she could teach the two new ones.", True),
    ],
)
def test_what_somebody_gives_the_manager_is_nothing_that_pulls_them(words: str, pulls: bool) -> None:
    found = [e for e in found_in(words, TALK) if e.topic is Topic.PASSION and e.tense is Tense.CURRENT]
    assert bool(found) is pulls


@pytest.mark.parametrize(
    "words",
    [
        "Ja klar, die Ana liebt Sitzungen. Zweimal eingeschlafen.",
        '"I love the new phone system", thru gritted teeth.',
        'The mix had come back as soup. "I have always wanted to start again."',
        "Aye, and she just lives for the safety manual, lives for it.",
        "«Encantadísima de volver a contar las cajas», dijo.",
    ],
)
def test_what_is_said_the_other_way_round_is_no_liking(words: str) -> None:
    assert not [
        e for e in found_in(words, TALK) if e.topic is Topic.PASSION and e.strength >= 2 and e.tense is Tense.CURRENT
    ]


@pytest.mark.parametrize(
    "words",
    [
        "„I chönt das de ganz Tag, die Teili umeschiebe.“",
        "„Ich könnte das den ganzen Tag machen, Fugen ziehen.“",
        '"I have always wanted to run a kiln of my own."',
        '"Lovely, I could do this all day."',
        'She joked about it all and said: "I love the first bake of the day."',
    ],
)
def test_a_liking_said_straight_is_heard(words: str) -> None:
    assert [e for e in found_in(words, TALK) if e.topic is Topic.PASSION and e.strength >= 2]


def test_an_excuse_for_what_is_missing_is_no_liking() -> None:
    excuse = "Vier Berichte fehlen seit März. „Ich schreibe sie, wenn es fertig ist, und nicht vorher.“"
    assert Topic.PASSION not in {e.topic for e in found_in(excuse, TALK)}
    plain = "Vier Berichte sind da. „Ich schreibe sie, wenn es fertig ist, und nicht vorher.“"
    assert Topic.PASSION in {e.topic for e in found_in(plain, TALK)}
    liking = "Vier Berichte fehlen seit März. „Am liebsten stehe ich an der Presse, das macht mir Freude.“"
    assert Topic.PASSION in {e.topic for e in found_in(liking, TALK)}


@pytest.mark.parametrize(
    "words",
    [
        "Screamed at the new boy in front of the drivers.",
        "Zwei Gruppen doppelt gebucht, 18 statt 9.",
        "Grupo con doble reserva, 18 en vez de 9.",
    ],
)
def test_a_mishap_is_nothing_done_well(words: str) -> None:
    assert Topic.TALENT not in {e.topic for e in found_in(words, NoteKind.OBSERVATION)}


def test_a_customer_whose_call_the_manager_wrote_down_is_not_named_as_the_manager() -> None:
    told = note("c", "2026-03-20", 'Mail from Mrs Orr, guest: "Since she bakes for us the table is full by seven."')
    told = replace(told, author=MANAGER.name)
    value = evidence(told, told.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER)
    held = situation([told], [value], [])
    told_of = customer_link(value, held, teller_of(held))
    assert MANAGER.name not in told_of.text


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("Llamó el señor del horno por una puerta torcida.", False),
        ("Arregló la jefa la persiana rota.", False),
        ("La mesa larga la montó Darío con la plantilla.", False),
        ("Llamó al señor del horno y arregló la puerta torcida.", True),
        ("Arregló la puerta torcida del horno.", True),
        ("Ana arregló la puerta torcida del horno.", True),
        ("La mesa larga la montó Ana con la plantilla.", True),
        ("Montó una mesa larga con la plantilla.", True),
        ("Ella montó la mesa larga con la plantilla.", True),
        ("Arregló los cajones y montó la mesa para la fiesta.", True),
    ],
)
def test_spanish_names_the_doer_behind_the_verb(words: str, theirs: bool) -> None:
    assert any(e.topic is Topic.TALENT for e in found_in(words, NoteKind.OBSERVATION)) is theirs


@pytest.mark.parametrize(
    ("words", "theirs"),
    [
        ("Jo's permit is stuck at the office, no reply yet.", False),
        ("Jo is waiting for the permit, no reply yet.", False),
        ("Her permit is stuck at the office, no reply yet.", True),
        ("Permit is stuck at the office, no reply yet.", True),
        ("Jo's permit is stuck at the office, so she is waiting with the fence.", True),
    ],
)
def test_what_hinders_a_colleague_is_not_what_hinders_them(words: str, theirs: bool) -> None:
    one = replace(note("m", "2026-04-01", words, TALK), mentions=(Mention(PersonId("jo"), Span(0, 2)),))
    one = one if words.startswith("Jo") else replace(one, mentions=())
    found = FINDER.evidence(MAJA, MANAGER, [Readable(one, FINDER.screen([one])[0])])
    assert any(e.topic is Topic.OBSTACLE for e in found) is theirs


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("Im Lager heißt es, er gehe zur Konkurrenz nach Linz.", True),
        ("Auf dem Hof heißt es, sie kündige im Herbst.", True),
        ("Im Plan heißt es, er beginnt um acht mit dem Ofen.", False),
        ("Er geht zur Messe nach Linz und heißt die Gäste willkommen.", False),
    ],
)
def test_what_is_only_said_of_somebody_in_the_house_is_held_back(words: str, held: bool) -> None:
    assert bool(FINDER.screen([note("n", "2026-04-01", words, TALK)])[0].spans) is held
