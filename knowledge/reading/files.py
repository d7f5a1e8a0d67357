"""Bytes of a stranger's file as text, or a refusal. Knows sizes and encodings, not what the words mean."""

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.importing import DateOrder
from assistant.errors import ImportRefused

LIMIT_BYTES = 20 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16: its first two bytes are the same
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SAVE = "Save it as UTF-8 text and import it again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and a remark when its encoding had to be concluded.

    Attributes:
        order: How days are written where nothing in the file tells.
    """

    text: str
    remarks: tuple[str, ...] = ()
    order: DateOrder | None = None


def read_bytes(path: Path) -> bytes:
    """The whole file, at most 20 MB.

    Raises:
        ImportRefused: It is not a plain file, too large, empty, or cannot be opened.
    """
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise ImportRefused("This is not a plain file.", next="Give a file or a folder of files.")
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ImportRefused(
            f"It cannot be opened ({error.strerror}).", next="Check the name and its rights."
        ) from error
    if len(raw) > LIMIT_BYTES:
        size = max(info.st_size, len(raw)) / 1024 / 1024
        raise ImportRefused(f"It holds {size:.0f} MB; a file may hold 20 MB.", next="Split it, for example by year.")
    if not raw.strip():
        raise ImportRefused("It is empty.", next="Check that this is the right file.")
    return raw


def decode(raw: bytes) -> Decoded:
    """UTF-8, UTF-16 with its mark, or Windows-1252 when nothing speaks against it.

    Raises:
        ImportRefused: Bytes that are not text; the sentence names the position, counted from 1.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            if not encoding:
                raise ImportRefused("It is written in UTF-32, which is not read.", next=_SAVE)
            return Decoded(_plain(_strict(raw[len(mark) :], encoding, len(mark))))
    if (nul := raw.find(b"\0")) >= 0:
        raise ImportRefused(f"It is not a text file: byte {nul + 1:,} is zero.", next=_SAVE)
    try:
        return Decoded(_plain(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        where = error.start
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if _CONTROL.search(text):
        raise ImportRefused(f"It cannot be decoded: byte {where + 1:,} is not UTF-8.", next=_SAVE)
    return Decoded(_plain(text), ("It is not UTF-8; it was read as Windows-1252 (Western European).",))


def _strict(raw: bytes, encoding: str, offset: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(f"It cannot be decoded: byte {error.start + offset + 1:,} is wrong.", next=_SAVE) from error


def _plain(text: str) -> str:
    """The text, unless a zero character stands in it: no note has one, and no database takes it."""
    if (nul := text.find("\0")) >= 0:
        raise ImportRefused(f"It is not a text file: character {nul + 1:,} is zero.", next=_SAVE)
    return text
