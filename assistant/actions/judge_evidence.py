"""A manager's verdict on evidence: confirm, reject, or correct its topic or its words. It survives every re-run."""

from dataclasses import replace

from assistant.domain.evidence import Evidence, EvidenceState, Quote, Topic
from assistant.errors import NotAllowed
from assistant.ports.records import Shelf

BY_HAND = "manager"


def judge_evidence(
    shelf: Shelf, evidence_id: str, state: EvidenceState, topic: Topic | None = None, words: str | None = None
) -> Evidence:
    """The evidence as it stands after the verdict.

    With another topic or other words of the same note, the old item is rejected and the corrected one confirmed.

    Raises:
        Unknown: There is no such evidence.
        UngroundedEvidence: The words do not stand in the note.
        NotAllowed: The words touch a passage that stays out of every answer.
    """
    known = shelf.evidence.get(evidence_id)
    quote = known.quote if words is None else Quote.of(known.note, words)
    corrected = replace(known, quote=quote, topic=topic or known.topic)
    if corrected.id == known.id:
        shelf.evidence.judge(known.id, state)
        return replace(known, state=state)
    if not shelf.screenings.of([known.note])[0].allows(quote.span):
        raise NotAllowed("This passage is private and stays out of profiles.", next="Choose other words of the note.")
    made = replace(corrected, cue=BY_HAND, finder=BY_HAND, state=EvidenceState.CONFIRMED)
    shelf.evidence.judge(known.id, EvidenceState.REJECTED)
    shelf.evidence.add(made)
    return made
