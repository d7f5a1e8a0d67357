"""Whether a note that lies in the wrong person's file is noticed, and whether any other one is suspected."""

from collections.abc import Mapping

from assistant.domain.person import PersonId
from assistant.evaluation.case import Case
from assistant.evaluation.report import Finding, Scored, Tally

PART = "misfiled"


def score_misfiled(case: Case, offered: Mapping[str, PersonId]) -> Scored:
    """Marked notes that were offered for moving to whom they are about, and notes offered that are in their place.

    Args:
        case: What the annotator marked.
        offered: By note, whom it was offered to be moved to.
    """
    noticed, suspected = Tally("note"), Tally("note")
    findings: list[Finding] = []
    marked = {wrong.note_id: (person.person_id, wrong.about) for person in case.gold for wrong in person.misfiled}
    for note_id, (who, about) in marked.items():
        right = offered.get(note_id) == about
        noticed.add(note_id, right, 1)
        came = offered.get(note_id) or "nothing"
        findings.append(Finding(PART, note_id, who, "noticed", right, f"offer it to {about}", str(came), ""))
    for note in case.notes.values():
        if note.id not in marked:
            wrong = note.id in offered
            suspected.add(note.id, wrong, 1)
            if wrong:
                findings.append(
                    Finding(PART, note.id, note.person_id, "suspected", False, "leave it", offered[note.id], "")
                )
    figures = noticed.share(PART, "noticed", main=True), suspected.count(PART, "suspected without cause", main=True)
    return Scored(PART, figures, tuple(findings))
