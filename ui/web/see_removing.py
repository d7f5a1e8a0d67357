"""A note or a conversation is removed at once, and one press puts it back whole."""

from dataclasses import replace

from assistant.desk import Desk, put_back
from ui.web.done import Done
from ui.web.lately import STANDS, Back
from ui.web.place import Deed, Place
from ui.web.show import button, count, day_words, notice


def note(desk: Desk, place: Place, deed: Deed, back: Back) -> Done:
    """Remove a note, with what rests on it."""
    gone, rests = desk.note(deed.id), desk.standing_on(deed.id)
    undo = button("put_back", "Undo", id=back.keep(desk.delete_note(deed.id)), to="note")
    went = f", with {count(len(rests.items), 'thing')} that rested on it" if rests.items else ""
    said = f"Removed: the note of {day_words(gone.day, desk.today)}{went}. {STANDS}"
    return Done(replace(place, item="" if place.note else place.item), notice(said, undo))


def talk(desk: Desk, place: Place, deed: Deed, back: Back) -> Done:
    """Remove a conversation; what it changed stays changed."""
    is_open = place.talk == deed.id
    undo = button("put_back", "Undo", id=back.keep(desk.delete_conversation(deed.id)), to=deed.id if is_open else "")
    said = f"The conversation is removed; the notes, promises and plans it made stay. {STANDS}"
    return Done(Place(place.account, "chat") if is_open else place, notice(said, undo))


def undo(desk: Desk, place: Place, deed: Deed, back: Back) -> Done:
    """Put back what was removed; a conversation that was open then is open again."""
    put_back(desk, back.take(desk.account, deed.id))
    if deed.to == "note":
        return Done(place, notice("The note is back, with everything that rested on it."))
    there = Place(place.account, "chat", item=f"talk.{deed.to}") if deed.to else place
    return Done(there, notice("The conversation is back."))


DEEDS = {"remove_note": note, "remove_talk": talk, "put_back": undo}
