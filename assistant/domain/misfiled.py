"""A note that seems to be about somebody else than the person it is filed under. Only ever an offer to move it."""

from dataclasses import dataclass

from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.errors import Invalid


@dataclass(frozen=True, slots=True)
class Misfiled:
    """One offer.

    Attributes:
        filed_under: Whose note it is now.
        about: Whom it seems to be about.
        words: What points there, as the note has it, the most telling first.
    """

    note: Note
    filed_under: Person
    about: Person
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.filed_under.id == self.about.id:
            raise Invalid("A note cannot be moved to where it is.")
        if not self.words:
            raise Invalid("An offer to move a note says what points there.")
