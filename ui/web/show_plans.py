"""All plans at a glance, what changed between two versions, and the copy for the person."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.domain.check_in import PlanCheck
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from assistant.domain.plan import Plan
from assistant.domain.plan_diff import PlanDiff
from assistant.domain.shared_plan import SharedPlan
from ui.export.plan_markdown import share_copy
from ui.web.place import Place
from ui.web.show import Passages, button, chip, count, dated, empty, esc, folded, section, when
from ui.web.show_shell import link

LINKS = ("passion", "talent", "customer", "value")


def row(place: Place, person: Person, plan: Plan | None, check: PlanCheck | None, today: date) -> str:
    """One person's plan in a line: each thread small, its gaps visible."""
    target = Place(place.account, "person", person.id, "plan")
    who = link(target, esc(person.name), style="fl-name")
    if plan is None:
        return f'<li class="fl-row"><div>{who}<p class="fl-meta"><span>no plan yet</span></p></div></li>'
    stale = "".join(f'<p class="fl-gap">{esc(s.text)}</p>' for s in (check.stale if check else ()))
    small = "".join(_small(thread.gaps) for thread in plan.threads)
    first = plan.threads[0].first_step
    return (
        f'<li class="fl-row"><div>{who} <span class="fl-state">{esc(plan.state.value)}</span>'
        f'<p class="fl-text">{esc(first.text)}</p><p class="fl-meta"><span>first step by {when(first.due, today)}'
        f"</span><span>review {when(plan.review_on, today)}</span></p>{stale}</div>{small}</li>"
    )


def to_look_at(checks: Sequence[PlanCheck], rows: Sequence[PersonRow], place: Place, today: date) -> str:
    """Plans that should be looked at again, each with why; nothing when there is none."""
    people = {row.person.id: row.person for row in rows}
    shown = [(people[c.plan.person_id], c) for c in checks if c.plan.person_id in people]
    made = [row(place, person, check.plan, check, today) for person, check in shown]
    return section("Plans to look at again", folded(made, 3, "more"), id="stale")


def _small(gaps: tuple[str, ...]) -> str:
    made = "".join(f'<i class="fl-bead{" fl-open-bead" if key in gaps else ""}"></i>' for key in LINKS)
    said = f"Gaps: {', '.join(gaps)}" if gaps else "Every link stands on a note"
    return f'<span class="fl-beads" role="img" aria-label="{esc(said)}" title="{esc(said)}">{made}</span>'


def none_yet() -> str:
    """Before there is anybody."""
    return empty("No plans yet", "A plan begins on a person's page, under Plan, once a few notes are there.")


def changed(diff: PlanDiff, today: date) -> str:
    """What reads differently between two versions."""
    rows = "".join(
        f'<li><p class="fl-link-name">{esc(c.what)}</p>'
        f'<p class="fl-text fl-was">{esc(dated(c.before, today)) or "nothing"}</p>'
        f'<p class="fl-text">{esc(dated(c.after, today)) or "nothing"}</p></li>'
        for c in diff.changes
    )
    body = f'<ul class="fl-list">{rows}</ul>' if rows else '<p class="fl-quiet">They read the same.</p>'
    return section(f"From version {diff.before} to {diff.after}", body, id="diff")


def changed_nothing() -> str:
    """There is only one version."""
    return section("What changed", '<p class="fl-quiet">This is the first version.</p>', id="diff")


def copy(shared: SharedPlan, person: Person, today: date, passages: Passages) -> str:
    """What the person may read, after it was read aloud once, and whose words could still come in."""
    found = "".join(
        f'<li><p class="fl-text">“{esc(f.words)}” {esc(f.why)}</p><p class="fl-meta"><span>in {esc(f.label)}</span></p>'
        "</li>"
        for f in shared.findings
    )
    warned = section("Before you hand it over", f'<ul class="fl-list">{found}</ul>' if found else "", id="findings")
    words = esc(re.sub(r"^#+ |\*\*", "", share_copy(shared), flags=re.MULTILINE))
    left = f"{count(shared.left_out, 'passage or name', 'passages and names')} of your notes left out."
    act = '<button type="button" class="fl-button fl-tick" data-copy="fl-copy-text">Copy</button>'
    close = button("plan_close", "Hide the copy", style="fl-plainly")
    return warned + section(
        f"The copy for {esc(person.first_name)}",
        f'{_whose_words(shared, person, today, passages)}<pre class="fl-copy" id="fl-copy-text">{words}</pre>'
        f'<div class="fl-acts">{act}{close}</div>',
        id="copy", hint=left,
    )  # fmt: skip


def _whose_words(shared: SharedPlan, person: Person, today: date, passages: Passages) -> str:
    """Whether anything that was said or seen stands in the copy, and what could, each at one press."""
    name, could = esc(person.first_name), shared.could_hold
    if not shared.holds:
        said = f"Nothing {name} said and nothing you saw is in it yet, only open lines: no note may be shown to {name}."
    else:
        said = f"More of what the plan stands on could come in for {name} to read." if could else ""
    if could:
        said += " Let in what you would say in the talk anyway; only the passage is copied, never the whole note."
    elif not shared.holds:
        said += " What the plan stands on is private, or about others. Ask what it asks; what you hear can come in."
    rows = "".join(
        f'<li class="fl-row"><div><p class="fl-text">“{esc(" ".join(quote.text.split()))}”</p>'
        f'{chip(quote, today, passages)}</div><div class="fl-acts">'
        + button(
            "lend", "Let it in", id=quote.note.id, style="fl-plainly", name=f"Let in the words of {quote.day:%d %B %Y}"
        )
        + "</div></li>"
        for quote in could
    )
    listed = f'<ul class="fl-list">{rows}</ul>' if rows else ""
    return f'<p class="fl-text">{said}</p>{listed}' if said else ""
