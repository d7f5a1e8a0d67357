"""The journal of erasures: which people and notes must not come back. Salted hashes and days, no name, no word.

It lies outside of every backup. A line is on disk before its erasure begins; a second line says that it is complete,
or that it did not come to it. What has only a first line was interrupted.
"""

import json
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from errno import ENOSPC
from hashlib import blake2b
from pathlib import Path
from typing import Any

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.errors import HomeError

NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Mark:
    """What was erased, told by salted hashes only.

    Attributes:
        names: Whether their names were blacked out in notes about others.
        state: "begun", "done" or "withdrawn".
    """

    id: str
    on: str
    salt: str
    people: frozenset[str]
    notes: frozenset[str]
    names: bool = False
    state: str = "begun"


def hashed(salt: str, account: AccountId, kind: str, id: str) -> str:
    """Thirty-two hex digits that only somebody with the id can make again."""
    return blake2b(f"{account}\n{kind}\n{id}".encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


@dataclass(slots=True)
class Journal:
    """The journal of one home. Several processes may write it: each line is one write at the end."""

    path: Path
    _seen: tuple[int, int] = field(default=(0, 0))

    def begin(
        self,
        account: AccountId,
        on: date,
        *,
        people: Collection[PersonId],
        notes: Collection[NoteId],
        names: bool = False,
    ) -> str:
        """Write down what is going to be erased; the id of the erasure.

        Raises:
            HomeError: It cannot be written, so nothing may be erased yet.
        """
        salt = next((mark.salt for mark in self.marks()), secrets.token_hex(16))  # one a home: hashing once will do
        id = secrets.token_hex(8)
        told = {
            "id": id,
            "on": on.isoformat(),
            "salt": salt,
            "people": sorted(hashed(salt, account, "person", each) for each in people),
            "notes": sorted(hashed(salt, account, "note", each) for each in notes),
            "names": names,
        }
        self._append(told)
        return id

    def close(self, erasure_id: str, state: str) -> None:
        """Say that an erasure is complete, or that it did not come to it."""
        self._append({"id": erasure_id, "state": state})

    def add(self, marks: Iterable[Mark]) -> None:
        """Take over erasures of another journal of the same records, as complete."""
        for mark in marks:
            told = {"id": mark.id, "on": mark.on, "salt": mark.salt, "names": mark.names}
            self._append({**told, "people": sorted(mark.people), "notes": sorted(mark.notes)})
            self.close(mark.id, "done")

    def marks(self) -> Sequence[Mark]:
        """Every erasure, oldest first."""
        return read_marks(self.path)

    def unfinished(self) -> Sequence[Mark]:
        """Those that were interrupted; one look when there is no journal."""
        return [mark for mark in self.marks() if mark.state == "begun"]

    def has_grown(self) -> bool:
        """Whether somebody wrote to it since this was last asked."""
        try:
            info = self.path.stat()
            now = (info.st_mtime_ns, info.st_size)
        except OSError:
            now = (0, 0)
        before, self._seen = self._seen, now
        return now != before

    def _append(self, told: object) -> None:
        line = json.dumps(told, separators=(",", ":")).encode() + b"\n"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
            try:
                size = os.fstat(file).st_size
                torn = size and os.pread(file, 1, size - 1) != b"\n"
                line = b"\n" * bool(torn) + line
                if os.write(file, line) < len(line):
                    os.ftruncate(file, size)
                    raise OSError(ENOSPC, os.strerror(ENOSPC))
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise HomeError(
                f"The journal of erasures {self.path} cannot be written ({error.strerror}). Nothing was erased.",
                next="Free some space or give yourself write permission, and try again.",
            ) from error


def read_marks(path: Path) -> Sequence[Mark]:
    """The erasures in a journal; a last line that was torn by a crash never began.

    Raises:
        HomeError: It is there and cannot be read, or is something else.
    """
    found: dict[str, Mark] = {}
    try:
        for told in _lines(path):
            known = found.get(told["id"])
            if "salt" in told:
                bytes.fromhex(told["salt"])
                mark = Mark(
                    str(told["id"]), str(told["on"]), told["salt"], frozenset(told["people"]),
                    frozenset(told["notes"]), told.get("names") is True,
                )  # fmt: skip
                found[mark.id] = replace(mark, state=known.state) if known else mark
            elif known:
                found[known.id] = replace(known, state=str(told["state"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HomeError(
            f"The journal of erasures {path} cannot be read.",
            next="Put the copy from your backups folder in its place; without it a restore could bring people back.",
        ) from error
    return [*found.values()]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    for line in raw.split(b"\n")[:-1]:  # what stands after the last end of a line was never acknowledged
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError:
                if not line.startswith(b'{"id":'):
                    raise  # anything else than our own line, torn by a crash
