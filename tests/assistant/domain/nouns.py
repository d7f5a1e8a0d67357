"""Short ways to make nouns in tests; every one goes through the noun's own checks."""

from datetime import date

from assistant.domain.account import AccountId
from assistant.domain.evidence import Evidence, EvidenceState, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns

ME = AccountId("me")
DANA = Person(ME, PersonId("p1"), "Dana Whitlock", ("Dee",), Pronouns.SHE, "Ward clerk")


def note(text: str, day: str = "2026-03-01", *, id: str = "n1", kind: NoteKind = NoteKind.ONE_ON_ONE) -> Note:
    return Note(ME, NoteId(id), DANA.id, date.fromisoformat(day), text, kind)


def evidence(
    words: str,
    topic: Topic = Topic.PASSION,
    *,
    day: str = "2026-03-01",
    witness: Witness = Witness.SELF,
    strength: Strength = Strength.E2,
    state: EvidenceState = EvidenceState.SUGGESTED,
    tense: Tense = Tense.CURRENT,
    id: str = "n1",
) -> Evidence:
    return Evidence(Quote.of(note(words, day, id=id), words), topic, witness, strength, "T01", "t@1", state, tense)
