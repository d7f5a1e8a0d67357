"""A deed is quoted with what came of it, a gain with what it came from; nothing else is drawn in."""

import pytest

from assistant.domain.note import NoteKind
from assistant.engines.offline.joining import MOST_WORDS
from tests.assistant.engines.offline.test_finder import found_in

SEEN, PEER, GUEST, ONE = NoteKind.OBSERVATION, NoteKind.PEER_FEEDBACK, NoteKind.CUSTOMER_QUOTE, NoteKind.ONE_ON_ONE
LONG = " ".join(["and"] * 1 + ["then the choir sang it again from the very first bar"] * 4)


def quotes(words: str, topic: str, kind: NoteKind) -> list[str]:
    found = found_in(words, kind, author="Bo Lind" if kind is PEER else "")
    return [i.quote.text for i in found if i.topic == topic and i.counts]


@pytest.mark.parametrize(
    "words",
    [
        "Ana rebuilt the shift rota. Nobody has missed a rehearsal since.",
        "Ana rebuilt the loom. Three weeks later it still holds.",
        "Ana hat den Ofen repariert. Seitdem hält er die Hitze.",
        "Ana hat den Webstuhl umgebaut. Ergebnis: kein Riss mehr.",
        "Ana reparó el telar. Desde entonces no se ha parado.",
        "Ana ordenó las semillas. Nadie ha pedido dos veces la misma.",
    ],
)
def test_a_deed_is_quoted_with_what_came_of_it(words: str) -> None:
    assert quotes(words, "talent", SEEN) == [words]


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Ana rebuilt the shift rota. The kettle is broken.", "Ana rebuilt the shift rota."),
        ("Ana rebuilt the shift rota. Since then she was late again.", "Ana rebuilt the shift rota."),
        ("Ana rebuilt the shift rota. I asked for the next one by Monday.", "Ana rebuilt the shift rota."),
        (f"Ana rebuilt the shift rota. Since then {LONG}.", "Ana rebuilt the shift rota."),
        ("Ana hat den Webstuhl umgebaut. Der Parkplatz ist gesperrt.", "Ana hat den Webstuhl umgebaut."),
        ("Ana reparó el telar. Ahora llegó tarde otra vez.", "Ana reparó el telar."),
    ],
)
def test_what_is_no_outcome_a_fault_or_too_long_stays_out(words: str, quoted: str) -> None:
    assert quotes(words, "talent", SEEN) == [quoted]


def test_a_private_sentence_is_never_drawn_in() -> None:
    deed = "Ana rebuilt the shift rota of the kiln room with two colours and a long string."
    words = f"{deed} Since her surgery nobody has missed a shift. The glaze order is due, the van comes on the ninth."
    assert quotes(words, "talent", SEEN) == [deed]


@pytest.mark.parametrize(
    "words",
    [
        "Ana explained the glaze to us with two jars. I understood it for the first time.",
        "Ana hat mir die Glasur erklärt. Ich weiß jetzt, wann der Ofen aufgehen darf.",
        "Ana nos explicó el esmalte. Entendí por fin la carta.",
    ],
)
def test_a_gain_is_quoted_with_what_it_came_from(words: str) -> None:
    assert quotes(words, "customer_value", PEER) == [words]


def test_what_only_says_that_something_comes_is_quoted_with_it() -> None:
    words = "She has an idea. Saturday mornings in the kiln room, a cracked pot on every wheel."
    assert quotes(words, "passion", ONE) == [words]


def test_a_quote_over_two_sentences_stays_short_and_keeps_its_marks_in_pairs() -> None:
    words = 'Ana rebuilt the rota. "Nobody has missed a rehearsal since," said the choir, "and it shows." Tea was late.'
    for quote in quotes(words, "talent", SEEN):
        assert len(quote.split()) <= MOST_WORDS
        assert quote.count('"') % 2 == 0
        assert quote in words
