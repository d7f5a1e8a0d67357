"""Exports, erasures and backups on a terminal."""

from collections.abc import Mapping

from ui.contract.outs import BackupPayload, ExportPayload, ForgottenPayload, RestoredPayload
from ui.present.paper import count, heading, wrapped

CALLED = {
    "note": ("note", "notes"),
    "note_revision": ("older revision", "older revisions"),
    "evidence": ("quote found", "quotes found"),
    "verdict_on_evidence": ("verdict of yours", "verdicts of yours"),
    "promise": ("promise", "promises"),
    "meeting": ("one-on-one", "one-on-ones"),
    "asked": ("question asked", "questions asked"),
    "opinion": ("word on a question", "words on questions"),
    "turn": ("message in the chat", "messages in the chat"),
    "talk": ("whole conversation", "whole conversations"),
    "released": ("copy handed to coaches", "copies handed to coaches"),
    "plan": ("version of a plan", "versions of a plan"),
    "mention": ("mention", "mentions"),
}

ON_SERVER = (
    "The records lie on a database server. Their tables are written anew without these words; the server's own log of "
    "changes, its backups and its replicas keep them until whoever runs it clears them: docs/forgetting.md."
)


def exported(payload: ExportPayload) -> str:
    """Where the export lies and how it is used."""
    lines = [
        wrapped(f"Exported {count(payload.people, 'person', 'people')} with {count(payload.notes, 'note')} to"),
        payload.folder,
        "",
        wrapped("Open the .html to read. record.json brings everything back: flourish import FOLDER", mark="- "),
        wrapped("people.json, notes.jsonl and notes.csv hold the notes for other programs.", mark="- "),
        wrapped(
            "It is not encrypted: keep it where only you can read it, and delete it when it has served.", mark="- "
        ),
    ]
    return "\n".join(lines)


def forgotten(payload: ForgottenPayload) -> str:
    """What went, what stays and why, and what the search through the files found."""
    name = payload.person.name
    went = f"{name} would be forgotten: " if payload.dry_run else f"{name} is forgotten: "
    lines = [wrapped(went + (_rows(payload.rows) or "nothing but the name was on record") + ".")]
    lines += _mentions(payload)
    lines.append(heading("Beside the records"))
    if payload.on_server:
        lines.append(wrapped(ON_SERVER, mark="- "))
    if payload.dry_run:
        lines.append(wrapped("Nothing was written. Leave --dry-run out to do it; it cannot be taken back.", mark="- "))
        return "\n".join(lines)
    if payload.unfinished:
        lines.append(
            wrapped(
                "Another process still reads the records as they were. The last traces go as soon as "
                "Flourish is next started; stop the server or run any command again.",
                mark="- ",
            )
        )
    found = f"still found in {', '.join(payload.left)}" if payload.left else "none found"
    searched = f"{count(payload.looked_for, 'passage')} of the notes looked for in {count(payload.files, 'file')}"
    lines.append(wrapped(f"{searched}, as UTF-8, UTF-16 and base64: {found}.", mark="- "))
    if payload.sent:
        lines.append(
            wrapped(
                f"Deleted too, whomever its files are about: {count(payload.sent, 'upload')} that waited on the page "
                "for your yes. Send it again without this person if you still want it.",
                mark="- ",
            )
        )
    if payload.sealed_backups:
        lines.append(
            wrapped(
                f"{count(payload.sealed_backups, 'encrypted backup')} made before may still hold {name}. Whoever was "
                "forgotten stays away from a restore as long as this home's erasures.jsonl is at hand.",
                mark="- ",
            )
        )
    lines.append(
        wrapped(
            "Copies made by upgrades are gone, and so are passing files that nobody wrote to for an hour. Your own "
            "copies and exports are not.",
            mark="- ",
        )
    )
    return "\n".join(lines)


def _mentions(payload: ForgottenPayload) -> list[str]:
    if not payload.named_in:
        return [wrapped("No note about anybody else names them.")]
    shown = ", ".join(payload.named_in[:20])
    more = f" and {len(payload.named_in) - 20} more" if len(payload.named_in) > 20 else ""
    one = len(payload.named_in) == 1
    told = f"{count(len(payload.named_in), 'note')} about others {'names' if one else 'name'} them: {shown}{more}."
    if payload.redacted:
        return [
            wrapped(
                f"{told} The name {'would be' if payload.dry_run else 'is'} blacked out in {'it' if one else 'them'}."
            )
        ]
    stays = "It belongs to that other and stays" if one else "They belong to those others and stay"
    return [wrapped(f"{told} {stays} unchanged; --with-mentions blacks the name out.")]


def backup(payload: BackupPayload) -> str:
    """Where the backup lies, and what to do with it."""
    lines = [
        wrapped(f"Backed up {_rows(payload.rows) or 'an empty home'} ({payload.size / 1e6:.1f} MB) to"),
        payload.file,
        "",
        wrapped("It opens only with your passphrase; nobody can recover that. Keep it apart from the file.", mark="- "),
        wrapped(
            "Whoever you forget stays away from a restore as long as this home's erasures.jsonl is at hand.", mark="- "
        ),
    ]
    if payload.removed:
        lines.append(wrapped(f"Older ones removed: {', '.join(payload.removed)}.", mark="- "))
    return "\n".join(lines)


def restored(payload: RestoredPayload) -> str:
    """What came back and what did not."""
    lines = [wrapped(f"Restored {_rows(payload.rows)} as of {payload.made_at:%d %B %Y, %H:%M} UTC.")]
    if payload.forgotten:
        lines.append(
            wrapped(f"{count(payload.forgotten, 'person or note', 'people and notes')} erased since then stayed away.")
        )
    if not payload.journals:
        lines.append(
            wrapped(
                "No journal of erasures was found. If you forgot somebody or deleted notes after that day, do it again."
            )
        )
    elif not payload.up_to_date:
        lines.append(
            wrapped(
                "The journal of erasures that was found is no later than the backup. If you forgot somebody or deleted "
                "notes after that day, do it again."
            )
        )
    return "\n".join(lines)


def _rows(rows: Mapping[str, int]) -> str:
    told = [count(rows[table], *called) for table, called in CALLED.items() if rows.get(table)]
    return ", ".join(told)
