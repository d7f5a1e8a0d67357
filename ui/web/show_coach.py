"""A coach's page: masked copies that wait, and decisions with what each of them changed. No note and no name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.mask_text import PLACEHOLDER
from assistant.domain.pillar import Pillar
from assistant.domain.released import Counts, Released
from assistant.domain.stage import Stage
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import button, capital, count, empty, esc, folded, section, when
from ui.web.show_shell import link

DONE = {Decision.APPROVE: "Approved", Decision.REWORD: "Reworded", Decision.RETIRE: "Retired"}
EFFECT = {
    Decision.APPROVE: "It comes first from the next suggestion on, and your reason is cited.",
    Decision.REWORD: "Managers read your words in its place from the next suggestion on.",
    Decision.RETIRE: "It is not suggested any more.",
}
PLAN_PARTS = {"first_step": "first step of a plan", "second_step": "second step of a plan",
              "third_step": "third step of a plan", "support": "support in a plan", "measure": "measure of a plan",
              "passion": "passion in a plan", "talent": "talent in a plan", "customer": "customer in a plan",
              "value": "value in a plan"}  # fmt: skip
Names = Mapping[Stage, str]


def tabs(place: Place, counts: Counts) -> str:
    """What waits, and what was decided."""
    made = "".join(
        link(replace(place, item=key), f"{label} <span>{number}</span>", style="fl-pill", here=key == place.item)
        for key, label, number in (
            ("", "Waiting", counts.waiting), ("decided", "Decided", counts.in_force + counts.rolled_back),
        )
    )  # fmt: skip
    return f'<nav class="fl-pills fl-tools" aria-label="What to look at">{made}</nav>'


def queue(copies: Sequence[Released], today: date, names: Names) -> str:
    """Every copy that waits, each with its form."""
    if not copies:
        said = (
            "When a manager presses “Share with a coach” under a question, a masked copy of it waits here: names, "
            "customers, numbers and days are taken out, and the manager has seen exactly these words."
        )
        return empty("Nothing waits for you", said)
    return "".join(_waiting(copy, today, names) for copy in copies)


def _waiting(copy: Released, today: date, names: Names) -> str:
    fields = (
        show_forms.area("reason", "Why? One sentence; it is cited where your decision is followed", rows=2)
        + show_forms.choice("scope", "How far it reaches", _scopes(copy.subject, names), Scope.THIS.value)
        + f'<details class="fl-more"><summary>In other words</summary>{_words(copy)}'
        f"{_decide('reword', 'Reword', copy, 'fl-main-act')}</details>"
    )
    acts = _decide("approve", "Approve", copy, "fl-main-act") + _decide("retire", "Retire", copy, "")
    form = show_forms.form(
        "decide", f'{fields}<div class="fl-acts">{acts}</div>', id=copy.id, draft=f"review:{copy.id}"
    )
    meta = f"<span>{esc(about(copy.subject, names))}</span><span>handed over {when(copy.released_on, today)}</span>"
    return (
        f'<section class="fl-card fl-review" aria-label="{esc(copy.text[:80])}"><p class="fl-meta">{meta}</p>'
        f'<p class="fl-ask">{masked(copy.text)}</p>{thought(copy)}{form}</section>'
    )


def thought(copy: Released) -> str:
    """What the manager thought of it, as far as they handed it over."""
    said = {None: "", True: "The manager found it helpful.", False: "The manager found it not helpful."}[copy.helpful]
    better = f" It should have said: <q>{masked(copy.instead)}</q>" if copy.instead else ""
    return f'<p class="fl-text fl-answered">{said}{better}</p>' if said or better else ""


def _decide(decision: str, label: str, copy: Released, style: str) -> str:
    return (
        f'<button type="submit" class="fl-button {style}" name="decision" value="{decision}" '
        f'aria-label="{esc(label)}: {esc(copy.text[:60])}">{label}</button>'
    )


def _words(copy: Released) -> str:
    hint = (
        "Keep what stands in brackets, or [quote] for the passage: Flourish puts the real words back for the manager."
    )
    return f'{show_forms.area("words", "Your wording", offered(copy), rows=3, must=False)}<p class="fl-hint">{hint}</p>'


def offered(copy: Released) -> str:
    """The wording that a coach begins with: what the manager asked for where it fits, else the copy."""
    fits = copy.instead and set(PLACEHOLDER.findall(copy.instead)) <= set(PLACEHOLDER.findall(copy.text))
    return copy.instead if fits else copy.text


def _scopes(subject: Subject, names: Names) -> list[tuple[str, str]]:
    kind = "line" if subject.kind is SubjectKind.PLAN_LINE else "question"
    found = [(Scope.THIS.value, f"this {kind} alone")]
    if subject.pillar is not None:
        found.append((Scope.PILLAR.value, f"nearly the same words, asked about: {pillar(subject.pillar)}"))
    if subject.stage is not None:
        found.append(
            (Scope.STAGE.value, f"nearly the same words, in this kind of talk: {names.get(subject.stage, 'like this')}")
        )
    found.append((Scope.EVERYWHERE.value, "nearly the same words, everywhere"))
    return found


def pillar(named: Pillar) -> str:
    """What a question is for, in a word or two."""
    return named.value.replace("_", "-")


def about(subject: Subject, names: Names) -> str:
    """What is reviewed, and in which situation it was suggested."""
    if subject.kind is SubjectKind.PROMPT:
        return f"prompt {subject.id}"
    what = PLAN_PARTS.get(subject.part, "line of a plan") if subject.kind is SubjectKind.PLAN_LINE else "question"
    of = f"{pillar(subject.pillar)} " if subject.pillar else ""
    where = f", kind of talk: {names[subject.stage]}" if subject.stage and subject.stage in names else ""
    return f"{of}{what}{where}"


def masked(text: str) -> str:
    """Masked words; what stands for something real is set apart."""
    return re.sub(r"(\[[^\[\]]+\])", r'<span class="fl-masked">\1</span>', esc(text))


def decisions(verdicts: Sequence[Verdict], today: date, names: Names) -> str:
    """What was decided, newest first: the words before, what became of them, why, and the way back."""
    if not verdicts:
        return empty("Nothing decided yet", "What you approve, reword or retire stands here, with what it changed.")
    held = [_decided(v, today, names) for v in verdicts if v.in_force]
    back = [_decided(v, today, names) for v in verdicts if not v.in_force]
    return section(
        "In force", folded(held, 20, "earlier"), id="held", hint="Every suggestion follows these, for every manager."
    ) + section("Taken back", folded(back, 10, "earlier"), id="back", hint="What ships with Flourish speaks again.")


def _decided(item: Verdict, today: date, names: Names) -> str:
    scope = dict(_scopes(item.subject, names))[item.scope.value] if item.subject.kind is not SubjectKind.PROMPT else ""
    before = f'<p class="fl-text{" fl-struck" if _replaced(item) else ""}">{masked(item.text)}</p>' if item.text else ""
    after = f'<p class="fl-ask">{masked(item.words)}</p>' if item.words else ""
    ended = f"<span>taken back {when(item.rolled_back_on, today)}</span>" if item.rolled_back_on else ""
    undo = (
        button("roll_back", "Take it back", id=item.id, name=f"Take it back: {item.text[:60]}", style="fl-plainly")
        if item.in_force
        else ""
    )
    return (
        f'<li class="fl-row"><div><p class="fl-meta"><span class="fl-state">{DONE[item.decision]}</span>'
        f"<span>{esc(about(item.subject, names))}</span><span>{when(item.decided_on, today)}</span>{ended}</p>"
        f'{before}{after}<p class="fl-meta"><span>{esc(capital(scope))}</span>'
        f"<span>Because: {esc(item.reason)}</span></p>"
        f'</div><div class="fl-acts">{undo}</div></li>'
    )


def _replaced(item: Verdict) -> bool:
    return item.in_force and item.decision is not Decision.APPROVE


def waits(counts: Counts) -> str:
    """How much there is, in a sentence."""
    return f"{count(counts.waiting, 'copy', 'copies')} waiting, {count(counts.in_force, 'decision')} in force."
