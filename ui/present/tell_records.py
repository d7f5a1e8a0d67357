"""People, notes, one-on-ones and imports on a terminal."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.domain.importing import MatchState
from assistant.domain.standing import Kind
from ui.contract import base, records
from ui.present.paper import ago, columns, count, day, heading, place, quoted, wrapped

_LOST = {
    Kind.CONFIRMED: "You had confirmed: “{what}” These words no longer stand there without doubt; judge anew.",
    Kind.REJECTED: "You had rejected: “{what}” These words no longer stand there without doubt.",
    Kind.PROMISE: "The promise “{what}” is no longer told there.",
    Kind.CLOSED: "“{what}” is no longer shown there as settled.",
    Kind.PLAN: "Plan, version {version}: {what} has lost this note. See it with plan show, or draft it again.",
    Kind.CHECK_IN: "Plan, version {version}: this note no longer speaks about its {what}.",
    Kind.MEETING: "The one-on-one of {what} no longer rests on it.",
    Kind.QUESTION: "A question chosen for the next one-on-one quotes words that no longer stand there: “{what}”",
}
_CARRIED = {
    Kind.CONFIRMED: ("confirmed passage",),
    Kind.REJECTED: ("rejected passage",),
    Kind.PROMISE: ("promise",),
    Kind.CLOSED: ("settled promise",),
    Kind.PLAN: ("link of a plan", "links of a plan"),
    Kind.CHECK_IN: ("check-in of a plan", "check-ins of a plan"),
    Kind.MEETING: ("one-on-one",),
    Kind.QUESTION: ("chosen question",),
}


def people(payload: records.PeoplePayload) -> str:
    """Everyone at a glance."""
    if not payload.people:
        return (
            "Nobody is here yet.\n"
            "Bring your notes in with `flourish import PATH`, or add somebody with `flourish people add NAME`."
        )
    rows = [
        (
            person.id,
            person.name,
            str(person.notes),
            ago(person.last_met, payload.today) if person.last_met else "not yet",
            _next(person),
            str(person.open_promises.mine or ""),
            str(person.open_promises.theirs or ""),
            person.role,
        )
        for person in payload.people
    ]
    return columns(rows, ("id", "name", "notes", "last met", "next", "you owe", "they owe", "role"), whole=5)


def _next(person: records.PeopleRow) -> str:
    """The planned day, or when the rhythm asks for one."""
    if person.next_planned:
        return _near(person.next_planned)
    if person.overdue_days:
        return f"{count(person.overdue_days, 'day')} late"
    return f"due {_near(person.due)}" if person.due else ""


def _near(day_to_come: date) -> str:
    """A day of the coming months: the year goes without saying."""
    return f"{day_to_come.day} {day_to_come:%b}"


def person(payload: records.PersonPayload) -> str:
    """One person's details."""
    who = payload.person
    facts = (
        ("also written", ", ".join(who.aka)),
        ("pronouns", who.pronouns),
        ("role", who.role),
        ("since", day(who.start) if who.start else ""),
        ("serves", who.customers),
        ("rhythm", f"every {count(who.cadence_days, 'day')}" if who.cadence_days else ""),
    )
    return "\n".join([f"{who.name} ({who.id})", *(wrapped(v, 2, mark=f"{k}: ") for k, v in facts if v)])


def note(payload: records.NotePayload) -> str:
    """One note, whole and unchanged; with its older wordings when they were asked for, and what a change took."""
    lines = [*_note(payload.note)]
    for older in payload.revisions[-2::-1]:
        when = f"{older.replaced_at:%Y-%m-%d %H:%M} UTC" if older.replaced_at else ""
        same = older.text == payload.note.text
        lines += ["", f"revision {older.revision}, until {when}{': the same words' if same else ''}"]
        lines += [] if same else [wrapped(older.text, 2)]
    if payload.revisions[:-1] == [] and payload.revisions:
        lines += ["", "It has no older wording."]
    return "\n".join([*lines, *losses(payload.lost), *_along(payload.along)])


def _along(items: list[records.LostView]) -> Iterator[str]:
    """What was confirmed about one person and speaks for another now, with the way to take it back."""
    if items:
        yield heading("What you had confirmed went along")
    for item in items:
        yield wrapped(f"“{item.what}” speaks for whom it is filed under now.", 2, mark="- ")
    if items:
        see = f"flourish evidence list {items[0].person_id}"
        yield wrapped(f"Not so? {see} shows its ID, flourish evidence reopen ID takes it back.", 2)


def notes(payload: records.NotesPayload) -> str:
    """A timeline, oldest first."""
    lines = [f"{payload.person.name}: {count(len(payload.notes), 'note')}"]
    for item in payload.notes:
        lines += ["", *_note(item)]
    if payload.mentions:
        lines.append(heading("Named in notes about others"))
    for told in payload.mentions:
        lines.append(wrapped(f"{quoted(told)} (from a note about {told.about.name}, {place(told)})", 2, mark="- "))
    return "\n".join(lines)


def losses(lost: list[records.LostView]) -> Iterator[str]:
    """What rested on a note and does no longer, with what to do about it."""
    if lost:
        yield heading("What rested on it and does no longer")
    for item in lost:
        yield wrapped(_LOST[item.kind].format(what=item.what.replace("_", " "), version=item.version), 2, mark="- ")


def deleted(payload: records.NoteDeletedPayload) -> str:
    """A note is gone."""
    return "\n".join([f"Deleted {payload.deleted}, and what was found in it.", *losses(payload.lost)])


def carries(lost: list[records.LostView]) -> str:
    """What would go with a note, in a sentence; nothing when nothing would."""
    kinds = Counter(item.kind for item in lost)
    parts = [count(number, *_CARRIED[kind]) for kind, number in kinds.items()]
    return f" It carries {', '.join(parts[:-1])}{' and ' if parts[:-1] else ''}{parts[-1]}." if parts else ""


def _note(item: records.NoteView) -> Iterator[str]:
    parts = [day(item.date), item.kind.words, item.author, item.id]
    if item.revision > 1:
        parts.append(f"revision {item.revision}")
    if item.ai == "never":
        parts.append("closed to the assistant")
    if item.sharing == "shareable":
        parts.append("shareable")
    yield wrapped(" · ".join(filter(None, parts)))
    yield wrapped(item.text, 2)
    if item.mentions:
        named = dict.fromkeys(f"{m.words} ({m.person_id})" for m in item.mentions)
        yield wrapped(f"names {', '.join(named)}", 2)


def meeting(payload: records.MeetingPayload) -> str:
    """One one-on-one after a change."""
    said = f"One-on-one with {payload.person.name}: {day(payload.meeting.date, weekday=True)}, {payload.meeting.state}."
    return "\n".join([said, *_about(payload.meeting)])


def meetings(payload: records.MeetingsPayload) -> str:
    """All one-on-ones with one person."""
    lines = [f"{payload.person.name}: {count(len(payload.meetings), 'one-on-one')}"]
    for item in payload.meetings:
        from_notes = f" ({', '.join(item.note_ids)})" if item.note_ids else ""
        missed = "; the day has passed: say held or skip" if item.missed else ""
        lines.append(wrapped(f"{day(item.date)}  {item.state}{missed}{from_notes}", 2))
        lines += _about(item)
    if not payload.since.was_meeting:
        lines.append(f"None was held yet: a brief looks back to {day(payload.since.date)}.")
    if payload.overdue_days:
        lines.append(f"By its rhythm the next one is overdue by {count(payload.overdue_days, 'day')}.")
    elif payload.due:
        lines.append(f"By its rhythm the next one is due on {day(payload.due)}.")
    return "\n".join(lines)


def _about(item: records.MeetingView) -> Iterator[str]:
    """The questions chosen for a one-on-one and the promises settled in it."""
    for question in item.questions:
        text = question.text or "(its words came from a note that is gone)"
        yield wrapped(f"{text} [{question.id}]", 4, mark="? ")
    for promise in item.promises:
        yield wrapped(f"{promise.what} [{promise.id}]", 4, mark=f"{promise.state}: ")


def import_report(payload: records.ImportPayload) -> str:
    """What came in, what was known, what was refused and why."""
    return "\n".join(_import_report(payload))


def _import_report(payload: records.ImportPayload) -> Iterator[str]:
    known = sum(f.known for f in payload.files)
    verb = "would come in" if payload.dry_run else "came in"
    planned = sum(f.meetings for f in payload.files)
    brought = [count(payload.added, "note")] if payload.added or not planned else []
    brought += [count(planned, "planned one-on-one")] if planned else []
    yield f"{' and '.join(brought)} {verb}{f', {known:,} were known already' if known else ''}."
    if payload.accounts:
        yield wrapped(f"Accounts {'to be made' if payload.dry_run else 'made'}: {', '.join(payload.accounts)}.")
    if payload.matches:
        yield heading("Who is meant")
        yield from (line for match in payload.matches for line in _match(match))
    yield heading("Files")
    for file in payload.files:
        yield wrapped(f"{file.name}: {_file(file)}", 2, mark="- ")
        yield from (wrapped(row, 4) for row in file.skipped)
    if payload.remarks:
        yield heading("Please know")
        yield from (wrapped(remark, 2, mark="- ") for remark in payload.remarks)
    if payload.dry_run:
        yield "\nNothing was written. Leave --dry-run out to import."
    elif payload.id:
        yield "\nTo take it back: " + _taking_back(payload)


def _taking_back(payload: records.ImportPayload) -> str:
    """The command; where a case folder brought several accounts, a line each, for each owns its notes."""
    plain = f"flourish import undo {payload.id}"
    if len(payload.accounts) < 2:
        return plain
    return "one line an account\n" + "\n".join(f"  {plain} --as {account}" for account in payload.accounts)


def _file(file: records.ImportedFile) -> str:
    if file.refused:
        return f"refused. {file.refused}"
    known = f", {file.known} known already" if file.known else ""
    planned = count(file.meetings, "planned one-on-one")
    if file.meetings and not file.added:
        return f"{planned}{known}"
    return f"{count(file.added, 'note')}{f', {planned}' if file.meetings else ''}{known}"


def _match(match: records.ImportMatch) -> Iterator[str]:
    if match.state is MatchState.KNOWN:
        yield wrapped(f"{match.written} → {match.name} ({match.person_id}), {count(match.notes, 'note')}", 2, mark="- ")
    elif match.state is MatchState.NEW:
        yield wrapped(f"{match.written}: somebody new, {count(match.notes, 'note')}", 2, mark="- ")
    else:
        first = match.choices[0].id if match.choices else "ID"
        yield wrapped(
            f"{match.written}: not sure, {count(match.notes, 'note')}; say who with "
            f"--person '{match.written}={first}', or '{match.written}=new'",
            2,
            mark="? ",
        )
        yield choices(match.choices, 4)


def imports(payload: records.ImportsPayload) -> str:
    """Every import, newest first."""
    if not payload.imports:
        return "Nothing was imported yet. `flourish import PATH` brings notes in."
    rows = [
        (i.id, f"{i.at:%Y-%m-%d %H:%M}", str(i.notes), "taken back" if i.undone else "", i.what)
        for i in payload.imports
    ]
    return columns(rows, ("id", "when (UTC)", "notes", "", "what"))


def choices(found: list[base.Choice], indent: int = 2) -> str:
    """What a name could have meant, a line each."""
    widest = max((len(c.id) for c in found), default=0)
    return "\n".join(f"{' ' * indent}{c.id:<{widest}}  {c.name}{f', {c.hint}' if c.hint else ''}" for c in found)
