"""A development plan drawn as golden threads. A link that no note carries stays visible as a gap, with its question."""

from collections.abc import Sequence
from datetime import date

from assistant.domain.check_in import PlanCheck
from assistant.domain.evidence import Tier
from assistant.domain.person import Person
from assistant.domain.plan import Link, Plan, PlanState, Section, Step, Thread
from assistant.domain.promise import Owner
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import Passages, button, capital, chips, empty, esc, section, tier_tag, when
from ui.web.show_shell import link

LINKS = (("passion", "Passion", "what pulls them"), ("talent", "Talent", "what they do well"),
         ("customer", "Customer", "who is better off"), ("value", "Value", "the difference made"))  # fmt: skip
GAP = "gap: I found no sentence I am sure of"
MOVES = {
    PlanState.AGREED: "We agreed on it", PlanState.ACTIVE: "It has begun", PlanState.CLOSED: "End this plan",
}  # fmt: skip
REST = (("If it gets stuck", Section.OBSTACLE), ("Change of the role", Section.MOVE), ("Watch out", Section.WATCH_OUT))
WISHES = (("smaller", "smaller"), ("another", "something else"), ("later", "later"), ("sooner", "sooner"))


def no_plan(person: Person) -> str:
    """Before the first draft: what a plan is here, and how to get one."""
    return empty(
        "No plan yet",
        f"A plan ties what {esc(person.first_name)} loves and does well to a customer who is better off, with a first "
        "step inside two weeks. It quotes your notes; what they do not say stays an open question.",
        button("draft", "Draft a plan", style="fl-main-act", slow=True),
    )


def plan(item: Plan, person: Person, today: date, passages: Passages, check: PlanCheck | None) -> str:
    """The newest version as a picture, what can be done with it, and what the notes have shown since."""
    threads = "".join(_thread(t, n, item, person, today, passages) for n, t in enumerate(item.threads, start=1))
    questions = "".join(f'<li><p class="fl-text">{esc(q)}</p></li>' for q in item.unknown)
    unknown = section(
        "Still to find out",
        f'<ul class="fl-list">{questions}</ul>' if questions else "",
        id="plan-unknown",
        style="fl-unknown",
    )
    origin = f'<p class="fl-origin">A draft from your notes ({esc(item.origin.words)}). You decide.</p>'
    return _head(item, today, check) + threads + _change(item) + unknown + origin


def beside(item: Plan, person: Person, today: date, passages: Passages) -> str:
    """The newest version to look at beside a conversation; each part can be begun to be changed there."""
    whole = link(
        Place(str(item.account_id), "person", item.person_id, "plan"), "Whole plan", style="fl-button fl-plainly"
    )
    head = (
        f'<div class="fl-headline"><p class="fl-lead">Plan, version {item.version} <span class="fl-state">'
        f'{esc(item.state.value)}</span></p><div class="fl-acts">{whole}</div></div>'
    )
    several = len(item.threads) > 1
    return head + "".join(
        _thread_beside(t, f" of thread {n}" if several else "", person, today, passages)
        for n, t in enumerate(item.threads, start=1)
    )


def _thread_beside(item: Thread, which: str, person: Person, today: date, passages: Passages) -> str:
    links = "".join(
        _link(key, name, hint, getattr(item, key), today, passages, _begin(Section(key), which))
        for key, name, hint in LINKS
    )
    step = "".join(
        _step(part, each, person, today, passages, _begin(part, which))
        for part, each in item.steps.items()
        if part is not Section.SUPPORT
    )
    rest = (
        ("Your support", _said(item.support, person, today), Section.SUPPORT),
        ("How you will both see it", esc(item.measure), Section.MEASURE),
    )
    details = "".join(f"<dt>{name}</dt><dd>{said}{_begin(part, which)}</dd>" for name, said, part in rest if said)
    return f'<section class="fl-card"><ol class="fl-thread">{links}{step}</ol><dl>{details}</dl></section>'


def _begin(part: Section, which: str) -> str:
    """Puts the beginning of a wish into the field of the conversation."""
    the = "" if part.words.startswith(("your", "what", "if")) else "the "
    words = f"Change {the}{part.words}{which} of the plan: "
    return (
        f'<button type="button" class="fl-button fl-plainly fl-begin" data-fill="{esc(words)}">Change'
        f'<span class="fl-sr">: {esc(part.words)}</span></button>'
    )


def none_beside(person: Person) -> str:
    """Beside a conversation, before the first draft."""
    return empty("No plan yet", f"Say “draft a plan for {esc(person.first_name)}”, and it stands here.")


def _head(item: Plan, today: date, check: PlanCheck | None) -> str:
    stale = "".join(f'<p class="fl-hint fl-gap">{esc(reason.text)}</p>' for reason in (check.stale if check else ()))
    moves = "".join(button("plan_state", MOVES[state], to=state.value) for state in item.state.leads_to)
    chat = Place(str(item.account_id), "chat", item.person_id, "plan")
    in_chat = link(chat, "Revise in chat", style="fl-button fl-tick")
    acts = (
        f"{in_chat}{moves}{button('draft', 'Draft anew', slow=True)}{button('plan_copy', 'Copy for them')}"
        f"{button('plan_versions', 'What changed')}{button('plan_undo', 'Undo last change', style='fl-plainly')}"
    )
    return (
        f'<div class="fl-headline"><p class="fl-lead">Development plan, version {item.version} '
        f'<span class="fl-state">{esc(item.state.value)}</span></p><p class="fl-meta"><span>drafted '
        f"{when(item.drafted_on, today)}</span><span>review {when(item.review_on, today)}</span></p>{stale}"
        f'<div class="fl-acts fl-after">{acts}</div></div>'
    )


def _thread(item: Thread, number: int, plan: Plan, person: Person, today: date, passages: Passages) -> str:
    """The picture: passion and talent run together to the customer, the difference, and the steps."""

    def edit(part: Section, words: str) -> str:
        return "" if plan.state is PlanState.CLOSED else _edit(part, words, number, plan.person_id)

    links = "".join(
        _link(key, name, hint, getattr(item, key), today, passages, edit(Section(key), getattr(item, key).text))
        for key, name, hint in LINKS
    )
    steps = "".join(
        _step(part, each, person, today, passages, edit(part, each.text))
        for part, each in item.steps.items()
        if part is not Section.SUPPORT
    )

    def cited(part: Section) -> str:
        return esc(str(item.part(part))) + chips(item.grounds_of(part), today, passages)

    rest = (
        ("Your support", _said(item.support, person, today), Section.SUPPORT, item.support.text),
        ("Goal", esc(item.goal), Section.GOAL, item.goal),
        ("How you will both see it", esc(item.measure), Section.MEASURE, item.measure),
        *((name, cited(part), part, str(item.part(part))) for name, part in REST),
    )
    details = "".join(f"<dt>{name}</dt><dd>{said}{edit(part, words)}</dd>" for name, said, part, words in rest if said)
    sentence = f'<p class="fl-ask">{esc(item.sentence)}</p>' if item.sentence else ""
    title = "The golden thread" if len(plan.threads) == 1 else f"Golden thread {number}"
    return section(
        title, f'{sentence}<ol class="fl-thread">{links}{steps}</ol><dl>{details}</dl>', id=f"thread-{number}"
    )


def _edit(part: Section, words: str, thread: int, person_id: str) -> str:
    """Where a part stands, the way to put it in one's own words."""
    hidden = (
        f'<input type="hidden" name="section" value="{part.value}"><input type="hidden" name="thread" value="{thread}">'
    )
    field = show_forms.area("text", capital(part.words), words, rows=3, bare=True)
    form = show_forms.form("reword", hidden + field + show_forms.save("Put my words in"),
                           draft=plan_draft(person_id, part, thread))  # fmt: skip
    return (
        f'<details class="fl-more fl-edit"><summary>Edit<span class="fl-sr">: {esc(part.words)}</span></summary>'
        f"{form}</details>"
    )


def plan_draft(person_id: str, part: str, thread: int) -> str:
    """The name under which the browser keeps words for a part until they are sent."""
    return f"plan-words:{person_id}:{part}:{thread}"


def _link(key: str, name: str, hint: str, link: Link, today: date, passages: Passages, edit: str = "") -> str:
    title = f'<p class="fl-link-name">{name} <span>{hint}</span></p>'
    lost = _lost(link)
    if link.is_gap:
        ask = f'<p class="fl-text">{esc(link.question)}</p>' if link.question else ""
        said = f'<p class="fl-text">{esc(link.text)}</p>' if link.text and link.text != link.question else ""
        sign = lost or f'<span class="fl-gap"><span aria-hidden="true">○</span> {GAP}</span>'
        idea = tier_tag(Tier.SUGGESTION) if said and link.tier is Tier.SUGGESTION else ""
        return f'<li class="fl-link fl-is-gap" data-link="{key}">{title}{sign}{said}{idea}{ask}{edit}</li>'
    return (
        f'<li class="fl-link" data-link="{key}">{title}<p class="fl-text">{esc(link.text)}</p>'
        f'<div class="fl-under">{tier_tag(link.tier)}{chips(link.quotes, today, passages, link.tier)}</div>'
        f"{lost}{edit}</li>"
    )


def _lost(link: Link) -> str:
    """That notes under a link have changed since; their words are not repeated."""
    if not link.lost:
        return ""
    whose = "the note" if len(link.lost) == 1 else f"{len(link.lost)} of the notes"
    said = "this stood on has" if len(link.lost) == 1 else "this stood on have"
    return f'<span class="fl-gap"><span aria-hidden="true">○</span> {whose} {said} changed, moved or gone</span>'


def _step(part: Section, item: Step, person: Person, today: date, passages: Passages, edit: str = "") -> str:
    key, hint = ("step", "") if part is Section.FIRST_STEP else ("then", " <span>depends on the step before</span>")
    asked = f"<span>{esc(item.who)} is to be asked</span>" if item.who else ""
    return (
        f'<li class="fl-link" data-link="{key}"><p class="fl-link-name">{capital(part.words)}{hint}</p>'
        f'<p class="fl-text">{esc(item.text)}</p><p class="fl-meta"><span>{_owner(item, person)}</span>{asked}'
        f"<span>by {when(item.due, today)}</span></p>"
        f"{chips(item.quotes, today, passages)}{edit}</li>"
    )


def _owner(item: Step, person: Person) -> str:
    return "you" if item.owner is Owner.ME else esc(person.first_name)


def _said(item: Step, person: Person, today: date) -> str:
    return (
        f'{esc(item.text)}<span class="fl-meta"><span>{_owner(item, person)}</span><span>by {when(item.due, today)}'
        "</span></span>"
    )


def _change(item: Plan) -> str:
    """One part otherwise: by a wish, or in the manager's own words."""
    if item.state is PlanState.CLOSED:
        return ""
    parts = [(s.value, s.words) for s in Section]
    thread = [(str(n), f"thread {n}") for n in range(1, len(item.threads) + 1)]
    which = show_forms.choice("section", "Which part", parts, Section.FIRST_STEP.value)
    which += show_forms.choice("thread", "Of", thread) if len(thread) > 1 else ""
    wish = show_forms.form(
        "revise",
        f'<div class="fl-fields">{which}{show_forms.choice("wish", "Make it", WISHES)}</div>'
        + show_forms.line("words", "Or say what it should be about (may be left empty)")
        + show_forms.save("Propose it anew"),
        slow=True,
    )
    own = show_forms.form(
        "reword",
        f'<div class="fl-fields">{which}</div>'
        + show_forms.area("text", "In your own words", rows=2)
        + show_forms.save("Put my words in"),
        draft=f"plan-words:{item.person_id}",
    )
    hint = '<p class="fl-hint">Your own words stand as a suggestion until a note carries them.</p>'
    return (
        f'<details class="fl-card fl-fold"><summary><h2>Change one part</h2></summary>{wish}<hr>{own}{hint}</details>'
    )


def overview(rows: Sequence[str]) -> str:
    """Every plan at a glance."""
    return f'<div class="fl-card"><ul class="fl-list">{"".join(rows)}</ul></div>'
