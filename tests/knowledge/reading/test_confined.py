"""The child process: what it may not do, what becomes of it, and that its answers are checked like a stranger's."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.importing import Document, MeetingDraft, NoteDraft
from assistant.errors import ImportRefused
from knowledge.reading import confined
from knowledge.reading.confined import Confined
from knowledge.reading.reader import FileReader
from knowledge.reading.tree import Job
from knowledge.reading.wire import Unusable, decode, encode
from tests.knowledge.reading.samples import MARKDOWN, every_format

ROOT = Path(__file__).resolve().parents[3]
NOTES = Job("Jonas Weber.md", ".md", ("n",))
GOOD = {"n": MARKDOWN.encode()}
ENDLESS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\nDTSTART:20260616T093000\nSUMMARY:1:1 Ana Ruiz\n"
    "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\nEND:VCALENDAR\n"
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def test_behind_the_closed_door_nothing_can_be_opened() -> None:
    code = (
        "import socket, sys; sys.path.insert(0, sys.argv[1])\n"
        "from knowledge.reading import child\n"
        "import os\n"
        "child._limit_memory(1 << 29); child._close_the_door()\n"
        "for open_one in (lambda: open('/etc/hostname'), lambda: socket.socket(), lambda: os.pipe(),\n"
        "                 lambda: open('/tmp/x', 'w'), lambda: os.listdir('/')):\n"
        "    try:\n"
        "        open_one()\n"
        "        print('opened')\n"
        "    except OSError as error:\n"
        "        print(error.errno == 24)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code, str(ROOT)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 5


def test_the_child_knows_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "CANARY-KEY")
    with Confined([".md"], zone="Europe/Berlin") as child:
        child.parse(NOTES, GOOD)
        assert child._child is not None
        environ = Path(f"/proc/{child._child.pid}/environ")
        if environ.exists():
            assert environ.read_bytes() == b"TZ=Europe/Berlin\0"


def test_one_child_reads_all_files_of_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    start = Confined._start
    monkeypatch.setattr(Confined, "_start", lambda self: (started.append(self), start(self))[1])
    for number in range(5):
        (tmp_path / f"Ana Ruiz {number}.md").write_text("## 2025-05-06\nCalm.\n")
    assert len([*FileReader().read(tmp_path, tmp_path / "Ana Ruiz 0.md")]) == 6
    assert len(started) == 1


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with Confined([".ics", ".md"], seconds=1) as child:
        (slow,) = child.parse(Job("c.ics", ".ics", ("c",)), {"c": ENDLESS.encode()})
        (good,) = child.parse(NOTES, GOOD)
    assert slow.refused == "It takes longer than 1 seconds to read, or more memory than allowed."
    assert slow.next
    assert len(good.drafts) == 2


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    with Confined([".md"], memory=160 * 1024 * 1024) as child:
        (large,) = child.parse(Job("big.md", ".md", ("b",)), {"b": b"# A\n" * 4_000_000})
        (good,) = child.parse(NOTES, GOOD)
    assert "needs too much memory" in large.refused
    assert len(good.drafts) == 2


def test_a_child_that_is_killed_costs_one_file() -> None:
    with Confined([".md"]) as child:
        child.parse(NOTES, GOOD)
        assert child._child is not None
        os.kill(child._child.pid, 9)
        (lost,) = child.parse(NOTES, GOOD)
        (good,) = child.parse(NOTES, GOOD)
    assert lost.refused
    assert len(good.drafts) == 2


@pytest.mark.parametrize(
    "answer",
    [
        "junk",
        "[]",
        "{}",
        "null",
        encode(Document("other.md")).decode().strip(),
        encode(Document("n.md", (NoteDraft("w", "Ana", date(2025, 5, 6), "x"),)))
        .decode()
        .strip()
        .replace('"x"', '"a\\u0000b"'),
    ],
)
def test_an_answer_that_is_no_document_is_refused(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listen = "i = sys.stdin.buffer; i.readline(); print('ready', flush=True); "
    listen += f"i.readline(); i.read({len(GOOD['n'])})"
    said = f"import sys; {listen}; print({answer!r}); print()"
    monkeypatch.setattr(confined, "_START", said)
    with Confined([".md"]) as child:
        (document,) = child.parse(Job("n.md", ".md", ("n",)), GOOD)
    assert document.refused == "Reading it gave nothing that holds together."
    assert document.drafts == ()


def test_a_child_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_START", "print('Segmentation fault')")
    with Confined([".md"]) as child, pytest.raises(ImportRefused, match="does not start"):
        child.parse(NOTES, GOOD)


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_START", "import sys\nprint('ready')\nwhile True: sys.stdout.write('x' * 65536)")
    monkeypatch.setattr(confined, "MAX_ANSWER", 1024 * 1024)
    with Confined([".md"]) as child:
        (document,) = child.parse(NOTES, GOOD)
    assert document.refused == "It holds more text than can be taken in at once."


def test_a_document_comes_back_as_it_went() -> None:
    day = date(2025, 5, 6)
    document = Document(
        "a.ics",
        (NoteDraft("w", "Ana", day, "»x«", author="Eva", candidates=("Ana", "Eva"), optional=True),),
        (MeetingDraft("w", "Ana", day, "uid", ("Ana",), True),),
        skipped=("row 1: blank",),
        remarks=("r",),
    )
    assert decode(encode(document)) == document


@pytest.mark.parametrize("key", ["drafts", "meetings", "people", "skipped", "name", "refused"])
def test_half_a_document_is_none(key: str) -> None:
    fields = json.loads(encode(Document("a.md")))
    del fields[key]
    with pytest.raises(Unusable):
        decode(json.dumps(fields).encode())


def test_days_of_calendars_and_mails_are_those_of_the_account(tmp_path: Path) -> None:
    files = every_format()
    for name in ("calendar.ics", "praise.eml"):
        (tmp_path / name).write_bytes(files[name])
    for zone, late, sent in (
        ("Europe/Berlin", "2026-06-21", "2025-05-07"),
        ("America/Bogota", "2026-06-20", "2025-05-06"),
    ):
        calendar, mail = FileReader(zone=zone).read(tmp_path)
        assert late in [m.day.isoformat() for m in calendar.meetings if m.uid == "late"]
        assert mail.drafts[0].day.isoformat() == sent
