"""import: bring notes in from files, look at what was brought, take it back."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.base import Bar, Groups, Run, command

if TYPE_CHECKING:
    from assistant.domain.importing import ImportReport
    from assistant.ports.outside import Progress
    from ui.contract.records import ImportUndonePayload
    from ui.wiring import House


def add(groups: Groups) -> None:
    """Put the command on the command line."""
    parser = command(
        groups,
        "import",
        "Bring notes in from files or folders; `import list` shows what came in, `import undo ID` takes it back.",
        bring,
        more=(
            "It reads Markdown (Notion and Obsidian folders too), CSV, TSV and XLSX tables, dated text journals, DOCX, "
            "ODT and PDF, mails (.eml), planned one-on-ones from calendars (.ics), ZIP archives of all these, and "
            "case folders (people.json and notes.jsonl)."
        ),
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="a file or a folder; or: list; or: undo ID")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would happen")
    parser.add_argument(
        "--person",
        metavar="WRITTEN=ID",
        action="append",
        default=[],
        help="who is meant by a name that is unsure; WRITTEN=new for somebody new",
    )
    parser.add_argument(
        "--dates",
        choices=("d/m/y", "m/d/y"),
        help="how days like 5/6/2025 are written in a file in which nothing tells",
    )


def bring(run: Run) -> None:
    """Import, list or undo, as the words say."""
    words = run.args.paths
    if words == ["list"]:
        _list(run)
    elif words[0] == "undo" and len(words) == 2:
        _undo(run, words[1])
    else:
        _import(run, [Path(word).expanduser() for word in words])


def _import(run: Run, paths: list[Path]) -> None:
    from ui.present import payloads, tell_records

    answers = dict(_answer(said) for said in run.args.person)
    if run.args.dry_run:
        with run.house.rehearsal() as house:
            report = _carry_out(house, run, paths, answers, None)
    else:
        with Bar(run, "Reading notes") as progress:
            report = _carry_out(run.house, run, paths, answers, progress)
    run.show(payloads.import_report(report), tell_records.import_report)


def _carry_out(
    house: "House", run: Run, paths: list[Path], answers: dict[str, str], progress: "Progress | None"
) -> "ImportReport":
    """Import, and count the account that a case folder opened a fresh home with among those it made."""
    from assistant.domain.account import SOLO
    from assistant.domain.importing import DateOrder

    before = {account.id for account in house.records.accounts.all()}
    desk = house.importing_desk(run.named, paths)
    order = DateOrder(run.args.dates) if run.args.dates else None
    report = desk.import_notes(paths, dry_run=run.args.dry_run, answers=answers, progress=progress, order=order)
    first = () if desk.account in before or desk.account == SOLO else (desk.account,)
    return replace(report, accounts=(*first, *report.accounts))


def _list(run: Run) -> None:
    from ui.present import payloads, tell_records

    run.show(payloads.imports(run.desk.imports()), tell_records.imports)


def _undo(run: Run, import_id: str) -> None:
    from ui.contract.records import ImportUndonePayload

    gone = ImportUndonePayload(undone=import_id, notes=run.desk.undo_import(import_id))
    run.show(gone, _undone)


def _undone(gone: "ImportUndonePayload") -> str:
    from ui.present.paper import count

    return (
        f"Taken back: {count(gone.notes, 'note')} of import {gone.undone}, and the one-on-ones it planned. "
        "What you changed since stays."
    )


def _answer(said: str) -> tuple[str, str]:
    """A written name and whom it stands for."""
    from assistant.errors import Invalid

    written, sign, who = said.rpartition("=")
    if not sign or not written.strip() or not who.strip():
        raise Invalid(f"--person {said!r} names nobody.", next="Write --person 'name as written=ID', or =new.")
    return written.strip(), who.strip()
