"""What is kept, as payloads of the contract: one plain mapping a noun. No words are made here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.actions.tell_mentions import Mentioned
from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.importing import ImportReport
from assistant.domain.meeting import Meeting, MeetingState, last_time, next_talk
from assistant.domain.note import Note, Revision
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner, Promise, PromiseState, Telling
from assistant.domain.standing import Resting
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
        overdue_since=noun.due if noun.is_overdue(today) else None,
        quiet=noun.is_quiet(today),
        carried_over_since=noun.carried_since,
        state=noun.state,
        note_ids=note_ids(noun.quotes),
        evidence=passages(noun.quotes),
        closed_by=passage(noun.closed_by) if noun.closed_by else None,
        standing=list(map(_telling, noun.standing)),
    )


def _telling(noun: Telling) -> base.TellingView:
    return base.TellingView(
        **passage(noun.quote).model_dump(), tells=noun.kind, until=noun.until, done=noun.done, left=noun.left,
        replaced_by=noun.by,
    )  # fmt: skip


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
            records.MentionView(
                person_id=m.person_id,
                start=m.span.start,
                end=m.span.end,
                words=noun.text[m.span.start : m.span.end],
            )
            for m in noun.mentions
        ],
        import_id=noun.import_id,
    )


def note(
    noun: Note, revisions: Sequence[Revision] = (), lost: Iterable[Resting] = (), along: Iterable[Resting] = ()
) -> records.NotePayload:
    """One note, with its history and what a change took or brought along, where they are told."""
    return records.NotePayload(
        note=note_view(noun),
        revisions=[records.RevisionView(revision=r.number, text=r.text, replaced_at=r.replaced_at) for r in revisions],
        lost=losses(lost),
        along=losses(along),
    )


def losses(nouns: Iterable[Resting]) -> list[records.LostView]:
    """What rested on a note and does no longer."""
    return [
        records.LostView(kind=n.kind, person_id=n.person_id, what=n.what, id=n.id, version=n.version) for n in nouns
    ]


def notes(
    who: Person, nouns: Sequence[Note], mentions: Sequence[Mentioned], people: Mapping[PersonId, Person]
) -> records.NotesPayload:
    """A timeline."""
    return records.NotesPayload(
        person=person_ref(who),
        notes=[note_view(noun) for noun in nouns],
        mentions=[
            records.MentionedView(**passage(m.quote).model_dump(), about=person_ref(people[m.about])) for m in mentions
        ],
    )


def meeting_view(noun: Meeting, promises: Iterable[Promise], today: date) -> records.MeetingView:
    """One one-on-one, with the promises that were settled in it by hand or by one of its notes."""
    reviewed = [p for p in promises if p.id in noun.promises or (p.closed_by and p.closed_by.note.id in noun.note_ids)]
    return records.MeetingView(
        id=noun.id,
        person_id=noun.person_id,
        date=noun.day,
        state=noun.state,
        missed=noun.state is MeetingState.PLANNED and noun.day < today,
        note_ids=list(noun.note_ids),
        questions=[records.ChosenView(id=q.question_id, text=q.text) for q in noun.questions],
        promises=[records.ReviewedView(id=p.id, what=p.what, state=p.state) for p in reviewed],
    )


def meeting(who: Person, noun: Meeting, promises: Sequence[Promise], today: date) -> records.MeetingPayload:
    """One one-on-one with its person."""
    return records.MeetingPayload(person=person_ref(who), meeting=meeting_view(noun, promises, today))


def meetings(
    who: Person, nouns: Sequence[Meeting], promises: Sequence[Promise], today: date
) -> records.MeetingsPayload:
    """All one-on-ones with one person."""
    since, following = last_time(nouns, today), next_talk(nouns, who.cadence_days, today)
    return records.MeetingsPayload(
        person=person_ref(who),
        since=base.Since(date=since.day, was_meeting=since.was_meeting),
        due=following.due,
        overdue_days=following.overdue_days,
        meetings=[meeting_view(noun, promises, today) for noun in nouns],
    )


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
        due=row.next_talk.due,
        overdue_days=row.next_talk.overdue_days,
        open_promises=records.OpenPromises(mine=row.mine_open, theirs=row.theirs_open),
    )
