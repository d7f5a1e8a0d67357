"""Promises of both sides, open and settled; and what was asked, when, and what came of it."""

from collections.abc import Sequence
from datetime import date

from assistant.domain.ask_ledger import RESTS_FOR, Asked
from assistant.domain.own_card import OwnCard
from assistant.domain.person import Person
from assistant.domain.promise import Owner, Promise, PromiseState
from ui.standing import ended
from ui.web import show_brief, show_forms
from ui.web.place import Place
from ui.web.show import Passages, button, chips, count, day_words, empty, esc, folded, section, when
from ui.web.show_shell import link


def promises(items: Sequence[Promise], person: Person, today: date, passages: Passages) -> str:
    """All promises between the two: the manager's own first, then theirs, then what is settled."""
    opened = [p for p in items if p.state is PromiseState.OPEN]
    mine = [p for p in opened if p.owner is Owner.ME]
    theirs = [p for p in opened if p.owner is Owner.THEM]
    settled = [p for p in reversed(items) if p.state is not PromiseState.OPEN]
    rows = [_settled(p, person, today, passages) for p in settled]
    done = section("Kept, or dropped", folded(rows, 5, "earlier"), id="settled")
    return show_brief.promises(mine, theirs, person, today, passages) + add_promise(person, "Write one down") + done


def add_promise(person: Person, title: str) -> str:
    """A promise in the manager's own words."""
    fields = show_forms.choice(
        "owner", "Who promised", [("me", "I did"), ("them", f"{person.first_name} did")]
    ) + show_forms.day("due", "By (if a day was said)", None)  # fmt: skip
    body = (
        f"<h2>{title}</h2>{show_forms.line('what', 'What was promised?', hint='Bring the summer rota')}"
        f'<div class="fl-fields">{fields}</div>{show_forms.save("Keep this promise")}'
    )
    return show_forms.form("add_promise", body, id=person.id, draft=f"promise:{person.id}", style="fl-card")


def _settled(item: Promise, person: Person, today: date, passages: Passages) -> str:
    who = "You" if item.owner is Owner.ME else esc(person.first_name)
    how = ended(item.state, tuple(telling.kind for telling in item.standing)).replace("done", "kept")
    told = f"<span>shown by your note of {when(item.closed_by.day, today)}</span>" if item.closed_by else ""
    proof = chips((item.closed_by,), today, passages) if item.closed_by else chips(item.quotes, today, passages)
    proof += show_brief.standing(item, today, passages)
    back = button("promise", "Open again", id=item.id, to="open", name=f"Open again: {item.what}", style="fl-plainly")
    return (
        f'<li class="fl-row"><div><p class="fl-text">{esc(item.what)}</p><p class="fl-meta"><span>{who}</span>'
        f"<span>{how}</span><span>said {when(item.made_on, today)}</span>{told}</p>{proof}</div>"
        f'<div class="fl-acts">{back}</div></li>'
    )


def ledger(entries: Sequence[Asked], person: Person, today: date, prep: str) -> str:
    """Every question that was asked of somebody, the newest first, with its answer and until when it rests."""
    if not entries:
        return empty(
            "Nothing asked yet",
            f"When you mark a question as asked, it stands here with its answer, and {esc(person.first_name)} is not "
            "asked it again for half a year.",
            prep,
        )
    newest: dict[str, Asked] = {}
    answers: dict[str, list[Asked]] = {}
    for entry in sorted(entries, key=lambda e: e.day):
        newest[entry.question_id] = entry
        answers.setdefault(entry.question_id, []).append(entry)
    rows = "".join(
        _entry(entry, answers[entry.question_id], person, today)
        for entry in sorted(newest.values(), key=lambda e: e.day, reverse=True)
    )
    hint = f"{count(len(newest), 'question')} so far. A question rests for half a year after it was asked."
    return section("Asked", f'<ul class="fl-list">{rows}</ul>', id="asked", hint=hint)


def own(items: Sequence[OwnCard], entries: Sequence[Asked], place: Place) -> str:
    """Questions the manager saved that were not asked of this person yet."""
    told = {entry.question_id for entry in entries}
    rows = [
        f'<li class="fl-row"><p class="fl-ask">{esc(item.text)}</p><div class="fl-acts">'
        + button("asked", "Asked", id=item.id, words=item.text, pillar=item.pillar, name=f"Asked: {item.text}")
        + "</div></li>"
        for item in items
        if item.id not in told
    ]
    library = link(Place(place.account, "library"), "Your library", style="fl-button fl-plainly")
    body = folded(rows, 4, "more of yours") + f'<div class="fl-acts">{library}</div>' if rows else ""
    return section("Your own questions", body, id="own", hint="Saved by you, not asked here yet.")


def _entry(item: Asked, said: Sequence[Asked], person: Person, today: date) -> str:
    told = "".join(
        f'<p class="fl-text fl-answered"><span class="fl-meta">{when(e.day, today)}</span> {esc(e.answer)}</p>'
        for e in said
        if e.answer
    )
    rests = "comes back" if item.later else f"rests until {day_words(item.day + RESTS_FOR, today)}"
    field = show_forms.area("answer", "What was said?", rows=2, bare=True, hint="What was said?")
    write = show_forms.form(
        "answer", field + show_forms.save("Keep the answer"), id=item.question_id,
        draft=f"answer:{person.id}:{item.question_id}",
    )  # fmt: skip
    later = "" if item.later else button("later", "Come back to it", id=item.question_id, style="fl-plainly")
    return (
        f'<li><p class="fl-ask">{esc(item.text)}</p><p class="fl-meta"><span>asked {when(item.day, today)}</span>'
        f'<span>{rests}</span></p>{told}<div class="fl-acts"><details class="fl-more"><summary>'
        f"{'Add to the answer' if told else 'Write the answer'}</summary>{write}</details>{later}</div></li>"
    )
