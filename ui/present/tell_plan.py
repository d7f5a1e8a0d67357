"""A plan on a terminal: each golden thread as a line from what somebody loves to a customer who is better off.

A gap stands where it is, with the question that would close it.
"""

from collections.abc import Iterator

from assistant.domain.promise import Owner
from ui.contract.talks import LinkView, PlanPayload, StepView, ThreadView
from ui.present.paper import count, day, heading, sources, wrapped

_LABELS = (("passion", "Passion"), ("talent", "Talent"), ("customer", "Customer"), ("value", "Value"))


def plan(payload: PlanPayload) -> str:
    """The whole plan."""
    return "\n".join(_plan(payload)).rstrip()


def _plan(payload: PlanPayload) -> Iterator[str]:
    yield wrapped(f"{payload.person.name}: development plan, version {payload.version} ({payload.state})")
    revised = f" · this version {day(payload.made_on)}" if payload.made_on != payload.drafted_on else ""
    since = f" · {payload.state} since {day(payload.state_since)}" if payload.state_since else ""
    yield wrapped(f"drafted {day(payload.drafted_on)}{revised}{since} · review on {day(payload.review_on)}")
    yield from (wrapped(reason, mark="!! ") for reason in payload.stale)
    for number, thread in enumerate(payload.threads, 1):
        alone = len(payload.threads) == 1
        yield heading("The golden thread" if alone else f"Golden thread {number}")
        yield from _thread(thread, payload.person.name.split()[0])
    if payload.unknown:
        yield heading("What no note says")
        yield from (wrapped(gap, 2, mark="- ") for gap in payload.unknown)
    if payload.changed:
        yield heading("Changed since this was drafted")
        yield from (wrapped(note, 2, mark="- ") for note in payload.changed)
    if payload.written_by.says:
        yield f"\n{wrapped(payload.written_by.says)}"


def _thread(thread: ThreadView, first_name: str) -> Iterator[str]:
    if thread.sentence:
        yield wrapped(thread.sentence, 2)
        yield ""
    for index, (name, label) in enumerate(_LABELS):
        if index:
            yield "  |"
        yield from _link(label, getattr(thread, name), thread)
    yield ""
    yield from _step("First step", thread.first_step, first_name)
    for label, step in zip(("Second step", "Third step"), thread.then, strict=False):
        yield from _step(label, step, first_name, thread.first_step)
    yield from _step("Your support", thread.support, first_name)
    grounds = {ground.section.value: ground.evidence for ground in thread.grounds}
    for label, text, section in (
        ("Goal", thread.goal, ""), ("Measure", thread.measure, ""), ("In the way", thread.obstacle, "obstacle"),
        ("Change of the role", thread.move, "move"), ("Watch out", thread.watch_out, "watch_out"),
    ):  # fmt: skip
        if text:
            yield wrapped(text, 2, mark=f"{label}: ", hang=6)
            yield from sources(grounds.get(section, ()), 6, said=text)
    if thread.gaps:
        yield wrapped(f"{count(len(thread.gaps), 'gap')}: {', '.join(thread.gaps)}", 2)
    if thread.own_words:
        own = ", ".join(section.words for section in thread.own_words)
        yield wrapped(f"In your own words, no note behind it: {own}", 2)


def _link(label: str, link: LinkView, thread: ThreadView) -> Iterator[str]:
    if link.evidence:
        yield wrapped(f"{link.text} ({link.tier})", 2, mark=f"o {label}: ", hang=6)
        follows = thread.value.text if link is thread.customer else ""  # a passage is read once in a thread
        yield from sources(link.evidence, 6, said=f"{link.text} {follows}")
        if link.lost:
            yield wrapped(f"It has lost {', '.join(link.lost)}: changed, moved or gone since.", 6)
        return
    lost = f"it stood on {', '.join(link.lost)}, which has changed, moved or gone" if link.lost else ""
    yield wrapped(link.text or lost or "no note says", 2, mark=f"? {label} (gap): ", hang=6)
    if link.question and link.question not in link.text:
        yield wrapped(f"Ask: {link.question}", 6)


def _step(label: str, step: StepView, first_name: str, before: StepView | None = None) -> Iterator[str]:
    who = "you" if step.owner is Owner.ME else first_name
    other = f"; {step.who} is to be asked" if step.who else ""
    yield wrapped(f"{step.text} ({who}, by {day(step.due)}{other})", 2, mark=f"{label}: ", hang=6)
    read = (passage.quote for passage in before.evidence) if before else ()
    yield from sources(step.evidence, 6, said=" ".join((step.text, *read)))
