"""The steps of a write, named by what reaches the database, and a process that kills itself at one of them.

Nothing of this is in the product: the hooks are SQLAlchemy's own events and a few wrapped functions, put on inside a
process that was started only to die. What a step is called is read off the statement, so a new table brings its steps
along.
"""

import importlib
import json
import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WRITES = re.compile(
    r"\s*(INSERT INTO|DELETE FROM|UPDATE|CREATE (?:UNIQUE )?(?:VIRTUAL )?\w+|ALTER TABLE|DROP \w+|VACUUM)"
    r"\s*[\"']?(\w*)",
    re.IGNORECASE,
)
# Slow or outside of the database: name of the step, module, what to wrap in it.
WRAPPED = (
    ("embed", "knowledge.search.notes", "ExactNoteSearch.prepare"),
    ("copy before the upgrade", "knowledge.records.upgrade", "_back_up"),
    ("name for a whole file", "pathlib", "Path.replace"),
    ("seal", "knowledge.keeping.vault", "seal"),
    ("line in the journal of erasures", "knowledge.keeping.journal", "Journal._append"),
)
CHROMA = (
    ("open Chroma", "chromadb", "PersistentClient"),
    ("make a collection", "chromadb.api.client", "Client.get_or_create_collection"),
    ("drop a collection", "chromadb.api.client", "Client.delete_collection"),
    ("put vectors into Chroma", "chromadb.api.models.Collection", "Collection.upsert"),
)
COMMITTED = "after commit"


def name_of(statement: str) -> str | None:
    """What a writing statement is called; none for one that only reads."""
    match = _WRITES.match(statement)
    if match is None:
        return None
    return f"{match.group(1).casefold()} {match.group(2).casefold()}".strip()


@dataclass
class Steps:
    """Counts the steps of this process, writes each one down, and dies at the one that is meant.

    Attributes:
        log: One JSON line a step or acknowledgement, in order.
        kill_at: The number of the step to die at, from 0; None to live.
        on_commit: Called after each commit.
    """

    log: Path
    kill_at: int | None = None
    on_commit: Callable[[], None] | None = None
    _count: int = 0
    _over: bool = False
    _file: int = field(init=False)

    def __post_init__(self) -> None:
        self._file = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def end(self) -> None:
        """The scene is over: what is looked at afterwards is no step of it."""
        self._over = True

    def reach(self, name: str) -> None:
        """A step is about to be taken."""
        if self._over:
            return
        self._write({"step": self._count, "name": name})
        if self._count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self._count += 1

    def acknowledge(self, what: str) -> None:
        """A person has been told that it is kept: from here on it must never be lost."""
        self._write({"ack": what})
        os.fsync(self._file)

    def watch(self, extra: tuple[tuple[str, str, str], ...] = ()) -> None:
        """Put the hooks on, for the rest of this process's life."""
        from sqlalchemy import Engine, event
        from sqlalchemy.engine.default import DefaultDialect

        event.listen(Engine, "before_cursor_execute", self._before)
        commit = DefaultDialect.do_commit

        def do_commit(dialect: Any, connection: Any) -> None:
            self.reach("before commit")
            commit(dialect, connection)
            if self.on_commit is not None:
                self.on_commit()
            self.reach(COMMITTED)

        DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]
        for name, module, attribute in (*WRAPPED, *extra):
            self._wrap(name, module, attribute)

    def _before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if name := name_of(statement):
            self.reach(name)

    def _wrap(self, name: str, module: str, attribute: str) -> None:
        owner: Any = importlib.import_module(module)
        *path, last = attribute.split(".")
        for part in path:
            owner = getattr(owner, part)
        inside = getattr(owner, last)

        def wrapped(*args: Any, **named: Any) -> Any:
            self.reach(f"before {name}")
            result = inside(*args, **named)
            self.reach(f"after {name}")
            return result

        setattr(owner, last, wrapped)

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")


@dataclass(frozen=True)
class Told:
    """What a process wrote down before it ended.

    Attributes:
        steps: Names in order.
        acknowledged: What a person was told is kept.
        safe: How many commits there were before the last acknowledgement.
    """

    steps: tuple[str, ...]
    acknowledged: tuple[str, ...]
    safe: int


def read_log(log: Path) -> Told:
    """The log of a process that is gone."""
    steps: list[str] = []
    acknowledged: list[str] = []
    safe = 0
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        said = json.loads(line)
        if "ack" in said:
            acknowledged.append(said["ack"])
            safe = steps.count(COMMITTED)
        else:
            steps.append(said["name"])
    return Told(tuple(steps), tuple(acknowledged), safe)
