"""The records as the verbs see them: one account, one day, one unit of work."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.domain.account import Account, AccountId
from assistant.domain.ask_ledger import Asked
from assistant.domain.evidence import Evidence, EvidenceState, Judged
from assistant.domain.lesson import Lesson
from assistant.domain.note import Note, NoteId, Revision
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner, Promise
from assistant.domain.search import Window
from assistant.ports.bench import BenchShelf, Releases
from assistant.ports.derived import Digests, Mentions, Readings, Screenings, Vectors, Words
from assistant.ports.entrance import Accounts
from assistant.ports.leaving import Archive, Erasing
from assistant.ports.meetings import Meetings
from assistant.ports.opinions import Opinions
from assistant.ports.own_cards import OwnCards
from assistant.ports.plans import PendingShelf, Plans
from assistant.ports.turns import Turns


class People(Protocol):
    """The people of one account."""

    def all(self) -> Sequence[Person]:
        """Everyone, by name."""
        ...

    def get(self, person_id: PersonId) -> Person:
        """One person; `Unknown` when this account has none of that id."""
        ...

    def add(self, person: Person) -> None:
        """A new person; `Invalid` when the id is taken."""
        ...

    def save(self, person: Person) -> None:
        """Changed details of a known person."""
        ...

    def remove(self, person_id: PersonId) -> None:
        """The person and everything that hangs on them."""
        ...


class Notes(Protocol):
    """The notes of one account, as they stood on the shelf's day: later ones do not exist."""

    def get(self, note_id: NoteId) -> Note:
        """One note; `Unknown` when this account has none of that id."""
        ...

    def known(self, note_ids: Collection[NoteId]) -> Sequence[Note]:
        """Those of the given notes that exist, in the given order; one query."""
        ...

    def of(self, person_id: PersonId, window: Window | None = None) -> Sequence[Note]:
        """One person's notes, oldest first."""
        ...

    def newest(self, person_id: PersonId, limit: int) -> Sequence[Note]:
        """The newest notes of one person, oldest of them first."""
        ...

    def all(self, window: Window | None = None) -> Sequence[Note]:
        """Every note of the account, oldest first."""
        ...

    def count(self, person_id: PersonId) -> int:
        """How many notes one person has."""
        ...

    def counts(self) -> Mapping[PersonId, int]:
        """How many notes each person has; one query."""

    def more_than(self, number: int) -> bool:
        """Whether the account has more notes than so many, without counting on."""

    def days(self, person_id: PersonId) -> tuple[date, date] | None:
        """First and newest note day of one person."""
        ...

    def mentioning(self, person_id: PersonId, limit: int = 20) -> Sequence[Note]:
        """Newest notes filed under others that mention this person, oldest of them first."""
        ...

    def fingerprints(self, person_id: PersonId) -> Mapping[str, NoteId]:
        """Fingerprint of every note of one person, whatever its day."""

    def revisions(self, note_id: NoteId) -> Sequence[Revision]:
        """Every wording a note has had, the one it has now last; nothing for a note that is not there."""

    def digest(self, person_id: PersonId) -> str:
        """What one person's notes are now, whatever their day: equal as long as none came, went or changed."""

    def state(self) -> str:
        """What all notes are on the shelf's day: equal as long as none came, went or changed."""

    def add(self, notes: Sequence[Note]) -> None:
        """New notes; `Invalid` when an id is taken by this account."""
        ...

    def save(self, note: Note) -> None:
        """A changed note as its next revision (`note.revision` is one above the stored one).

        What was derived from the old revision is dropped. `Refused` when another change came first.
        """
        ...

    def remove(self, note_ids: Sequence[NoteId]) -> None:
        """Notes and everything derived from them."""
        ...


class EvidenceShelf(Protocol):
    """Evidence of one account; verdicts survive every re-run."""

    def of(self, person_id: PersonId, most: int | None = None) -> Sequence[Evidence]:
        """All evidence on one person, oldest first, rejected included.

        Words rejected once for a topic count as rejected wherever they stand in this person's notes, and so does what
        is found by a sign that the verdicts taught to drop for this person.
        With `most`, only that many of each topic, the newest, and whatever the manager confirmed.
        """
        ...

    def get(self, evidence_id: str) -> Evidence:
        """One item by id, or by a prefix that fits only one; else `Unknown`."""
        ...

    def learnt(self, person_id: PersonId) -> Sequence[Lesson]:
        """The signs that the manager's verdicts taught to drop for one person; nothing they find is suggested."""
        ...

    def judged(self, note_ids: Collection[NoteId]) -> Sequence[Judged]:
        """The verdicts on passages of these notes, found today or not, in the order of the passages."""
        ...

    def replace(self, note_ids: Sequence[NoteId], found: Sequence[Evidence]) -> None:
        """What the rules found in these notes, in place of what they found before; verdicts and proposals stay."""
        ...

    def propose(self, note_ids: Sequence[NoteId], found: Sequence[Evidence]) -> None:
        """What a model pointed out in these notes, in place of what one pointed out before; all else stays."""
        ...

    def judge(self, evidence_id: str, state: EvidenceState) -> None:
        """The manager's verdict, kept by span and topic; `suggested` takes it back, with what taught the same."""
        ...

    def add(self, item: Evidence) -> None:
        """Evidence the manager pointed out; the finder never removes it."""
        ...


class Promises(Protocol):
    """Promises of one account."""

    def of(self, person_id: PersonId) -> Sequence[Promise]:
        """One person's promises, oldest first; one closed by a note after the shelf's day is still open."""
        ...

    def asked_by(self, person_id: PersonId) -> Sequence[Promise]:
        """What one person asked of the manager, oldest first; read as promises are."""
        ...

    def open_counts(self) -> Mapping[tuple[PersonId, Owner], int]:
        """How many open promises each side has with each person, quiet ones left out; 0 is not told."""
        ...

    def get(self, promise_id: str) -> Promise:
        """One promise by id, or by a prefix that fits only one; else `Unknown`."""
        ...

    def save(self, promises: Sequence[Promise]) -> None:
        """New or changed promises."""
        ...

    def remove(self, promise_ids: Sequence[str]) -> None:
        """Take some away that should never have been written down."""
        ...

    def replace_found(self, person_id: PersonId, found: Sequence[Promise]) -> None:
        """What a finder found for one person, in place of before; those set by hand stay as they are."""
        ...


class Ledger(Protocol):
    """What was asked."""

    def of(self, person_id: PersonId) -> Sequence[Asked]:
        """One person's entries by day."""
        ...

    def add(self, entry: Asked) -> None:
        """A question was asked, answered or put off."""
        ...

    def remove(self, person_id: PersonId, question_id: str) -> None:
        """Take the newest entry of a question back."""
        ...


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import that was carried out."""

    id: str
    at: datetime
    what: str
    notes: int
    undone: bool = False


class Imports(Protocol):
    """What was imported, so that it can be undone."""

    def all(self) -> Sequence[ImportEntry]:
        """Every import, newest first."""
        ...

    def get(self, import_id: str) -> ImportEntry:
        """One import; `Unknown` when there is none."""
        ...

    def add(self, entry: ImportEntry) -> None:
        """Write one down."""
        ...

    def grow(self, import_id: str, notes: int) -> None:
        """So many more of its notes have come in."""

    def undo(self, import_id: str) -> int:
        """Remove its notes that are still as imported, and people it made who have nothing left; how many notes."""
        ...


class Shelf(Protocol):
    """All of one account's records on one day, inside one unit of work.

    Bound to an account when opened: nothing on it can reach another account's rows.
    """

    @property
    def account(self) -> Account:
        """Whose shelf this is."""
        ...

    @property
    def today(self) -> date:
        """The day of the view: what is dated later does not exist."""
        ...

    @property
    def people(self) -> People:
        """People."""
        ...

    @property
    def notes(self) -> Notes:
        """Notes."""
        ...

    @property
    def screenings(self) -> Screenings:
        """Screenings."""
        ...

    @property
    def evidence(self) -> EvidenceShelf:
        """Evidence."""
        ...

    @property
    def promises(self) -> Promises:
        """Promises."""
        ...

    @property
    def digests(self) -> Digests:
        """What older notes come down to."""
        ...

    @property
    def meetings(self) -> Meetings:
        """Meetings."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Asked questions."""
        ...

    @property
    def opinions(self) -> Opinions:
        """What was thought of questions."""
        ...

    @property
    def own_cards(self) -> OwnCards:
        """Questions and thoughts that the account saved."""
        ...

    @property
    def plans(self) -> Plans:
        """Plans."""
        ...

    @property
    def pending(self) -> PendingShelf:
        """What waits for a yes."""
        ...

    @property
    def releases(self) -> Releases:
        """Masked copies handed to the coaches, and what these decided."""
        ...

    @property
    def turns(self) -> Turns:
        """Conversations."""
        ...

    @property
    def vectors(self) -> Vectors:
        """Vectors."""
        ...

    @property
    def readings(self) -> Readings:
        """What was read by which finder."""
        ...

    @property
    def mentions(self) -> Mentions:
        """Who is named where."""
        ...

    @property
    def words(self) -> Words:
        """Full-text search."""
        ...

    @property
    def imports(self) -> Imports:
        """Imports."""
        ...

    @property
    def archive(self) -> Archive:
        """Out and back."""
        ...

    @property
    def erasing(self) -> Erasing:
        """Erasing."""
        ...


class Records(Protocol):
    """The truth. Every read and write names an account and a day."""

    @property
    def accounts(self) -> Accounts:
        """Who there is."""
        ...

    def reading(self, account: AccountId, today: date) -> AbstractContextManager[Shelf]:
        """A consistent view; nothing written through it is kept. `Unknown` when there is no such account."""
        ...

    def writing(self, account: AccountId, today: date) -> AbstractContextManager[Shelf]:
        """A unit of work: kept as a whole on a clean exit, not at all on an error."""
        ...

    def check(self) -> None:
        """Read every page; `HomeError` when something is damaged."""
        ...

    def together(
        self, accounts: Collection[AccountId], today: date
    ) -> AbstractContextManager[Mapping[AccountId, Shelf]]:
        """One unit of work over several accounts, a shelf for each; no shelf reaches another's rows."""

    def meta_get(self, key: str) -> str | None:
        """A value this home keeps about itself; none when it was never set."""

    def meta_set(self, key: str, value: str) -> None:
        """Keep a value about this home; no content of notes."""
        ...

    def bench(self, coach: AccountId, today: date) -> AbstractContextManager[BenchShelf]:
        """A unit of work on what was released by any account; no note, person or plan can be reached from it."""
        ...
