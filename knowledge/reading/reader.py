"""Chooses how a path is read. A folder's unreadable files are told, not raised, so that the others still go in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.exported import Exported
from assistant.domain.importing import Document
from assistant.errors import ImportRefused
from knowledge.reading.case import NOTES, PEOPLE, read_case
from knowledge.reading.exported import read_exported
from knowledge.reading.files import read_bytes, read_text
from knowledge.reading.journal import read_journal
from knowledge.reading.markdown import read_markdown
from knowledge.reading.table import read_csv
from knowledge.reading.word import read_word

MAX_FILES = 5_000
_READERS: Mapping[str, Callable[[str, Path], Document]] = {
    ".md": lambda name, path: read_markdown(name, read_text(path)),
    ".markdown": lambda name, path: read_markdown(name, read_text(path)),
    ".csv": lambda name, path: read_csv(name, read_text(path)),
    ".tsv": lambda name, path: read_csv(name, read_text(path)),
    ".txt": lambda name, path: read_journal(name, read_text(path)),
    ".docx": lambda name, path: read_word(name, read_bytes(path)),
    ".jsonl": lambda name, path: read_case(name, None, path),
}
_SUPPORTED = f"Give a .md, .csv, .tsv, .txt or .docx file, or a folder with such files or with {PEOPLE} and {NOTES}."


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files and folders into documents. Knows no accounts and keeps nothing."""

    def exported(self, path: Path) -> Exported | None:
        """What an export of Flourish's own holds; None for any other path.

        Raises:
            ImportRefused: It is an export and cannot be read.
        """
        return read_exported(path)

    def read(self, path: Path) -> Iterator[Document]:
        """Every document under a path, by name; a file that cannot be read comes with `refused` set.

        Raises:
            ImportRefused: There is nothing at this path, nothing in the folder, or no reader for such a file.
        """
        if path.is_dir():
            yield from _folder(path)
        elif not path.exists():
            raise ImportRefused(f"There is nothing at {path}.", next="Check the name.")
        elif path.name == PEOPLE:
            yield _told(path.name, lambda: read_case(path.name, path, None))
        elif path.suffix.casefold() not in _READERS:
            raise ImportRefused(f"{path.name} is not a kind of file that can be read.", next=_SUPPORTED)
        else:
            yield _told(path.name, lambda: _READERS[path.suffix.casefold()](path.name, path))


def _folder(folder: Path) -> Iterator[Document]:
    """A case folder as one document; any other folder file by file, sub-folders included, hidden ones not."""
    if (folder / NOTES).is_file() or (folder / PEOPLE).is_file():
        yield _case(folder.resolve().name, folder, folder)
        return
    found, unread = list[Document](), list[str]()
    count = 0
    for path in _walk(folder):
        count += 1
        if count > MAX_FILES:
            raise ImportRefused(f"The folder holds more than {MAX_FILES:,} files.", next="Import it part by part.")
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            yield _case(name, path, folder)
            found.append(Document(name))
        elif path.suffix.casefold() not in _READERS:
            unread.append(f"{name}: not a kind of file that is read")
        else:
            yield _inside(name, path, folder)
            found.append(Document(name))
    if not found:
        raise ImportRefused(f"No file in {folder} can be read.", next=_SUPPORTED)
    if unread:
        yield Document(folder.resolve().name, skipped=tuple(unread))


def _walk(folder: Path) -> Iterator[Path]:
    """Files in the order of their names; a case folder inside comes as one. Linked folders are not entered."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name.casefold()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            if (path / NOTES).is_file():
                yield path
            else:
                yield from _walk(path)
        elif not path.is_dir():
            yield path


def _case(name: str, folder: Path, root: Path) -> Document:
    """The case in a folder; files linked from elsewhere are refused like any other."""
    people, notes = (folder / file if (folder / file).is_file() else None for file in (PEOPLE, NOTES))
    for path in (people, notes):
        if path and not _stays(path, root):
            return _leaves(name)
    return _told(name, lambda: read_case(name, people, notes))


def _inside(name: str, path: Path, root: Path) -> Document:
    if not _stays(path, root):
        return _leaves(name)
    return _told(name, lambda: _READERS[path.suffix.casefold()](name, path))


def _stays(path: Path, root: Path) -> bool:
    """Whether a file, links followed, lies in the folder that was named."""
    return path.resolve().is_relative_to(root.resolve())


def _leaves(name: str) -> Document:
    return Document(
        name, refused="It is a link to a file outside of the folder.", next="Import that file by its own name."
    )


def _told(name: str, read: Callable[[], Document]) -> Document:
    """What was read, or the reason why not."""
    try:
        return read()
    except ImportRefused as error:
        return Document(name, refused=error.message, next=error.next)
