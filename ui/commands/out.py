"""export, forget, backup, restore: what leaves, what goes for good, and what comes back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.base import Groups, Parser, Run, command

if TYPE_CHECKING:
    from assistant.domain.exported import BackupReport


def add(groups: Groups) -> None:
    """Put the commands on the command line."""
    away = command(
        groups, "export", "Everything on record about somebody, to read and to take elsewhere.", export,
        more="`flourish import FOLDER` brings it back. It takes everything, whatever --today says.",
    )  # fmt: skip
    away.add_argument("person", metavar="PERSON", nargs="?", help="an id or an unambiguous name")
    away.add_argument("--all", action="store_true", help="everybody in this account")
    away.add_argument("--to", metavar="FOLDER", help="a new folder; one in the current folder when left out")
    gone = command(
        groups, "forget", "Erase somebody for good: notes, plans, promises, and every trace beside them.", forget,
        more="It takes everything, whatever --today says, and cannot be taken back.",
    )  # fmt: skip
    gone.add_argument("person", metavar="PERSON", help="an id or an unambiguous name")
    gone.add_argument("--dry-run", action="store_true", help="write nothing, say what would go")
    gone.add_argument("--with-mentions", action="store_true", help="also black the name out in notes about others")
    gone.add_argument("--yes", action="store_true", help="do not ask for the name")
    kept = command(
        groups, "backup", "The whole home into one encrypted file, while the server goes on.", back_up,
        more="The passphrase comes from FLOURISH_BACKUP_PASSPHRASE, a file, or your keyboard; it is kept nowhere.",
    )  # fmt: skip
    kept.add_argument("--to", metavar="FILE", help="a new file or a folder; the home's backups when left out")
    kept.add_argument(
        "--keep-days", metavar="N", type=int, default=35, help="older backups in the home go (35); 0 keeps all"
    )
    back = command(
        groups, "restore", "A backup back into an empty home; what was erased since stays away.", restore,
        more="A home with people in it is never touched.",
    )  # fmt: skip
    back.add_argument("file", metavar="FILE", help="what `backup` wrote")
    back.add_argument(
        "--journal", metavar="FILE", action="append", default=[],
        help="a further erasures.jsonl to follow; the home's own and one beside FILE are read anyway",
    )  # fmt: skip
    for parser in (kept, back):
        _takes_passphrase(parser)


def _takes_passphrase(parser: Parser) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE", help="its first line is the passphrase")


def export(run: Run) -> None:
    """One person's record, or the whole account's, into a new folder."""
    from assistant.errors import Invalid
    from ui.contract.outs import ExportPayload
    from ui.export.folder import folder_name, write_export
    from ui.present import tell_out

    if bool(run.args.person) == run.args.all:
        raise Invalid("Say whom to export.", next="flourish export PERSON, or flourish export --all.")
    if run.args.all:
        exported, name = run.desk.export(), str(run.desk.account)
    else:
        exported, name = run.person.export(), str(run.person.person.id)
    people = [row["id"] for row in exported.tables["person"]]
    if not people:
        raise Invalid("There is nobody on record to export.", next="flourish people add NAME, or flourish import PATH.")
    to = Path(run.args.to).expanduser() if run.args.to else Path(folder_name(name, run.house.today))
    files = write_export(run.desk, people, exported, to)
    rows = {table: len(found) for table, found in exported.tables.items() if found}
    payload = ExportPayload(
        folder=str(to.absolute()), files=files, people=len(people), notes=exported.count("note"), rows=rows
    )
    run.show(payload, tell_out.exported)


def forget(run: Run) -> None:
    """Erase somebody, after their name was typed."""
    from ui.contract.outs import ForgottenPayload, Named
    from ui.present import tell_out

    person = run.person
    if not run.args.dry_run:
        _name_typed(run, person.person.name)
    report = person.forget(with_mentions=run.args.with_mentions, dry_run=run.args.dry_run)
    looked_for, files = report.searched
    payload = ForgottenPayload(
        person=Named(id=report.person_id, name=report.name),
        dry_run=report.dry_run,
        rows=dict(report.rows),
        named_in=[*report.named_in],
        redacted=report.redacted,
        looked_for=looked_for,
        files=files,
        left=[*report.left],
        sealed_backups=report.sealed_backups,
        unfinished=report.unfinished,
        sent=report.sent,
        on_server=report.on_server,
    )
    run.unwell = bool(report.left) or report.unfinished
    run.show(payload, tell_out.forgotten)


def back_up(run: Run) -> None:
    """Everything into one sealed file."""
    from assistant.errors import Invalid
    from ui.contract.outs import BackupPayload
    from ui.present import tell_out

    if run.args.keep_days < 0:
        raise Invalid("Days are counted from nought.", next="For example --keep-days 35; 0 keeps all.")
    to = Path(run.args.to).expanduser().absolute() if run.args.to else None
    office = run.house.office()
    done = office.back_up(to, _passphrase(run, twice=True), keep_days=run.args.keep_days)
    payload = BackupPayload(
        file=done.file, made_at=done.made_at, revision=done.revision, rows=_filled(done), sha256=done.sha256,
        size=done.size, removed=[*done.removed],
    )  # fmt: skip
    run.show(payload, tell_out.backup)


def restore(run: Run) -> None:
    """A sealed file back into an empty home."""
    from ui.contract.outs import RestoredPayload
    from ui.present import tell_out

    journals = [Path(word).expanduser() for word in run.args.journal]
    office = run.house.office()
    done = office.restore(Path(run.args.file).expanduser(), _passphrase(run), journals=journals)
    payload = RestoredPayload(
        file=done.file, made_at=done.made_at, revision=done.revision, rows=_filled(done), forgotten=done.forgotten,
        journals=[*done.journals], up_to_date=done.up_to_date,
    )  # fmt: skip
    run.show(payload, tell_out.restored)


def _filled(done: "BackupReport") -> dict[str, int]:
    return {table: number for table, number in done.counts.items() if number}


def _name_typed(run: Run, name: str) -> None:
    """The person's name from the keyboard, so that nobody is erased by a slip.

    Raises:
        Refused: It is another name, or there is nobody to ask.
    """
    from assistant.domain.person import fold_name
    from assistant.errors import Refused

    if run.args.yes:
        return
    if run.wants_json or not sys.stdin.isatty():
        raise Refused("This cannot be taken back, and there is nobody here to ask.", next="Add --yes to do it.")
    sys.stderr.write(f"This erases {name} for good. Type the full name to do it: ")
    sys.stderr.flush()
    if fold_name(sys.stdin.readline()) != fold_name(name):
        raise Refused("That is not the name, so nothing was changed.")


def _passphrase(run: Run, *, twice: bool = False) -> str:
    """From the file that was named, the environment, or the keyboard.

    Raises:
        Invalid: There is none, or it was typed in two ways.
    """
    from assistant.errors import Invalid

    if run.args.passphrase_file:
        try:
            said = Path(run.args.passphrase_file).expanduser().read_text(encoding="utf-8").split("\n")[0].strip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(f"{run.args.passphrase_file} cannot be read.", next="Check the name.") from error
        return said
    if run.settings.passphrase:
        return run.settings.passphrase
    if run.wants_json or not sys.stdin.isatty():
        raise Invalid(
            "A backup needs its passphrase.", next="Set FLOURISH_BACKUP_PASSPHRASE, or give --passphrase-file FILE."
        )
    from getpass import getpass

    said = getpass("Passphrase: ", stream=sys.stderr)
    if twice and getpass("Once more: ", stream=sys.stderr) != said:
        raise Invalid("The two are not the same, so nothing was written.", next="Try again.")
    return said
