"""Promises as somebody types them on a phone, between two doors, or tells them in the present."""

import pytest

from tests.assistant.engines.offline.test_promises import promises, said


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("- ill set up the visit for after summer", [("me", None)]),
        ("- still no rota. ill ask jo tmrw", [("me", "2026-02-03")]),
        ("- will ask the partners at the march mtg", [("me", None)]),
        ("- price list to me by end of next wk", [("them", "2026-02-13")]),
        ("- numbers by eow", [("them", "2026-02-06")]),
        ("- label sheet b4 23 feb", [("them", "2026-02-23")]),
        ("- sample kit, 3 labels, ready for the fair 14 mar", [("them", "2026-03-14")]),
        ("- handover list by thurs", [("them", "2026-02-05")]),
        ("- locker key: me", [("me", None)]),
        ("- depot visit not arranged, me", [("me", None)]),
        ("- I do the numbers, mine by this Friday", [("me", "2026-02-06")]),
        ("- i still havent asked hr about the four day week", [("me", None)]),
        ("- forgot to ask Jo about the scanner!!", [("me", None)]),
        ("Ana hasn't sent the shelf plan yet.", [("them", None)]),
        ("I present her to Mr Osei, the buyer at the council, by the ninth.", [("me", "2026-02-09")]),
        ("She finishes the map by Friday of next week and sends it to me.", [("them", "2026-02-13")]),
        ("We look at the new shelf plan at the end of March.", [("me", "2026-03-31")]),
        ("Die Lampe steht noch auf meinem Zettel.", [("me", None)]),
        ("Nach der neuen Lampe hab ich den Einkauf noch nicht gefragt.", [("me", None)]),
        ("Ab dem 12. Februar nimmt sie die Svenja mit ans Gatter.", [("them", "2026-02-12")]),
        ("Nächstes Mal lass ich sie mit dem Kunden reden.", [("me", None)]),
        ("Todavía no le he pedido el escáner al almacén.", [("me", None)]),
        ("[ ] Ana write up the returns complaint for Dev", [("them", None)]),
        ("- [ ] me: ask finance what breakages cost us last yr", [("me", None)]),
        ("AI: Ana -> list of opening times, by 9/2", [("them", None)]),
        ("I need to ask our insurer if visitors may stand in the hot kitchen.", [("me", None)]),
        ("I'm taking that up with the office.", [("me", None)]),
        ("told Gail I'd bring her over one afternoon", [("me", None)]),
        ("she'll try Marek as stand-in for 2 shifts first", [("them", None)]),
        ("Ana's getting the buyer's ok to use the recordings", [("them", None)]),
        ("Sie zeichnet für Yusuf die Lehre ordentlich auf, bis Monatsende.", [("them", "2026-02-28")]),
        ("Ella me manda los números a final de mes.", [("them", "2026-02-28")]),
        ("Ana llevará el maletín de muestras a la clínica.", [("them", None)]),
        ("Las cajas que faltan las pido yo esta semana.", [("me", "2026-02-06")]),
        ("Se me olvidó pedir el escáner al almacén.", [("me", None)]),
        ("-> me: second microscope, the old one fogs", [("me", None)]),
        (
            "1 me - sort the glaze cupboard w/ Piet\n2 Ana - kiln log redone by sat",
            [("me", None), ("them", "2026-02-07")],
        ),
        ("spare sails, me, by fri", [("me", "2026-02-06")]),
        ("I shall ask the registrar for the side chapel.", [("me", None)]),
        ("I'll see that the hours on the organ are credited.", [("me", None)]),
        ("I'd talk to the harbour board, I said.", [("me", None)]),
        ("send her the saddler's number", [("me", None)]),
        ("take her off the till from May", [("me", None)]),
        ("[ ] ring the farrier", [("me", None)]),
        ("Undersigned to obtain a second key for the loft.", [("me", None)]),
        ("hands me the glaze recipes fri", [("them", "2026-02-06")]),
        ("- Ana = crate labels by thurs", [("them", "2026-02-05")]),
        ("shes gonna write down the tides", [("them", None)]),
        ("Ich red mit dem Förster wegen der Waage.", [("me", None)]),
        ("Den Kahnbauer ruf ich am Freitag an.", [("me", "2026-02-06")]),
        ("[ ] Tierarzt nach der Salbe fragen", [("me", None)]),
        ("Sie schreibt mir die Mängel am Kahn auf.", [("them", None)]),
        ("Um die Futterliste kümmert sie sich auch.", [("them", None)]),
        ("hablo con el párroco por la llave de la torre", [("me", None)]),
        ("le consigo otra balanza para la lonja", [("me", None)]),
        ("[ ] llamar al herrero por la puerta", [("me", None)]),
        ("me trae la lista de colmenas el lunes", [("them", "2026-02-09")]),
        ("quedó en medir la sal dos veces por día", [("them", None)]),
    ],
)
def test_what_is_clipped_or_told_in_the_present_is_a_promise(words: str, wanted: list[tuple[str, str | None]]) -> None:
    assert said(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "- ill with the flu since thurs",
        "- kid ill again, left at 3",
        "She keeps averages for the whole Sunday league.",
        "She was so polite that I forgot to ask half of what I wanted to know.",
        "He read it twice and put his head on my desk.",
        "I like the rota she made for March.",
        "- pizza fri",
        "She could talk about that oven until Christmas.",
        "She's getting better with the slicer.",
        "[x] Ana list of the ten calls",
        "Er wohnt seit dem 12. Februar in der Stadt.",
        "Ich frage mich, ob der Ofen das noch mitmacht.",
        "Ich nehme an, dass sie im Stall bleibt.",
        "Den Termin nehme ich ernst, die Arbeit auch.",
        "Das mache ich seit Jahren so.",
        "Sie bringt mir immer einen Kaffee mit.",
        "Die Lampe, die ich versprochen hatte, hängt.",
        "Hablo con ella todos los lunes en la lonja.",
        "Le pregunto por el horno y se ríe.",
        "Le doy la razón en lo del torno, que es viejo.",
        "Me trae un café cada mañana, y está bueno.",
        "Los guantes que le prometí llegaron ayer.",
        "Ana: felinos, nueve y media\nTodo tranquilo, con lluvia.",
        "She gives me hope for the whole furnace crew.",
        "She sends me a postcard every summer from the lakes.",
        "Ask her about yeast and she talks till closing.",
        "I take my hat off to her.",
        "I put it down to the new shift.",
        "Call from the bishop's office, nothing urgent.",
        "Book club on Thursdays, she runs it.",
        "Three vets, two nurses, me.",
        "I'd be lost without her, I said to the miller.",
        "The new saddle I promised is on her peg.",
        "fence mended as I said I would",
        "I must listen more and talk less.",
        "I promised myself to write this down on Wednesday.",
        "Ana - tired today - coughing.",
        "She's going to love the new oven.",
        "Goes to the archive, will lose herself in it for hours.",
    ],
)
def test_what_is_only_told_is_no_promise(words: str) -> None:
    assert said(words) == []


def test_more_time_that_is_asked_for_takes_the_place_of_no_promise() -> None:
    (promise,) = promises(
        ("2026-02-02", "one_on_one", "Draft box by 12 February."),
        ("2026-02-10", "chat_message", "Box is half packed. Need till the 19th."),
        author="Ana Ruiz",
    )
    assert promise.what == "Draft box by 12 February"


def test_a_month_cut_short_ends_its_sentence_where_the_next_has_a_subject() -> None:
    words = "I promised to sort out the room booking by 1 Dec. She'd promised the parts list for last week, not done."
    assert [owner for owner, _ in said(words)] == ["me", "them"]
    assert said(words)[0] == ("me", "2026-12-01")


def test_a_sentence_in_another_language_than_its_note_is_read_in_its_own() -> None:
    note = (
        "Está contenta con el turno de la tarde y con la gente del almacén. I have to order the heating for the hall."
    )
    assert said(note) == [("me", None)]


def test_a_letter_stands_for_the_name_where_it_is_neither_a_word_nor_a_unit() -> None:
    assert [p.what for p in promises(("2026-02-02", "one_on_one", "- R to list the torn scores"), name="Rosa Lim")] == [
        "R to list the torn scores"
    ]
    assert promises(("2026-02-02", "one_on_one", "Walked 5 m to the gate. m reads the meter."), name="Mina Lim") == []


def test_a_message_says_to_the_person_what_they_promised() -> None:
    assert said("You said you'd bring the seating plan, lovely.", kind="email") == [("them", None)]
    assert said("You will love the new organ, wait till you hear it.", kind="email") == []
