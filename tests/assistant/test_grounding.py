import pytest

from assistant.domain.evidence import Quote
from assistant.grounding import is_grounded, ungrounded
from tests.assistant.domain.nouns import note

TOLD = note('She said "we moved 12 beds" after the call with Ward Seven.', "2026-03-09")
QUOTE = Quote.of(TOLD, "we moved 12 beds")


@pytest.mark.parametrize(
    "sentence",
    [
        "She said on 9 March: “we moved 12 beds”.",
        "On 9 March 12 beds were moved, after the call with Ward Seven.",
        "Nothing is claimed here.",
        'You noted on 2026-03-09: “She said "we moved 12 beds"”.',
    ],
)
def test_what_stands_in_the_note_is_grounded(sentence: str) -> None:
    assert ungrounded(sentence, (QUOTE,)) == ()


@pytest.mark.parametrize(
    ("text", "sentence", "foreign"),
    [
        ("Februar und März nachgezählt: 61 Anfragen.", "In February you counted 61 requests.", ()),
        ("Febrero y marzo: 61 consultas.", "Im Februar waren es 61.", ()),
        ("Februar und März nachgezählt: 61 Anfragen.", "En enero contaste 61.", ("January",)),
    ],
)
def test_a_month_is_the_same_in_each_of_our_languages(text: str, sentence: str, foreign: tuple[str, ...]) -> None:
    assert ungrounded(sentence, (Quote.of(note(text, "2026-04-16"), text),)) == foreign


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("She said on 9 March: “we moved 13 beds”.", "we moved 13 beds"),
        ("On 9 March she moved 14 beds.", "14"),
        ("On 8 March she moved 12 beds.", "8"),
        ("On 9 May she moved 12 beds.", "May"),
        ("The call was with Ward Eight.", "Eight"),
        ("After it Karl thanked her.", "Karl"),
    ],
)
def test_a_foreign_quote_number_day_or_name_is_caught(sentence: str, foreign: str) -> None:
    assert foreign in ungrounded(sentence, (QUOTE,))


def test_a_sentence_without_a_note_may_only_say_what_is_known() -> None:
    assert not is_grounded("Her role changed on 3 June.", ())
    assert is_grounded("Her role changed on 3 June.", (), known=["3 June"])
    assert is_grounded("What matters to Dana-Lee now?", (), known=["Dana-Lee"])


def test_a_quote_that_holds_typographic_marks_is_still_exact() -> None:
    odd = note("He wrote “stop” on the door.", "2026-03-09")
    quote = Quote.of(odd, "wrote “stop” on the door.")
    assert is_grounded("You noted on 9 March: “wrote “stop” on the door.”", (quote,))


BREAD = Quote.of(note("Sie hat die Brote am Morgen neu geformt.", "2026-04-07"), "die Brote am Morgen neu geformt")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie hat die Brote in der ersten Schicht neu geformt, und das Ergebnis war gut.",
        "Du hast notiert, dass sie beim Formen der Brote eine neue Reihenfolge ausprobiert hat.",
        "Sie hat mit Aufmerksamkeit und ohne ein Wort die Brote neu geformt.",
        "Was würde dir helfen, wenn du im nächsten Quartal mit den Broten weitermachst?",
        "Sie hat ihren Vorschlag für die Bäckerei mit Ihnen besprochen.",
    ],
)
def test_german_nouns_are_not_taken_for_names(sentence: str) -> None:
    assert ungrounded(sentence, (BREAD,)) == ()


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("Sie hat mit Bruno die Brote am Morgen neu geformt.", "Bruno"),
        ("Das hat die Frau Hartung gesagt, und sie hat es notiert.", "Hartung"),
        ("Sie hat es dem Kunden Rossmann gezeigt, und er hat das Brot gekauft.", "Rossmann"),
        ("Sie hat das mit Özlem neu geformt, und es ist gut.", "Özlem"),
        ("Ella lo hizo con Álvaro por la mañana.", "Álvaro"),
        ("After it Émile thanked her.", "Émile"),
    ],
)
def test_a_foreign_name_is_caught_in_german_and_spanish_and_with_any_capital(sentence: str, foreign: str) -> None:
    assert foreign in ungrounded(sentence, (BREAD,))


def test_spanish_courtesy_is_nobodys_name() -> None:
    assert ungrounded("Se lo dijo a Usted con la Sra de la tienda.", (BREAD,)) == ()
