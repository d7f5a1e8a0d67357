"""Payloads of what is kept: people, notes, one-on-ones and imports."""

from datetime import date as Day
from datetime import datetime

from assistant.domain.importing import MatchState
from assistant.domain.meeting import MeetingState
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.domain.promise import PromiseState
from assistant.domain.standing import Kind
from ui.contract.base import Choice, Part, Passage, Payload, PersonRef, Since


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
    """One person at a glance; `due` and `overdue_days` come from the rhythm that was set, if any."""

    notes: int
    last_met: Day | None
    next_planned: Day | None
    due: Day | None
    overdue_days: int
    open_promises: OpenPromises


class PeoplePayload(Payload):
    """people list."""

    account: str
    today: Day
    people: list[PeopleRow]


class MentionView(Part):
    """Another person named in a note: characters `start` to `end` of its text, which say `words`."""

    person_id: str
    start: int
    end: int
    words: str


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


class RevisionView(Part):
    """A note's words as they stood once; `replaced_at` is null for those it has now."""

    revision: int
    text: str
    replaced_at: datetime | None


class LostView(Part):
    """Something that rested on a note and does no longer: a verdict, a promise, a link of a plan, a one-on-one."""

    kind: Kind
    person_id: str
    what: str
    id: str
    version: int


class NotePayload(Payload):
    """note add, show, edit, move. `revisions` only when asked for.

    `lost` is what a change took from under others; `along` what was confirmed and speaks for another person now.
    """

    note: NoteView
    revisions: list[RevisionView] = []
    lost: list[LostView] = []
    along: list[LostView] = []


class MentionedView(Passage):
    """A sentence that names this person, from a note about somebody else."""

    about: PersonRef


class NotesPayload(Payload):
    """note list: one person's timeline, oldest first, and where notes about others name them."""

    person: PersonRef
    notes: list[NoteView]
    mentions: list[MentionedView]


class NoteDeletedPayload(Payload):
    """note delete; `lost`: what rested on it."""

    deleted: str
    lost: list[LostView] = []


class ChosenView(Part):
    """A question chosen for a one-on-one; `text` is empty when the note it was made of is gone."""

    id: str
    text: str


class ReviewedView(Part):
    """A promise that was settled in a one-on-one, by hand or by its note."""

    id: str
    what: str
    state: PromiseState


class MeetingView(Part):
    """One one-on-one; `missed` says that a planned day has passed and nobody said what became of it."""

    id: str
    person_id: str
    date: Day
    state: MeetingState
    missed: bool
    note_ids: list[str]
    questions: list[ChosenView]
    promises: list[ReviewedView]


class MeetingPayload(Payload):
    """meeting plan, held, skip."""

    person: PersonRef
    meeting: MeetingView


class MeetingsPayload(Payload):
    """meeting list, by day. Without a held one, `since` lies sixty days back."""

    person: PersonRef
    since: Since
    due: Day | None
    overdue_days: int
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


class MisfiledView(Part):
    """A note that seems to be about somebody else; `words` is what points there."""

    note_id: str
    date: Day
    text: str
    filed_under: PersonRef
    about: PersonRef
    words: list[str]


class MisfiledPayload(Payload):
    """people check."""

    misfiled: list[MisfiledView]


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
