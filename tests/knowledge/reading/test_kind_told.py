"""A note of a talk between two says so in its first words; one that only speaks of such talks does not."""

import pytest

from assistant.domain.note import NoteKind
from knowledge.reading.kinds import kind_told, known_kind


@pytest.mark.parametrize(
    "text",
    ["One-on-one. She is well.", "One-on-one with Peter. He is tired.", "one on one, half an hour", "1:1\nShe spoke.",
     "1:1 with Ana: the rota", "1-1 - the rota", "**1:1** the rota", "## One-on-one\n\nThe rota.",
     "1:1 12 May. The rota.",
     "Mitarbeitergespräch: Er will lernen.", "Vier-Augen-Gespräch mit Jan. Er will lernen.", "1:1 mit Jan",
     "1:1 w/ Maggie. bit rushed", "1:1 w Omar",
     "Gespräch L., 10:00. Sie will lernen.", "Gespräch: Sie will lernen.", "Charla. Quiere aprender.",
     "Present: BA, PS. Discussed: the rota.", "Anwesend: BA und PS\nDienstplan", "Asistentes: Ana y Luis. El turno.",
     "Uno a uno. Quiere aprender.", "Reunión individual con Ana: quiere aprender.", "1:1"],
)  # fmt: skip
def test_a_talk_is_known_by_how_its_note_begins(text: str) -> None:
    assert kind_told(text) is NoteKind.ONE_ON_ONE


@pytest.mark.parametrize(
    "text",
    ["One-on-one coaching is what she loves.", "She asked for a one-on-one. I said yes.", "1:100 scale drawing done.",
     "1:10 mix again.", "Mitarbeitergespräche plant sie selbst.", "Uno a uno revisó los trenes.",
     "Score 1-1 at half time.", "Gespräch mit dem Kunden Huber, er will mehr.", "Charla con el cliente de las diez.",
     "Present: BA, PS, Dr Hale. Discussed: the rota.", "Present: BA. PS asked for Friday off.",
     "Watched her on the line."],
)  # fmt: skip
def test_other_notes_are_left_as_they_are(text: str) -> None:
    assert kind_told(text) is None


@pytest.mark.parametrize("label", ["Gespräch", "Gesprächsnotiz", "Charla", "1:1", "Unter vier Augen"])
def test_a_label_that_says_talk_makes_a_one_on_one(label: str) -> None:
    assert known_kind(label) is NoteKind.ONE_ON_ONE


@pytest.mark.parametrize("label", ["Kundengespräch", "Gespräch mit Kunde", "minutes"])
def test_a_label_of_another_talk_makes_none(label: str) -> None:
    assert known_kind(label) is not NoteKind.ONE_ON_ONE
