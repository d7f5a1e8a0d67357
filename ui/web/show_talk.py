"""A conversation, turn by turn: what was asked, and the checked units of the answer as cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn, TurnStatus
from assistant.domain.event import Body, Change, End, Event, Notice, Progress, Proposal, Text
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.plan import Plan
from assistant.domain.promise import Promise
from assistant.domain.question import Question
from ui.present.chats import since_then
from ui.web import show_brief, show_forms
from ui.web.place import Place
from ui.web.show import Passages, button, chip, chips, count, dated, days_said, esc, step, tier_tag, when
from ui.web.show_profile import verdict_row
from ui.web.show_question import Ledger, Opinions, question_row
from ui.web.show_shell import link


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of questions to one person, by question id."""

    opinions: Opinions = field(default_factory=dict)
    ledger: Ledger = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is needed to draw a turn.

    Attributes:
        passages: The notes that are quoted, with what of them may be shown.
        about: Whom the turn was about, by id; empty where it was about nobody.
        newest: Whether it is the last turn, whose offers still stand.
        marks: What became of questions, by whom they were for.
        turn_id: Of the turn, where it is kept: its questions can be swapped.
    """

    place: Place
    today: date
    passages: Passages
    about: str = ""
    newest: bool = False
    marks: Mapping[str, Marks] = field(default_factory=dict)
    turn_id: str = ""

    def marks_of(self, person_id: str) -> Marks:
        """What became of questions to somebody."""
        return self.marks.get(person_id, Marks())


def turn(item: KeptTurn, sight: Sight) -> str:
    """One message as it was written, and what it brought."""
    body = answer(item.id, item.events, sight, item.status, _swapped(item) + _since_then(item))
    change = show_forms.form(
        "edit_turn", show_forms.area("message", "Your message", item.message, rows=2) + show_forms.save("Ask again"),
        id=item.id, draft=f"turn:{item.id}", slow=True,
    )  # fmt: skip
    edit = f'<details class="fl-more fl-reword"><summary>Edit</summary>{change}</details>'
    return f'<li class="fl-turn">{message(item.message, edit)}{body}</li>'


def _since_then(item: KeptTurn) -> str:
    """What has become of the notes it stands on."""
    said = since_then(item)
    return f'<p class="fl-hint">{esc(said)}</p>' if said else ""


def _swapped(item: KeptTurn) -> str:
    """How many questions of a turn were swapped, and the way back."""
    if not item.swapped:
        return ""
    said = count(len(item.swapped), "question was", "questions were")
    back = button("unswap", "Back to the one before", id=item.id, style="fl-plainly")
    return f'<div class="fl-acts fl-after"><span class="fl-quiet">{said} swapped.</span>{back}</div>'


def swaps(questions: Sequence[Question], sight: Sight) -> Mapping[str, str]:
    """For each question of a kept turn, what asks for another one in its place."""
    if not sight.turn_id:
        return {}
    return {
        q.id: button("swap", "Another one", id=q.id, to=sight.turn_id, style="fl-plainly", slow=True,
                     name=f"Another question instead of: {q.text}")
        for q in questions
    }  # fmt: skip


def message(words: str, edit: str = "") -> str:
    """What the manager said."""
    return f'<div class="fl-mine-said"><p class="fl-text">{esc(words)}</p>{edit}</div>'


def growing(words: str, events: Sequence[Event], sight: Sight) -> str:
    """A turn that is still being answered."""
    said = next((e.body.text for e in reversed(events) if isinstance(e.body, Progress)), "")
    ended = any(isinstance(e.body, End) for e in events)
    waiting = "" if ended else step(said or "Looking through your notes")
    return f'<li class="fl-turn">{message(words)}{answer("now", events, sight)}{waiting}</li>'


def answer(
    turn_id: str, events: Sequence[Event], sight: Sight, status: TurnStatus = TurnStatus.OK, below: str = ""
) -> str:
    """The units of an answer, and what can be done with it."""
    units = "".join(unit(event.body, sight) for event in events)
    if status is TurnStatus.STOPPED:
        more = " “Answer again” gives the whole of it." if sight.newest else ""
        units += f'<p class="fl-hint">{"Stopped here." if units else "Stopped before there was an answer."}{more}</p>'
    if not units:
        return ""
    again = button("again", "Answer again", style="fl-plainly", slow=True) if sight.newest else ""
    copy = f'<button type="button" class="fl-button fl-plainly" data-copy="fl-turn-{esc(turn_id)}">Copy</button>'
    return (
        f'<section class="fl-answer" id="fl-turn-{esc(turn_id)}" aria-live="polite" aria-label="Answer">'
        f'<div class="fl-units">{units}</div>{below}</section><div class="fl-acts fl-after">{copy}{again}</div>'
    )


def unit(body: Body, sight: Sight) -> str:
    """One checked unit."""
    today, passages = sight.today, sight.passages
    match body:
        case Text():
            proof = chips(body.quotes, today, passages, body.tier)
            tier = tier_tag(body.tier) if body.tier and len(set(body.quotes)) != 1 else ""
            said = days_said(body.text, today, " ".join(quote.text for quote in body.quotes))
            return f'<div class="fl-unit"><p class="fl-text">{esc(said)}</p>{tier}{proof}</div>'
        case Notice():
            return _notice(body, sight)
        case Promise():
            return f'<ul class="fl-list fl-unit">{show_brief.promise_row(body, today, passages)}</ul>'
        case Quote():
            return f'<div class="fl-unit">{chip(body, today, passages)}</div>'
        case Evidence():
            return f'<ul class="fl-list fl-unit">{verdict_row(body, "", "", today, passages)}</ul>'
        case Change():
            return _change(body, sight)
        case Proposal():
            return _proposal(body, sight)
        case Question():
            marks = sight.marks_of(sight.about)
            swap = swaps([body], sight).get(body.id, "")
            row = question_row(body, today, passages, person_id=sight.about, swap=swap,
                               opinion=marks.opinions.get(body.id), entry=marks.ledger.get(body.id))  # fmt: skip
            return f'<ol class="fl-questions fl-unit">{row}</ol>'
        case Brief():
            return _brief(body, sight)
        case Plan():
            return _plan(body, sight)
        case Progress():
            return ""
        case End():
            return f'<p class="fl-origin">{esc(body.origin.says)}</p>' if body.origin.says else ""


def _notice(body: Notice, sight: Sight) -> str:
    picks = "".join(
        button("say", f"{c.name} {c.hint}".strip(), id=c.name, style="fl-try", slow=True)
        for c in body.choices
        if c.id and sight.newest
    )
    tries = f'<div class="fl-tries">{picks}</div>' if picks else ""
    weak = " fl-weak" if body.code in ("weak", "unknown", "declined") else ""
    return f'<div class="fl-unit fl-about{weak}"><p class="fl-text">{esc(body.text)}</p>{tries}</div>'


def _change(body: Change, sight: Sight) -> str:
    undo = button("say", "Undo", id="undo", style="fl-plainly", slow=True) if body.undo and sight.newest else ""
    return _in_the_plan(body, sight.today) + (f'<div class="fl-acts">{undo}</div>' if undo else "")


def _in_the_plan(body: Change, today: date) -> str:
    """What a part of the plan said and says now: the card tells of the whole, not of what is new in it."""
    if body.kind != "plan_revised":
        return ""
    before = f"<dt>Before</dt><dd>{esc(dated(body.before, today))}</dd>" if body.before else ""
    return f'<div class="fl-unit"><dl>{before}<dt>Now</dt><dd>{esc(dated(body.after, today))}</dd></dl></div>'


def _proposal(body: Proposal, sight: Sight) -> str:
    due = f'<p class="fl-meta"><span>by {when(body.due, sight.today)}</span></p>' if body.due else ""
    acts = (
        button("say", "Yes", id="yes", style="fl-tick", slow=True)
        + button("say", "No", id="no", style="fl-plainly", slow=True)
        if sight.newest
        else ""
    )
    return (
        f'<div class="fl-unit fl-proposal"><p class="fl-text">“{esc(body.what)}”</p>{due}'
        f'<div class="fl-acts">{acts}</div></div>'
    )


def _brief(body: Brief, sight: Sight) -> str:
    """The brief in the conversation: promises, changes and questions; the rest stands on the person's page."""
    today, passages, who, asked = sight.today, sight.passages, body.person.id, body.questions
    marks = sight.marks_of(who)
    page = link(Place(sight.place.account, "person", body.person.id), "Open the whole brief", style="fl-button fl-tick")
    return (
        show_brief.story(body, passages)
        + show_brief.presses(body, passages)
        + show_brief.promises(body.mine, body.theirs, body.person, today, passages)
        + show_brief.since_last_time(body, passages)
        + show_brief.questions(asked, today, passages, who, swaps(asked.questions, sight), marks.opinions, marks.ledger)
        + f'<div class="fl-acts fl-after">{page}</div>'
    )


def _plan(body: Plan, sight: Sight) -> str:
    page = Place(sight.place.account, "person", body.person_id, "plan")
    said = "".join(f'<p class="fl-ask">{esc(thread.sentence)}</p>' for thread in body.threads if thread.sentence)
    gaps = [gap for thread in body.threads for gap in thread.gaps]
    missing = f'<p class="fl-gap">Not sure yet: {esc(", ".join(dict.fromkeys(gaps)))}.</p>' if gaps else ""
    first = body.threads[0].first_step
    return (
        f'<div class="fl-card"><h2>Development plan, version {body.version}</h2>{said}{missing}'
        f'<p class="fl-text">First step, by {when(first.due, sight.today)}: {esc(first.text)}</p>'
        f'<div class="fl-acts fl-after">{link(page, "Open the plan", style="fl-button fl-tick")}</div></div>'
    )
