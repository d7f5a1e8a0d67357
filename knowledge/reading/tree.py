"""Which files of a folder or an archive belong together and how each is read. Looks at names, opens nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.domain.importing import DateOrder

CASE, ARCHIVE = "case", ".zip"
PEOPLE, NOTES = "people.json", "notes.jsonl"
MAX_FILES = 5_000
SUFFIXES = (
    ".md", ".markdown", ".csv", ".tsv", ".txt", ".docx", ".odt", ".pdf", ".xlsx", ".ics", ".eml", ".jsonl", ".zip",
)  # fmt: skip
_SAME = {".markdown": ".md", ".tsv": ".csv"}
_ATTACHMENTS = set(".png .jpg .jpeg .gif .webp .svg .heic .bmp .tif .tiff .mp3 .m4a .wav .mp4 .mov .webm .canvas"
                   .split())  # fmt: skip
HASH = re.compile(r"[ _-]+[0-9a-f]{32}(?=(?:_all)?$)")
SUPPORTED = (
    "Give a .md, .csv, .tsv, .xlsx, .txt, .docx, .odt, .pdf, .eml or .ics file, a folder or a .zip with such files, "
    f"or one with {PEOPLE} and {NOTES}."
)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to read.

    Attributes:
        name: What the report calls it.
        kind: The ending of the file, or `CASE`.
        parts: The files it takes, by path below the folder or archive.
        order: How days are written in a file in which nothing tells.
    """

    name: str
    kind: str
    parts: tuple[str, ...]
    order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a folder is read, and what is left out with the reason."""

    jobs: tuple[Job, ...]
    left_out: tuple[str, ...]


def kind_of_file(name: str) -> str:
    """The ending that decides how a file is read; empty when no reader takes it."""
    suffix = PurePosixPath(name).suffix.casefold() if not name.startswith(".") else name.casefold()
    return _SAME.get(suffix, suffix) if suffix in SUFFIXES else ""


def plan_tree(names: Sequence[str]) -> Plan:
    """The jobs of a folder, in the order of the names.

    Args:
        names: Paths below the folder, with `/`; hidden ones are left out already.
    """
    cases = {str(PurePosixPath(name).parent) for name in names if PurePosixPath(name).name == NOTES}
    there, shown = set(names), set[str]()
    jobs, left_out, told = list[Job](), list[str](), set[str]()
    for name in names:
        case = next((str(parent) for parent in PurePosixPath(name).parents if str(parent) in cases), None)
        if case is not None:
            if case not in told:
                told.add(case)
                files = tuple(n for n in (str(PurePosixPath(case) / part) for part in (PEOPLE, NOTES)) if n in there)
                jobs.append(Job(NOTES if case == "." else case, CASE, files))
        elif why := _left_out(name, there):
            left_out.append(f"{name}: {why}")
        else:
            jobs.append(Job(_shown(name, shown), kind_of_file(name), (name,)))
    return Plan(tuple(jobs), tuple(left_out))


def without_hash(stem: str) -> str:
    """A file's or folder's name without the id that Notion hangs on it."""
    return HASH.sub("", stem).removesuffix("_all") if HASH.search(stem) else stem


def visible(names: Iterator[str]) -> list[str]:
    """Names that are neither hidden nor lie in a hidden folder, in the order a folder is walked."""
    shown = [n for n in names if not any(part.startswith((".", "~$", "__MACOSX")) for part in n.split("/"))]
    return sorted(shown, key=lambda n: [part.casefold() for part in n.split("/")])


def _left_out(name: str, there: set[str]) -> str:
    """Why a file is not read; empty when it is."""
    path = PurePosixPath(name)
    if path.suffix.casefold() in _ATTACHMENTS:
        return "an attachment; pictures and recordings are not read"
    if not kind_of_file(name):
        return "not a kind of file that is read"
    if path.suffix.casefold() == ".csv" and HASH.search(path.stem):
        pages = {f"{path.with_name(folder)}/" for folder in (without_hash(path.stem), path.stem.removesuffix("_all"))}
        if any(other.endswith(".md") and other.startswith(tuple(pages)) for other in there):
            return "a table of pages, which are read themselves"
        if str(path.with_name(f"{path.stem}_all.csv")) in there:
            return "a part of the table beside it, which is read"
    return ""


def _shown(name: str, taken: set[str]) -> str:
    """The name without Notion's ids, as long as no other file is called so."""
    path = PurePosixPath(name)
    plain = "/".join([*map(without_hash, path.parts[:-1]), f"{without_hash(path.stem)}{path.suffix}"])
    shown = name if plain in taken else plain
    taken.add(shown)
    return shown
