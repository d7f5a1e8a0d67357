"""Payloads of what is kept: people, notes, one-on-ones and imports."""

from datetime import date as Day
from datetime import datetime

from assistant.domain.importing import MatchState
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteKind, Sharing
from ui.contract.base import Choice, Part, Payload, PersonRef


class PersonDetails(PersonRef):
    """Everything that is kept about who somebody is."""

    aka: list[str]
    start: Day | None
    customers: str
    cadence_days: int | None


class PersonPayload(Payload):
    """people add, edit, merge."""

    person: PersonDetails


class OpenPromises(Part):
    """How many promises are open on each side."""

    mine: int
    theirs: int


class PeopleRow(PersonDetails):
    """One person at a glance."""

    notes: int
    last_met: Day | None
    next_planned: Day | None
    open_promises: OpenPromises


class PeoplePayload(Payload):
    """people list."""

    account: str
    today: Day
    people: list[PeopleRow]


class MentionView(Part):
    """Another person named in a note: characters `start` to `end` of its text."""

    person_id: str
    start: int
    end: int


class NoteView(Part):
    """A note, whole."""

    id: str
    person_id: str
    date: Day
    kind: NoteKind
    author: str
    text: str
    revision: int
    ai: AiUse
    sharing: Sharing
    mentions: list[MentionView]
    import_id: str | None


class NotePayload(Payload):
    """note add, show, edit, move."""

    note: NoteView


class NotesPayload(Payload):
    """note list: one person's timeline, oldest first."""

    person: PersonRef
    notes: list[NoteView]


class NoteDeletedPayload(Payload):
    """note delete."""

    deleted: str


class MeetingView(Part):
    """One one-on-one."""

    id: str
    person_id: str
    date: Day
    state: MeetingState
    note_ids: list[str]


class MeetingPayload(Payload):
    """meeting plan, held, skip."""

    person: PersonRef
    meeting: MeetingView


class MeetingsPayload(Payload):
    """meeting list, by day."""

    person: PersonRef
    meetings: list[MeetingView]


class ImportedFile(Part):
    """What became of one file; `refused` says why nothing of it was kept."""

    name: str
    added: int
    known: int
    meetings: int
    refused: str
    skipped: list[str]


class ImportMatch(Part):
    """How a written name met the people we know."""

    written: str
    state: MatchState
    notes: int
    person_id: str | None
    name: str | None
    choices: list[Choice]


class ImportPayload(Payload):
    """import PATH…, and what it would do with --dry-run."""

    id: str
    dry_run: bool
    added: int
    files: list[ImportedFile]
    matches: list[ImportMatch]
    accounts: list[str]
    remarks: list[str]


class ImportRow(Part):
    """One import that was carried out."""

    id: str
    at: datetime
    what: str
    notes: int
    undone: bool


class ImportsPayload(Payload):
    """import list, newest first."""

    imports: list[ImportRow]


class ImportUndonePayload(Payload):
    """import undo: how many notes went."""

    undone: str
    notes: int
