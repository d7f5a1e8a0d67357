"""An export that comes back: record.json of the folder that `flourish export` wrote, or of the ZIP that the page gave.

It may be anybody's: its form is checked here, and every row where it is put on record.
"""

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.exported import FORMAT, SCHEMA, Exported
from assistant.errors import ImportRefused, Invalid
from knowledge.reading.package import MAX_MEMBERS, MAX_UNPACKED, ZIP_ERRORS, Kind, check_members

RECORD = "record.json"
LIMIT_BYTES = 512 * 1024 * 1024
_FREE = 1_000_000  # lists and objects that any record.json may hold
_ALONE = "Import its notes.jsonl for the notes alone."
_ZIP = Kind("ZIP archive", "Unpack it and import the folder.", members=MAX_MEMBERS)


def read_exported(path: Path) -> Exported | None:
    """What an export holds: its folder, a folder with nothing but that folder, its record.json or its ZIP.

    None for anything else, for a ZIP also that holds more than one record.json or cannot be opened: whatever is wrong
    with such a one is told where archives are read.

    Raises:
        ImportRefused: It is an export and cannot be read, or a newer version wrote it.
    """
    raw = _packed(path) if path.suffix.casefold() == ".zip" and path.is_file() else _on_disk(path)
    if raw is None:
        return None
    said = _parsed(raw)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return None
    if said.get("schema") != SCHEMA:
        raise ImportRefused(
            f"{RECORD} was written in a form this version does not know.", next=f"Update Flourish. {_ALONE}"
        )
    try:
        account = Account(AccountId(said["account"]["id"]), said["account"]["name"])
        tables = {str(name): tuple(rows) for name, rows in said["tables"].items()}
        if not all(isinstance(rows, list) for rows in said["tables"].values()):
            raise TypeError
        return Exported(account.id, account.name, str(said["revision"]), tables, said.get("whole") is True)
    except (KeyError, TypeError, AttributeError, Invalid) as error:
        raise ImportRefused(f"{RECORD} is not an export that can be read back.", next=_ALONE) from error


def _on_disk(path: Path) -> bytes | None:
    """The bytes of record.json; None when there is none at this path."""
    if path.is_dir() and not (path / RECORD).exists():
        inside = [*path.iterdir()]
        path = inside[0] if len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink() else path
    file = path / RECORD if path.is_dir() else path
    if file.name != RECORD or not file.is_file():
        return None
    try:
        if file.is_symlink() or file.stat().st_size > LIMIT_BYTES:
            raise ImportRefused(f"{RECORD} is a link, or larger than 512 MB.", next=_ALONE)
        return file.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{RECORD} cannot be opened ({error.strerror}).", next="Check its rights.") from error


def _packed(path: Path) -> bytes | None:
    """The bytes of the one record.json of a ZIP, in it or in a folder of it; None when there is none, or several.

    Counts, names and sizes are checked before anything is unpacked, and nothing is written anywhere.
    """
    try:
        if path.stat().st_size > MAX_UNPACKED:
            return None
        with zipfile.ZipFile(path) as package:
            found = [each for each in package.infolist() if _is_record(each.filename)]
            if len(found) != 1:
                return None
            check_members(package.infolist(), _ZIP)
            return package.read(found[0])
    except ZIP_ERRORS:
        return None


def _is_record(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) in (1, 2) and parts[-1] == RECORD


def _parsed(raw: bytes) -> Any:
    if raw.count(b"[") + raw.count(b"{") > _FREE + len(raw) // 10:  # a few bytes each would fill the memory
        raise ImportRefused(f"{RECORD} is nothing but brackets, so nothing of the export was kept.", next=_ALONE)
    try:
        return json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"{RECORD} is not JSON, so nothing of the export was kept.", next=_ALONE) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """No key may stand twice: two readers would see two different files."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
