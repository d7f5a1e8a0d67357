"""Everything an engine may know about one person today, in a handful of reads. It thinks nothing up."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.actions.build_profile import MOST_READ, build_profile, is_usable
from assistant.actions.find_nearest import Reading
from assistant.actions.find_stage import find_stage
from assistant.actions.retire_wishes import retire_wishes
from assistant.actions.set_aside import set_aside
from assistant.domain.ask_ledger import resting
from assistant.domain.digest import Digest
from assistant.domain.meeting import last_time
from assistant.domain.note import NoteId
from assistant.domain.opinion import unwanted
from assistant.domain.pending import PendingState
from assistant.domain.person import PersonId
from assistant.domain.promise import OFFERS, Promise, Telling, TellingKind, carry_over
from assistant.domain.situation import Situation
from assistant.ports.records import Shelf

LOOKS_BACK = timedelta(days=120)
MOST_OF_A_TOPIC = 60  # passages; a person with a hundred notes stays below it, and a brief never needs more
MOST_RECENT = MOST_READ
MOST_LEFT_OUT = 6
MOST_MENTIONS = 5
_POINTED = OFFERS | {TellingKind.NOT_SO}


def gather_situation(shelf: Shelf, person_id: PersonId) -> Situation:
    """One person's situation on the shelf's day. Of a long history old notes are not read: their evidence is."""
    today = shelf.today
    person = shelf.people.get(person_id)
    meetings = shelf.meetings.of(person_id)
    since = last_time(meetings, today)
    first = min(since.day, today - LOOKS_BACK)
    held = shelf.pending.held()
    all_told = shelf.notes.newest(person_id, MOST_RECENT)
    told = [n for n in all_told if held.get(n.id) is not PendingState.WAITING]
    unsaid = [n for n in all_told if held.get(n.id) is PendingState.WAITING]
    read = shelf.screenings.of(told)
    found = shelf.evidence.of(person_id, MOST_OF_A_TOPIC)
    aside = set_aside(shelf, person_id, [r.note for r in read], found)
    newest = [r for r in read if r.note.id not in aside]
    recent = [r for r in newest if r.note.day >= first]
    usable = [i for i in found if is_usable(i) and i.note.id not in aside]
    evidence = retire_wishes(usable, person)
    days = shelf.notes.days(person_id)
    ledger = shelf.ledger.of(person_id)
    rests = resting(ledger, today)
    poor = unwanted(shelf.opinions.of(person_id))
    notes_in_all = shelf.notes.count(person_id)
    left_out = shelf.screenings.left_out(person_id)
    reading = Reading.of(read, in_all=notes_in_all, aside=aside, found=found)
    profile = build_profile(
        person, shelf.account, today, evidence, len(left_out), recent, tuple(aside.values()), reading
    )
    promises = _usable_promises(shelf, shelf.promises.of(person_id), person_id, left_out, aside)
    requests = _usable_promises(shelf, shelf.promises.asked_by(person_id), person_id, left_out, aside)
    return Situation(
        person=person,
        manager=shelf.account,
        today=today,
        since=since,
        stage=find_stage(person, recent, meetings, notes_in_all, today),
        profile=profile,
        evidence=evidence,
        promises=carry_over(promises, meetings, today),
        requests=tuple(requests),
        recent=tuple(recent),
        earlier=tuple(r for r in newest if r.note.day < first),
        waiting=tuple(shelf.screenings.of(unsaid)) if unsaid else (),
        notes_in_all=notes_in_all,
        first_note_on=days[0] if days else None,
        resting=rests | {opinion.question_id for opinion in poor},
        asked_texts=(
            *(entry.text for entry in ledger if entry.question_id in rests and entry.text),
            *(opinion.text for opinion in poor if opinion.text),
        ),
        mentioned_by_others=tuple(shelf.screenings.of(shelf.notes.mentioning(person_id, MOST_MENTIONS))),
        left_out=tuple(shelf.screenings.of(shelf.notes.known(left_out[:MOST_LEFT_OUT]))),
        guidance=tuple(shelf.releases.verdicts()),
        older=_older(shelf, person_id),
        language=_spoken([r.screening.language for r in recent]),
    )


def _older(shelf: Shelf, person_id: PersonId) -> tuple[Digest, ...]:
    """What was made of older notes, line by line, without what touches a passage that is private by now."""
    digests = shelf.digests.of(person_id)
    notes = {q.note.id: q.note for digest in digests for line in digest.lines for q in line.quotes}
    allowed = {r.note.id: r for r in shelf.screenings.of([*notes.values()])} if notes else {}
    kept = []
    for digest in digests:
        lines = tuple(line for line in digest.lines if all(allowed[q.note.id].allows(q.span) for q in line.quotes))
        if lines:
            kept.append(replace(digest, lines=lines))
    return tuple(kept)


def _spoken(languages: Sequence[str]) -> str:
    """The language that most of the notes are in; English where none leads or none is known."""
    told = Counter(code for code in languages if code != "xx").most_common(2)
    leads = told and (len(told) == 1 or told[0][1] > told[1][1])
    return told[0][0] if leads else "en"


def _usable_promises(
    shelf: Shelf, kept: Sequence[Promise], person_id: PersonId, left_out: Collection[NoteId], aside: Collection[NoteId]
) -> Sequence[Promise]:
    """Promises whose every passage may be used; one that came out of a note and lost its passage is none.

    What a note tells of one is left out when something of that note must not be used.

    Only notes of which something is left out, and notes about others, have to be looked at.
    """
    left_out = {*left_out}
    shut = {*left_out, *aside}
    told = (q.note for p in kept for q in p.passages)
    doubtful = {n.id: n for n in told if n.person_id != person_id or n.id in left_out}
    looked_at = {r.note.id: r for r in shelf.screenings.of([*doubtful.values()])} if doubtful else {}

    def is_told(telling: Telling) -> bool:
        """A model was sent what is open of a note, and points at that; a rule reads the whole of it."""
        note, pointed = telling.quote.note.id, telling.kind in _POINTED
        return note not in shut or (pointed and note not in aside and looked_at[note].allows(telling.quote.span))

    found = [p if all(map(is_told, p.told)) else replace(p, told=tuple(filter(is_told, p.told))) for p in kept]
    return [
        p
        for p in found
        if (p.quotes or not p.finder)
        and all(q.note.id not in aside for q in p.passages)
        and all(q.note.id not in doubtful or looked_at[q.note.id].allows(q.span) for q in p.passages)
    ]
