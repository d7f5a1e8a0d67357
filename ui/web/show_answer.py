"""An answer out of the notes, unit by unit as it is checked; a card for each unit, nothing that was not checked."""

from collections.abc import Sequence
from datetime import date

from assistant.domain.brief import Brief
from assistant.domain.event import Body, Change, End, Event, Notice, Progress, Proposal, Text
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.person import Person
from assistant.domain.plan import Plan
from assistant.domain.promise import Promise, PromiseState
from assistant.domain.question import Question
from ui.web import show_forms
from ui.web.show import Passages, button, chip, chips, empty, esc, when

TRY = ("What gave {name} energy lately?", "Who is better off through {name}'s work?", "What did I promise {name}?",
       "What got in the way since spring?")  # fmt: skip


def ask_box(person: Person) -> str:
    """Where a question is written; it stays free for the next one while an answer is read."""
    field = show_forms.area("question", f"Ask your notes about {person.first_name}", rows=1, bare=True,
                            hint=f"Ask your notes about {person.first_name}")  # fmt: skip
    send = '<button type="submit" class="fl-button fl-main-act">Ask</button>'
    return show_forms.form("ask", field + send, style="fl-askbox", slow=True)


def ask_something(person: Person) -> str:
    """Before the first question: what can be asked."""
    tries = "".join(
        button("ask", q, id=q, style="fl-try", slow=True) for q in (t.format(name=person.first_name) for t in TRY)
    )
    return empty(
        f"Ask what your notes say about {person.first_name}",
        "The answer is made of sentences from your notes, each with its date. Where they say nothing, you are told so.",
        f'<div class="fl-tries">{tries}</div>',
    )


def answer(question: str, about: Person, events: Sequence[Event], today: date, passages: Passages) -> str:
    """The question as asked and what was found, so far."""
    units = "".join(_unit(event.body, today, passages) for event in events)
    return (
        f'<section class="fl-card fl-answer" aria-live="polite" aria-label="Answer"><p class="fl-meta"><span>You asked '
        f'about {esc(about.name)}</span></p><p class="fl-ask">{esc(question)}</p><div class="fl-units">{units}</div>'
        "</section>"
    )


def _unit(body: Body, today: date, passages: Passages) -> str:
    match body:
        case Text():
            proof = chips(body.quotes, today, passages)
            return f'<div class="fl-unit"><p class="fl-text">{esc(body.text)}</p>{proof}</div>'
        case Notice():
            return _notice(body)
        case Promise():
            return _promise(body, today, passages)
        case Quote():
            return chip(body, today, passages)
        case Evidence():
            return chip(body.quote, today, passages, body.tier)
        case Change():
            return _change(body)
        case Brief() | Plan() | Question():
            where, label = ("plan", "Open the plan") if isinstance(body, Plan) else ("prep", "Open the prep")
            return f'<div class="fl-unit">{button("view", label, to=where)}</div>'
        case Proposal() | Progress():
            return ""
        case End():
            return f'<p class="fl-origin">From your notes ({esc(body.origin.words)}).</p>'


def _notice(body: Notice) -> str:
    picks = "".join(
        button("person", f"{c.name} {c.hint}".strip(), id=c.id, style="fl-try") for c in body.choices if c.id
    )
    tries = f'<div class="fl-tries">{picks}</div>' if picks else ""
    return f'<div class="fl-unit fl-about"><p class="fl-text">{esc(body.text)}</p>{tries}</div>'


def _promise(item: Promise, today: date, passages: Passages) -> str:
    due = f'<p class="fl-meta"><span>due {when(item.due, today)}</span></p>' if item.due else ""
    tick = button("promise", "Done", id=item.id, to="done", name=f"Tick off: {item.what}", style="fl-tick")
    return (
        f'<div class="fl-unit fl-row"><div><p class="fl-text">{esc(item.what)}</p>{due}'
        f'{chips(item.quotes, today, passages)}</div><div class="fl-acts">{tick}</div></div>'
    )


def _change(body: Change) -> str:
    undo = {
        "note": button("delete_note", "Undo", id=body.id, style="fl-plainly"),
        "promise": button("promise", "Undo", id=body.id, to=PromiseState.OPEN.value, style="fl-plainly"),
    }.get(body.kind, "")
    return f'<div class="fl-acts">{undo}</div>' if undo else ""
