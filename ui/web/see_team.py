"""The team: where to ask next, and what the manager's own talks are about."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from ui.web import show, show_people, show_team
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]


def team(desk: Desk, place: Place, rows: Sequence[PersonRow]) -> Iterator[Drawn]:
    """The mix at once, the map as soon as every profile is worked out."""
    bar = head(place, "Team", "Where to ask next, and what your own talks are about.")
    if not rows:
        yield place, (bar, show_people.nobody())
        return
    mix = show_team.mix(desk.mix())
    yield place, (bar, show.step("Looking at what is known of whom") + mix)
    profiles = desk.profiles([row.person.id for row in rows[: show_people.ROWS]])
    yield place, (bar, show_team.coverage(profiles, place) + mix)
