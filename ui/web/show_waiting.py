"""Debriefs that wait for a yes, wherever they are shown: what was found, yes, only the note, or a closer look."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.desk import Desk
from assistant.domain.pending import Pending
from assistant.domain.person import Person, PersonId
from ui.web.place import Place
from ui.web.show import button, count, esc, section, when
from ui.web.show_shell import link
from ui.web.show_write import pieces

SHOWN = 4  # things of one debrief; with more of them it is looked at before the yes


def waiting(desk: Desk, place: Place, people: Iterable[Person]) -> str:
    """Everything about these people that waits for a yes, and what got no answer in its day; empty with neither."""
    known = {person.id: person for person in people}
    items = [item for item in desk.pending() if item.person_id in known]
    missed = [item for item in desk.unanswered() if item.person_id in known]
    return cards(items, missed, known, place, desk.today)


def cards(
    items: Sequence[Pending], missed: Sequence[Pending], people: Mapping[PersonId, Person], place: Place, today: date
) -> str:
    """Each debrief as a row; nothing found in one counts before the yes."""
    rows = "".join(_row(item, people[item.person_id], place, today) for item in items)
    rows += "".join(_missed(item, people[item.person_id], today) for item in missed)
    many = count(len(items) + len(missed), "debrief waits", "debriefs wait")
    hint = f"{many} for your word. Your notes are kept; nothing found in them counts before your yes."
    return section(
        "Is this what you heard?", f'<ul class="fl-list">{rows}</ul>' if rows else "", id="debriefs", hint=hint
    )


def _row(item: Pending, person: Person, place: Place, today: date) -> str:
    name, there = esc(person.name), Place(place.account, "write", item=f"pending.{item.id}")
    found = [said for said, _ in pieces(item.draft, person, today)]
    listed = "".join(f"<li>{said}</li>" for said in found[:SHOWN])
    more = f"<li>and {len(found) - SHOWN} more</li>" if len(found) > SHOWN else ""
    yes = (
        button("confirm", "Yes, all of it", id=item.id, to="all", style="fl-tick", name=f"Yes to all, {person.name}")
        if not more
        else ""
    )
    drop = button("drop_pending", "Only the note", id=item.id, style="fl-plainly", name=f"Only the note, {person.name}")
    look = link(there, "Look and change", style="fl-button", name=f"Look and change, {person.name}")
    return (
        f'<li class="fl-row"><div>{link(there, name, style="fl-name")}<p class="fl-meta"><span>told '
        f"{when(item.draft.note.day, today)}</span><span>{count(len(found), 'thing')} found</span></p>"
        f'<ul class="fl-found">{listed}{more}</ul></div><div class="fl-acts">{yes}{look}{drop}</div></li>'
    )


def _missed(item: Pending, person: Person, today: date) -> str:
    again = button(
        "debrief_again", "Read it again", id=item.draft.note.id, to=item.person_id, style="fl-tick", slow=True,
        name=f"Read it again, {person.name}",
    )  # fmt: skip
    drop = button("drop_pending", "Only the note", id=item.id, style="fl-plainly", name=f"Only the note, {person.name}")
    return (
        f'<li class="fl-row"><div><p class="fl-name">{esc(person.name)}</p><p class="fl-meta"><span>told '
        f"{when(item.draft.note.day, today)}</span><span>no answer yet, and nothing of it counts</span></p>"
        f'</div><div class="fl-acts">{again}{drop}</div></li>'
    )
