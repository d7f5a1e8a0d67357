"""The team: where to ask next, who brings what, where they meet, and what the manager's own talks are about."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from ui.web import show, show_people, show_team
from ui.web.passages import passages_of
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]


def team(desk: Desk, place: Place, rows: Sequence[PersonRow]) -> Iterator[Drawn]:
    """The mix at once, the map as soon as every profile is worked out."""
    bar = head(place, "Team", "Where to ask next, who brings what, and what your own talks are about.")
    if not rows:
        yield place, (bar, show_people.nobody())
        return
    mix = show_team.mix(desk.team.mix())
    yield place, (bar, show.step("Looking at what is known of whom") + mix)
    found = desk.team.side_by_side([row.person.id for row in rows[: show_people.ROWS]])
    known = show_team.coverage([member.profile for member in found.members], place)
    passages = passages_of(desk, [member.passages for member in found.members], found.shared, found.meets)
    beside = show_team.side_by_side(found, place, desk.today, passages)
    yield place, (bar, known + beside + show_team.where_they_meet(found, place, desk.today, passages) + mix)
