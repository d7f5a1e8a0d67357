"""What a debrief brought counts only as far as the manager said yes: nothing before, and never what was left out.

This holds whoever reads the notes again, and whenever: a no to a passage stays a no while its words stand in the note.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.note import NoteId
from assistant.domain.promise import Promise, PromiseState
from assistant.ports.records import Shelf


def evidence_agreed(shelf: Shelf, found: Iterable[Evidence]) -> list[Evidence]:
    """Of what was found, all but what stands in a debrief without a yes, or was left out of one."""
    held, refused = shelf.pending.held(), shelf.pending.left_out()
    return wanted_evidence([item for item in found if item.note.id not in held], refused)


def wanted_evidence(found: Iterable[Evidence], refused: Sequence[DebriefDraft]) -> list[Evidence]:
    """Of what was found, all but what the manager left out: the same topic in the same words."""
    no = [(item.topic, item.quote) for draft in refused for item in draft.evidence]
    return [item for item in found if not any(item.topic is topic and _meets(item.quote, q) for topic, q in no)]


def wanted_promises(found: Iterable[Promise], refused: Sequence[DebriefDraft]) -> list[Promise]:
    """The promises without passages that the manager left out; what only such a passage settled is open."""
    made = [(p.owner, p.quotes[-1]) for draft in refused for p in draft.promises]
    ended = [p.closed_by for draft in refused for p in draft.settled if p.closed_by]
    kept = []
    for promise in found:
        quotes = tuple(q for q in promise.quotes if not any(promise.owner is who and _meets(q, no) for who, no in made))
        if promise.quotes and not quotes:
            continue
        told = tuple(t for t in promise.told if not any(_meets(t.quote, no) for no in ended))
        promise = replace(promise, quotes=quotes, told=told)
        closing = promise.closed_by
        if closing is not None and any(_meets(closing, no) for no in ended):
            promise = replace(promise, state=PromiseState.OPEN, closed_by=None)
        kept.append(promise)
    return kept


def counting(shelf: Shelf, note_ids: Iterable[NoteId], answered: Collection[NoteId] = ()) -> set[NoteId]:
    """Those notes in which promises are looked for: no debrief without a yes, but for those answered just now."""
    held = shelf.pending.held()
    return {note_id for note_id in note_ids if note_id not in held or note_id in answered}


def _meets(one: Quote, other: Quote) -> bool:
    return one.note.id == other.note.id and one.span.overlaps(other.span)
