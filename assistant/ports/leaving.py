"""How people leave the records, and come back: parts of a shelf, bound to its account."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from assistant.domain.exported import Exported, Taken
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.removed import RowChange


class Archive(Protocol):
    """Everything on record about some people, out and back; the day of the view does not matter here."""

    def of(self, person_ids: Collection[PersonId], *, whole: bool = False) -> Exported:
        """All that is on record about some people, without what is only derived."""
        ...

    def take(self, exported: Exported, import_id: str) -> Taken:
        """Put it back under its own ids; `ImportRefused` when somebody is here already or it does not hold."""
        ...


class Erasing(Protocol):
    """Erasing; the day of the view does not matter here."""

    def counts(self, person_id: PersonId) -> Mapping[str, int]:
        """How many rows of each kind would go with a person, and under "talk" how many conversations go whole."""
        ...

    def notes_of(self, person_id: PersonId) -> Sequence[NoteId]:
        """Every note filed under a person."""
        ...

    def texts_of(self, note_ids: Collection[NoteId]) -> Sequence[str]:
        """The words of some notes, older revisions included."""
        ...

    def naming(self, who: Person) -> Sequence[NoteId]:
        """Notes about others that name a person."""
        ...

    def forget(self, who: Person) -> None:
        """A person and everything that hangs on them."""
        ...

    def black_out(self, who: Person, note_ids: Collection[NoteId]) -> None:
        """A person's names become bars in these notes about others; their vectors are to be made anew."""
        ...

    def watch(self, note_ids: Collection[NoteId]) -> Callable[[], tuple[RowChange, ...]]:
        """Look at the records; what is given back tells, in the same unit, what changed, these notes included."""
        ...

    def put_back(self, changes: Sequence[RowChange]) -> None:
        """Every row as it was before; what somebody has changed since stays as it is."""
        ...
