"""What is kept, as payloads of the contract: one plain mapping a noun. No words are made here."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.importing import ImportReport
from assistant.domain.meeting import Meeting
from assistant.domain.note import Note
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.errors import FlourishError
from assistant.ports.records import ImportEntry
from ui.contract import base, records


def failure(error: FlourishError) -> base.ErrorPayload:
    """Any error, with what to do now."""
    choices = [base.Choice(id=c.id, name=c.name, hint=c.hint) for c in error.choices] or None
    return base.ErrorPayload(
        error=base.Failure(code=error.code, message=error.message, next=error.next, choices=choices)
    )


def person_ref(noun: Person) -> base.PersonRef:
    """Whom a payload is about."""
    return base.PersonRef(id=noun.id, name=noun.name, role=noun.role, pronouns=noun.pronouns)


def passage(quote: Quote) -> base.Passage:
    """A quote with its note and day."""
    return base.Passage(note_id=quote.note.id, date=quote.day, quote=quote.text)


def passages(quotes: Iterable[Quote]) -> list[base.Passage]:
    """Quotes with their notes and days."""
    return [passage(quote) for quote in quotes]


def note_ids(quotes: Iterable[Quote]) -> list[str]:
    """The notes that quotes come from, each once, in order."""
    return list(dict.fromkeys(str(q.note.id) for q in quotes))


def promise(noun: Promise, today: date) -> base.PromiseView:
    """A promise as it stands on a day."""
    return base.PromiseView(
        id=noun.id,
        person_id=noun.person_id,
        owner=noun.owner,
        what=noun.what,
        made_on=noun.made_on,
        due=noun.due,
        overdue=noun.is_overdue(today),
        state=noun.state,
        note_ids=note_ids(noun.quotes),
        evidence=passages(noun.quotes),
        closed_by=passage(noun.closed_by) if noun.closed_by else None,
    )


def promises(nouns: Iterable[Promise], today: date) -> list[base.PromiseView]:
    """Promises: open ones first, the manager's own before the other's, overdue before later ones."""
    states = list(PromiseState)
    ordered = sorted(
        nouns, key=lambda p: (states.index(p.state), p.owner is Owner.THEM, p.due or date.max, p.made_on, p.id)
    )
    return [promise(noun, today) for noun in ordered]


def person(noun: Person) -> records.PersonPayload:
    """One person's details."""
    return records.PersonPayload(person=_details(noun))


def people(account: Account, today: date, rows: Sequence[PersonRow]) -> records.PeoplePayload:
    """The people list of one account on one day."""
    return records.PeoplePayload(account=account.id, today=today, people=[_row(row) for row in rows])


def note_view(noun: Note) -> records.NoteView:
    """A note, whole."""
    return records.NoteView(
        id=noun.id,
        person_id=noun.person_id,
        date=noun.day,
        kind=noun.kind,
        author=noun.author,
        text=noun.text,
        revision=noun.revision,
        ai=noun.ai,
        sharing=noun.sharing,
        mentions=[
            records.MentionView(person_id=m.person_id, start=m.span.start, end=m.span.end) for m in noun.mentions
        ],
        import_id=noun.import_id,
    )


def note(noun: Note) -> records.NotePayload:
    """One note."""
    return records.NotePayload(note=note_view(noun))


def notes(who: Person, nouns: Sequence[Note]) -> records.NotesPayload:
    """A timeline."""
    return records.NotesPayload(person=person_ref(who), notes=[note_view(noun) for noun in nouns])


def meeting_view(noun: Meeting) -> records.MeetingView:
    """One one-on-one."""
    return records.MeetingView(
        id=noun.id, person_id=noun.person_id, date=noun.day, state=noun.state, note_ids=list(noun.note_ids)
    )


def meeting(who: Person, noun: Meeting) -> records.MeetingPayload:
    """One one-on-one with its person."""
    return records.MeetingPayload(person=person_ref(who), meeting=meeting_view(noun))


def meetings(who: Person, nouns: Sequence[Meeting]) -> records.MeetingsPayload:
    """All one-on-ones with one person."""
    return records.MeetingsPayload(person=person_ref(who), meetings=[meeting_view(noun) for noun in nouns])


def import_report(report: ImportReport) -> records.ImportPayload:
    """What an import did or would do."""
    return records.ImportPayload(
        id=report.id,
        dry_run=report.dry_run,
        added=report.added,
        files=[
            records.ImportedFile(
                name=f.name,
                added=f.added,
                known=f.known,
                meetings=f.meetings,
                refused=f.refused,
                skipped=list(f.skipped),
            )
            for f in report.files
        ],
        matches=[
            records.ImportMatch(
                written=m.written,
                state=m.state,
                notes=m.notes,
                person_id=m.person.id if m.person else None,
                name=m.person.name if m.person else None,
                choices=[base.Choice(id=c.id, name=c.name, hint=c.hint) for c in m.choices],
            )
            for m in report.matches
        ],
        accounts=list(report.accounts),
        remarks=list(report.remarks),
    )


def imports(entries: Sequence[ImportEntry]) -> records.ImportsPayload:
    """Every import that was carried out."""
    return records.ImportsPayload(
        imports=[records.ImportRow(id=e.id, at=e.at, what=e.what, notes=e.notes, undone=e.undone) for e in entries]
    )


def _details(noun: Person) -> records.PersonDetails:
    return records.PersonDetails(
        **person_ref(noun).model_dump(),
        aka=list(noun.aka),
        start=noun.start,
        customers=noun.customers,
        cadence_days=noun.cadence_days,
    )


def _row(row: PersonRow) -> records.PeopleRow:
    return records.PeopleRow(
        **_details(row.person).model_dump(),
        notes=row.notes,
        last_met=row.last_met,
        next_planned=row.next_planned,
        open_promises=records.OpenPromises(mine=row.mine_open, theirs=row.theirs_open),
    )
