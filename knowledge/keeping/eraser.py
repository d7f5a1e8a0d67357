"""Makes erasures hold in one home: journal first, then the rows, then what lies beside them, also after a crash."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId
from assistant.errors import HomeError
from knowledge.keeping.journal import Journal, Mark, hashed
from knowledge.keeping.sent import drop_sent
from knowledge.keeping.traces import clear, files_with
from knowledge.records.engines import sqlite_file
from knowledge.records.records import SqlRecords
from knowledge.records.shelf import SqlShelf
from knowledge.records.upgrade import copies

SEALED = "*.age"
_PASSING = timedelta(hours=1)  # what was written to more lately in the home's tmp may be in use


@dataclass(frozen=True, slots=True)
class HomeEraser:
    """Fulfils the port `Eraser` for the records of one home."""

    records: SqlRecords
    home: Path
    journal: Journal

    def begin(
        self,
        account: AccountId,
        *,
        people: Collection[PersonId] = (),
        notes: Collection[NoteId] = (),
        names: bool = False,
        tentative: bool = False,
    ) -> str:
        """Write down what is to be erased; the id of the erasure.

        Raises:
            HomeError: The journal cannot be written; then nothing may be erased.
        """
        return self.journal.begin(
            account, self.records.clock().date(), people=people, notes=notes, names=names,
            home=self.records.identity(), tentative=tentative,
        )  # fmt: skip

    def withdraw(self, erasure_id: str) -> None:
        """It did not come to it. A full disk does not hinder this: its room was taken when the erasure began."""
        with suppress(HomeError):
            self.journal.close(erasure_id, "withdrawn")

    def finish(self, erasure_id: str) -> bool:
        """After the rows are gone: the index's old segments, the log, passing files, and copies made by upgrades.

        That the rows are gone is written down first: whatever comes in under the same ids from now on is new and stays.

        Returns:
            False while somebody still reads the old state; the next start goes on with it.
        """
        said = self._say(erasure_id, "erased")
        swept = self._sweep()
        done = swept and said and self._say(erasure_id, "done")
        self._beside_backups()
        return done

    def may_come_back(self, erasure_id: str) -> bool:
        """Whether nobody was forgotten since: what is put back could hold their name."""
        marks = self.journal.marks()
        ids = [mark.id for mark in marks]
        since = marks[ids.index(erasure_id) + 1 :] if erasure_id in ids else marks
        return not any(mark.people and mark.state != "withdrawn" for mark in since)

    def came_back(self, erasure_id: str) -> None:
        """After it was put back: a restore does not take it away again. Where there is no room to say so, one would."""
        self._say(erasure_id, "back")
        self._beside_backups()

    def complete(self) -> int:
        """Carry out what a crash interrupted; how many erasures that were. Quick when there was none.

        Only what was begun is erased. Where the rows were gone already, what lies beside them is swept once more. What
        was tentative and is all there did not come to its commit.
        """
        for mark in self.journal.unfinished():
            if mark.tentative and mark.state == "begun" and self._is_there(mark):
                self.withdraw(mark.id)
        open_marks = self.journal.unfinished()
        begun = [mark for mark in open_marks if mark.state == "begun" and not mark.tentative]
        for account in self.records.accounts.all() if begun else ():
            with self.records.writing(account.id, date.max) as shelf:
                erase_marked(shelf, begun)
        for account in self.records.accounts.all() if open_marks else ():
            self.drop_sent(account.id)
        for mark in open_marks:
            self.finish(mark.id)
        if not open_marks:
            with suppress(HomeError):  # nobody waits for it
                clear(self.home / "tmp", before=self.records.clock() - _PASSING)
        return len(open_marks)

    def drop_sent(self, account: AccountId) -> int:
        """Delete the files that were sent to the page for this account and wait for a yes; how many sendings."""
        return drop_sent(self.home / "tmp", account)

    def look_for(self, passages: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """Byte by byte through every file of the home: how many there are, and those that hold a passage."""
        return files_with(self.home, passages)

    def sealed_backups(self) -> int:
        """How many encrypted backups lie in the home."""
        return len([*(self.home / "backups").glob(SEALED)])

    def on_server(self) -> bool:
        """Whether the records lie on a database server, whose own log, backups and replicas are out of reach here."""
        return sqlite_file(self.records.engine.url) is None

    def _is_there(self, mark: Mark) -> bool:
        for account in self.records.accounts.all():
            with self.records.reading(account.id, date.max) as shelf:
                people, notes = _marked(shelf, mark.salt, mark.people, mark.notes)
            if people or notes:
                return True
        return False

    def _say(self, erasure_id: str, state: str) -> bool:
        """Whether it could be written down; the rows are gone all the same, so nobody is told that nothing was."""
        try:
            self.journal.close(erasure_id, state)
        except HomeError:
            return False
        return True

    def _sweep(self) -> bool:
        swept = False
        with suppress(HomeError):  # a full disk: the rows are gone all the same, and the next start sweeps
            swept = self.records.sweep()
        clear(self.home / "tmp", before=self.records.clock() - _PASSING)
        file = sqlite_file(self.records.engine.url)
        for copy in copies(file) if file else ():
            copy.unlink(missing_ok=True)
        return swept

    def _beside_backups(self) -> None:
        """The erasures are told beside the backups too, so that whoever carries these away carries them along."""
        if self.sealed_backups():
            with suppress(HomeError):
                Journal(self.home / "backups" / self.journal.path.name).merge(self.journal.marks())


def erase_marked(shelf: SqlShelf, marks: Iterable[Mark]) -> int:
    """Erase from one account whatever is marked; how many people and notes that were."""
    marked = [*marks]
    gone = 0
    for salt in dict.fromkeys(mark.salt for mark in marked):
        of_salt = [mark for mark in marked if mark.salt == salt]
        every = frozenset[str]().union(*(mark.people for mark in of_salt))
        named = frozenset[str]().union(*(mark.people for mark in of_salt if mark.names))
        people, notes = _marked(shelf, salt, every, frozenset[str]().union(*(mark.notes for mark in of_salt)))
        for id, person in people.items():
            if id in named:
                shelf.erasing.black_out(person, shelf.erasing.naming(person))
            shelf.erasing.forget(person)
        left = [note_id for note_id in notes if shelf.notes.known([note_id])]
        if left:
            shelf.notes.remove(left)
        gone += len(people) + len(left)
    return gone


def _marked(
    shelf: SqlShelf, salt: str, people: Collection[str], notes: Collection[str]
) -> tuple[Mapping[str, Person], Sequence[NoteId]]:
    """Who and which notes of one account are meant by these hashes; people by their hash."""
    account = shelf.account.id
    everyone = {hashed(salt, account, "person", person.id): person for person in shelf.people.all()} if people else {}
    texts = [note.id for note in shelf.notes.all()] if notes else []
    return (
        {known: person for known, person in everyone.items() if known in people},
        [note_id for note_id in texts if hashed(salt, account, "note", note_id) in notes],
    )
