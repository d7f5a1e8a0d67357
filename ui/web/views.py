"""What one press brings: screens, one after the other, each whole and about one place only.

No component is known here and no account is checked here; `page` does both before it asks for a screen.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from assistant.streaming import ending
from ui.web import (
    see_bring,
    see_chat,
    see_leaving,
    see_library,
    see_people,
    see_person,
    see_plans,
    see_removing,
    see_settings,
    see_team,
    see_today,
    see_write,
)
from ui.web.around import Around
from ui.web.changes import change
from ui.web.done import Done
from ui.web.place import Deed, Place
from ui.web.show import keyed

Part = tuple[str, str]  # the head of a page, and all that stands below it
NOTHING = Around()


@dataclass(frozen=True, slots=True)
class Screen:
    """All that is on the page, always whole, so that one person's words never stand under another's name.

    Attributes:
        rows: Everybody of this account, for the way about.
        scope, notice, out: HTML, everything a person wrote already escaped.
    """

    place: Place
    today: date
    rows: Sequence[PersonRow]
    scope: str
    notice: str
    out: str


def never() -> bool:
    """Nobody stops what is done at once."""
    return False


def screens(
    desk: Desk, place: Place, deed: Deed, stopped: Callable[[], bool] = never, around: Around = NOTHING
) -> Iterator[Screen]:
    """What pressing something brings; `stopped` tells whether somebody wants an answer to end."""
    match deed.do:
        case "go":
            yield from look(desk, place, around=around)
        case "find":
            yield from look(desk, place, words=deed.said.get("words", ""), around=around)
        case "say" | "again" | "edit_turn":
            rows = desk.people()
            talk = see_chat.say(desk, place, deed, stopped, around.answering, rows)
            yield from _shown(desk, talk, see_chat.freed(deed), rows)
        case "swap" | "unswap":
            yield from _shown(desk, see_chat.swap(desk, place, deed))
        case "rename_talk":
            yield from look(desk, place, see_chat.rename(desk, deed), around=around)
        case "remove_note" | "remove_talk" | "put_back":
            done = see_removing.DEEDS[deed.do](desk, place, deed, around.back)
            yield from look(desk, done.place, done.notice, around=around)
        case "read_files":
            yield from _shown(desk, see_bring.read(desk, place, deed, around.files))
        case "leave_files":
            done = see_bring.leave(desk, place, deed, around.files)
            yield from look(desk, done.place, done.notice, around=around)
        case "bring_in":
            done = yield from _grown(desk, see_bring.bring_in(desk, place, deed, around.files))
            yield from look(desk, done.place, done.notice, around=around)
        case "forget" | "merge":
            done = yield from _grown(desk, see_leaving.DEEDS[deed.do](desk, place, deed))
            around.back.lately.forget(desk.account)
            yield from look(desk, done.place, done.notice, around=around)
        case "back_up":
            done = yield from _grown(desk, see_leaving.back_up(place, deed, around.office))
            yield from look(desk, done.place, done.notice, around=around)
        case "pair":
            done = see_settings.pair(place, around.devices)
            yield from look(desk, done.place, done.notice, around=around)
        case "end_session":
            done = see_settings.end_session(place, deed, around.devices)
            yield from look(desk, done.place, done.notice, around=around)
        case _:
            done = change(desk, place, deed)
            yield from look(desk, done.place, done.notice, around=around)


def look(desk: Desk, place: Place, notice: str = "", *, words: str = "", around: Around = NOTHING) -> Iterator[Screen]:
    """The page of a place, in checked units as they are ready."""
    rows = desk.people()

    def drawn() -> Iterator[tuple[Place, Part]]:
        pages: dict[str, Callable[[], Iterator[tuple[Place, Part]]]] = {
            "chat": lambda: see_chat.chat(desk, place, rows, around.answering, words),
            "people": lambda: see_people.people(desk, place, rows, words),
            "write": lambda: see_write.write(desk, place, rows, words, around.files),
            "team": lambda: see_team.team(desk, place, rows),
            "library": lambda: see_library.library(desk, place, words),
            "settings": lambda: see_settings.settings(desk, place, rows, around),
            "plans": lambda: see_plans.plans(desk, place, rows),
            "person": lambda: see_person.person(desk, place, rows),
        }
        return pages.get(place.page, lambda: see_today.today(desk, place, rows, around.files))()

    yield from _shown(desk, drawn(), notice, rows)


def _shown(
    desk: Desk, drawn: Iterator[tuple[Place, Part]], notice: str = "", rows: Sequence[PersonRow] = ()
) -> Iterator[Screen]:
    rows = rows or desk.people()
    with ending(drawn) as parts:
        for place, (scope, out) in parts:
            # A conversation keeps its field while it grows and gets its address.
            key = f"chat {place.account} {place.view}" if place.page == "chat" else place.query
            yield Screen(place, desk.today, rows, keyed(place.query, scope), notice, keyed(key, out))


def _grown(desk: Desk, drawn: Generator[tuple[Place, Part], None, Done]) -> Generator[Screen, None, Done]:
    """The screens of something that takes its time, and what it brought."""
    brought: list[Done] = []

    def parts() -> Iterator[tuple[Place, Part]]:
        brought.append((yield from drawn))

    yield from _shown(desk, parts())
    return brought[0]
