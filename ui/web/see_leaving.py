"""Forgetting somebody, joining two entries, writing a backup: asked once more, done, and told what came of it."""

from collections.abc import Generator
from dataclasses import replace

from assistant.desk import Desk, PersonDesk
from assistant.domain.person import fold_name
from assistant.errors import NotAllowed, Refused
from assistant.office import Office
from ui.web import show_leaving
from ui.web.done import Done
from ui.web.place import Deed, Place
from ui.web.show import count, esc, notice, step
from ui.web.show_leaving import FORGET, MERGE
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]
Doing = Generator[Drawn, None, Done]


def panel(person: PersonDesk, place: Place) -> str:
    """What is asked before it is done; empty where nothing is."""
    if place.item == FORGET:
        return show_leaving.forget(person.forget(dry_run=True), person.person, place)
    if place.item.startswith(MERGE):
        other = person.desk.person(place.item.removeprefix(MERGE))
        counts = {table: len(rows) for table, rows in other.export().tables.items()}
        return show_leaving.merge(person.person, other.person, counts, place)
    return ""


def forget(desk: Desk, place: Place, deed: Deed) -> Doing:
    """Erase somebody whose name was typed.

    Raises:
        Refused: It is another name; nothing was changed.
    """
    person = desk.person(deed.id)
    name = person.person.name
    if fold_name(deed.said.get("name", "")) != fold_name(name):
        raise Refused("That is not the name, so nothing was changed.", next=f"Type {name}.")
    yield place, (head(place, f"Forgetting {name}"), step("Erasing, and looking through every file afterwards"))
    report = person.forget(with_mentions=bool(deed.said.get("black")))
    return Done(Place(place.account, "people"), show_leaving.forgotten(report))


def merge(desk: Desk, place: Place, deed: Deed) -> Doing:
    """File one entry's all under another one."""
    keep, other = desk.person(deed.to), desk.person(deed.id)
    notes = len(other.notes())
    yield place, (head(place, keep.person.name), step(f"Filing {count(notes, 'note')} anew"))
    merged = desk.merge_people(keep.person.id, other.person.id)
    said = f"One person now: {esc(merged.name)}, also written {esc(', '.join(merged.aka))}."
    return Done(replace(place, page="person", person=merged.id, view="notes", item=""), notice(said))


def back_up(place: Place, deed: Deed, office: Office | None) -> Doing:
    """One sealed file of the whole home.

    Raises:
        NotAllowed: The account does not look after this home.
        Refused: The passphrase was typed in two ways.
    """
    if office is None:
        raise NotAllowed("Only whoever looks after this Flourish makes backups.", next="Ask them for one.")
    passphrase = deed.said.get("passphrase", "")
    if passphrase != deed.said.get("again", ""):
        raise Refused("The two passphrases are not the same, so nothing was written.", next="Type both again.")
    yield place, (head(place, "Settings"), step("Writing everything into one sealed file"))
    done = office.back_up(None, passphrase)
    said = f"Backed up {count(done.counts.get('note', 0), 'note')} ({size(done.size)}): "
    removed = f" {count(len(done.removed), 'older backup')} went." if done.removed else ""
    kept = f"<code>{esc(done.file)}</code>. Keep the passphrase apart from it.{removed}"
    return Done(place, notice(said + kept))


def size(number: int) -> str:
    """A number of bytes in the unit one says it in: "12 kB", "3.4 MB"."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(1, round(number / 1e3))} kB"


DEEDS = {"forget": forget, "merge": merge}
