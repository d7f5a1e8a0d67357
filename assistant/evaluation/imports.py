"""Whether notes come back from other file formats: right person, right day, same words."""

import re
from collections.abc import Mapping

from assistant.evaluation.case import Case, Rendering
from assistant.evaluation.measures import flat
from assistant.evaluation.output import Recovered
from assistant.evaluation.report import Finding, Scored, Tally

PART = "import"
CASE_FORM = "case folder"
_QUOTED = re.compile(r"^> ?", re.MULTILINE)


def score_imports(case: Case, recovered: Mapping[tuple[str, str], Recovered], kept: int) -> Scored:
    """The share of notes recovered, by format.

    Args:
        case: The notes, and in which formats they are given again.
        recovered: What came back, by manager and format.
        kept: How many of the case folder's own notes were kept.
    """
    figures, findings = [], []
    whole = Tally("person")
    whole.add("", kept, len(case.notes))
    figures.append(whole.share(PART, "notes recovered", CASE_FORM, main=True))
    for form in dict.fromkeys(r.form for r in case.renderings):
        tally = Tally("person")
        for rendering in (r for r in case.renderings if r.form == form):
            for finding in _compared(case, rendering, recovered[rendering.account, form]):
                tally.add(finding.person, finding.ok, 1)
                findings.append(finding)
        figures.append(tally.share(PART, "notes recovered", form, main=True))
    return Scored(PART, tuple(figures), tuple(findings))


def _compared(case: Case, rendering: Rendering, back: Recovered) -> list[Finding]:
    by_text: dict[str, list[tuple[str, str]]] = {}
    for person, day, text in back.notes:
        by_text.setdefault(_plain(text), []).append((person, day.isoformat()))
    found = []
    for note_id, file in rendering.notes.items():
        note = case.notes[note_id]
        places = by_text.get(_plain(note.text), [])
        wanted = (str(note.person_id), note.day.isoformat())
        why = "" if wanted in places else _why(wanted, places, back)
        came = " ".join(f"{p} {d}" for p, d in places) or "; ".join(back.refused) or "not there"
        found.append(
            Finding(PART, f"{rendering.form}:{note_id}", note.person_id, rendering.form, not why,
                    f"{' '.join(wanted)} from {file}", came, why)
        )  # fmt: skip
    return found


def _why(wanted: tuple[str, str], places: list[tuple[str, str]], back: Recovered) -> str:
    if not places:
        return "file refused" if back.refused and not back.notes else "words not found"
    return "wrong day" if any(person == wanted[0] for person, _ in places) else "wrong person"


def _plain(text: str) -> str:
    """White space collapsed, marks of quoted lines taken out."""
    return flat(_QUOTED.sub("", text))
