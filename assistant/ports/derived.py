"""What is derived from notes, as the verbs see it: screenings, vectors, readings, words. All can be made anew."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from assistant.domain.digest import Digest, Period
from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Outcome
from assistant.domain.search import NoteVector


class Screenings(Protocol):
    """What of each note may be used, stored when the note was saved."""

    def put(self, screenings: Sequence[Screening]) -> None:
        """Store, replacing older ones of the same notes."""
        ...

    def of(self, notes: Sequence[Note]) -> Sequence[Readable]:
        """Each note with its screening, in order; a note without one comes closed."""
        ...

    def left_out(self, person_id: PersonId) -> Sequence[NoteId]:
        """The ids of one person's notes that are left out, wholly or in part, newest first."""
        ...


class Vectors(Protocol):
    """Vectors of notes; derived, exact, per account."""

    def put(self, vectors: Sequence[NoteVector]) -> None:
        """Store, replacing older ones of the same notes."""
        ...

    def of(self, person_ids: Sequence[PersonId] | None, embedder: str) -> Sequence[NoteVector]:
        """Vectors of the current revisions of these people's notes (of everyone for None), within the day."""
        ...

    def bytes_of(self, person_ids: Sequence[PersonId] | None, embedder: str) -> Sequence[tuple[NoteId, bytes]]:
        """The same as note and bytes alone, in the same order: what a search compares."""
        ...

    def pending(self, embedder: str, limit: int | None = None) -> Sequence[Note]:
        """Notes without a vector of this embedder."""
        ...

    def pending_count(self, embedder: str) -> int:
        """How many there are."""
        ...


class Readings(Protocol):
    """Which finder has read what, so that another one reads it again."""

    def mark(self, note_ids: Collection[NoteId], reader: str) -> None:
        """These notes, as they are now, were read by a finder of this fingerprint."""
        ...

    def mark_person(self, person_id: PersonId, reader: str) -> None:
        """This person's promises were found by it; an empty one says that they wait to be found anew."""
        ...

    def followed(self, person_id: PersonId) -> str:
        """Of what and by which model the outcome of this person's promises was last read; empty when it was not."""
        ...

    def keep_follow_up(self, person_id: PersonId, mark: str, outcomes: Sequence[Outcome]) -> None:
        """What such a reading showed of promises that are open, in place of the one before, and its mark."""
        ...

    def unread(self, reader: str, limit: int) -> Sequence[Note]:
        """Notes that another finder read, or none, one person after the other, oldest first."""
        ...

    def unread_count(self, reader: str) -> int:
        """How many there are."""
        ...

    def mark_proposed(self, note_ids: Collection[NoteId], proposer: str) -> None:
        """These notes, as they are now, were looked through by a model of this fingerprint."""
        ...

    def unproposed(self, proposer: str, limit: int) -> Sequence[Note]:
        """Notes that another model looked through, or none, in the same order."""
        ...

    def unproposed_count(self, proposer: str) -> int:
        """How many there are."""
        ...

    def unsettled(self, reader: str) -> Sequence[PersonId]:
        """People with notes whose promises another finder found, or none."""
        ...


class Words(Protocol):
    """Full-text search; one implementation for each database."""

    def match(self, terms: Sequence[str], person_ids: Sequence[PersonId] | None, limit: int) -> Mapping[NoteId, float]:
        """Notes that hold any of the terms, with a score where more is better."""
        ...


class Mentions(Protocol):
    """Where notes name people they are not filed under, whatever the day."""

    def naming(self, holds: Callable[[str], bool]) -> Sequence[Note]:
        """Notes whose words hold what is looked for, by id."""
        ...

    def put(self, notes: Sequence[Note]) -> None:
        """The mentions of these notes, in place of those they had."""
        ...


class Digests(Protocol):
    """What older notes come down to; derived, and gone with any note it was made of."""

    def of(self, person_id: PersonId) -> Sequence[Digest]:
        """One person's digests, the newest period first; a line whose notes have changed since is none."""
        ...

    def marks(self, person_id: PersonId) -> Mapping[Period, str]:
        """What one person's digests were made of and by."""
        ...

    def keep(self, made: Digest) -> None:
        """Store, in place of the older one of that period."""
        ...
