"""Bring notes in from files: match, skip what is known, make ready outside of any write, publish file by file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.actions.find_promises import Foreseen, foresee, overtaken, write_promises
from assistant.actions.foresee_notes import foresee_notes
from assistant.actions.keep_notes import Mined, Ready, mine, write
from assistant.actions.plan_import import (
    AccountPlan,
    Matched,
    Outcome,
    ask_about,
    plan_account,
    refuse_future,
    split_by_account,
)
from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.account import Account, AccountId
from assistant.domain.importing import Document, FileReport, ImportReport, MatchState
from assistant.domain.note import Note
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.search import NoteVector
from assistant.errors import AmbiguousPerson, ImportRefused, Refused
from assistant.ports.engine import Finder
from assistant.ports.outside import Clock, Ids, NoteSearch, Progress
from assistant.ports.records import ImportEntry, Records, Shelf

BATCH = 64  # notes read at a time, and told of by the progress
COMMIT = 256  # notes in one write, unless one file holds more
UNFINISHED = "unfinished import"  # what the home remembers of an import that makes accounts, while it runs


def import_notes(
    records: Records,
    account: AccountId,
    today: date,
    *,
    documents: Sequence[Document],
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
    clock: Clock,
    dry_run: bool,
    answers: Mapping[str, str],
    may_create_accounts: bool,
    progress: Progress | None,
) -> ImportReport:
    """Keep the notes of the documents; each file is kept as a whole or, with its reason, not at all.

    A note that is there already is left alone, whichever format it comes in. With `dry_run` nothing is written
    and the report says what would be.

    `today` is the day of the view: a note may be as new as this or as the clock's day, whichever is later.
    `answers` settles unsure names: the written name to a person's id or name, or "new". With `may_create_accounts`
    the managers a case folder names get accounts of their own. `progress` hears how many notes are ready, of how many.

    Raises:
        ImportRefused: Not one of the files could be kept.
        AmbiguousPerson: The same, and the only reason is a name that could mean several people.
        Unknown: An answer names nobody.
    """
    now = clock()
    newest = max(today, now.date())
    with records.reading(account, newest):
        pass  # an unknown account is told before anything else
    accounts = records.accounts.all()
    checked = [refuse_future(document, newest) for document in documents]
    outcomes = [_outcome_of(document) for document in checked]
    parts, fresh, remarks, foreign = split_by_account(checked, account, accounts, may_create=may_create_accounts)
    for number, why in foreign.items():
        outcomes[number].refused, outcomes[number].next = why, "Give the manager in people.json another id."
    entry = ImportEntry(ids(), now, "", 0)
    matched = [
        plan_account(records, owner, newest, own, answers, ids, import_id=entry.id, is_new=owner in fresh, view=today)
        for owner in [*accounts, *fresh]
        if (own := [part for part in parts if part.account == owner.id and not outcomes[part.file].refused])
    ]
    _refuse_unsure(matched, outcomes)
    if not (dry_run and any(outcome.choices or outcome.open_day for outcome in outcomes)):
        _refuse_if_nothing_is_left(outcomes)
    plans = [each.settle(outcomes, ids) for each in matched]
    brings = any(plan.brings for plan in plans)
    fresh = fresh if brings else []
    if brings and not dry_run:
        means = _Means(records, newest, search, finder, ids)
        _publish(means, account, fresh, plans, replace(entry, what=_what(outcomes)), progress)
    if may_create_accounts and not dry_run and unfinished_import(records):
        records.meta_set(UNFINISHED, "")
    ahead = foresee_notes(matched) if dry_run else ()
    report = ImportReport(entry.id if brings and not dry_run else "", dry_run, _files(outcomes, plans), (), ahead=ahead)
    return _with_remarks(report, checked, matched, fresh, remarks)


def _outcome_of(document: Document) -> Outcome:
    """What became of a file so far: read, or refused by its reader."""
    brings = bool(document.drafts or document.meetings or document.people)
    return Outcome(document.name, brings, document.refused, document.next, skipped=[*document.skipped],
                   open_day=document.open_day)  # fmt: skip


def _with_remarks(
    report: ImportReport,
    documents: Sequence[Document],
    matched: Sequence[Matched],
    fresh: Sequence[Account],
    remarks: Sequence[str],
) -> ImportReport:
    """The report with whom each name was matched with, and everything a reader should know besides."""
    matches = tuple(match for each in matched for match in each.matching.matches)
    told = [f"{document.name}: {remark}" for document in documents for remark in document.remarks]
    told += [match.why for match in matches if match.state is MatchState.NEW and match.why]
    every = tuple(dict.fromkeys([*remarks, *told]))
    return replace(report, matches=matches, accounts=tuple(a.id for a in fresh), remarks=every)


@dataclass(frozen=True, slots=True)
class _Means:
    """What it takes to write."""

    records: Records
    today: date
    search: NoteSearch
    finder: Finder
    ids: Ids


def _publish(
    means: _Means,
    caller: AccountId,
    fresh: Sequence[Account],
    plans: Sequence[AccountPlan],
    entry: ImportEntry,
    progress: Progress | None,
) -> None:
    """Write accounts, people and the entry first, so that whatever follows can be undone; then file after file.

    The entry stands in every account that is touched, the caller's own included.
    """
    if fresh:
        means.records.meta_set(UNFINISHED, caller)  # until the end, whoever is named here may still get an account
    for new in fresh:
        means.records.accounts.add(new)
    total, done = sum(len(notes) for plan in plans for notes in plan.notes.values()), 0

    def ready_so_far(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    touched = dict.fromkeys([caller, *(new.id for new in fresh), *(plan.account for plan in plans)])
    with means.records.together([*touched], means.today) as shelves:
        for plan in plans:
            _write_people(shelves[plan.account], plan)
        for shelf in shelves.values():
            # After the people: those added before it in this unit are the import's making, so it can be undone.
            shelf.imports.add(entry)
        for plan in plans:
            shelves[plan.account].meetings.save([one for planned in plan.meetings.values() for one in planned])
    for notes in _groups(plans):
        _publish_group(means, entry.id, notes, ready_so_far)


def unfinished_import(records: Records) -> AccountId | None:
    """Whose first import of a case folder was cut off: done again, it may still bring the managers' accounts."""
    return AccountId(caller) if (caller := records.meta_get(UNFINISHED)) else None


def _write_people(shelf: Shelf, plan: AccountPlan) -> None:
    """New and changed people, provided that the account still has exactly those who were matched."""
    if tuple(shelf.people.all()) != plan.known:
        raise Refused("Your people were changed while the files were read.", next="Import them again.")
    for person in plan.people:
        shelf.people.add(person)
    for person in plan.changed:
        shelf.people.save(person)
    refind_mentions(shelf, plan.known)


def _groups(plans: Sequence[AccountPlan]) -> Iterator[list[Note]]:
    """Whole files in their order, small ones together: a thousand files of one note are not a thousand commits."""
    group: list[Note] = []
    for number in sorted({number for plan in plans for number in plan.notes}):
        own = [note for plan in plans for note in plan.notes.get(number, ())]
        if group and len(group) + len(own) > COMMIT:
            yield group
            group = []
        group.extend(own)
    if group:
        yield group


def _publish_group(means: _Means, import_id: str, notes: Sequence[Note], ready_so_far: Callable[[int], None]) -> None:
    """Some whole files' notes, in one short commit for all accounts; everything slow comes before."""
    accounts = [*dict.fromkeys(note.account_id for note in notes)]
    made = [_make_ready(means, i, [n for n in notes if n.account_id == i], ready_so_far) for i in accounts]
    with means.records.together(accounts, means.today) as shelves:
        for account, (ready, promises) in zip(accounts, made, strict=True):
            shelf = shelves[account]
            _refuse_gone(shelf.people.all(), ready.notes)
            late = overtaken(shelf, promises)
            fresh = _still_new(shelf, ready)
            if len(fresh.notes) < len(ready.notes):
                late = {each.person.id for each in promises}
            write(shelf, fresh, means.ids)
            write_promises(shelf, means.finder, promises, late)
            shelf.imports.grow(import_id, len(fresh.notes))


def _make_ready(
    means: _Means, account: AccountId, notes: Sequence[Note], ready_so_far: Callable[[int], None]
) -> tuple[Ready, list[Foreseen]]:
    """One account's notes with all that is derived from them, promises over the whole history included.

    The encoder has most of the work and leaves the interpreter free: it starts first, the rules read meanwhile.
    """
    with means.records.reading(account, means.today) as shelf:
        people, manager = [*shelf.people.all()], shelf.account
    _refuse_gone(people, notes)
    parts = [notes[start : start + BATCH] for start in range(0, len(notes), BATCH)]
    told = [[find_mentions(note, people) for note in part] for part in parts]
    with _embedded_beside(means.search, told, people) as coming:
        mined, waiting = [], [*coming]
        for part in told:
            mined.append(mine(part, people, manager, means.finder))
            while waiting and waiting[0].done():
                ready_so_far(len(waiting.pop(0).result()))
        read = _joined(mined)
        with means.records.reading(account, means.today) as shelf:
            promises = _promises(shelf, means.finder, read)
        for rest in waiting:
            ready_so_far(len(rest.result()))
        vectors = tuple(vector for part in coming for vector in part.result())
    return Ready(read.notes, read.screenings, read.evidence, read.reader, vectors), promises


@contextmanager
def _embedded_beside(
    search: NoteSearch, parts: Sequence[Sequence[Note]], people: Sequence[Person]
) -> Iterator[Sequence[Future[Sequence[NoteVector]]]]:
    """The vectors of each part, made one part after the other while the rules read; given up where those fail."""
    with ThreadPoolExecutor(1) as beside:
        coming = [beside.submit(search.prepare, part, people) for part in parts]
        try:
            yield coming
        finally:
            for each in coming:
                each.cancel()


def _refuse_gone(people: Sequence[Person], notes: Sequence[Note]) -> None:
    """Whoever was erased or merged away meanwhile does not come back by notes that were on their way."""
    if {note.person_id for note in notes} - {person.id for person in people}:
        raise Refused(
            "Somebody these notes are about was taken away while the files were read.",
            next="Import them again if they are to come back; files that are in already are left alone.",
        )


def _still_new(shelf: Shelf, ready: Ready) -> Ready:
    """Without notes that another import has brought meanwhile."""
    about = dict.fromkeys(note.person_id for note in ready.notes)
    known = {mark for person_id in about for mark in shelf.notes.fingerprints(person_id)}
    kept = {note.id for note in ready.notes if note.fingerprint not in known}
    return Ready(
        tuple(note for note in ready.notes if note.id in kept),
        tuple(screening for screening in ready.screenings if screening.note_id in kept),
        tuple(item for item in ready.evidence if item.note.id in kept),
        ready.reader,
        tuple(vector for vector in ready.vectors if vector.note_id in kept),
    )


def _joined(parts: Sequence[Mined]) -> Mined:
    """Batches as one."""
    return Mined(
        tuple(note for part in parts for note in part.notes),
        tuple(screening for part in parts for screening in part.screenings),
        tuple(evidence for part in parts for evidence in part.evidence),
        parts[0].reader,
    )


def _promises(shelf: Shelf, finder: Finder, mined: Mined) -> list[Foreseen]:
    """The promises of everybody the notes are about, over the whole history."""
    by_person: dict[PersonId, list[Readable]] = {}
    for readable in mined.readable:
        by_person.setdefault(readable.note.person_id, []).append(readable)
    return [foresee(shelf, finder, shelf.people.get(i), fresh) for i, fresh in by_person.items()]


def _refuse_unsure(matched: Sequence[Matched], outcomes: Sequence[Outcome]) -> None:
    """A file with a name that could mean several people waits for an answer; nothing of it is written."""
    for each in matched:
        for number, unsure in each.unsure():
            outcomes[number].refused, outcomes[number].next = ask_about(unsure)
            outcomes[number].choices += tuple(choice for match in unsure for choice in match.choices)


def _refuse_if_nothing_is_left(outcomes: Sequence[Outcome]) -> None:
    """An import of which nothing can be kept is an error; with one good file the report tells of the others."""
    refused = [outcome for outcome in outcomes if outcome.refused]
    if not refused or any(outcome.brings and not outcome.refused for outcome in outcomes):
        return
    kind = AmbiguousPerson if all(outcome.choices for outcome in refused) else ImportRefused
    told = " ".join(f"{outcome.name}: {outcome.refused}" for outcome in refused[:5])
    more = f" And {len(refused) - 5} more files." if len(refused) > 5 else ""
    raise kind(
        f"{told}{more}", next=refused[0].next, choices=[choice for outcome in refused for choice in outcome.choices]
    )


def _what(outcomes: Sequence[Outcome]) -> str:
    """The names of the files, for the list of imports."""
    names = ", ".join(outcome.name for outcome in outcomes if outcome.brings and not outcome.refused)
    return names if len(names) <= 200 else f"{names[:196]} …"


def _files(outcomes: Sequence[Outcome], plans: Sequence[AccountPlan]) -> tuple[FileReport, ...]:
    """What became of each file, or would."""
    added = [sum(len(plan.notes.get(number, ())) for plan in plans) for number in range(len(outcomes))]
    planned = [sum(len(plan.meetings.get(number, ())) for plan in plans) for number in range(len(outcomes))]
    return tuple(
        FileReport(o.name, notes, o.known, meetings, f"{o.refused} {o.next}".strip() if o.refused else "",
                   tuple(o.skipped), o.open_day)
        for o, notes, meetings in zip(outcomes, added, planned, strict=True)
    )  # fmt: skip
