"""A note of a talk between two says so in its first words; one that only speaks of such talks does not."""

import pytest

from assistant.domain.note import NoteKind
from knowledge.reading.kinds import kind_told


@pytest.mark.parametrize(
    "text",
    ["One-on-one. She is well.", "One-on-one with Peter. He is tired.", "one on one, half an hour", "1:1\nShe spoke.",
     "1:1 with Ana: the rota", "1-1 - the rota", "**1:1** the rota", "## One-on-one\n\nThe rota.",
     "1:1 12 May. The rota.",
     "Mitarbeitergespräch: Er will lernen.", "Vier-Augen-Gespräch mit Jan. Er will lernen.", "1:1 mit Jan",
     "1:1 w/ Maggie. bit rushed", "1:1 w Omar",
     "Uno a uno. Quiere aprender.", "Reunión individual con Ana: quiere aprender.", "1:1"],
)  # fmt: skip
def test_a_talk_is_known_by_how_its_note_begins(text: str) -> None:
    assert kind_told(text) is NoteKind.ONE_ON_ONE


@pytest.mark.parametrize(
    "text",
    ["One-on-one coaching is what she loves.", "She asked for a one-on-one. I said yes.", "1:100 scale drawing done.",
     "1:10 mix again.", "Mitarbeitergespräche plant sie selbst.", "Uno a uno revisó los trenes.",
     "Score 1-1 at half time.",
     "Watched her on the line."],
)  # fmt: skip
def test_other_notes_are_left_as_they_are(text: str) -> None:
    assert kind_told(text) is None
