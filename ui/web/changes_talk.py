"""What is done after a talk: keep the telling, say yes to what was found in it, or take both back."""

from dataclasses import replace

from assistant.desk import Desk
from assistant.domain.pending import Debriefed
from assistant.errors import Invalid
from ui.web import show_forms
from ui.web.done import Done, read_day
from ui.web.place import Deed, Place
from ui.web.show import button, count, esc, notice


def debrief(desk: Desk, place: Place, deed: Deed) -> Done:
    """Keep what was told; what was found in it is shown for one yes."""
    if not deed.said.get("person"):
        raise Invalid("Whom is this about?", next="Choose somebody; your words are still here.")
    person = desk.person(deed.said["person"])
    told = person.debriefing.take(deed.said.get("text", ""), day=read_day(deed.said.get("day")))
    kept = show_forms.kept(show_forms.anybody("debrief", place))
    if told.crisis is not None:
        said = f"{esc(told.crisis.message)} <strong>{esc(told.crisis.point_to)}</strong>. Your words are kept, closed."
        return Done(place, notice(said + kept))
    undo = button("unadd_note", "Undo", id=told.draft.note.id)
    said = f"Kept for {esc(person.person.name)}.{kept}{_held(told.held)}"
    if told.pending is None:
        return Done(place, notice(f"{said} Nothing in it asks for a yes.", undo))
    return Done(replace(place, page="write", item=f"pending.{told.pending.id}"), notice(said, undo))


def _held(passages: int) -> str:
    """What stays out because the telling asks for silence; nothing where it does not."""
    return f" Held back, because silence was asked for: {count(passages, 'passage')}." if passages else ""


def confirm(desk: Desk, place: Place, deed: Deed) -> Done:
    """Say yes to what is ticked."""
    item = next((p for p in desk.pending() if p.id == deed.id), None)
    size = item.draft.size if item else 0
    without = [n for n in range(1, size + 1) if deed.to != "all" and not deed.said.get(f"piece_{n}")]
    done = desk.confirm(deed.id, without=without)
    undo = button("undo_debrief", "Undo", id=done.id, to=done.person_id, slow=True)
    after = Place(place.account, "person", done.person_id)
    return Done(after, notice(f"Kept: {count(size - len(without), 'thing')} out of your words.", undo))


def drop_pending(desk: Desk, place: Place, deed: Deed) -> Done:
    """Keep the note alone."""
    item = desk.drop(deed.id)
    after = replace(Place(place.account, "person", item.person_id), view="notes")
    back = button("debrief_again", "Undo", id=item.draft.note.id, to=item.person_id, slow=True)
    return Done(after, notice("Only the note is kept. Nothing else is taken from it.", back))


def debrief_again(desk: Desk, place: Place, deed: Deed) -> Done:
    """Read a kept telling once more; what is found in it waits for a yes."""
    told = desk.person(deed.to).debriefing.again(deed.id)
    said = "Nothing in it asks for a yes." if told.pending is None else "Read once more."
    return Done(_waiting(place, told), notice(f"{said}{_held(told.held)}"))


def undo_debrief(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take a yes back: the words stay, and what was found in them waits again."""
    told = desk.person(deed.to).debriefing.take_yes_back(deed.id)
    there = _waiting(place, told)
    return Done(there, notice("Taken back. Your words are kept; nothing found in them counts before your yes."))


def _waiting(place: Place, told: Debriefed) -> Place:
    """Where what was read once more waits for a yes; among the notes when nothing does."""
    if told.pending is None:
        return replace(Place(place.account, "person", told.draft.note.person_id), view="notes")
    return Place(place.account, "write", item=f"pending.{told.pending.id}")
