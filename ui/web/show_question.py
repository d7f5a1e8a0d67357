"""One question as a card: why now, what to listen for, what to ask then, and what can be done with it."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.domain.ask_ledger import Asked
from assistant.domain.opinion import Opinion
from assistant.domain.person import Person
from assistant.domain.pillar import Pillar
from assistant.domain.question import Question
from ui.web import show_forms
from ui.web.show import Passages, button, capital, chips, count, esc, folded, section, when

Opinions = Mapping[str, Opinion]  # by question id
Ledger = Mapping[str, Asked]  # the newest entry, by question id
INSTEAD = "What should it have said?"


def pillar_words(pillar: Pillar) -> str:
    """What a question is for, in a word or two."""
    return "follow-up" if pillar is Pillar.FOLLOW_UP else pillar.value


def question_row(
    item: Question, today: date, passages: Passages, *, first: bool = False, person_id: str = "", swap: str = "",
    opinion: Opinion | None = None, entry: Asked | None = None,
) -> str:  # fmt: skip
    """One question.

    Args:
        item: The question.
        today: The day of the view.
        passages: The notes that are quoted.
        first: Whether it is the one to ask where there is time for one.
        person_id: Whom it is for, where the page itself does not say it.
        swap: What asks for another one in its place.
        opinion: What the manager thought of it.
        entry: That it was asked, or is to come back, where the card stays after that.
    """
    mark = '<span class="fl-one">If you ask only one</span>' if first else ""
    listen = f"<dt>Listen for</dt><dd>{esc(capital(item.listen_for))}</dd>" if item.listen_for else ""
    follow = f"<dt>Then ask</dt><dd>{esc(item.follow_up)}</dd>" if item.follow_up else ""

    def act(do: str, label: str, style: str = "fl-plainly", *, slow: bool = False) -> str:
        return button(do, label, id=item.handle, to=person_id, name=f"{label}: {item.text}", style=style, slow=slow,
                      words=item.text, pillar=item.pillar)  # fmt: skip

    if entry is not None:
        said = "Comes back" if entry.later else f"Asked {when(entry.day, today)}"
        acts = f'<span class="fl-state">{said}</span>'
        acts += act("asked", "Asked", "fl-tick") if entry.later else act("later", "Come back to it")
    else:
        acts = act("asked", "Asked", "fl-tick") + act("later", "Come back to it")
    acts += swap + act("mask", "Share with a coach", slow=True)
    return (
        f'<li class="fl-question"><p class="fl-meta">{mark}<span>{pillar_words(item.pillar)}</span></p>'
        f'<p class="fl-ask">{esc(item.text)}</p><dl><dt>Why now</dt><dd>{esc(item.why)}'
        f"{chips(item.quotes, today, passages)}</dd>{listen}{follow}</dl>"
        f'<div class="fl-acts">{acts}{_rate(item, person_id, opinion)}</div></li>'
    )


def _rate(item: Question, person_id: str, opinion: Opinion | None) -> str:
    """Helpful or not, in one click; said, it stands there with the way back."""
    if opinion is not None:
        said = "✓ Helpful" if opinion.helpful else "Not helpful"
        back = button("unrate", "Undo", id=item.handle, to=person_id, name=f"Undo “{said}”: {item.text}",
                      style="fl-plainly")  # fmt: skip
        return f'<span class="fl-rate"><span class="fl-state">{said}</span>{back}</span>'
    made = "".join(
        button(do, label, id=item.handle, to=person_id, name=f"{label}: {item.text}", style="fl-plainly",
               words=item.text)
        for do, label in (("helpful", "Helpful"), ("unhelpful", "Not helpful"))
    )  # fmt: skip
    return f'<span class="fl-rate" role="group" aria-label="Was this question helpful?">{made}</span>'


def instead(opinion: Opinion) -> str:
    """The form that asks what a question should have said."""
    field = show_forms.area("text", INSTEAD, opinion.instead, rows=2, must=False,
                            hint="In your words, or leave it: this is only for you")  # fmt: skip
    draft = f"instead:{opinion.person_id}:{opinion.question_id}"
    made = show_forms.form(
        "instead", field + show_forms.save("Keep this"), id=opinion.question_id, to=opinion.person_id, draft=draft
    )
    return f'<div class="fl-card fl-instead">{made}</div>'


def thought(items: Sequence[Opinion], person: Person, today: date) -> str:
    """Every question the manager said something about, the newest first, with the way back."""
    rows = [_thought(item, today) for item in reversed(items)]
    poor = sum(not item.helpful for item in items)
    hint = f"{count(poor, 'question is', 'questions are')} not suggested for {esc(person.first_name)} again."
    return section("Helpful or not", folded(rows, 5, "earlier"), id="thought", hint=hint if poor else "")


def _thought(item: Opinion, today: date) -> str:
    text = f'<p class="fl-text">{esc(item.text)}</p>' if item.text else '<p class="fl-quiet">Its note is gone.</p>'
    said = "helpful" if item.helpful else "not helpful"
    told = f'<p class="fl-text fl-answered"><span class="fl-meta">It should have said</span> {esc(item.instead)}</p>'
    form = f'<details class="fl-more"><summary>{INSTEAD}</summary>{instead(item)}</details>'
    back = button(
        "unrate", "Undo" if item.helpful else "Suggest it again", id=item.question_id,
        name=f"{'Undo' if item.helpful else 'Suggest it again'}: {item.text[:60]}", style="fl-plainly",
    )  # fmt: skip
    coach = "" if item.helpful or not item.text else button(
        "mask", "Share with a coach", id=item.question_id, name=f"Share with a coach: {item.text}", style="fl-plainly",
        slow=True,
    )  # fmt: skip
    return (
        f'<li class="fl-row"><div>{text}<p class="fl-meta"><span class="fl-state">{said}</span>{when(item.day, today)}'
        f"</p>{told if item.instead else ''}{'' if item.helpful else form}</div>"
        f'<div class="fl-acts">{back}{coach}</div></li>'
    )
