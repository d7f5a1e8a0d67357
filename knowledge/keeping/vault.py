"""Sealed backups of the whole records, written while others write, and put back into an empty home.

A backup holds every row; the journal of erasures is not in it, because it must be newer than any backup. The file
appears under its name only when it is whole.
"""

import gzip
import os
import re
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from assistant.domain.exported import BackupReport
from assistant.errors import HomeError, Invalid
from knowledge.keeping.eraser import SEALED, HomeEraser, erase_marked
from knowledge.keeping.journal import NAME, Journal, Mark, merged, read_marks
from knowledge.keeping.seal import check_passphrase, seal, unseal
from knowledge.records.dump import Contents, NewerBackup, NotABackup, counted, dump, load, not_empty, read, summary
from knowledge.records.engines import sqlite_file
from knowledge.records.older import Rows
from knowledge.records.records import IDENTITY, SqlRecords
from knowledge.records.rows import NotARow
from knowledge.records.shelf import SqlShelf
from knowledge.records.upgrade import copies

LAST = "last_backup"  # in the records' own notes about this home: when, and where to
_LARGEST = 4 * 2**30  # bytes a backup may unfold to
_PASSING = 3600  # seconds; a younger part of a file may be somebody's who is writing it
_OWN_NAME = re.compile(r"flourish-(\d{8}T\d{6}Z)\.jsonl\.gz\.age")


@dataclass(frozen=True, slots=True)
class HomeVault:
    """Fulfils the port `Vault` for one home."""

    records: SqlRecords
    home: Path
    eraser: HomeEraser

    def write(self, to: Path | None, passphrase: str, *, keep_days: int) -> BackupReport:
        """Everything in one consistent state; the server and the command line may go on writing.

        Args:
            to: The file, or a folder for it; the home's backups folder when left out.
            passphrase: At least twelve characters; it is kept nowhere.
            keep_days: Older backups in the home's own folder are removed; 0 keeps all.

        Raises:
            Invalid: The passphrase is too short, or the file is there already.
            HomeError: The records cannot be read, or the file cannot be written.
        """
        check_passphrase(passphrase)
        made_at = self.records.clock().astimezone(UTC).replace(microsecond=0)
        file = self._target(to, made_at)
        read_marks(file.parent / NAME)  # what cannot be merged later is told before anything is written
        erased = [mark.id for mark in self.eraser.journal.marks() if mark.state in ("erased", "done")]
        lines = [*dump(self.records, made_at, erased)]
        contents = summary(lines)
        sealed = seal(gzip.compress("".join(lines).encode(), compresslevel=6, mtime=0), passphrase)
        _write_whole(file, sealed)
        total = sha256(sealed).hexdigest()
        _write_whole(file.with_name(f"{file.name}.sha256"), f"{total}  {file.name}\n".encode())
        self._journal_beside(file)
        removed = self._remove_old(file, made_at.date(), keep_days)
        self.records.meta_set(LAST, made_at.isoformat())
        return BackupReport(
            str(file), made_at, contents.revision, contents.counts, total, len(sealed), removed=tuple(removed)
        )  # fmt: skip

    def restore(self, file: Path, passphrase: str, *, journals: Sequence[Path] = ()) -> BackupReport:
        """Everything back, in one transaction, without what was erased after the backup was made.

        Args:
            file: The backup.
            passphrase: The one it was made with.
            journals: Further journals of erasures; the home's own and one beside the file are read anyway.

        Raises:
            Invalid: It is no backup, is damaged, or a newer version wrote it; nothing has been changed.
            NotAllowed: The passphrase is another one.
            Refused: The machine is too busy to open it.
            HomeError: There are people here already, or the home cannot be written.
        """
        if self._has_people():
            raise not_empty(self.records.place)
        sealed = _read_whole(file)
        contents, rows = _contents(unseal(sealed, passphrase, file.name), file.name)
        marks, up_to_date = self._marks_after(contents, _identity_in(rows), file, journals)
        used = tuple(str(path) for path in (*self._journals(file), *journals) if path.exists())
        known = {mark.id for mark in self.eraser.journal.marks()}

        def erase(shelf: SqlShelf) -> int:
            gone = erase_marked(shelf, marks)
            self.eraser.journal.add(mark for mark in marks if mark.id not in known)  # before anybody can be cut off
            return gone

        try:
            forgotten = load(self.records, contents, rows, before_commit=erase)
        except (NotABackup, NotARow) as error:
            raise _unusable(file.name, str(error)) from error
        self.records.sweep()
        self.records.check()
        there = counted(self.records)
        self.records.meta_set(LAST, contents.made_at.isoformat())
        return BackupReport(
            str(file), contents.made_at, contents.revision, there, sha256(sealed).hexdigest(), len(sealed),
            forgotten, used, up_to_date,
        )  # fmt: skip

    def newest(self) -> datetime | None:
        """When the newest backup was made, wherever it was put."""
        said = self.records.meta_get(LAST)
        try:
            return datetime.fromisoformat(said) if said else None
        except ValueError:
            return None

    def _has_people(self) -> bool:
        for account in self.records.accounts.all():
            with self.records.reading(account.id, date.max) as shelf:
                if shelf.people.all():
                    return True
        return False

    def _journals(self, file: Path) -> list[Path]:
        return [self.eraser.journal.path, file.parent / NAME]

    def _marks_after(
        self, contents: Contents, home: str, file: Path, journals: Sequence[Path]
    ) -> tuple[list[Mark], bool]:
        """Every erasure that any journal knows and the backup does not; and whether a journal at hand is later than it.

        Erasures of other records do not count: a folder may hold the backups of several homes, and two of them may
        have the same ids. The one beside the file was written with the backup, whatever its time says: it counts by
        what it holds.
        """
        missing = next((path for path in journals if not path.is_file()), None)
        if missing is not None:
            raise Invalid(f"There is no journal of erasures at {missing}.", next="Check the name.")
        told = merged(read_marks(path) for path in (*self._journals(file), *journals))
        found = [mark for mark in told if mark.is_of(home)]
        after = [m for m in found if m.id not in contents.erased and m.state not in ("withdrawn", "back")]
        day = contents.made_at.date().isoformat()
        later = any(m.on > day or (m.on == day and m in after) for m in found)
        own = (self.eraser.journal.path, *journals)
        return after, later or any(p.is_file() and p.stat().st_mtime > contents.made_at.timestamp() for p in own)

    def _target(self, to: Path | None, made_at: datetime) -> Path:
        name = f"flourish-{made_at:%Y%m%dT%H%M%SZ}.jsonl.gz.age"
        file = self.home / "backups" / name if to is None else to / name if to.is_dir() else to
        if file.exists():
            raise Invalid(f"{file} is there already, and a backup is never put over another.", next="Name a new file.")
        if not file.parent.is_dir():
            raise Invalid(f"There is no folder {file.parent}.", next="Make it first, or name another one.")
        return file

    def _journal_beside(self, file: Path) -> None:
        """What this home has erased until now is told beside the backup, with what other homes have told there.

        The home's own journal is touched, so that its time tells that it is later than the backup.
        """
        journal = self.eraser.journal
        try:
            Journal(file.parent / NAME).merge(journal.marks())
        except HomeError as error:
            raise HomeError(
                f"The backup {file.name} is whole, but the journal of erasures beside it could not be written.",
                next=f"Free some space there, or keep a copy of {journal.path} with it.",
            ) from error
        with suppress(OSError):
            os.utime(journal.path)

    def _remove_old(self, newest: Path, today: date, keep_days: int) -> list[str]:
        removed = []
        for part in (self.home / "backups").glob("flourish-*.part"):  # of a backup that was cut off
            with suppress(OSError):
                if self.records.clock().timestamp() - part.stat().st_mtime > _PASSING:
                    part.unlink()
        for path in sorted((self.home / "backups").glob(SEALED)) if keep_days else ():
            own = _OWN_NAME.fullmatch(path.name)
            if own and path != newest and today - made_on(own.group(1)) > timedelta(days=keep_days):
                path.unlink(missing_ok=True)
                path.with_name(f"{path.name}.sha256").unlink(missing_ok=True)
                removed.append(path.name)
        file = sqlite_file(self.records.engine.url)
        for copy in copies(file) if file and keep_days else ():
            if today - made_on(copy.name.split(".db")[0].rsplit("-", 1)[1]) > timedelta(days=keep_days):
                copy.unlink(missing_ok=True)
                removed.append(copy.name)
        return removed


def made_on(stamp: str) -> date:
    """The day in the name of a backup."""
    return date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))


def _identity_in(rows: Rows) -> str:
    """Which records a backup is of; empty for one that an older version made."""
    told = (row for row in rows.get("meta", ()) if isinstance(row, dict) and row.get("key") == IDENTITY)
    return next((str(row.get("value", "")) for row in told), "")


def _contents(packed: bytes, name: str) -> tuple[Contents, Rows]:
    try:
        unfold = zlib.decompressobj(wbits=31)
        raw = unfold.decompress(packed, _LARGEST)
        if unfold.unconsumed_tail:
            raise NotABackup("it unfolds to more than four gigabytes")
        contents, rows = read(raw.decode().split("\n")[:-1])  # not splitlines: words may hold other line breaks
        return contents, rows
    except NewerBackup as error:
        raise Invalid(
            f"A newer Flourish wrote {name}; nothing was changed.",
            next="Update Flourish (pip install --upgrade flourish), then restore it.",
        ) from error
    except (NotABackup, zlib.error, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, NotABackup) else "it is damaged"
        raise _unusable(name, why) from error


def _unusable(name: str, why: str) -> Invalid:
    return Invalid(f"{name} cannot be restored: {why}. Nothing was changed.", next="Take an older backup.")


def _write_whole(path: Path, content: bytes) -> None:
    """The file appears whole, for this user's eyes only, or not at all."""
    fresh = path.with_name(f"{path.name}.part")
    try:
        file = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            raise FileExistsError(17, "it is there already")
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise _not_kept(path, error) from error


def _not_kept(path: Path, error: OSError) -> HomeError:
    return HomeError(
        f"{path} could not be written ({error.strerror}). The records are as they were.",
        next="Free some space there or choose another place with --to.",
    )


def _read_whole(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}).", next="Check the name.") from error
