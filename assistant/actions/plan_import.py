"""What an import would do, worked out without writing: whose accounts, which people, which notes are new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.actions.match_people import Matching, key_of, match_people
from assistant.actions.people_meant import choose_people
from assistant.actions.plan_meetings import Diary
from assistant.domain.account import Account, AccountId
from assistant.domain.importing import NEW, Document, MatchState, MeetingDraft, NoteDraft, OpenDay, PersonMatch
from assistant.domain.meeting import Meeting
from assistant.domain.note import Note, NoteId, fold_text, note_fingerprint
from assistant.domain.person import Person
from assistant.errors import Choice
from assistant.ports.outside import Ids
from assistant.ports.records import Records, Shelf


@dataclass(frozen=True, slots=True)
class Part:
    """What one file holds for one account."""

    file: int
    account: AccountId
    document: Document


@dataclass(slots=True)
class Outcome:
    """What one file comes to, while it is worked out; a folder's list of what was not read brings nothing."""

    name: str
    brings: bool = True
    refused: str = ""
    next: str = ""
    choices: tuple[Choice, ...] = ()
    known: int = 0
    skipped: list[str] = field(default_factory=list)
    open_day: OpenDay | None = None


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """What an import brings to one account.

    Attributes:
        people: New people that notes of accepted files, or the files themselves, are about.
        changed: Known people to whom the files added something.
        notes: New notes by file number; the whole of a file or nothing.
        meetings: New or moved one-on-ones that are planned, by file number.
        known: Everybody this account had when it was worked out.
    """

    account: AccountId
    people: tuple[Person, ...]
    changed: tuple[Person, ...]
    notes: Mapping[int, tuple[Note, ...]]
    meetings: Mapping[int, tuple[Meeting, ...]]
    known: tuple[Person, ...] = ()

    @property
    def brings(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.people or self.changed or any(self.notes.values()) or any(self.meetings.values()))


def split_by_account(
    documents: Sequence[Document], caller: AccountId, accounts: Sequence[Account], *, may_create: bool
) -> tuple[list[Part], list[Account], list[str], dict[int, str]]:
    """Parts by account, accounts to make, remarks, and refusals by file number."""
    there = {account.id: account for account in accounts}
    fresh: dict[AccountId, Account] = {}
    remarks: list[str] = []
    refused: dict[int, str] = {}
    everyone = {str(person): manager for d in documents for person, manager in d.manager_of}
    parts: list[Part] = []
    for number, document in enumerate(documents):
        named = {a.id: a for a in document.accounts}
        if not may_create:
            if [i for i in named if i != caller]:
                remarks.append(
                    f"{document.name} names {_count(len(named), 'manager')}; all of it was filed under your account."
                )
            parts.append(Part(number, caller, document))
            continue
        for account in document.accounts:
            other = there.get(account.id, fresh.get(account.id))
            if other is not None and other.name.casefold() != account.name.casefold():
                refused[number] = f"The account {account.id} belongs to somebody else here than {account.name}."
            elif other is None:
                fresh[account.id] = account
        owner = {**everyone, **{str(person): manager for person, manager in document.manager_of}}
        parts.extend(Part(number, *part) for part in _by_owner(document, owner, {*there, *fresh}, caller))
    return parts, [*fresh.values()], remarks, refused


def plan_account(
    records: Records,
    account: Account,
    today: date,
    parts: Sequence[Part],
    answers: Mapping[str, str],
    ids: Ids,
    *,
    import_id: str,
    is_new: bool,
    view: date,
) -> "Matched":
    """Match the names of one account's parts and look up what it has; one-on-ones are planned from `view` on."""
    documents = [part.document for part in parts]
    known: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    if not is_new:
        with records.reading(account.id, today) as shelf:
            known, meetings = tuple(shelf.people.all()), tuple(shelf.meetings.all())
    chosen = choose_people(documents, account, known, answers)
    parts = [replace(part, document=each.document) for part, each in zip(parts, chosen, strict=True)]
    left_out = {part.file: each.left_out for part, each in zip(parts, chosen, strict=True) if each.left_out}
    documents = [part.document for part in parts]
    matching = match_people(account.id, known, documents, answers, ids)
    prints: dict[str, NoteId] = {}
    stored: dict[str, Note] = {}
    if not is_new:
        with records.reading(account.id, today) as shelf:
            prints, stored = _stored(shelf, known, matching, documents)
    diary = Diary(account.id, import_id, view, meetings)
    return Matched(account.id, known, matching, parts, import_id, prints, stored, diary, left_out)


@dataclass(frozen=True, slots=True)
class Matched:
    """One account's part of an import before it is known which files are refused.

    Attributes:
        prints: Fingerprints of notes that the matched people have.
        stored: Notes that have an id which the files use too.
        diary: One-on-ones the account has, and what the files add to them.
        left_out: What of a file is about nobody known, by file number.
    """

    account: AccountId
    known: tuple[Person, ...]
    matching: Matching
    parts: Sequence[Part]
    import_id: str
    prints: Mapping[str, NoteId]
    stored: Mapping[str, Note]
    diary: Diary
    left_out: Mapping[int, tuple[str, ...]]

    def unsure(self) -> Iterator[tuple[int, list[PersonMatch]]]:
        """Files with names that could mean several people."""
        for part in self.parts:
            document = part.document
            items: list[NoteDraft | MeetingDraft | Person] = [*document.drafts, *document.meetings, *document.people]
            keys = dict.fromkeys(map(key_of, items))
            asked = [m for key in keys if (m := self.matching.by_key[key]).state is MatchState.UNSURE]
            if asked:
                yield part.file, asked

    def settle(self, outcomes: Sequence[Outcome], ids: Ids) -> AccountPlan:
        """The notes that are new, of files that are not refused; what is known already is counted."""
        notes: dict[int, tuple[Note, ...]] = {}
        meetings: dict[int, tuple[Meeting, ...]] = {}
        seen: dict[str, tuple[int, str]] = dict.fromkeys(self.prints, (-1, ""))
        taken = set(self.stored)
        used: dict[str, Person] = {}
        for part in (p for p in self.parts if not outcomes[p.file].refused):
            fresh: list[Note] = []
            for person in part.document.people:
                self._use(self.matching.by_key[key_of(person)], used)
            for draft in part.document.drafts:
                person = self._use(self.matching.by_key[key_of(draft)], used)
                note = self._note(draft, person, seen, taken, (part.file, outcomes[part.file]), ids)
                if note is not None:
                    fresh.append(note)
            notes[part.file] = (*notes.get(part.file, ()), *fresh)
            outcomes[part.file].skipped += self.left_out.get(part.file, ())
            planned = self.diary.plan(
                [(self.matching.by_key[key_of(draft)].person, draft) for draft in part.document.meetings]
            )
            for person in planned.people:
                used.setdefault(person.id, person)
            meetings[part.file] = planned.meetings
            outcomes[part.file].known += planned.known
            outcomes[part.file].skipped += planned.left_out
        there = {person.id for person in self.known}
        people = tuple(person for person in used.values() if person.id not in there)
        changed = tuple(person for person in self.matching.changed if person.id in used)
        return AccountPlan(self.account, people, changed, notes, meetings, tuple(self.known))

    def _use(self, match: PersonMatch, used: dict[str, Person]) -> Person:
        """The person of a settled match, remembered as one that this import is about."""
        assert match.person is not None, "files with unsure names are refused before"
        return used.setdefault(match.person.id, match.person)

    def _note(
        self,
        draft: NoteDraft,
        person: Person,
        seen: dict[str, tuple[int, str]],
        taken: set[str],
        file: tuple[int, Outcome],
        ids: Ids,
    ) -> Note | None:
        """The note of a draft; none when it is known, in these words or in others under the same id."""
        number, outcome = file
        mark = note_fingerprint(person.id, draft.day, draft.text)
        if mark in seen:
            outcome.known += 1
            if seen[mark][0] == number:
                outcome.skipped.append(f"{draft.where}: the same note as {seen[mark][1]}")
            return None
        old = self.stored.get(draft.id)
        if old is not None and _is_same(old, draft, person):
            outcome.known += 1
            outcome.skipped.append(f"{draft.where}: note {draft.id} has changed since it came in; left as it is here")
            return None
        seen[mark] = (number, draft.where)
        note_id = draft.id if draft.id and draft.id not in taken else ids()
        taken.add(note_id)
        return Note(
            self.account, NoteId(note_id), person.id, draft.day, draft.text, draft.kind, draft.author,
            ai=draft.ai, sharing=draft.sharing, import_id=self.import_id,
        )  # fmt: skip


def refuse_future(document: Document, today: date) -> Document:
    """The document, or its refusal when it tells of days that have not come yet."""
    late = [draft for draft in document.drafts if draft.day > today]
    if not late:
        return document
    told = "; ".join(f"{draft.where}: {draft.day.isoformat()}" for draft in late[:5])
    more = f"; and {len(late) - 5:,} more" if len(late) > 5 else ""
    return Document(
        document.name,
        refused=f"{_count(len(late), 'note')} {'is' if len(late) == 1 else 'are'} dated after today, "
        f"{today.isoformat()} ({told}{more}).",
        next="Correct the day and import the file again; nothing of it was kept.",
    )


def ask_about(matches: Sequence[PersonMatch]) -> tuple[str, str]:
    """The sentence that says which names are unsure, and how to answer."""
    told = "; ".join(f"{m.written!r} ({m.why.rstrip('.')}: {_named(m)})" for m in matches[:5])
    more = f"; and {len(matches) - 5} more" if len(matches) > 5 else ""
    example = matches[0].choices[0].id if matches[0].choices else NEW
    if not any(m.choices for m in matches):
        return matches[0].why, "Nothing of the file was kept."
    return (
        f"It is not clear who is meant by {told}{more}.",
        f"Nothing of the file was kept; answer with `--person '{matches[0].written}={example}'`, "
        f"or `={NEW}` for somebody new.",
    )


def _named(match: PersonMatch) -> str:
    """The choices as "Ana Ruiz = d01, Ana Gil = d02"."""
    people = [c for c in match.choices if c.id != NEW]
    return ", ".join(c.name if c.id == c.name else f"{c.name} = {c.id}" for c in people[:6]) or "nobody fits"


def _count(number: int, what: str) -> str:
    return f"One {what}" if number == 1 else f"{number:,} {what}s"


def _by_owner(
    document: Document, owner: Mapping[str, str], accounts: set[AccountId], caller: AccountId
) -> Iterator[tuple[AccountId, Document]]:
    """The document's people and notes, each under their manager's account; the caller's without one."""

    def whose(person_id: str) -> AccountId:
        account = AccountId(owner.get(person_id, ""))
        return account if account in accounts else caller

    people: dict[AccountId, list[Person]] = {}
    drafts: dict[AccountId, list[NoteDraft]] = {}
    meetings: dict[AccountId, list[MeetingDraft]] = {}
    for person in document.people:
        people.setdefault(whose(person.id), []).append(person)
    for draft in document.drafts:
        drafts.setdefault(whose(draft.person_id), []).append(draft)
    for meeting in document.meetings:
        meetings.setdefault(caller, []).append(meeting)
    for account in dict.fromkeys([*people, *drafts, *meetings]):
        yield (
            account,
            replace(
                document,
                people=tuple(people.get(account, ())),
                drafts=tuple(drafts.get(account, ())),
                meetings=tuple(meetings.get(account, ())),
            ),
        )


def _stored(
    shelf: Shelf, known: Sequence[Person], matching: Matching, documents: Sequence[Document]
) -> tuple[dict[str, NoteId], dict[str, Note]]:
    """What the account has of the people and note ids that the files are about."""
    there = {person.id for person in known}
    about = {m.person.id for m in matching.by_key.values() if m.person and m.notes and m.person.id in there}
    prints: dict[str, NoteId] = {}
    for person_id in sorted(about):
        prints.update(shelf.notes.fingerprints(person_id))
    wanted = dict.fromkeys(NoteId(draft.id) for document in documents for draft in document.drafts if draft.id)
    return prints, {note.id: note for note in shelf.notes.known([*wanted])}


def _is_same(old: Note, draft: NoteDraft, person: Person) -> bool:
    """Whether a stored note of the same id is this one with another day, person or words.

    An id alone is not enough: two exports may both count from 1.
    """
    same_text = fold_text(old.text) == fold_text(draft.text)
    return same_text or (old.day == draft.day and old.person_id == person.id)
