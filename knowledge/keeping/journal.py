"""The journal of erasures: which people and notes must not come back. Salted hashes and days, no name, no word.

It lies outside of every backup. A line is on disk before its erasure begins, and beside it the room for what becomes
of it, so that a full disk cannot keep that from being said. What has only its first line was interrupted; what is
"erased" has no rows left and still lies in old segments or a log. Whatever is said later, the furthest state holds.
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
STATES = (
    "begun",
    "withdrawn",
    "erased",
    "done",
    "back",
)  # the furthest holds: what is gone is gone, whoever withdraws it after, unless its owner's Undo put it back
_ROOM = 64  # bytes kept free behind a first line; `{"id":"<16 hex digits>","state":"withdrawn"}` takes 49


@dataclass(frozen=True, slots=True)
class Mark:
    """What was erased, told by salted hashes only.

    Attributes:
        names: Whether their names were blacked out in notes about others.
        home: Which records they were erased from; empty in marks of older versions.
        tentative: Whether it stands for rows that go in the very write it was written down in: cut off before the
            commit, it has not happened, and nobody may carry it out.
        state: One of `STATES`.
    """

    id: str
    on: str
    salt: str
    people: frozenset[str]
    notes: frozenset[str]
    names: bool = False
    home: str = ""
    tentative: bool = False
    state: str = "begun"

    def is_of(self, home: str) -> bool:
        """Whether it may be about these records: ids alone may be another home's as well."""
        return not self.home or not home or self.home == home

    def reaching(self, state: str) -> "Mark":
        """The mark in this state, unless it is further already.

        Raises:
            ValueError: There is no such state.
        """
        return replace(self, state=max(self.state, state, key=STATES.index))


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
        home: str = "",
        tentative: bool = False,
    ) -> str:
        """Write down what is going to be erased; the id of the erasure.

        Raises:
            HomeError: It cannot be written, so nothing may be erased yet.
        """
        salt = next((mark.salt for mark in self.marks()), secrets.token_hex(16))  # one a home: hashing once will do
        mark = Mark(
            secrets.token_hex(8), on.isoformat(), salt,
            frozenset(hashed(salt, account, "person", each) for each in people),
            frozenset(hashed(salt, account, "note", each) for each in notes), names, home, tentative,
        )  # fmt: skip
        self._append(_first_line(mark) + b" " * _ROOM + b"\n")
        return mark.id

    def close(self, erasure_id: str, state: str) -> None:
        """Say what became of an erasure: in the room that was kept for it, else at the end.

        Raises:
            HomeError: It cannot be written.
        """
        line = _line({"id": erasure_id, "state": state})
        if not self._put_in_room(erasure_id, line):
            self._append(line)

    def add(self, marks: Iterable[Mark]) -> None:
        """Take over erasures of another journal of the same records, as complete."""
        self.merge(mark.reaching("done") for mark in marks)

    def merge(self, marks: Iterable[Mark]) -> None:
        """Take in erasures of other journals as they stand there; what is known here already only gets further."""
        known = {mark.id: mark for mark in self.marks()}
        lines = []
        for mark in marks:
            before = known.get(mark.id)
            if before is None:
                lines.append(_first_line(mark))
            if mark.state != "begun" and (before is None or before.reaching(mark.state) != before):
                lines.append(_line({"id": mark.id, "state": mark.state}))
        if lines:
            self._append(b"".join(lines))

    def marks(self) -> Sequence[Mark]:
        """Every erasure, oldest first."""
        return read_marks(self.path)

    def unfinished(self) -> Sequence[Mark]:
        """Those that were interrupted, or are not swept yet; one look when there is no journal."""
        return [mark for mark in self.marks() if mark.state in ("begun", "erased")]

    def has_grown(self) -> bool:
        """Whether somebody wrote to it since this was last asked."""
        try:
            info = self.path.stat()
            now = (info.st_mtime_ns, info.st_size)
        except OSError:
            now = (0, 0)
        before, self._seen = self._seen, now
        return now != before

    def _put_in_room(self, erasure_id: str, line: bytes) -> bool:
        """Written over blanks that are on the disk already; False when there are none for this one, or no more."""
        try:
            with self.path.open("r+b", buffering=0) as file:
                raw = file.read()
                at = raw.find(b"\n", raw.find(_beginning(erasure_id))) + 1
                if _beginning(erasure_id) not in raw or raw[at : at + _ROOM + 1] != b" " * _ROOM + b"\n":
                    return False
                file.seek(at)
                whole = file.write(line.rstrip(b"\n")) == len(line) - 1
                os.fsync(file.fileno())
        except OSError:
            return False
        return whole

    def _append(self, line: bytes) -> None:
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
    """The erasures in a journal, oldest first; a last line that was torn by a crash never began.

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
                    frozenset(told["notes"]), told.get("names") is True, str(told.get("home", "")),
                    told.get("tentative") is True,
                )  # fmt: skip
                found[mark.id] = mark.reaching(known.state) if known else mark
            elif known:
                found[known.id] = known.reaching(told["state"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HomeError(
            f"The journal of erasures {path} cannot be read.",
            next="Put the copy from your backups folder in its place; without it a restore could bring people back.",
        ) from error
    return [*found.values()]


def merged(journals: Iterable[Iterable[Mark]]) -> Sequence[Mark]:
    """The erasures of several journals, each once and as far as any of them knows it to have come."""
    found: dict[str, Mark] = {}
    for mark in (mark for marks in journals for mark in marks):
        found[mark.id] = mark.reaching(found[mark.id].state) if mark.id in found else mark
    return [*found.values()]


def _first_line(mark: Mark) -> bytes:
    told = {"id": mark.id, "on": mark.on, "salt": mark.salt, "people": sorted(mark.people)}
    more = {"home": mark.home} if mark.home else {}
    likely = {"tentative": True} if mark.tentative else {}
    return _line({**told, "notes": sorted(mark.notes), "names": mark.names, **more, **likely})


def _line(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _beginning(erasure_id: str) -> bytes:
    return f'{{"id":"{erasure_id}","on":'.encode()


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
                if not b'{"id":'.startswith(line.strip()[:6]):
                    raise  # anything else than our own line, torn by a crash
