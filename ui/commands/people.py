"""people, note, meeting: who there is, what was written, when you meet."""

from typing import TYPE_CHECKING, Any

from ui.commands.base import Groups, Run, command, confirmed, group, words_of

if TYPE_CHECKING:
    from enum import StrEnum


def add(groups: Groups) -> None:
    """Put the three groups on the command line."""
    _add_people(group(groups, "people", "The people you lead."))
    _add_notes(group(groups, "note", "Notes, kept exactly as written."))
    meeting = command(groups, "meeting", "Plan a one-on-one, or say that it was held or skipped.", meet)
    meeting.add_argument("person", metavar="PERSON", help="an id or an unambiguous name")
    meeting.add_argument("what", metavar="plan|held|skip|list", choices=("plan", "held", "skip", "list"))
    meeting.add_argument("date", metavar="DATE", nargs="?", help="YYYY-MM-DD or today; skip takes the next planned one")
    meeting.add_argument(
        "--question", metavar="ID", action="append", default=[], help="a question chosen for it, as prep shows it"
    )


def _add_people(people: Groups) -> None:
    command(people, "list", "Everyone at a glance.", list_people)
    new = command(people, "add", "Add somebody.", add_person)
    new.add_argument("name", metavar="NAME", help="first and last name")
    new.add_argument("--id", default="", help="an id of your own; one is made when left out")
    change = command(people, "edit", "Change what is kept about who somebody is.", edit_person)
    change.add_argument("person", metavar="PERSON")
    change.add_argument("--name")
    for parser in (new, change):
        parser.add_argument("--role")
        parser.add_argument("--aka", metavar="NAMES", help="other ways your notes write the name, with commas between")
        parser.add_argument("--pronouns", metavar="she|he|they")
        parser.add_argument("--start", metavar="DATE", help="since when they work here")
        parser.add_argument("--customers", metavar="TEXT", help="whom their work serves, in your words")
        parser.add_argument(
            "--every", "--cadence", metavar="DAYS", help="days between two one-on-ones; off: no rhythm any more"
        )
    command(people, "check", "Notes that seem to be filed under the wrong person; moves nothing.", check_people)
    merge = command(people, "merge", "File everything of OTHER under KEEP.", merge_people)
    merge.add_argument("keep", metavar="KEEP")
    merge.add_argument("other", metavar="OTHER")


def check_people(run: Run) -> None:
    """What may be filed under the wrong person."""
    from ui.present import misfiled

    run.show(misfiled.check(run.desk.misfiled()), misfiled.tell_check)


def _add_notes(note: Groups) -> None:
    new = command(note, "add", "Keep a note.", add_note, more="A dash for TEXT reads it from the pipe.")
    new.add_argument("person", metavar="PERSON")
    new.add_argument("text", metavar="TEXT", nargs="+")
    new.add_argument("--date", metavar="DATE", help="the day it tells of; today when left out")
    new.add_argument("--kind", default="misc", help="one_on_one, observation, peer_feedback, customer_quote …")
    new.add_argument("--author", default="", help="who said or wrote it; you when left out")
    new.add_argument("--ai", metavar="allowed|never", help="never: the assistant builds nothing on it")
    one = command(note, "show", "Show a note, whole.", show_note)
    one.add_argument("note", metavar="ID")
    one.add_argument("--revisions", action="store_true", help="with every older wording")
    change = command(note, "edit", "Change a note's words, day or kind, or who may use it.", edit_note)
    change.add_argument("note", metavar="ID")
    change.add_argument("--text", help="the new words; a dash reads them from the pipe")
    change.add_argument("--date", metavar="DATE", help="the day it tells of")
    change.add_argument("--kind", help="one_on_one, observation, peer_feedback, customer_quote …")
    change.add_argument("--ai", metavar="allowed|never")
    change.add_argument("--revision", metavar="N", type=int, help="only if it still is at this revision")
    for parser in (new, change):
        parser.add_argument(
            "--sharing", metavar="private|shareable", help="whether it may ever be shown to the person it is about"
        )
    move = command(note, "move", "File a note under somebody else.", move_note)
    move.add_argument("note", metavar="ID")
    move.add_argument("person", metavar="PERSON")
    gone = command(note, "delete", "Delete a note and all that was found in it, for good.", delete_note)
    gone.add_argument("note", metavar="ID")
    gone.add_argument("--yes", action="store_true", help="do not ask")
    line = command(note, "list", "One person's timeline, whole notes, oldest first.", list_notes)
    line.add_argument("person", metavar="PERSON")
    line.add_argument("--since", metavar="DATE")
    line.add_argument("--until", metavar="DATE")
    line.add_argument("--kind", help="only notes of this kind")


def list_people(run: Run) -> None:
    """Everyone at a glance; an empty list says who else keeps notes in this home."""
    from ui.present import payloads, tell_records

    payload = payloads.people(run.desk.who(), run.desk.today, run.desk.people())
    run.show(payload, tell_records.people)
    others = [a for a in run.house.records.accounts.all() if a.id != run.desk.account]
    if not payload.people and others and not run.wants_json:
        print("\nOthers keep notes in this home; look at theirs with --as:")
        print("\n".join(f"  {a.id}  {a.name}" for a in others))


def add_person(run: Run) -> None:
    """Add somebody."""
    from assistant.domain.importing import NEW
    from assistant.domain.person import Person, PersonId
    from ui.present import payloads, tell_records

    written = PersonId(run.args.id.strip()) or NEW
    person = Person(run.desk.account, written, run.args.name.strip(), **_details(run))
    run.show(payloads.person(run.desk.add_person(person)), tell_records.person)


def edit_person(run: Run) -> None:
    """Change who somebody is."""
    from assistant.errors import Invalid
    from ui.present import payloads, tell_records

    changes = _details(run) | ({"name": run.args.name.strip()} if run.args.name is not None else {})
    if not changes:
        raise Invalid("There is nothing to change.", next="Name it, for example --role 'Shift lead'.")
    run.show(payloads.person(run.person.edit(**changes)), tell_records.person)


def merge_people(run: Run) -> None:
    """Make one person of two."""
    from ui.present import payloads, tell_records

    run.show(payloads.person(run.desk.merge_people(run.args.keep, run.args.other)), tell_records.person)


def add_note(run: Run) -> None:
    """Keep a note."""
    from assistant.domain.note import AiUse, NoteKind, Sharing
    from ui.present import payloads, tell_records

    note = run.person.add_note(
        words_of(run.args.text),
        day=run.day(run.args.date),
        kind=one_of(NoteKind, run.args.kind, "kind of note"),
        author=run.args.author.strip(),
        ai=one_of(AiUse, run.args.ai or "allowed", "use"),
        sharing=one_of(Sharing, run.args.sharing or "private", "sharing"),
    )
    run.show(payloads.note(note), tell_records.note)


def show_note(run: Run) -> None:
    """Show one note."""
    from ui.present import payloads, tell_records

    revisions = run.desk.revisions(run.args.note) if run.args.revisions else ()
    run.show(payloads.note(run.desk.note(run.args.note), revisions), tell_records.note)


def edit_note(run: Run) -> None:
    """Change a note, and say what rested on it and does no longer."""
    from assistant.domain.note import AiUse, NoteKind, Sharing
    from assistant.errors import Invalid
    from ui.present import payloads, tell_records

    args = run.args
    if {args.text, args.ai, args.sharing, args.date, args.kind} == {None}:
        raise Invalid("There is nothing to change.", next="Give the new words with --text, or --ai never.")
    before = run.desk.standing_on(args.note)
    note = run.desk.edit_note(
        args.note,
        text=words_of(args.text) if args.text is not None else None,
        ai=one_of(AiUse, args.ai, "use") if args.ai is not None else None,
        sharing=one_of(Sharing, args.sharing, "sharing") if args.sharing is not None else None,
        day=run.day(args.date),
        kind=one_of(NoteKind, args.kind, "kind of note") if args.kind is not None else None,
        based_on=args.revision,
    )
    run.show(payloads.note(note, lost=before.lost_in(run.desk.standing_on(note.id))), tell_records.note)


def move_note(run: Run) -> None:
    """File a note elsewhere."""
    from ui.present import payloads, tell_records

    before = run.desk.standing_on(run.args.note)
    note = run.desk.move_note(run.args.note, run.args.person)
    name = run.desk.person(note.person_id).person.name
    after = run.desk.standing_on(note.id)
    payload = payloads.note(note, lost=before.lost_in(after), along=before.gone_along(after))
    run.show(payload, lambda p: f"Now filed under {name}:\n{tell_records.note(p)}")


def delete_note(run: Run) -> None:
    """Delete a note, after asking."""
    from ui.contract.records import NoteDeletedPayload
    from ui.present import payloads, tell_records

    note = run.desk.note(run.args.note)
    before = run.desk.standing_on(note.id)
    carried = tell_records.carries(payloads.losses(before.items))
    confirmed(run, f"Delete the note {note.id} of {note.day.isoformat()} for good?{carried}")
    run.desk.delete_note(note.id)
    lost = payloads.losses(before.lost_in(run.desk.standing_on(note.id)))
    run.show(NoteDeletedPayload(deleted=note.id, lost=lost), tell_records.deleted)


def list_notes(run: Run) -> None:
    """One person's timeline."""
    from assistant.domain.note import NoteKind
    from assistant.domain.search import Window
    from ui.present import payloads, tell_records

    window = Window(run.day(run.args.since), run.day(run.args.until))
    kind = one_of(NoteKind, run.args.kind, "kind of note") if run.args.kind is not None else None
    person, people = run.person, {row.person.id: row.person for row in run.desk.people()}
    mentions = () if kind else person.mentions(window)
    run.show(payloads.notes(person.person, person.notes(window, kind), mentions, people), tell_records.notes)


def meet(run: Run) -> None:
    """Plan a one-on-one, say what became of it, or list them."""
    from assistant.domain.meeting import MeetingState
    from assistant.errors import Invalid
    from ui.present import payloads, tell_records

    person = run.person
    if run.args.what == "list":
        shown = payloads.meetings(person.person, person.meetings(), person.promises(), run.desk.today)
        run.show(shown, tell_records.meetings)
        return
    state = {"plan": MeetingState.PLANNED, "held": MeetingState.HELD, "skip": MeetingState.SKIPPED}[run.args.what]
    day = run.day(run.args.date)
    if day is None and state is MeetingState.SKIPPED:
        planned = [m.day for m in person.meetings() if m.state is MeetingState.PLANNED]
        day = min((d for d in planned if d >= run.desk.today), default=max(planned, default=None))
    if day is None:
        raise Invalid(
            f"{run.args.what} needs a day.", next=f"For example: flourish meeting {person.person.id} held today."
        )
    meeting = person.keep_meeting(day, state, run.args.question)
    run.show(payloads.meeting(person.person, meeting, person.promises(), run.desk.today), tell_records.meeting)


def one_of(kinds: "type[StrEnum]", written: str, what: str) -> Any:
    """The member that a word names.

    Raises:
        Invalid: There is none; the error lists those there are.
    """
    from assistant.errors import Invalid

    folded = written.strip().casefold().replace("-", "_").replace(" ", "_")
    if folded not in set(kinds):
        raise Invalid(f"There is no {what} {written!r}.", next=f"Use one of: {', '.join(kinds)}.")
    return kinds(folded)


def _details(run: Run) -> dict[str, Any]:
    """What was said about a person on the command line."""
    from assistant.domain.person import Pronouns
    from ui.settings import day_of

    args = run.args
    said: dict[str, Any] = {"role": args.role, "customers": args.customers}
    if args.aka is not None:
        said["aka"] = tuple(name.strip() for name in args.aka.split(",") if name.strip())
    if args.pronouns is not None:
        said["pronouns"] = one_of(Pronouns, args.pronouns, "pronoun")
    if args.start is not None:
        said["start"] = day_of(args.start)
    rhythm = {"cadence_days": _rhythm(args.every)} if args.every is not None else {}
    return {key: value for key, value in said.items() if value is not None} | rhythm


def _rhythm(written: str) -> int | None:
    """Days between two one-on-ones; none for off."""
    from assistant.errors import Invalid

    if written.strip().casefold() == "off":
        return None
    if not written.strip().isdecimal():
        raise Invalid(f"--every {written!r} is no number of days.", next="For example --every 14, or --every off.")
    return int(written)
