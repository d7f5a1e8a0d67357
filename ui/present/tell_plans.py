"""A plan's life and a debrief on a terminal."""

from collections.abc import Iterator, Sequence

from assistant.domain.check_in import Speaks
from assistant.domain.pending import PendingState
from assistant.domain.promise import Owner
from ui.contract import plans
from ui.present import tell_plan
from ui.present.paper import columns, count, day, heading, place, quoted, wrapped

_SPOKEN = {Speaks.FOR: "+ ", Speaks.AGAINST: "- ", Speaks.SILENT: "  "}


def versions(payload: plans.PlanVersionsPayload) -> str:
    """One line a version."""
    rows = [
        [
            str(v.version), v.state.value + (f" since {day(v.state_since)}" if v.state_since else ""), day(v.made_on),
            day(v.review_on), str(v.gaps),
        ]
        for v in payload.versions
    ]  # fmt: skip
    if not rows:
        return f"There is no plan for {payload.person.name} yet. Draft one: flourish plan {payload.person.id} draft."
    return columns(rows, ["Version", "State", "Made", "Review", "Gaps"])


def diff(payload: plans.PlanDiffPayload) -> str:
    """What reads differently, before and after."""
    lines = [wrapped(f"{payload.person.name}: from version {payload.before} to version {payload.after}")]
    for change in payload.changes:
        where = f"thread {change.thread}: " if change.thread else ""
        lines.append(heading(f"{where}{change.what}"))
        lines += [wrapped(part, 2, mark="- ") for part in change.before.splitlines()]
        lines += [wrapped(part, 2, mark="+ ") for part in change.after.splitlines()]
    if not payload.changes:
        lines.append("They read the same.")
    return "\n".join(lines)


def undone(payload: plans.PlanUndonePayload) -> str:
    """The plan as it is now."""
    if payload.plan is None:
        return f"Taken back. There is no plan for {payload.person.name} any more."
    return f"Taken back.\n\n{tell_plan.plan(payload.plan)}"


def check(payload: plans.PlanCheckPayload) -> str:
    """What the plan promised beside what the notes show."""
    return "\n".join(_check(payload))


def _check(payload: plans.PlanCheckPayload) -> Iterator[str]:
    if payload.note_id:
        yield f"Noted ({payload.note_id})."
    yield wrapped(
        f"{payload.person.name}: version {payload.version} ({payload.state}) beside "
        f"{count(payload.notes, 'usable note')} since {day(payload.since)}"
    )
    for reason in payload.stale:
        yield wrapped(reason.text, 0, mark="!! ")
    shown = (0, "")
    for each in payload.check_ins:
        if (each.thread, each.section) != shown:
            due = f" (by {day(each.due)})" if each.due else ""
            yield heading(f"thread {each.thread}: {each.section.words}")
            yield wrapped(f"promised: {each.promised}{due}", 2, hang=4)
            shown = (each.thread, each.section)
        if each.evidence is None:
            yield wrapped("The notes say nothing of it.", 2)
            continue
        said = {Speaks.FOR: "for it", Speaks.AGAINST: "against it"}[each.speaks]
        sure = ", confirmed by you" if each.by_hand else ""
        mark = _SPOKEN[each.speaks]
        yield wrapped(f"{said}{sure}: {quoted(each.evidence)} ({place(each.evidence)})", 2, mark=mark, hang=4)


def export(payload: plans.PlanExportPayload) -> str:
    """The Markdown, and below it what to change before it is shared."""
    lines = [f"Written to {payload.file}." if payload.file else payload.markdown.rstrip()]
    if payload.share:
        lines.append(heading("Read it aloud before you share it"))
        lines += [wrapped(f"{f.label}: “{f.words}” {f.why}.", 2, mark="- ") for f in payload.findings]
        if not payload.findings:
            lines.append("  Nothing to change.")
        lines += _whose_words(payload)
    return "\n".join(lines)


def _whose_words(payload: plans.PlanExportPayload) -> Iterator[str]:
    """What stayed out, and what could come in."""
    name = payload.person.name.split()[0]
    if not payload.holds:
        said = f"Nothing {name} said and nothing you saw is in it, only open lines: no note may be shown to {name}."
        yield wrapped(said, 2)
    if payload.left_out:
        yield wrapped(f"{count(payload.left_out, 'passage or name', 'passages and names')} of your notes left out.", 2)
    if payload.could_hold:
        yield wrapped("These come in with `flourish note edit ID --sharing shareable`:", 2)
        yield from (wrapped(f"{quoted(each)} ({place(each)})", 2, mark="- ") for each in payload.could_hold)


def debrief(payload: plans.DebriefPayload) -> str:
    """One screen: what was heard, and how to say yes."""
    return "\n".join(_debrief(payload)).rstrip()


def _debrief(payload: plans.DebriefPayload) -> Iterator[str]:
    name = payload.person.name
    if payload.crisis:
        yield wrapped(payload.crisis.text, mark="!! ")
        yield wrapped(f"Whom to turn to: {payload.crisis.point_to}.")
        if payload.kept:
            yield wrapped(
                f"\nYour words are on {name}'s timeline ({payload.note_id}), closed to the assistant. "
                "Nothing was made of them."
            )
        return
    kept = f"Kept as the note of a held one-on-one ({payload.note_id})." if payload.kept else "Nothing was written."
    yield wrapped(f"{name}, {day(payload.date)}. {kept}")
    for title, items in (
        ("Evidence to confirm", payload.evidence),
        ("Promises made", payload.promises),
        ("Promises settled", payload.settled),
        ("Answers to what you asked", payload.answers),
        ("What it says of the plan", payload.check_ins),
    ):
        yield from _items(title, items, name.split()[0])
    if payload.held_back:
        many = "1 passage" if payload.held_back == 1 else f"{payload.held_back} passages"
        yield f"Held back, because silence was asked for: {many}."
    yield ""
    yield from _what_next(payload)


def _items(title: str, items: Sequence[plans.DebriefItem], first_name: str) -> Iterator[str]:
    if items:
        yield heading(title)
    for item in items:
        if isinstance(item, plans.DebriefPromise):
            who = "you" if item.owner is Owner.ME else first_name
            due = f", by {day(item.due)}" if item.due else ""
            ends = f" [{item.state}]" if title == "Promises settled" else ""
            text = f"{who}{due}: {quoted(item.passage)}{ends}"
        elif isinstance(item, plans.DebriefCheckIn):
            text = f"{item.text}, {item.speaks} it: {quoted(item.passage)}"
        elif isinstance(item, plans.DebriefAnswer):
            text = f"{item.text} {quoted(item.passage)}"
        else:
            text = f"{item.text}: {quoted(item.passage)}"
        yield wrapped(text, 2, mark=f"{item.number}. ", hang=5)


def _what_next(payload: plans.DebriefPayload) -> Iterator[str]:
    if payload.pending and payload.state is PendingState.WAITING:
        pieces = (payload.evidence, payload.promises, payload.settled, payload.answers, payload.check_ins)
        found = sum(len(each) for each in pieces)
        yes = f"flourish pending confirm {payload.pending}"
        if found > 1:
            yield wrapped(f"Yes to all of it: {yes} (leave some out with --without 2). It waits for a day.")
        else:
            yield wrapped(f"Yes: {yes}. No: flourish pending drop {payload.pending}. It waits for a day.")
    elif payload.pending and payload.state is PendingState.CONFIRMED:
        yield wrapped(f"Confirmed. Take all of it back: flourish pending undo {payload.pending}")
    elif payload.state is PendingState.DROPPED:
        yield "Dropped. The note stays."
    elif not payload.pending and payload.kept:
        yield "Nothing else was found in it."


def waiting(payload: plans.PendingPayload) -> str:
    """Everything that waits."""
    return "\n\n".join(map(debrief, payload.pending)) or "Nothing waits for a yes."


def note_gone(payload: plans.DebriefUndonePayload) -> str:
    """What went."""
    return f"Taken back: note {payload.note_id} and all that came out of it are gone."
