"""Principles and questions of the library: public, the same for everybody, each with its source."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.own_card import CardKind, OwnCard
from assistant.domain.pillar import Pillar
from assistant.domain.principle import Principle
from assistant.domain.question import BankQuestion
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import button, esc, folded, section
from ui.web.show_shell import link

TRUST = {
    1: "may be asked any time", 2: "say first why you ask", 3: "where an honest answer was carried before",
}  # fmt: skip


def tools(place: Place, chosen: str) -> str:
    """Find by meaning, or look through one pillar."""
    pills = "".join(
        link(replace(place, item=key), esc(label), style="fl-pill", here=key == chosen)
        for key, label in [("", "all"), *((p.value, p.value.replace("_", "-")) for p in Pillar)]
    )
    return (
        '<div class="fl-tools"><label class="fl-find"><span class="fl-sr">Find by what it is about</span><input '
        'type="search" data-find="library" placeholder="What is it about? For example: praise that lands" '
        f'autocomplete="off"></label><nav class="fl-pills" aria-label="By pillar">{pills}</nav></div>'
    )


def principles(items: Sequence[Principle]) -> str:
    """Cards with how well each is supported, and what it does not show."""
    rows = [
        f'<li><p class="fl-link-name">{esc(p.title)}</p><p class="fl-text">{esc(p.body.strip())}</p>'
        f'<p class="fl-text"><strong>In a one-on-one:</strong> {esc(p.use)}</p>'
        f'<details class="fl-more"><summary>Where it comes from</summary><p class="fl-meta"><span>{esc(p.source)}'
        f'</span><span>{esc(p.grade.words)}</span></p><p class="fl-meta"><span>{esc(p.limits)}</span>'
        "</p></details></li>"
        for p in items
    ]  # fmt: skip
    return section("Principles", folded(rows, 6, "more principles"), id="principles")


def own(items: Sequence[OwnCard], chosen: str) -> str:
    """What the manager saved, and the form that saves more."""
    rows = [_own(item) for item in items]
    kinds = [(CardKind.QUESTION.value, "a question"), (CardKind.THOUGHT.value, "a thought")]
    pillars = [(p.value, p.words) for p in Pillar]
    fields = (
        show_forms.area("text", "In your words", rows=2, hint="A question that opened a talk, a sentence worth keeping")
        + f'<div class="fl-fields">{show_forms.choice("kind", "It is", kinds)}'
        + f"{show_forms.choice('pillar', 'It is for', pillars, chosen)}</div>"
        + show_forms.save("Save it")
    )
    form = show_forms.form("keep_card", fields, draft="card")
    said = f'<details class="fl-more" id="fl-card-new"><summary>Save one of your own</summary>{form}</details>'
    hint = "Only you see them. Your questions stand on each person's page, under Questions."
    return section("Yours", folded(rows, 6, "more of yours") + said, id="own", hint=hint)


def _own(item: OwnCard) -> str:
    drop = button("drop_card", "Take out", id=item.id, name=f"Take out: {item.text[:60]}", style="fl-plainly")
    kind = "question" if item.kind is CardKind.QUESTION else "thought"
    return (
        f'<li class="fl-row"><div><p class="fl-ask">{esc(item.text)}</p><p class="fl-meta"><span>{kind}</span>'
        f'<span>{esc(item.pillar.words)}</span></p></div><div class="fl-acts">{drop}</div></li>'
    )


def questions(items: Sequence[BankQuestion]) -> str:
    """Questions with what to listen for."""
    rows = [
        f'<li><p class="fl-ask">{esc(q.plain)}</p><p class="fl-meta"><span>'
        f"{esc(q.pillar.value.replace('_', '-'))}</span><span>{TRUST[q.trust]}</span></p>"
        f'<p class="fl-meta"><span>Listen for {esc(q.listen_for)}</span></p></li>'
        for q in items
    ]
    return section("Questions", folded(rows, 8, "more questions"), id="bank")
