"""Writing down: a note or a talk; the person is found in the words, and what a talk brought waits for one yes."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from assistant.errors import Unknown
from ui.web import see_bring, show_people, show_waiting, show_write
from ui.web.passages import passages_of
from ui.web.place import Place
from ui.web.show_shell import head
from ui.web.trays import Files

Drawn = tuple[Place, tuple[str, str]]


def write(
    desk: Desk, place: Place, rows: Sequence[PersonRow], words: str = "", files: Files | None = None
) -> Iterator[Drawn]:
    """The form of a note, of a talk, or what was found in a talk; or files that are brought in."""
    if place.item == "bring" or place.tray:
        yield from see_bring.bring(desk, place, files)
        return
    bar = head(place, "Write down", "As it was, in your own words. It takes a few seconds.")
    if not rows:
        yield place, (bar, show_people.nobody())
        return
    people = {row.person.id: row.person for row in rows}
    if place.pending:
        item = next((p for p in desk.pending() if p.id == place.pending), None)
        if item is None:
            raise Unknown("This no longer waits for a yes.", next="The note itself is on the timeline.")
        passages = passages_of(desk, [*item.draft.quotes])
        yield place, (bar, show_write.proposal(item, people[item.person_id], desk.today, passages))
        return
    named = desk.named_in(words)
    form = show_write.debrief if place.item == "debrief" else show_write.note
    below = show_waiting.waiting(desk, place, people.values())
    yield place, (bar, show_write.tabs(place) + form(place, rows, named, desk.today) + below)
