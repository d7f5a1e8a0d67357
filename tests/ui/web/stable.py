"""Servers for the browser tests, forked from one process that has the program loaded and nothing opened.

Importing Gradio takes seconds. Here it happens once for many servers, each of which is as fresh as one that was just
started: it opens its own home and has its own sessions. How a server starts from nothing is tested in `test_server.py`.
"""

import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOADED = [
    "gradio", "uvicorn", "ui.wiring", "ui.wiring_page", "ui.web.accounts", "ui.web.page", "ui.web.replies",
    "ui.web.theme", "ui.web.trays", "ui.web.uploads", "ui.web.openers", "chromadb", "chromadb.api.rust", "pydantic.v1",
    "argon2", "alembic.command", "alembic.autogenerate", "anyio._backends._asyncio", "assistant.bench",
    "assistant.desk", "assistant.engines.offline.engine", "assistant.office", "filelock", "knowledge.keeping.eraser",
    "knowledge.keeping.passwords", "knowledge.reading.reader", "knowledge.records.open", "knowledge.search.library",
    "sqlalchemy.dialects.sqlite", "tests.crash.warm", "ulid",
]  # fmt: skip
MOST = 65536  # bytes of one wish


class Stable:
    """The process that servers are forked from; started when the first is asked for."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-u", "-m", "tests.ui.web.stable", str(theirs.fileno())]
        self._process = subprocess.Popen(words, pass_fds=[theirs.fileno()], cwd=ROOT, stdin=subprocess.DEVNULL)
        theirs.close()

    def start(self, script: str, home: Path, says: int) -> int:
        """Run a script in a process of its own.

        Args:
            script: What it does; `sys.argv[1]` is the home.
            home: Handed to it.
            says: The open file that it prints to.

        Returns:
            The number of the process.
        """
        socket.send_fds(self._ours, [json.dumps({"script": script, "home": str(home)}).encode()], [says])
        return int(self._answer())

    def stop(self, process: int) -> int:
        """End a process as Ctrl-C's sister does, and wait for it; returns what it ended with."""
        self._ours.send(json.dumps({"stop": process}).encode())
        return int(self._answer())

    def close(self) -> None:
        self._ours.close()
        self._process.wait(timeout=60)

    def _answer(self) -> str:
        said = self._ours.recv(MOST).decode()
        assert said, f"the process that servers are forked from ended with {self._process.wait()}"
        return said


def main(door: socket.socket) -> None:
    """Load everything, then fork a server for each wish until nobody is left to ask."""
    from ui.web.server import keep_gradio_quiet

    keep_gradio_quiet()
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    running: set[int] = set()
    while True:
        told, files, _, _ = socket.recv_fds(door, MOST, 1)
        if not told:
            break
        wish = json.loads(told)
        if "stop" in wish:
            running.discard(wish["stop"])
            door.send(str(_end(wish["stop"])).encode())
            continue
        child = os.fork()
        if child == 0:
            door.close()
            _become(wish, files[0])
        os.close(files[0])
        running.add(child)
        door.send(str(child).encode())
    for left in running:
        _end(left)


def _end(process: int) -> int:
    if os.waitpid(process, os.WNOHANG)[0] == 0:
        os.kill(process, signal.SIGTERM)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return 0


def _become(wish: dict[str, str], says: int) -> None:
    """What is left of this process runs the script."""
    os.dup2(says, 1)
    os.close(says)
    sys.argv = ["served", wish["home"]]
    code = 1
    try:
        exec(compile(wish["script"], "served", "exec"), {"__name__": "__main__"})  # noqa: S102
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
