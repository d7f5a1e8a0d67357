"""An export that comes back: record.json of the folder that `flourish export` wrote.

It may be anybody's: its form is checked here, and every row where it is put on record.
"""

import json
from pathlib import Path
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.exported import FORMAT, SCHEMA, Exported
from assistant.errors import ImportRefused, Invalid

RECORD = "record.json"
LIMIT_BYTES = 512 * 1024 * 1024
_ALONE = "Import its notes.jsonl for the notes alone."


def read_exported(path: Path) -> Exported | None:
    """What an export folder, or its record.json, holds; None for anything else.

    Raises:
        ImportRefused: It is an export and cannot be read, or a newer version wrote it.
    """
    file = path / RECORD if path.is_dir() else path
    if file.name != RECORD or not file.is_file():
        return None
    said = _parsed(file)
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


def _parsed(file: Path) -> Any:
    try:
        if file.is_symlink() or file.stat().st_size > LIMIT_BYTES:
            raise ImportRefused(f"{RECORD} is a link, or larger than 512 MB.", next=_ALONE)
        return json.loads(file.read_bytes(), object_pairs_hook=_once)
    except OSError as error:
        raise ImportRefused(f"{RECORD} cannot be opened ({error.strerror}).", next="Check its rights.") from error
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"{RECORD} is not JSON, so nothing of the export was kept.", next=_ALONE) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """No key may stand twice: two readers would see two different files."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
