"""What each note of the files would become: new, known already, or unsure whose it is. For a look before the yes."""

from collections.abc import Iterator, Sequence

from assistant.actions.match_people import key_of
from assistant.actions.plan_import import Matched
from assistant.domain.importing import Fate, NoteAhead, NoteDraft
from assistant.domain.note import note_fingerprint


def foresee_notes(matched: Sequence[Matched]) -> tuple[NoteAhead, ...]:
    """Every note of the matched files, in their order; the same note twice is known the second time."""
    return tuple(note for each in matched for note in _of_account(each))


def _of_account(matched: Matched) -> Iterator[NoteAhead]:
    seen = set(matched.prints)
    for part in matched.parts:
        for draft in part.document.drafts:
            yield _ahead(draft, part.document.name, matched, seen)


def _ahead(draft: NoteDraft, file: str, matched: Matched, seen: set[str]) -> NoteAhead:
    person = matched.matching.by_key[key_of(draft)].person
    fate = Fate.UNSURE
    if person is not None:
        mark = note_fingerprint(person.id, draft.day, draft.text)
        fate = Fate.KNOWN if mark in seen else Fate.NEW
        seen.add(mark)
    return NoteAhead(file, draft.person_written, draft.day, draft.text, draft.kind, fate, person)
