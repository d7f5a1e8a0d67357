"""People, notes, one-on-ones and imports on a terminal."""

from collections.abc import Iterator

from assistant.domain.importing import MatchState
from ui.contract import base, records
from ui.present.paper import ago, columns, count, day, heading, wrapped


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
            day(person.next_planned) if person.next_planned else "",
            str(person.open_promises.mine or ""),
            str(person.open_promises.theirs or ""),
            person.role,
        )
        for person in payload.people
    ]
    return columns(rows, ("id", "name", "notes", "last met", "next", "you owe", "they owe", "role"))


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
    """One note, whole and unchanged."""
    return "\n".join(_note(payload.note))


def notes(payload: records.NotesPayload) -> str:
    """A timeline, oldest first."""
    lines = [f"{payload.person.name}: {count(len(payload.notes), 'note')}"]
    for item in payload.notes:
        lines += ["", *_note(item)]
    return "\n".join(lines)


def _note(item: records.NoteView) -> Iterator[str]:
    parts = [day(item.date), item.kind.words, item.author, item.id]
    if item.revision > 1:
        parts.append(f"revision {item.revision}")
    if item.ai == "never":
        parts.append("closed to the assistant")
    yield wrapped(" · ".join(filter(None, parts)))
    yield wrapped(item.text, 2)


def meeting(payload: records.MeetingPayload) -> str:
    """One one-on-one after a change."""
    return f"One-on-one with {payload.person.name}: {day(payload.meeting.date, weekday=True)}, {payload.meeting.state}."


def meetings(payload: records.MeetingsPayload) -> str:
    """All one-on-ones with one person."""
    lines = [f"{payload.person.name}: {count(len(payload.meetings), 'one-on-one')}"]
    for item in payload.meetings:
        from_notes = f" ({', '.join(item.note_ids)})" if item.note_ids else ""
        lines.append(wrapped(f"{day(item.date)}  {item.state}{from_notes}", 2))
    return "\n".join(lines)


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
        yield f"\nTo take it back: flourish import undo {payload.id}"


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
