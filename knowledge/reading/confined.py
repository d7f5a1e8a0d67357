"""Parses files in a child process with limits, and checks what it answers. Whatever a file does, this process lives."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Timer
from typing import IO

from assistant.domain.importing import Document
from assistant.errors import ImportRefused
from knowledge.reading.tree import Job
from knowledge.reading.wire import Unusable, decode

MEMORY = 512 * 1024 * 1024
SECONDS = 30
START_SECONDS = 120  # loading the readers, on a machine with much else to do
MAX_ANSWER = 64 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from knowledge.reading.child import main; main()"
_AGAIN = "Save it anew with the program it comes from, or split it, and import it again."


@dataclass(slots=True)
class Confined:
    """One child for the files of one import; a fresh one after a file that ended it. To be used in a `with`.

    Attributes:
        kinds: The kinds of files that will come.
        zone: The time zone of the account as a TZ name; empty for this machine's own.
        seconds: For one file, on the wall and on the processor.
        memory: Address space of the child, in bytes.
    """

    kinds: Sequence[str]
    zone: str = ""
    seconds: int = SECONDS
    memory: int = MEMORY
    _child: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def __enter__(self) -> "Confined":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def parse(self, job: Job, parts: Mapping[str, bytes]) -> list[Document]:
        """The documents of one file, or one that says why there are none."""
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        with _ended_after(self.seconds + 2, child):  # should the child's own clock fail
            try:
                _ask(child.stdin, job, parts)
                return self._answers(child.stdout, job)
            except (BrokenPipeError, EOFError):
                return [self._gave_up(job)]
            except Unusable:
                self._end()
                return [_refused(job, "Reading it gave nothing that holds together.")]

    def _answers(self, stdout: IO[bytes], job: Job) -> list[Document]:
        """What the child answers up to the end mark.

        Raises:
            EOFError: The child ended before it.
            Unusable: It answers no documents, or more than there can be.
        """
        found, room = list[Document](), MAX_ANSWER
        while (line := stdout.readline(room)) != b"\n":
            if len(line) >= room:
                self._end()
                return [_refused(job, "It holds more text than can be taken in at once.")]
            if not line.endswith(b"\n"):
                raise EOFError
            room -= len(line)
            found.append(decode(line))
            if not found[-1].name.startswith(job.name):
                raise Unusable("another file's name")
        return found if len(found) != 1 else [replace(found[0], name=job.name)]

    def _gave_up(self, job: Job) -> Document:
        """The refusal of a file that ended its child: what the child died of is all that is known."""
        child, self._child = self._child, None
        assert child is not None
        code = _wait(child)
        if code in (-14, -24, -9):  # alarm, processor time, killed
            return _refused(job, f"It takes longer than {self.seconds} seconds to read, or more memory than allowed.")
        return _refused(job, "It is damaged in a way that cannot be read, or needs too much memory.")

    def _start(self) -> "subprocess.Popen[bytes]":
        """A fresh interpreter, not a fork: nothing of this process is in it, its environment neither.

        Raises:
            ImportRefused: This machine cannot start one.
        """
        try:
            self._child = child = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(_ROOT)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={"TZ": self.zone} if self.zone else {}, close_fds=True,
            )  # fmt: skip
        except OSError as error:
            raise ImportRefused(
                f"Files cannot be read: no process can be started ({error.strerror}).", next="Free some memory."
            ) from error
        assert child.stdin is not None
        assert child.stdout is not None
        said = {"kinds": [*self.kinds], "memory": self.memory, "seconds": self.seconds}
        with _ended_after(START_SECONDS, child):
            try:
                _send(child.stdin, json.dumps(said).encode() + b"\n")
                ready = child.stdout.readline(100)
            except BrokenPipeError:
                ready = b""
        if ready != b"ready\n":
            self._end()
            raise ImportRefused("Files cannot be read: the process for it does not start.", next="Free some memory.")
        return child

    def _end(self) -> None:
        if self._child is not None:
            _wait(self._child, end=True)
            self._child = None


@contextmanager
def _ended_after(seconds: int, child: "subprocess.Popen[bytes]") -> Iterator[None]:
    """End the child when what is done in the `with` takes longer."""
    late = Timer(seconds, child.kill)
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


def _ask(stdin: IO[bytes], job: Job, parts: Mapping[str, bytes]) -> None:
    said = {
        "name": job.name,
        "kind": job.kind,
        "parts": [[name, len(raw)] for name, raw in parts.items()],
        "order": job.order,
    }
    _send(stdin, json.dumps(said).encode() + b"\n", *parts.values())


def _send(stdin: IO[bytes], *parts: bytes) -> None:
    for part in parts:
        stdin.write(part)
    stdin.flush()


def _wait(child: "subprocess.Popen[bytes]", *, end: bool = False) -> int:
    """Close the pipes and take the child's exit code; `end` ends it first."""
    if end:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except BrokenPipeError:
            pass
    return child.wait()


def _refused(job: Job, why: str) -> Document:
    return Document(job.name, refused=why, next=_AGAIN)
