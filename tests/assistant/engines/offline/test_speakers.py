import pytest

from assistant.domain.evidence import Witness
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.engines.offline.sentences import sentences
from assistant.engines.offline.voice import Cast
from tests.assistant.engines.offline.test_finder import MARA, note

PETER = Person(MARA.id, PersonId("p"), "Peter Klein", ("Peter",), Pronouns.HE)


def speakers(words: str) -> list[Witness]:
    told, found = note(words, NoteKind.MISC), sentences(words)
    voice = Cast.of(PETER, MARA).voice(told)
    return [voice.speaker(found, place) for place, sentence in enumerate(found) if sentence.quoted]


@pytest.mark.parametrize(
    ("words", "witness"),
    [
        (
            'Sister Maria from ward 4 rang: "Since Peter brings the trolleys himself, the soup is hot."',
            Witness.CUSTOMER,
        ),
        ('The harbour master phoned: "Since Peter marks the buoys my pilots find the way at night."', Witness.CUSTOMER),
        ('Mrs. Fox rang, she said: "The hedge has never looked like this before."', Witness.CUSTOMER),
        (
            'Ms. Adeyemi at the library wrote today: "Peter read to the little ones they sat still."',
            Witness.CUSTOMER,
        ),
        ('A colleague from the night shift wrote: "Peter sorted the labels for all of us."', Witness.PEER),
        ("Frau Weber aus dem Heim rief an: „Seit Peter selbst kommt, ist die Suppe heiß.“", Witness.CUSTOMER),
        ('Frau Weber aus dem Heim schrieb: „Seit Peter selbst kommt, ist die Suppe heiß."', Witness.CUSTOMER),
        ("La señora Ruiz llamó: «Desde que Peter trae los carros la sopa llega caliente.»", Witness.CUSTOMER),
        ('Old Tilda said: "That lad of yours sings while he sweeps."', Witness.HEARSAY),
        ('I told him: "You may go home when the last boat is in."', Witness.MANAGER),
        ('Peter rang: "I love the early tour with the trolleys, honestly."', Witness.SELF),
        ('He wrote: "I love the early tour with the trolleys, honestly."', Witness.SELF),
        ('When I called him he said: "I love the early tour with the trolleys."', Witness.SELF),
        ('Sister Maria was there. He said: "I want to see the patients eat for once."', Witness.SELF),
        ('"I love the early tour with the trolleys, honestly."', Witness.SELF),
        ('Peter, back from ward 4, reports: "The soup is hot now and they eat."', Witness.SELF),
        ("Peter sagte: „Ich mag die frühe Runde mit den Wagen am liebsten.“", Witness.SELF),
    ],
)
def test_words_belong_to_whoever_is_named_as_speaking_before_them(words: str, witness: Witness) -> None:
    assert speakers(words) == [witness]


def test_a_quotation_of_several_sentences_has_one_speaker() -> None:
    words = 'Sister Maria rang: "The soup is hot since he comes himself. My patients eat it to the last drop."'
    assert speakers(words) == [Witness.CUSTOMER, Witness.CUSTOMER]


def test_the_next_quotation_is_the_persons_own_again() -> None:
    words = 'Sister Maria rang: "The soup is hot since he comes." Then he said: "I like seeing them eat it."'
    assert speakers(words) == [Witness.CUSTOMER, Witness.SELF]
