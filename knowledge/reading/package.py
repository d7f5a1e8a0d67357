"""A ZIP of a stranger, looked at before anything is unpacked: parts, names, sizes, XML. Reads no document."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from assistant.errors import ImportRefused

MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_NAME = 240
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
    IndexError,
)
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a package should be, and what to tell whoever gives one that is not.

    Attributes:
        what: "Word file".
        save: The sentence that says how to make a good one.
        needs: The part without which it is no such file.
        old: What an OLE file of the same program is called.
    """

    what: str
    save: str
    needs: str = ""
    old: str = ""
    members: int = MAX_MEMBERS

    @property
    def damaged(self) -> ImportRefused:
        """The refusal of a package that does not hold together."""
        return ImportRefused(f"It is damaged, or no {self.what}.", next=self.save)


def check_package(raw: bytes, kind: Kind) -> None:
    """Refuse a package that is a bomb, names files outside of itself, or holds XML with entities.

    Raises:
        ImportRefused: One of these, or no such package at all.
    """
    if raw.startswith(_OLE):
        raise ImportRefused(f"It is an old {kind.old} or protected by a password.", next=kind.save)
    with opened(raw, kind) as package:
        names = {member.filename for member in package.infolist()}
        if kind.needs not in names:
            raise ImportRefused(f"It is no {kind.what}: the document itself is missing.", next=kind.save)
        for name in names:
            if name.casefold().endswith((".xml", ".rels", ".rdf")):
                check_xml(name, package.read(name), kind)


@contextmanager
def opened(raw: bytes, kind: Kind) -> Iterator[zipfile.ZipFile]:
    """The package with its members checked; what breaks while it is read becomes a refusal."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            check_members(package.infolist(), kind)
            yield package
    except ZIP_ERRORS as error:
        raise kind.damaged from error


def check_members(members: Sequence[zipfile.ZipInfo], kind: Kind) -> None:
    """Count, names and sizes; unpacking stops at the size a member declares, so that size can be trusted."""
    if len(members) > kind.members:
        raise ImportRefused(f"It holds {len(members):,} parts; {kind.members:,} is the limit.", next=kind.save)
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        limit = MAX_UNPACKED // 1024 // 1024
        raise ImportRefused(
            f"Unpacked it would fill {unpacked / 1024 / 1024:,.0f} MB; {limit} MB is the limit.", next=kind.save
        )
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if not name or leaves_its_folder(name) or name in seen:
            raise ImportRefused("It names a part outside of itself, or one part twice.", next=kind.save)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ImportRefused("It holds a link instead of a file.", next=kind.save)
        if len(name) > MAX_NAME:
            raise ImportRefused(f"A name in it is longer than {MAX_NAME} characters.", next=kind.save)
        if member.flag_bits & 1:
            raise ImportRefused("It is protected by a password.", next=kind.save)
        if member.file_size > 1024 * 1024 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise ImportRefused("A part of it unpacks to more than 200 times its size.", next=kind.save)
        seen.add(name)


def leaves_its_folder(name: str) -> bool:
    """Whether a name could reach outside of the folder it is unpacked in, on any system."""
    drive = len(name) > 1 and name[1] == ":" and name[0].isalpha()
    control = any(ord(c) < 32 for c in name)
    return "\\" in name or drive or control or name.startswith("/") or ".." in PurePosixPath(name).parts


def check_xml(name: str, xml: bytes, kind: Kind) -> None:
    """No document type, no entity, nothing external, and sound XML; no tree is built for it.

    Raises:
        ImportRefused: One of these.
    """
    from xml.sax.handler import ContentHandler

    if not xml.strip():
        return
    parse_xml(name, lambda: _sax(xml, ContentHandler()), kind)


def parse_xml(name: str, parse: Callable[[], object], kind: Kind) -> None:
    """Run a parser that refuses entities, its complaints as ours."""
    from xml.etree.ElementTree import ParseError
    from xml.sax import SAXException

    from defusedxml import DefusedXmlException

    try:
        parse()
    except DefusedXmlException as error:
        raise ImportRefused("It declares XML entities, which are never followed.", next=kind.save) from error
    except (ParseError, SAXException, ValueError, LookupError) as error:
        raise ImportRefused(f"Its part {PurePosixPath(name).name[:40]} is damaged.", next=kind.save) from error


def _sax(xml: bytes, handler: object) -> None:
    from defusedxml.sax import parseString

    parseString(xml, handler, forbid_dtd=True)  # type: ignore[no-untyped-call]
