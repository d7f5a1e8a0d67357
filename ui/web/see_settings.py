"""Settings: what this Flourish is set to. It is changed before it starts, so the page says how."""

from collections.abc import Iterator

from assistant.desk import Desk
from ui.web import show_settings
from ui.web.about import About
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]


def settings(desk: Desk, place: Place, about: About) -> Iterator[Drawn]:
    """What writes, who can read what, where the data are."""
    yield place, (head(place, "Settings"), show_settings.settings(about, desk.who().name))
