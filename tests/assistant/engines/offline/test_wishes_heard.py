"""A wish in somebody's own way of saying it is heard as a hope: other trades, three languages."""

import pytest

from assistant.domain.note import NoteKind
from tests.assistant.engines.offline.test_no_deed import ONE, OWN, counted


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("What I'd like more of: sitting with the new weavers at the loom.", OWN),
        ("What Ana would really like: an evening a month with the looms of the school.", ONE),
        ("Ana asks for more lessons at the kiln, fewer deliveries.", ONE),
        ("She wants to do the old organ pipes next, all forty of them.", ONE),
        ("She'd like to spend time with whoever tunes the reeds.", ONE),
        ("Wovon ich gern mehr hätte: mit den Lehrlingen am Webstuhl sitzen.", OWN),
        ("Was sie eigentlich möchte, sind Abende mit den Lehrlingen.", ONE),
        ("Ana bittet um mehr Kurse an der Drehscheibe.", ONE),
        ("Lo que más me gustaría es enseñar a los nuevos a templar el horno.", OWN),
        ("Ana pide más turnos en el telar y menos repartos.", ONE),
        ("Quiere hacer los tubos viejos del órgano después.", ONE),
    ],
)
def test_a_wish_as_people_say_it_is_a_hope(words: str, kind: NoteKind) -> None:
    assert "aspiration" in counted(words, kind)


@pytest.mark.parametrize(
    "words",
    [
        "Ana asks for more time for the glaze report.",  # a day, no hope
        "The headmaster asks for more benches in the hall.",  # somebody else
        "Ana bittet um mehr Zeit für den Bericht.",
        "Ana pide más tiempo para el informe.",
        "Der Kunde bittet um mehr Stoffmuster.",
        "La directora pide más bancos para la sala.",
    ],
)
def test_more_time_and_what_others_ask_for_is_no_hope_of_hers(words: str) -> None:
    assert "aspiration" not in counted(words, ONE)
