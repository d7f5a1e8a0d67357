"""Writing down: a note that finds its person while it is typed, and a talk told on one screen, kept with one yes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.named_in import Named
from assistant.domain.check_in import Speaks
from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import Quote
from assistant.domain.overview import PersonRow
from assistant.domain.pending import Pending
from assistant.domain.person import Person
from assistant.domain.promise import Owner, PromiseState
from ui.web import show_asked, show_forms
from ui.web.place import Place
from ui.web.show import Passages, button, chip, day_words, esc, says_day, section, when
from ui.web.show_profile import TOPICS
from ui.web.show_shell import link

MOST_NAMED = 4


def tabs(place: Place) -> str:
    """A note, a talk, or files."""
    kinds = (("", "A note"), ("debrief", "After a talk"), ("bring", "From files"))
    at = "bring" if place.tray else place.item
    made = "".join(link(replace(place, item=item), label, style="fl-pill", here=at == item) for item, label in kinds)
    return f'<nav class="fl-pills fl-tools" aria-label="What to write">{made}</nav>'


def note(place: Place, rows: Sequence[PersonRow], named: Named, today: date) -> str:
    """One field; whom it is about is found in the words, and stands there to be put right."""
    field = show_forms.area(
        "text", "What did you see or hear?", rows=6,
        hint="Dana walked the new hire through a refund, step by step, until it was right.",
    ).replace("<textarea", '<textarea data-find="write" data-slash', 1)  # fmt: skip
    body = (
        field
        + _whom(rows, named, place.person)
        + f'<div class="fl-fields">{show_forms.day("day", "Day", _day(named, today), last=today)}'
        + show_forms.kind(show_forms.KINDS[0])
        + f"</div>{_of_the_mail(named, today)}"
        + show_forms.tick("closed", "Leave it out of briefs, questions and plans")
        + show_forms.save("Keep this note")
    )
    return show_forms.form("add_note", body, draft=show_forms.anybody("note", place), style="fl-card")


def _whom(rows: Sequence[PersonRow], named: Named, chosen: str) -> str:
    """Whom a note is about: those it names first. Where one name fits two it is asked, but on the page of one."""
    people, alike = named.people, {p.id for p in named.alike}
    asks = bool(alike) and chosen not in alike
    likely = "" if asks else chosen if alike else people[0].id if people else chosen
    options = [("", "Which of them?" if asks else "Choose somebody")] if not likely else []
    options += [(p.id, _told_apart(p, alike)) for p in people]
    known = {p.id for p in people}
    options += [(row.person.id, row.person.name) for row in rows if row.person.id not in known]
    field = show_forms.choice("person", "About", options, likely).replace("<select", "<select required", 1)
    if asks:
        said = f'<strong class="fl-late">Your words fit {_several(named.alike)}. Say which of them you mean.</strong>'
    elif not people:
        said = "It is filed under the one chosen here." if chosen else "Name somebody, and it is filed under them."
    elif alike:
        said = f"Your words fit {_several(named.alike)}. It is filed under the one chosen here."
    elif len(people) == 1:
        said = f"Found in your words: {esc(people[0].name)}."
    else:
        said = f"Your words name {_several(people[:MOST_NAMED])}. It is filed under the one chosen here."
    return f'<div class="fl-whom">{field}<p class="fl-hint" role="status">{said}</p></div>'


def _day(named: Named, today: date) -> date:
    """The day of a mail that was pasted, or today."""
    return named.day if named.day is not None and named.day <= today else today


def _of_the_mail(named: Named, today: date) -> str:
    if (day := _day(named, today)) == today:
        return ""
    said = f"{day_words(day, today)} is the day in the mail you pasted. Change it if the note is of another day."
    return f'<p class="fl-hint" role="status">{esc(said)}</p>'


def _several(people: Sequence[Person]) -> str:
    names = [esc(p.name) for p in people]
    return " and ".join((", ".join(names[:-1]), names[-1]))


def _told_apart(person: Person, alike: Collection[str]) -> str:
    return f"{person.name}, {person.role}" if person.id in alike and person.role else person.name


def debrief(place: Place, rows: Sequence[PersonRow], named: Named, today: date) -> str:
    """Three things to tell after a talk, in one field."""
    field = show_forms.area(
        "text", "How did it go?", rows=7,
        hint="What did they light up about? What did each of you promise? Who was better off through their work?",
    ).replace("<textarea", '<textarea data-find="write" data-slash', 1)  # fmt: skip
    body = (
        field
        + _whom(rows, named, place.person)
        + f'<div class="fl-fields">{show_forms.day("day", "Day of the talk", _day(named, today), last=today)}</div>'
        + _of_the_mail(named, today)
        + show_forms.save("Keep it and see what is in it")
        + '<p class="fl-hint">Your words are kept at once, as the note of a held one-on-one. What is found in them '
        "waits for your yes.</p>"
    )
    return show_forms.form("debrief", body, draft=show_forms.anybody("debrief", place), style="fl-card", slow=True)


def proposal(item: Pending, person: Person, today: date, passages: Passages) -> str:
    """Everything that was found in a telling, each with its words; what is not so is unticked."""
    rows = "".join(
        f'<li><label class="fl-tickbox"><input type="checkbox" name="piece_{number}" value="on" checked>'
        f'<span>{said}</span></label>{chip(quote, today, passages)}</li>'
        for number, (said, quote) in enumerate(pieces(item.draft, person, today), start=1)
    )  # fmt: skip
    drop = button("drop_pending", "Keep only the note", id=item.id, style="fl-plainly")
    body = f'<ul class="fl-list">{rows}</ul>{show_forms.save("Yes, keep what is ticked", also=drop)}'
    form = show_forms.form("confirm", body, id=item.id)
    hint = f"Your words about {esc(person.name)} are kept. This was found in them; untick what is not so."
    missed = show_asked.add_promise(person, "A promise is missing? Add it")
    return section("Is this what you heard?", form, id="proposal", hint=hint) + missed


def pieces(draft: DebriefDraft, person: Person, today: date) -> Iterator[tuple[str, Quote]]:
    """What is proposed, in the order in which it is numbered."""
    first = esc(person.first_name)
    for item in draft.evidence:
        yield f"<b>{esc(TOPICS[item.topic])}</b>: “{esc(item.quote.text)}”".replace("b>", "strong>"), item.quote
    for promise in draft.promises:
        who = "You promise" if promise.owner is Owner.ME else f"{first} promises"
        due = f" (due {when(promise.due, today)})" if promise.due and not says_day(promise.what, promise.due) else ""
        yield f"<strong>{who}</strong>: {esc(promise.what)}{due}", promise.quotes[-1]
    for promise in draft.settled:
        how = "Kept" if promise.state is PromiseState.DONE else "Dropped"
        if promise.closed_by:
            yield f"<strong>{how}</strong>: {esc(promise.what)}", promise.closed_by
    for answer in draft.answers:
        yield f"<strong>Answers</strong> “{esc(answer.question.text)}”", answer.quote
    for check in draft.check_ins:
        if check.quote:
            way = "speaks for" if check.speaks is Speaks.FOR else "speaks against"
            yield f"<strong>The plan</strong>: {way} {esc(check.section.words)}", check.quote
