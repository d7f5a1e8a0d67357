"""A model's wording for one section of a plan, held against the notes as a fresh draft would be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.evidence import Quote
from assistant.domain.origin import Origin
from assistant.domain.plan import CITED, LATER, LINKS, Link, Part, Plan, Section, Step, Thread
from assistant.domain.plan_change import Revised, Wish
from assistant.engines.llm.asking import LeaveOut
from assistant.engines.llm.checks import Checker, shown
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import IsSensitive
from assistant.engines.llm.planning import checked_later, checked_link, checked_step, one_each
from assistant.engines.llm.shapes import LaterItem, LinkItem, SectionItem, StepItem

LONGEST_WISH = 400
_TOGETHER = frozenset({Section.CUSTOMER, Section.VALUE})  # another customer has another value


def section_text(plan: Plan, thread_no: int, is_sensitive: IsSensitive) -> str:
    """One thread of a plan as the prompt carries it, section by section; what lost its ground stays here."""
    thread = plan.threads[thread_no - 1]
    told = ((section, one_line(_words(thread.part(section)))) for section in Section)
    return "\n".join(f"{section.value}: {'-' if not text or is_sensitive(text) else text}" for section, text in told)


def _words(part: Part) -> str:
    if isinstance(part, str):
        return part
    return "" if isinstance(part, Link) and part.lost else part.text


def checked_revision(
    items: Iterable[SectionItem],
    plan: Plan,
    thread_no: int,
    section: Section,
    wish: Wish,
    checker: Checker,
    origin: Origin,
    leave_out: LeaveOut,
) -> Iterator[Revised]:
    """The section in new words that hold, and with a customer what is different for them; nothing otherwise."""
    thread, until = plan.thread(thread_no), plan.look_again(checker.situation.today)
    parts: dict[Section, Part] = {}
    quotes: tuple[Quote, ...] = ()
    for item in items:
        asked = item.section is section or {item.section, section} == _TOGETHER
        part = _part(item, thread, wish, checker, leave_out, until) if asked and item.section not in parts else None
        if part is not None and part != thread.part(item.section):
            parts[item.section] = part
            quotes = quotes or (checker.quotes_with(item.cites, item.text) if section in CITED else ())
    made = parts.pop(section, None)
    if made is not None:
        yield Revised(section, made, tuple(parts.items()), origin, quotes)


def _part(
    item: SectionItem, thread: Thread, wish: Wish, checker: Checker, leave_out: LeaveOut, until: date
) -> Part | None:
    """What stands in the section then; None when it does not hold."""
    section, text = item.section, shown(item.text)
    if not text:
        return None
    if section.is_link:
        link = checked_link(
            section.value, LinkItem(text=text, cites=item.cites, question=item.question), checker, leave_out
        )
        return None if link.is_gap else link
    matter = [q for name in LINKS for q in thread.link(name).quotes]
    told = [*matter, *(i.quote for i in checker.situation.evidence), *checker.sent()]
    if section in LATER:
        return _later(item, thread, wish, checker, leave_out, told, matter, until)
    if section.is_step:
        now = thread.steps[section]
        step = checked_step(
            StepItem(text=text, in_days=min(max(item.in_days, 1), 60), cites=item.cites), now.owner, checker, told,
            more=(wish.words,), before=thread.first_step if section is Section.SUPPORT else None,
        )  # fmt: skip
        if step is None:
            leave_out("ground")
            return None
        return step if item.in_days else _on_its_day(step, now, checker)
    quotes = checker.quotes_with(item.cites, text)
    if checker.holds(text, (*quotes, *told), (wish.words,)) and _is_told(section, text, told, wish, checker):
        return text
    leave_out("ground")
    return None


def _later(
    item: SectionItem, thread: Thread, wish: Wish, checker: Checker, leave_out: LeaveOut, told: Sequence[Quote],
    matter: Sequence[Quote], until: date,
) -> Step | None:  # fmt: skip
    """A step after the first; what the wish does not speak of, its day and who takes it, stays."""
    if LATER.index(item.section) > len(thread.then):
        return None
    now, before = thread.steps.get(item.section), thread.before(item.section)
    asked = LaterItem(
        text=item.text, in_days=item.in_days, cites=item.cites, who=item.who,
        owner=item.owner or (now.owner.value if now else ""),
    )  # fmt: skip
    step = checked_later(asked, checker, told, matter, after=before.due, until=until, more=(wish.words,))
    if step is None:
        leave_out("ground")
        return None
    return step if item.in_days or now is None else _on_its_day(step, now, checker)


def _on_its_day(step: Step, now: Step, checker: Checker) -> Step:
    """The step on the day it had, unless that day has passed."""
    return replace(step, due=now.due) if now.due >= checker.situation.today else step


def _is_told(section: Section, text: str, told: Sequence[Quote], wish: Wish, checker: Checker) -> bool:
    """Whether what gets in the way or costs something keeps to the notes; signs, goals and moves are suggestions."""
    if section in (Section.MEASURE, Section.GOAL, Section.MOVE):
        return True
    return checker.is_told(text, one_each(told), (wish.words,))
