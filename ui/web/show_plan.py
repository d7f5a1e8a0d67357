"""A development plan as golden threads. A link that no note carries stays visible as a gap, with its question."""

from datetime import date

from assistant.domain.evidence import Tier
from assistant.domain.person import Person
from assistant.domain.plan import Link, Plan, Step, Thread
from assistant.domain.promise import Owner
from ui.web.show import Passages, button, chips, empty, esc, section, tier_tag, when

LINKS = (("passion", "Passion", "what pulls them"), ("talent", "Talent", "what they do well"),
         ("customer", "Customer", "who is better off"), ("value", "Value", "the difference made"))  # fmt: skip


def no_plan(person: Person) -> str:
    """Before the first draft: what a plan is here, and how to get one."""
    return empty(
        "No plan yet",
        f"A plan ties what {esc(person.first_name)} loves and does well to a customer who is better off, with a first "
        "step inside two weeks. It quotes your notes; what they do not say stays an open question.",
        button("draft", "Draft a plan", style="fl-main-act"),
    )


def plan(item: Plan, person: Person, today: date, passages: Passages) -> str:
    """The newest version."""
    threads = "".join(
        _thread(t, n, len(item.threads), person, today, passages) for n, t in enumerate(item.threads, start=1)
    )
    changed = (
        '<p class="fl-hint">Notes under this plan have changed since it was drafted. Draft it again to bring it up '
        "to date.</p>"
        if item.changed
        else ""
    )
    head = (
        f'<div class="fl-headline fl-row"><div><p class="fl-lead">Development plan, version {item.version} '
        f'<span class="fl-state">{esc(item.state.value)}</span></p><p class="fl-meta"><span>drafted '
        f"{when(item.drafted_on, today)}</span><span>review {when(item.review_on, today)}</span></p>{changed}</div>"
        f"{button('draft', 'Draft a new version')}</div>"
    )
    questions = "".join(f'<li><p class="fl-text">{esc(q)}</p></li>' for q in item.unknown)
    unknown = section(
        "Still to find out",
        f'<ul class="fl-list">{questions}</ul>' if questions else "",
        id="plan-unknown",
        style="fl-unknown",
    )
    origin = f'<p class="fl-origin">A draft from your notes ({esc(item.origin.words)}). You decide.</p>'
    return head + threads + unknown + origin


def _thread(item: Thread, number: int, of: int, person: Person, today: date, passages: Passages) -> str:
    links = "".join(_link(key, name, hint, getattr(item, key), today, passages) for key, name, hint in LINKS)
    steps = _step("First step", item.first_step, person, today, passages) + _step(
        "Your support", item.support, person, today, passages
    )
    measure = f"<dt>How you will both see it</dt><dd>{esc(item.measure)}</dd>" if item.measure else ""
    goal = f"<dt>What to find out</dt><dd>{esc(item.goal)}</dd>" if item.goal else ""
    move = f"<dt>Another shape of the role</dt><dd>{esc(item.move)}</dd>" if item.move else ""
    obstacle = f"<dt>In the way</dt><dd>{esc(item.obstacle)}</dd>" if item.obstacle else ""
    watch = f"<dt>Watch out</dt><dd>{esc(item.watch_out)}</dd>" if item.watch_out else ""
    sentence = f'<p class="fl-ask">{esc(item.sentence)}</p>' if item.sentence else ""
    title = "The golden thread" if of == 1 else f"Golden thread {number}"
    body = f'{sentence}<ol class="fl-thread">{links}</ol><dl>{steps}{goal}{measure}{obstacle}{move}{watch}</dl>'
    return section(title, body, id=f"thread-{number}")


def _link(key: str, name: str, hint: str, link: Link, today: date, passages: Passages) -> str:
    title = f'<p class="fl-link-name">{name} <span>{hint}</span></p>'
    lost = _lost(link)
    if link.is_gap:
        ask = f'<p class="fl-text">{esc(link.question)}</p>' if link.question else ""
        said = f'<p class="fl-text">{esc(link.text)}</p>' if link.text and link.text != link.question else ""
        sign = '<span class="fl-gap"><span aria-hidden="true">○</span> gap: no note says this yet</span>'
        sign = lost or sign
        idea = tier_tag(Tier.SUGGESTION) if said and link.tier is Tier.SUGGESTION else ""
        return f'<li class="fl-link fl-is-gap" data-link="{key}">{title}{sign}{said}{idea}{ask}</li>'
    return (
        f'<li class="fl-link" data-link="{key}">{title}<p class="fl-text">{esc(link.text)}</p>'
        f'<div class="fl-under">{tier_tag(link.tier)}{chips(link.quotes, today, passages, link.tier)}</div>{lost}</li>'
    )


def _lost(link: Link) -> str:
    """That notes under a link have changed since; their words are not repeated."""
    if not link.lost:
        return ""
    whose = "the note" if len(link.lost) == 1 else f"{len(link.lost)} of the notes"
    said = "this stood on has" if len(link.lost) == 1 else "this stood on have"
    return f'<span class="fl-gap"><span aria-hidden="true">○</span> {whose} {said} changed, moved or gone</span>'


def _step(title: str, item: Step, person: Person, today: date, passages: Passages) -> str:
    who = "you" if item.owner is Owner.ME else esc(person.first_name)
    return (
        f"<dt>{title}</dt><dd>{esc(item.text)} <span class='fl-meta'><span>{who}</span><span>by "
        f"{when(item.due, today)}</span></span>{chips(item.quotes, today, passages)}</dd>"
    )
