"""What a scene is, and the home that most of them begin with: three people of a bakery and a few notes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.desk import Desk
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from ui.wiring import House

TODAY = date(2026, 6, 15)
Ack = Callable[[str], None]
Files = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Scene:
    """One verb.

    Attributes:
        prepare: Fills the home before anything is cut off; None for a home that is not there yet.
        act: Does it, or what is left of it.
        files: For an import: the notes of each file, which come as a whole or not at all.
        library: Whether Chroma's folder is part of the scene.
        newer: Whether the home is opened by a version with one migration more.
        behind: Whether notes may wait to be read again until it is done.
        check: What else must hold in a fresh process, each fault a sentence.
    """

    name: str
    prepare: Callable[[House, Path], None] | None
    act: Callable[[House, Path, Ack], None]
    files: Callable[[Path], Files] | None = None
    library: bool = False
    newer: bool = False
    behind: bool = False
    check: Callable[[House, Path], Iterable[str]] | None = None


SPOKEN, SEEN = NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION
PEOPLE = (
    ("nadia", "Nadia Okoro", (), Pronouns.SHE, "Baker"),
    ("jan", "Jan Novak", ("Jan N.",), Pronouns.HE, "Baker"),
    ("sorel", "Jan Sorel", (), Pronouns.HE, "Counter"),
)
FIRST = (
    ("nadia", "2026-05-04", SPOKEN, "I promised to order the new proofing baskets by the end of May. "
     'She said: "I love shaping the rye loaves before anyone is up."'),
    ("nadia", "2026-05-20", SEEN, "Showed the apprentice how to fold the dough without being asked. "
     "He had it right the same morning."),
    ("nadia", "2026-06-01", SPOKEN, "Confidential: her blood test came back and she is worried."),
    ("jan", "2026-05-11", SPOKEN, "Jan will write the cleaning list by 30 June. Nadia Okoro helped him. "
     'He said: "I really enjoy the early ovens."'),
    ("sorel", "2026-05-12", SPOKEN, "First weeks at the counter. I will ask Hotel Linde for a visit by 20 June."),
)  # fmt: skip
MORE = (
    ("nadia", "2026-06-08", SPOKEN, 'The baskets came, Nadia was glad. She said: "I love teaching the new ones."'),
    ("jan", "2026-06-09", SEEN, "Jan rebuilt the starter plan on his own and explained it to Jan Sorel."),
    ("jan", "2026-06-10", SPOKEN, "I will talk to purchasing about the flour by 30 June. He loves the early shift."),
    ("sorel", "2026-06-11", SPOKEN, "I asked Hotel Linde for a visit; they said yes. He enjoys talking to guests."),
)


def bakery(house: House, _folder: Path) -> None:
    """Three people with a few notes, in the one account of somebody who works alone."""
    desk = house.desk(house.account())
    for key, name, aka, pronouns, role in PEOPLE:
        desk.add_person(Person(desk.account, PersonId(key), name, aka, pronouns, role))
    for note in FIRST:
        add(desk, *note)


def add(desk: Desk, who: str, day: str, kind: NoteKind, words: str) -> None:
    """One note."""
    desk.person(who).add_note(words, day=date.fromisoformat(day), kind=kind)


def mine(house: House) -> Desk:
    """The desk of whoever works here."""
    return house.desk(house.account())


def note_id(desk: Desk, who: str, begins: str) -> str | None:
    """The note that begins like this, if it is still there."""
    return next((note.id for note in desk.person(who).notes() if note.text.startswith(begins)), None)
