"""A plan as Markdown: the manager's own with its sources, and the copy for the person, without them."""

from collections.abc import Iterator, Sequence

from assistant.domain.evidence import Quote
from assistant.domain.origin import RULES
from assistant.domain.plan import Link, Plan, Section, Step, Thread
from assistant.domain.promise import Owner
from assistant.domain.shared_plan import SharedPlan
from assistant.prompting import offline_words

_LINKS = ((Section.PASSION, "Passion"), (Section.TALENT, "Talent"), (Section.CUSTOMER, "Customer"),
          (Section.VALUE, "What is different for them"))  # fmt: skip
_REST = ((Section.GOAL, "Goal"), (Section.MEASURE, "How we tell"), (Section.OBSTACLE, "If it gets stuck"),
         (Section.MOVE, "Change of the role"), (Section.WATCH_OUT, "Watch out"))  # fmt: skip
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})


def own_copy(name: str, plan: Plan) -> str:
    """The whole plan with every passage it stands on. For the manager's eyes."""
    return "\n".join(_own(name, plan)) + "\n"


def share_copy(copy: SharedPlan) -> str:
    """What the person may read."""
    return "\n".join(_shared(copy)) + "\n"


def _own(name: str, plan: Plan) -> Iterator[str]:
    yield f"# Development plan: {_safe(name)}"
    yield ""
    yield f"Version {plan.version}, {plan.state}, of {plan.day.isoformat()}. Review on {plan.review_on.isoformat()}."
    yield "For your eyes: it quotes your notes. `flourish plan PERSON export --share` makes the copy for the person."
    for number, thread in enumerate(plan.threads, 1):
        yield ""
        yield "## The golden thread" if len(plan.threads) == 1 else f"## Golden thread {number}"
        yield ""
        if thread.sentence:
            yield f"**{_safe(thread.sentence)}**"
            yield ""
        for section, label in _LINKS:
            yield from _link(label, thread.link(section), section in thread.own_words)
        yield from _step("First step", thread.first_step, name)
        for label, step in zip(("Second step", "Third step"), thread.then, strict=False):
            yield from _step(label, step, name, thread.first_step.quotes)
        yield from _step("Your part", thread.support, name)
        yield from _rest(thread)
    if plan.unknown:
        yield ""
        yield "## What no note says"
        yield ""
        yield from (f"- {_safe(question)}" for question in plan.unknown)
    yield ""
    by_rules = plan.origin.engine == RULES and not plan.origin.says
    yield f"*{_safe(offline_words('plan_life')['told']['rules'] if by_rules else plan.origin.words)}*"


def _link(label: str, link: Link, own: bool) -> Iterator[str]:
    if link.is_gap:
        mark = "your words, no note yet" if own else "gap"
        yield f"- **{label}** ({mark}): {_safe(link.text or 'no note says.')}"
        if link.question:
            yield f"  - Ask: {_safe(link.question)}"
        return
    yield f"- **{label}** ({link.tier}): {_safe(link.text)}"
    for quote in link.quotes:
        said = "" if quote.text in link.text else f"“{_safe(quote.text)}” "  # a passage is read once
        yield f"  - {said}({_safe(quote.note.id)}, {quote.day.isoformat()})"


def _step(label: str, step: Step, name: str, read: Sequence[Quote] = ()) -> Iterator[str]:
    who = "you" if step.owner is Owner.ME else name.split()[0]
    other = f"; {step.who} is to be asked" if step.who else ""
    yield f"- **{label}** ({_safe(who)}, by {step.due.isoformat()}{_safe(other)}): {_safe(step.text)}"
    for quote in step.quotes:
        source = f"{_safe(quote.note.id)}, {quote.day.isoformat()}"
        yield f"  - {source}" if quote.text in step.text or quote in read else f"  - “{_safe(quote.text)}” ({source})"


def _rest(thread: Thread) -> Iterator[str]:
    for section, label in _REST:
        text = str(thread.part(section))
        if text:
            yield f"- **{label}**: {_safe(text)}"


def _shared(copy: SharedPlan) -> Iterator[str]:
    yield f"# {_safe(copy.title)}"
    yield ""
    yield _safe(copy.opening)
    for lines in copy.threads:
        yield ""
        yield from (f"- **{_safe(line.label)}**: {_safe(line.text)}" for line in lines)
    if copy.questions:
        yield ""
        yield f"## {offline_words('share')['questions']}"
        yield ""
        yield from (f"- {_safe(question)}" for question in copy.questions)
    yield ""
    yield _safe(copy.closing)


def _safe(text: str) -> str:
    """Words of notes as plain words: nothing in them is a link, a heading or HTML; one line."""
    return " ".join(text.translate(_SPECIAL).split())
