"""Everybody at a glance, a page at a time; what is known of each follows a moment later."""

from collections.abc import Callable, Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from assistant.domain.person import fold_name
from ui.web import show, show_details, show_people
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]
SHOWN: dict[str, tuple[str, Callable[[PersonRow], bool]]] = {
    "all": ("Everybody", lambda row: True),
    "owed": ("You owe something", lambda row: bool(row.mine_open)),
    "owes": ("They owe something", lambda row: bool(row.theirs_open)),
    "late": ("One-on-one is late", lambda row: bool(row.next_talk.overdue_days)),
}


def people(desk: Desk, place: Place, rows: Sequence[PersonRow], words: str = "") -> Iterator[Drawn]:
    """The list, filtered by words of name or role and by what is open."""
    which, _, number = place.item.partition("-")
    which = which if which in SHOWN else "all"
    page = max(int(number) - 1, 0) if number.isdigit() else 0
    title = head(place, "People", "The signs say how well you know something, never how good somebody is.")
    if not rows:
        yield place, (title, show_people.nobody() + show_details.new_person())
        return
    found = [row for row in rows if SHOWN[which][1](row) and fits(row, words)]
    shown = found[page * show_people.ROWS : (page + 1) * show_people.ROWS]
    chosen = {key: (label, sum(map(test, rows))) for key, (label, test) in SHOWN.items()}
    tools = show_people.tools(place, which, chosen)
    new = show_details.new_person() if page == 0 else ""
    pages = show_people.pages(place, which, page, len(found))
    if not shown:
        yield place, (title, tools + show.empty("Nobody fits", "Try fewer letters, or show everybody."))
        return
    yield place, (title, tools + show_people.table(place, shown, desk.today, None) + pages + new)
    known = {p.person.id: p for p in desk.profiles([row.person.id for row in shown])}
    yield place, (title, tools + show_people.table(place, shown, desk.today, known) + pages + new)


def fits(row: PersonRow, words: str) -> bool:
    """Whether every word begins a word of somebody's name, nicknames or role."""
    told = fold_name(" ".join((row.person.name, *row.person.aka, row.person.role))).split()
    return all(any(part.startswith(word) for part in told) for word in fold_name(words[:80]).split())
