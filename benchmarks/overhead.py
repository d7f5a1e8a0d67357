"""What a turn costs beside the model: `python -m benchmarks.overhead [--people N] [--turns N]`.

A server in a process of its own answers after a fixed time, in pieces at a fixed pace. What is left of a turn when its
time is taken away is ours. The plain LangChain recipe (retriever, prompt, chat model) asks the same server about the
same notes, turn by turn in the same run; it checks nothing and stores nothing.
"""

import argparse
import json
import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assistant.desk import Desk, PersonDesk
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.search import NoteVector
from assistant.ports.outside import NoteSearch
from benchmarks import fixture
from benchmarks.speed import fill, settings_of
from ui.settings import ModelSettings
from ui.wiring import House, open_house, settle

WHO = "p001"
PIECES = 20
_NOTE = re.compile(r"^\[(N\d+)\][^\n]*\n([^\n]+)", re.MULTILINE)


@dataclass(frozen=True)
class Pace:
    """How fast the stand-in for a model answers.

    Attributes:
        first: Seconds before the first piece.
        pause: Seconds between two pieces.
    """

    first: float = 0.1
    pause: float = 0.01

    def until(self, pieces: float) -> float:
        """What the server itself takes until so many pieces are out."""
        return self.first + (pieces - 1) * self.pause


PACE = Pace()


def serve(line: Connection, pace: Pace = PACE) -> None:
    """A chat endpoint with a fixed latency; it cites the first notes it is shown, word for word."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.pace = pace
    line.send(server.server_address[1])
    server.serve_forever()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    pace = PACE


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *args: Any) -> None:
        """Stay quiet."""

    def do_POST(self) -> None:  # noqa: N802 - the name is the library's
        """One reply at a fixed pace."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        start = time.monotonic()
        text = _reply("\n".join(m["content"] for m in body["messages"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        time.sleep(self.server.pace.first)
        size = max(1, -(-len(text) // PIECES))
        try:
            self._stream(text, size, start)
        except OSError:  # the reader has what it came for
            self.close_connection = True

    def _stream(self, text: str, size: int, start: float) -> None:
        for at in range(0, len(text), size):
            self._event({"content": text[at : at + size]}, None)
            time.sleep(max(0.0, start + self.server.pace.until(at // size + 2) - time.monotonic()))
        self._event({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fixed", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()


def _reply(sent: str) -> str:
    """Four sentences, each the words of a note."""
    told = [(name, words.split(". ")[0].rstrip(".")) for name, words in _NOTE.findall(sent)][:4]
    items = [
        {"kind": "notes", "text": f"The notes say: “{words}”.", "cites": [{"note": name, "quote": words}]}
        for name, words in told
    ] or [{"kind": "not_said", "text": "", "cites": []}] * 4
    return json.dumps({"items": items})


class Taken:
    """Milliseconds of many turns."""

    def __init__(self) -> None:
        self.all: list[float] = []

    def add(self, seconds: float) -> None:
        """One more."""
        self.all.append(seconds * 1000)

    def __str__(self) -> str:
        ordered = sorted(self.all)
        half, most = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return f"{half:.0f}/{most:.0f} ms"


def plain_recipe(house: House, desk: Desk, person: PersonDesk, url: str) -> Callable[[str], tuple[float, float]]:
    """Retriever, prompt, chat model: what a tutorial builds. Seconds to the first words, and in all."""
    from langchain_openai import ChatOpenAI  # the plain alternative uses the library as it comes

    from knowledge.search.langchain import NoteRetriever

    retriever = NoteRetriever(
        records=house.records, search=house.search, account=desk.account, today=desk.today, person_id=person.person.id
    )
    chat = ChatOpenAI(model="fixed", base_url=url, api_key="none", use_responses_api=False)  # type: ignore[arg-type]

    def turn(question: str) -> tuple[float, float]:
        start, first = time.perf_counter(), 0.0
        found = retriever.invoke(question)
        context = "\n\n".join(f"[N{n}] note\n{doc.page_content}" for n, doc in enumerate(found, 1))
        for chunk in chat.stream([("system", "Answer from the notes."), ("user", f"{context}\n\n{question}")]):
            first = first or (time.perf_counter() - start if chunk.content else 0.0)
        return first, time.perf_counter() - start

    return turn


class Sampled:
    """A note search that embeds one person's notes only and gives the others those vectors again.

    Filling a home with ten thousand notes is not what is measured here.
    """

    def __init__(self, inner: NoteSearch, whose: str) -> None:
        self._inner = inner
        self._whose = whose
        self._known: list[NoteVector] = []

    def prepare(self, notes: Sequence[Note], people: Sequence[Person]) -> Sequence[NoteVector]:
        """Vectors, real ones for the one person."""
        own = [note for note in notes if note.person_id == self._whose]
        made = list(self._inner.prepare(own or ([] if self._known else notes[:1]), people))
        self._known += made
        known = {vector.note_id: vector for vector in made}
        return [
            known.get(note.id) or replace(self._known[0], note_id=note.id, revision=note.revision) for note in notes
        ]


def measure(house: House, desk: Desk, url: str, turns: int) -> None:
    """Ask by turns, ours and the plain recipe, and print what is left beside the server's own time."""
    person = desk.person(WHO)
    engine = desk.engine
    plain = plain_recipe(house, desk, person, url)
    settle()
    ready, whole, unit, plain_first, plain_whole = Taken(), Taken(), Taken(), Taken(), Taken()
    work, plain_work = Taken(), Taken()
    questions = list(fixture.queries(turns + 3))
    for number, question in enumerate(questions):
        engine.model.memory.clear()  # type: ignore[attr-defined]
        start = time.perf_counter()
        situation = person.situation()
        assert situation.evidence
        known = time.perf_counter() - start
        start, worked = time.perf_counter(), time.process_time()
        answer = person.ask(question)
        taken, worked = time.perf_counter() - start, time.process_time() - worked
        by_model = [text for text in answer.sentences if text.origin.engine == "llm"]
        assert by_model, "the model's words did not come through"
        plain_worked = time.process_time()
        first, seconds = plain(question)
        plain_worked = time.process_time() - plain_worked
        if number < 3:
            continue  # warm
        ready.add(known)
        whole.add(taken - PACE.until(PIECES))
        plain_first.add(first - PACE.until(1))
        plain_whole.add(seconds - PACE.until(PIECES))
        work.add(worked)
        plain_work.add(plain_worked)
        unit.add(_first_unit(desk, question, person) - PACE.until(PIECES / 4 + 1))
    print(f"{len(questions) - 3} turns, server's own time {PACE.until(PIECES) * 1000:.0f} ms taken off; p50/p95")
    print(f"{'':<44}{'ours':>16}{'LangChain recipe':>20}")
    print(f"{'promises and evidence, before the model':<44}{ready!s:>16}{'-':>20}")
    print(f"{'first checked sentence (recipe: first words)':<44}{unit!s:>16}{plain_first!s:>20}")
    print(f"{'whole turn':<44}{whole!s:>16}{plain_whole!s:>20}")
    print(f"{'processor time of it, reading the reply too':<44}{work!s:>16}{plain_work!s:>20}")


def _first_unit(desk: Desk, question: str, person: PersonDesk) -> float:
    """Seconds from the question to the first checked sentence: situation, search, prompt, reply, check."""
    desk.engine.model.memory.clear()  # type: ignore[attr-defined]
    start = time.perf_counter()
    situation = person.situation()
    found = desk.search(question, person=person.person.id)
    reading = desk.engine.answer(question, found, situation)
    next(reading)
    taken = time.perf_counter() - start
    reading.close()  # type: ignore[attr-defined]
    return taken


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--turns", type=int, default=60)
    arguments = parser.parse_args()
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    url = f"http://127.0.0.1:{ours.recv()}/v1"
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = replace(settings_of(Path(folder)), model=ModelSettings("openai:fixed", url))
            house = open_house(settings)
            desk = house.desk(house.account(), fixture.TODAY)
            filling = replace(desk, search_notes=Sampled(desk.search_notes, WHO))  # type: ignore[arg-type]
            notes, _ = fill(filling, arguments.people)
            print(f"{notes:,} notes")
            measure(house, desk, url, arguments.turns)
    finally:
        process.terminate()


if __name__ == "__main__":
    main()
