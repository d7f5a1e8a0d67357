"""Bytes of one file become documents; which reader takes them says the name. Runs where nothing can be opened."""

import encodings
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.archive import read_archive
from knowledge.reading.case import read_case
from knowledge.reading.dates import DayUnclear
from knowledge.reading.files import Decoded, decode
from knowledge.reading.invitations import load_zones, read_calendar
from knowledge.reading.journal import read_journal
from knowledge.reading.mail import as_mail, read_mail
from knowledge.reading.markdown import read_markdown
from knowledge.reading.odt import read_odt
from knowledge.reading.pdf import read_pdf
from knowledge.reading.sheet import read_sheet
from knowledge.reading.table import read_csv
from knowledge.reading.tree import ARCHIVE, CASE, NOTES, PEOPLE, Job
from knowledge.reading.word import read_word

Parts = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read, and the modules this takes, to be loaded before the door is closed.

    Attributes:
        any_encoding: Whether a file may name the encoding it is written in.
        prepare: Fetches what else it takes.
    """

    read: Callable[[str, bytes, DateOrder | None], Document]
    modules: tuple[str, ...] = ()
    any_encoding: bool = False
    prepare: Callable[[], None] = lambda: None


_XML = (
    "defusedxml.ElementTree", "defusedxml.sax", "defusedxml.expatreader", "xml.sax.expatreader", "xml.sax.handler",
    "xml.etree.ElementTree",
)  # fmt: skip
_MAIL = ("email.policy", "email.parser", "email.header", "email.utils", "email.errors")
_USUAL = (
    "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "cp1252", "latin_1", "cp437", "ascii",
    "raw_unicode_escape",  # by which the standard library turns the words of a mail into bytes
)  # fmt: skip
READERS: Mapping[str, Reader] = {
    ".md": Reader(lambda name, raw, order: _text(name, raw, order, read_markdown), _MAIL),
    ".csv": Reader(lambda name, raw, order: read_csv(name, replace(decode(raw), order=order))),
    ".txt": Reader(lambda name, raw, order: _text(name, raw, order, read_journal), _MAIL),
    ".jsonl": Reader(lambda name, raw, _: read_case(name, None, raw)),
    ".json": Reader(lambda name, raw, _: read_case(name, raw, None)),
    ".docx": Reader(read_word, (*_XML, "docx", "docx.opc.exceptions", "lxml.etree")),
    ".odt": Reader(read_odt, _XML),
    ".xlsx": Reader(read_sheet, (
        *_XML, "openpyxl", "openpyxl.reader.excel", "openpyxl.worksheet._read_only", "openpyxl.utils.datetime",
        "openpyxl.utils.exceptions",
    )),
    ".pdf": Reader(read_pdf, ("pypdf", "pypdf.filters", "pypdf.errors", "pypdf._text_extraction"), any_encoding=True),
    ".ics": Reader(
        lambda name, raw, _: read_calendar(name, raw), ("icalendar", "dateutil.rrule", "dateutil.tz"),
        prepare=load_zones,
    ),
    ".eml": Reader(lambda name, raw, _: read_mail(name, raw), _MAIL, any_encoding=True),
}  # fmt: skip


def _text(name: str, raw: bytes, order: DateOrder | None, read: Callable[[str, Decoded], Document]) -> Document:
    """A text as what it is kept as, or as the mail that was copied into it."""
    decoded = replace(decode(raw), order=order)
    mail = as_mail(decoded.text, order)
    return read_mail(name, mail) if mail else read(name, decoded)


def parse(job: Job, parts: Parts) -> Iterator[Document]:
    """The documents of one file: one, or for an archive those of its files.

    What cannot be read comes with `refused` set.

    Args:
        job: What is to be read and how.
        parts: The bytes by the names in the job.
    """
    if job.kind == ARCHIVE:
        yield from read_archive(job, parts[job.parts[0]], parse)
        return
    try:
        yield _read(job, parts)
    except DayUnclear as error:
        yield Document(job.name, refused=error.message, next=error.next, open_day=error.open_day)
    except ImportRefused as error:
        yield Document(job.name, refused=error.message, next=error.next)


def load(kinds: Iterable[str]) -> None:
    """Import everything that reading these kinds of files takes."""
    wanted = set(kinds)
    readers = [reader for kind, reader in READERS.items() if kind in wanted or ARCHIVE in wanted]
    for module in dict.fromkeys(module for reader in readers for module in reader.modules):
        importlib.import_module(module)
    named = (module.name for module in pkgutil.iter_modules(encodings.__path__))
    every = any(reader.any_encoding for reader in readers)
    for name in [n for n in named if n not in {"mbcs", "oem"}] if every else _USUAL:
        importlib.import_module(f"encodings.{name}")
    for reader in readers:
        reader.prepare()


def _read(job: Job, parts: Parts) -> Document:
    if job.kind == CASE:
        by_end = {name.rsplit("/", 1)[-1]: raw for name, raw in parts.items()}
        return read_case(job.name, by_end.get(PEOPLE), by_end.get(NOTES))
    raw = parts[job.parts[0]]
    if not raw.strip():
        raise ImportRefused("It is empty.", next="Check that this is the right file.")
    return READERS[job.kind].read(job.name, raw, job.order)
