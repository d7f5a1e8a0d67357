"""Private matters and talk as people type them in a hurry are left out; what only looks like them is not."""

import pytest

from assistant.engines.offline.screen import screen
from tests.assistant.engines.offline.situations import note

HELD = (
    "btw us, her brother has moved in with them. crew not to know.",
    "pub talk. Morven reckons he is off to the other yard.",
    "Kim reckons Sal is talking to the agency about a job.",
    "someone at the fair says she has been offered a job up north.",
    "heard at the gym that he had an interview on Monday.",
    "she told me she has quit going to St. Anne's over what happened there.",
    "Granted Friday off for his prayer time, nobody to be told.",
    "Schwanger seit März, weiß nur ich, bitte mit niemandem reden.",
    "Flurfunk: er bewirbt sich angeblich in Kassel.",
    "Su mamá está con quimio, no comentar con el equipo.",
    "Escuche en el casino que anda buscando pega, puro cahuin.",
)
TOLD = (
    "The new pump was split between the two vans, he reckons it is fine.",
    "He reckons the order is late because of the snow.",
    "She had the interview questions for the new hire ready on Monday.",
    "The church asked for her by name for the organ again.",
    "She went to St. Anne's school to fit the lamps, and the head thanked her.",
    "Order 4411 was not in the system, so she rang the depot and found it.",
    "Nur wir haben das Ersatzteil, und sie wusste, wo es lag.",
    "Er soll bis Montag die Liste schicken.",
    "Que no quede en el piso: barrió todo el taller antes de cerrar.",
    "Escuché 40 minutos cómo hablaba con Rotterdam, sola.",
)


@pytest.mark.parametrize("words", HELD)
def test_what_is_private_or_mere_talk_is_left_out(words: str) -> None:
    (read,) = screen([note("n1", "2026-03-03", words)])
    assert read.whole or read.spans


@pytest.mark.parametrize("words", TOLD)
def test_what_only_looks_like_it_is_used(words: str) -> None:
    (read,) = screen([note("n1", "2026-03-03", words)])
    assert not read.whole
    assert not read.spans
