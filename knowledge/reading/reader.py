"""Chooses what of a path is read. A folder's unreadable files are told, not raised, so that the others still go in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.domain.exported import Exported
from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.confined import Confined
from knowledge.reading.exported import read_exported
from knowledge.reading.files import read_bytes
from knowledge.reading.mail import copied_day
from knowledge.reading.tree import CASE, MAX_FILES, NOTES, PEOPLE, SUPPORTED, Job, kind_of_file, plan_tree


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files and folders into documents. Knows no accounts and keeps nothing.

    This process only walks folders and takes bytes; every file is parsed in a child process that has limits.

    Attributes:
        zone: The time zone that days of calendars and mails are told in, as a TZ name; empty for this machine's own.
    """

    zone: str = ""

    def mail_day(self, text: str) -> date | None:
        """The day that the head of a mail copied as text names; None for any other text, or for two readings."""
        return copied_day(text)

    def exported(self, path: Path) -> Exported | None:
        """What an export of Flourish's own holds; None for any other path.

        Raises:
            ImportRefused: It is an export and cannot be read.
        """
        return read_exported(path)

    def read(self, *paths: Path, order: DateOrder | None = None) -> Iterator[Document]:
        """Every document under the paths, by name; a file that cannot be read comes with `refused` set.

        Args:
            paths: Files or folders.
            order: How days like 5/6/2025 are written in a file in which nothing tells.

        Raises:
            ImportRefused: There is nothing at a path, nothing in the folder, or no reader for such a file.
        """
        given = [_look(path) for path in paths]
        kinds = sorted({job.kind for found in given for job in found.jobs})
        with Confined(kinds, self.zone) as child:
            for found in given:
                for job in found.jobs:
                    yield from _documents(child, replace(job, order=order), found)
                if found.left_out:
                    yield Document(found.name, skipped=found.left_out)


@dataclass(frozen=True, slots=True)
class _Given:
    """One path as it was given, worked out: what is to be read below which folder."""

    name: str
    root: Path
    jobs: tuple[Job, ...]
    left_out: tuple[str, ...] = ()
    alone: bool = False


def _look(path: Path) -> _Given:
    """What there is to read at a path."""
    if not path.exists():
        raise ImportRefused(f"There is nothing at {path}.", next="Check the name.")
    if path.is_dir():
        return _folder(path)
    kind = ".json" if path.name == PEOPLE else kind_of_file(path.name)
    if not kind:
        raise ImportRefused(f"{path.name} is not a kind of file that can be read.", next=SUPPORTED)
    return _Given(path.name, path.parent, (Job(path.name, kind, (path.name,)),), alone=True)


def _folder(folder: Path) -> _Given:
    """A case folder as one document; any other folder file by file, sub-folders included, hidden ones not."""
    name = folder.resolve().name
    case = tuple(file for file in (PEOPLE, NOTES) if (folder / file).is_file())
    if case:
        return _Given(name, folder, (Job(name, CASE, case),))
    names = list[str]()
    for path in _walk(folder):
        names.append(path.relative_to(folder).as_posix())
        if len(names) > MAX_FILES:
            raise ImportRefused(f"The folder holds more than {MAX_FILES:,} files.", next="Import it part by part.")
    plan = plan_tree(names)
    if not plan.jobs:
        raise ImportRefused(f"No file in {folder} can be read.", next=SUPPORTED)
    return _Given(name, folder, plan.jobs, plan.left_out)


def _walk(folder: Path) -> Iterator[Path]:
    """Files in the order of their names. Linked folders are not entered."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name.casefold()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif not path.is_dir():
            yield path


def _documents(child: Confined, job: Job, given: _Given) -> list[Document]:
    """What the files of a job hold; one linked from outside of the folder that was named is refused."""
    parts = {}
    for name in job.parts:
        path = given.root / name
        if not (given.alone or path.resolve().is_relative_to(given.root.resolve())):
            why = "It is a link to a file outside of the folder."
            return [Document(job.name, refused=why, next="Import that file by its own name.")]
        try:
            parts[name] = read_bytes(path)
        except ImportRefused as error:
            return [Document(job.name, refused=error.message, next=error.next)]
    return child.parse(job, parts)
