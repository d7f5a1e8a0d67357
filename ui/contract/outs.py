"""Payloads about what leaves: exports, somebody forgotten, backups."""

from datetime import datetime

from ui.contract.base import Part, Payload


class Named(Part):
    """A person who may no longer be on record."""

    id: str
    name: str


class ExportPayload(Payload):
    """export: where it lies and what is in it."""

    folder: str
    files: list[str]
    people: int
    notes: int
    rows: dict[str, int]


class ForgottenPayload(Payload):
    """forget: what went, or with --dry-run would go.

    `named_in` are notes about others that name the person; they stay, with the name blacked out if `redacted`.
    `sent` counts the sendings of files that waited on the page for a yes and were deleted with the person.
    `looked_for` passages were searched in `files`; `left` names the files in which one was still found.
    `on_server` says that the records lie on a database server, whose log, backups and replicas are not searched.
    """

    person: Named
    dry_run: bool
    rows: dict[str, int]
    named_in: list[str]
    redacted: bool
    looked_for: int
    files: int
    left: list[str]
    sealed_backups: int
    unfinished: bool
    sent: int = 0
    on_server: bool = False


class BackupPayload(Payload):
    """backup: the sealed file."""

    file: str
    made_at: datetime
    revision: str
    rows: dict[str, int]
    sha256: str
    size: int
    removed: list[str]


class RestoredPayload(Payload):
    """restore: what came back, and what had been erased since and did not.

    `journals` are the journals of erasures that were followed; `up_to_date` says that one is later than the backup.
    """

    file: str
    made_at: datetime
    revision: str
    rows: dict[str, int]
    forgotten: int
    journals: list[str]
    up_to_date: bool
