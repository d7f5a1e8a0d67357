"""The process in which files of strangers are parsed. It is handed bytes, answers documents, and can open nothing.

Started by `confined.py` with nothing but this module's path; it reads a line that says which kinds of files will come,
loads what they take, and then gives up the right to open anything: no file, no socket, no process.
"""

import json
import math
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

from assistant.domain.importing import DateOrder
from knowledge.reading.parse import load, parse
from knowledge.reading.tree import Job
from knowledge.reading.wire import encode

if sys.platform != "win32":
    import resource
else:
    resource = None  # Windows has no such limits: there only the clock of the process that asked holds

READY, END = b"ready\n", b"\n"


def main() -> None:
    """Answer jobs until the input ends. A crash ends the process, and whoever started it says so in a sentence."""
    source, answer = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a chatty library must not speak into the answers
    for name in ("numpy", "PIL"):  # loaded by readers that find them, and of no use to words
        sys.modules[name] = None  # type: ignore[assignment]
    said = json.loads(source.readline())
    _limit_memory(said["memory"])
    load(said["kinds"])
    _close_the_door()
    answer.write(READY)
    answer.flush()
    while line := source.readline():
        fields = json.loads(line)
        _start_clock(said["seconds"])
        parts = {name: source.read(size) for name, size in fields["parts"]}
        for document in parse(_job(fields), parts):
            answer.write(encode(document))
        answer.write(END)
        answer.flush()


def _job(fields: Mapping[str, Any]) -> Job:
    order = DateOrder(fields["order"]) if fields["order"] else None
    return Job(fields["name"], fields["kind"], tuple(name for name, _ in fields["parts"]), order)


def _limit_memory(limit: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _close_the_door() -> None:
    """From here on no descriptor can be had, so neither file nor socket can be opened, whatever code runs."""
    if resource is not None:
        time.tzset()  # the zone of this machine lies in a file
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # not before: Python keeps what it compiled on loading
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _start_clock(seconds: int) -> None:
    """Both clocks end the process without asking it: the one on the wall, and the processor's."""
    if resource is not None:
        signal.alarm(seconds)
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
