"""Search, profile and evidence on a terminal, every quote with its day and note."""

from collections.abc import Iterator, Sequence

from assistant.domain.evidence import EvidenceState
from assistant.domain.profile import StatementStatus
from ui.contract.finds import (
    EvidenceListPayload,
    EvidencePayload,
    EvidenceView,
    FacetPart,
    LessonView,
    ProfilePayload,
    SearchPayload,
)
from ui.contract.records import NoteView
from ui.present.paper import count, day, heading, place, quoted, sources, wrapped
from ui.present.tell_prep import gap_lines

_STATES = {
    "unknown": "not known",
    "hinted": "hinted at, not yet proven",
    "confirmed": "known well enough to build on",
    "stale": "known, but the newest proof is older than half a year",
}


def search(payload: SearchPayload) -> str:
    """Hits, best first; it says when they probably do not answer."""
    return "\n".join(_search(payload))


def _search(payload: SearchPayload) -> Iterator[str]:
    if not payload.hits:
        yield f"No note fits{_window(payload)}."
        if payload.nearest:
            yield "Nearest in time:"
            yield from (_nearest(note) for note in payload.nearest)
        return
    if payload.weak:
        yield wrapped("The notes probably do not answer this. What comes nearest:")
        yield ""
    for number, hit in enumerate(payload.hits, 1):
        whose = "" if payload.person_id else f"{hit.person_id}, "
        yield wrapped(f"{quoted(hit)} ({whose}{place(hit)})", mark=f"{number:>2}. ")
    if payload.says:
        yield ""
        yield wrapped(payload.says)


def _window(payload: SearchPayload) -> str:
    window = payload.window
    if window is None:
        return ""
    since = f" from {day(window.since)}" if window.since else ""
    return f"{since} until {day(window.until)}" if window.until else since


def _nearest(note: NoteView) -> str:
    text = " ".join(note.text.split())
    short = text if len(text) <= 160 else f"{text[:157].rsplit(' ', 1)[0]} …"
    return wrapped(f"{day(note.date)}, {note.id}: {short}", 2, mark="- ")


def profile(payload: ProfilePayload) -> str:
    """What is known of one person, and what is not."""
    return "\n".join(_profile(payload))


def _profile(payload: ProfilePayload) -> Iterator[str]:
    role = f" · {payload.person.role}" if payload.person.role else ""
    yield wrapped(f"{payload.person.name}{role} · as of {day(payload.today)}")
    parts = (("Passion", payload.passion), ("Talent", payload.talent), ("Customer value", payload.customer_value))
    for label, part in parts:
        yield f"{heading(label)}: {_STATES[part.state]}"
        yield from _facet(part)
    if payload.customers:
        yield heading("Whom they serve")
        for customer in payload.customers:
            behind = f", for {customer.end_user}" if customer.end_user else ""
            but = "; so far only a complaint" if customer.complained else ""
            yield wrapped(f"{customer.name} ({customer.reach}{behind}{but})", 2, mark="- ")
            yield from sources(customer.evidence[-1:], 4)
    if payload.shape:
        yield wrapped(f"Shape: {payload.shape}", mark="\n")
    yield heading("Not settled yet")
    yield from (line for gap in payload.gaps for line in gap_lines(gap, payload.near))
    if not payload.gaps:
        yield "  - nothing that a plan would need"
    yield wrapped(f"Known least: {payload.weakest.words}. That is where the next question belongs.", mark="\n")
    if payload.left_out:
        words = ("is", "it holds", "is") if payload.left_out == 1 else ("are", "they hold", "are")
        yield wrapped(
            f"{count(payload.left_out, 'note')} {words[0]} left out, wholly or in part: "
            f"{words[1]} something private or {words[2]} closed to the assistant."
        )


def _facet(part: FacetPart) -> Iterator[str]:
    for statement in part.statements:
        status = "" if statement.status is StatementStatus.CURRENT else f" ({statement.status})"
        yield wrapped(f"{statement.text}{status}", 2, mark="- ")
        yield from sources(statement.evidence, 4, said=statement.text)
        if statement.against:
            yield wrapped("Against it:", 4)
            yield from sources(statement.against, 6)
    if part.may_point_to_it:
        yield "  May point to it; confirm what fits, reject what does not:"
    for guess in part.may_point_to_it:
        yield wrapped(guess.text, 4, mark="- ")
        yield from sources(guess.evidence, 6, said=guess.text)


def evidence_list(payload: EvidenceListPayload) -> str:
    """All evidence by topic."""
    lines = [f"{payload.person.name}: {count(len(payload.evidence), 'quote')} found"]
    for topic in dict.fromkeys(item.topic for item in payload.evidence):
        lines.append(heading(topic.replace("_", " ")))
        for item in (i for i in payload.evidence if i.topic is topic):
            lines += _evidence(item)
    if payload.learnt:
        lines.append(heading("What your verdicts taught"))
    for lesson in payload.learnt:
        lines += _lesson(lesson)
    return "\n".join(lines)


def _lesson(lesson: LessonView) -> Iterator[str]:
    """What is no longer suggested, why, and the way back."""
    first = lesson.rejected[0]
    times = "once" if len(lesson.rejected) == 1 else "twice" if len(lesson.rejected) == 2 else "several times"
    about = lesson.topic.replace("_", " ")
    yield wrapped(
        f"You said {times}, last of {quoted(lesson.rejected[-1])}, that it shows no {about}. What is found by the same "
        "sign is no longer suggested.",
        2,
        mark="- ",
    )
    yield wrapped(f"To take it back: flourish evidence reopen {first.id}", 4)


def evidence(payload: EvidencePayload) -> str:
    """One piece of evidence after a verdict."""
    item = payload.evidence
    done = {EvidenceState.CONFIRMED: "Confirmed", EvidenceState.REJECTED: "Rejected; it will not be used"}
    return "\n".join([f"{done.get(item.state, 'Open again')} ({item.topic.replace('_', ' ')}):", *_evidence(item)])


def _evidence(item: EvidenceView) -> Sequence[str]:
    about = ", ".join((item.state, f"witness: {item.witness}", item.strength, place(item)))
    return [wrapped(f"{item.id}  {quoted(item)}", 2, mark="- "), wrapped(about, 4)]
