"""Runs the commands of docs/cli.md and puts under each what it says today: `python -m tests.cli_doc` (`make docs`).

They run one after another in the sample team's home, as a reader would type them, under a clock that stands and
with ids that count, so that every run writes the same. A line that is only `…` leaves something out and goes on doing
so; commands in `AS_THEY_STAND` need a keyboard, a server or another day and keep what is written under them.
"""

import contextlib
import hashlib
import io
import itertools
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from ui.cli import main

DOC = Path(__file__).parent.parent / "docs" / "cli.md"
ANN = "/home/ann"
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
AS_THEY_STAND = ("export ", "flourish serve", "flourish account log", "flourish account password", "flourish eval",
                 "flourish path", "flourish doctor  ", "flourish forget", "flourish backup",
                 "flourish restore")  # fmt: skip
CREW = "2026-06-08\nSam Okoro: Sorted the crate labels by tank before the truck came.\n\n2026-06-11\nSam Okoro: Asked who reads the labels at the other end.\n"  # noqa: E501
TELLING = (
    "Good talk in the truck. He put the half page on paper: what we'd get out of the sensor, I read it twice. He said: "
    '"I like it when the number on the screen is true, not just on the screen." I will ask Orrin for a second sight '
    "glass by Friday. He will show Leticia the trend page next week."
)
BEFORE: Mapping[str, Sequence[str]] = {  # what a reader's home has by then, and the document does not tell
    "flourish account list": ("flourish account disable dm3",),
    "flourish people merge": ('flourish people add "Uma Bergh"',),
    "flourish note move": ('flourish people add "Lena Dahl"',),
    'flourish plan "Tom Szymanski" revise': ('flourish plan "Tom Szymanski" draft --today 2026-06-09',),
    'flourish plan "Tom Szymanski" checkin': ('flourish plan "Tom Szymanski" agree',),
}
OWN = ("demo", "import")  # the sample takes no notes: these go to a home of one's own
SAMPLE = "\n(sample team, 15 June 2026)\n"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.M | re.S)
_ID = re.compile(r"\b(?:01[a-z0-9]{24}|[epqr][0-9a-z]{10,13})\b")
_LEFT_OUT = "…"


@dataclass
class Reader:
    """Somebody who types the commands of the document, and what they have met so far."""

    home: Path
    ids: dict[str, str] = field(default_factory=dict)

    def block(self, text: str) -> str:
        """A console block with what its commands say now."""
        return "".join(self._typed(command, under) for command, under in _commands(text))

    def _typed(self, command: str, under: str) -> str:
        if command.startswith(AS_THEY_STAND):
            return f"$ {command}\n{under}"
        for start, unseen in BEFORE.items():
            if command.startswith(start):
                for before in unseen:
                    self.run(before)
        typed = _ID.sub(lambda found: self.ids.get(found[0], found[0]), command)
        said = self.run(typed)
        if not under.strip():  # a command that is told for what it does
            return f"$ {typed}\n"
        shown = _as_long_as(under, said)
        self.ids.update(zip(_ID.findall(under), _ID.findall(shown), strict=False))
        return f"$ {typed}\n{shown}"

    def run(self, command: str) -> str:
        """What a command line says; `echo … |` in front of it is piped."""
        words = shlex.split(command.replace("\\\n", " "), comments=True)
        stdin = ""
        if words[0] == "echo":
            stdin, words = words[1] + "\n", words[words.index("|") + 1 :]
        if words[:2] == ["flourish", "debrief"]:
            words[3] = TELLING
        if words[:2] == ["flourish", "forget"]:
            stdin = "Leticia Amaral\n"
        demo = self.home / ".local" / "share" / "flourish-demo"
        with mock.patch.dict(os.environ, {} if words[1] in OWN else {"FLOURISH_HOME": str(demo)}):
            said = _told([w.replace("~", str(self.home)) for w in words[1:]], stdin).replace(SAMPLE, "")
        said = re.sub(r"\d+(\.\d+)? GB free", "77.5 GB free", said)
        return said.replace(str(self.home), ANN)


def written_anew(text: str) -> str:
    """The document with what its commands say now."""
    with _place() as home:
        reader = Reader(home)
        return _BLOCK.sub(lambda found: reader.block(found[1]), text)


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, under = part.partition("\n")
        while command.endswith("\\"):
            more, _, under = under.partition("\n")
            command += f"\n{more}"
        yield command, under


def _as_long_as(under: str, said: str) -> str:
    """What was said, shortened where the document leaves something out."""
    lines, shown = said.rstrip().split("\n"), []
    told = under.rstrip("\n").split("\n")
    parts = [list(group) for left, group in itertools.groupby(told, lambda line: line == _LEFT_OUT) if not left]
    if _LEFT_OUT not in under.split("\n"):
        return "\n".join(lines) + "\n" + ("\n" if under.endswith("\n\n") else "")
    if under.startswith(_LEFT_OUT):
        shown.append(_LEFT_OUT)
    for number, part in enumerate(parts):
        first = 0
        if number or under.startswith(_LEFT_OUT):
            first = _line_like(part[0], lines)
        shown += lines[first : first + len(part)]
        if number + 1 < len(parts) or under.rstrip("\n").endswith(_LEFT_OUT):
            shown.append(_LEFT_OUT)
    return "\n".join(shown) + "\n"


def _line_like(wanted: str, lines: Sequence[str]) -> int:
    start = wanted[:6]
    same = [n for n, line in enumerate(lines) if line == wanted] or [
        n for n, line in enumerate(lines) if line.startswith(start)
    ]
    return same[0] if same else 0


def _told(args: Sequence[str], stdin: str) -> str:
    out, before = io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main(list(args))
    finally:
        sys.stdin = before
    return out.getvalue()


@contextlib.contextmanager
def _place() -> Iterator[Path]:
    """A folder whose name is as long as Ann's home, so that lines break at the same words."""
    count = itertools.count()

    def next_id() -> str:
        return "01m8" + hashlib.sha256(str(next(count)).encode()).hexdigest()[:22]

    home = Path(tempfile.mkdtemp(dir="/tmp"))  # noqa: S108
    short = Path("/tmp") / home.name[-4:]  # noqa: S108
    home.rename(short)
    (short / "crew.txt").write_text(CREW, encoding="utf-8")
    here = Path.cwd()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FLOURISH_", "OPENAI_", "XDG_"))}
    env = {**kept, "HOME": str(short), "FLOURISH_BACKUP_PASSPHRASE": "a quiet corner of the yard", "COLUMNS": "80"}
    try:
        os.chdir(short)
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch("ui.wiring.now", return_value=NOON),
            mock.patch("ui.wiring.fresh_id", next_id),
        ):
            yield short
    finally:
        os.chdir(here)
        shutil.rmtree(short)


if __name__ == "__main__":
    DOC.write_text(written_anew(DOC.read_text(encoding="utf-8")), encoding="utf-8")
