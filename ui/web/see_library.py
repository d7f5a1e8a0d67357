"""The library: found by meaning, or looked through by pillar."""

from collections.abc import Iterator

from assistant.desk import Desk, OwnDesk
from assistant.domain.pillar import Pillar
from ui.web import show, show_library
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]
PRINCIPLES, QUESTIONS = 5, 8  # found for some words


def library(desk: Desk, place: Place, words: str = "") -> Iterator[Drawn]:
    """Principles first, then questions."""
    bar = head(place, "Library", "What is known about good talks, and questions worth asking. No note is in it.")
    shelf, chosen = desk.library, place.item if place.item in set(Pillar) else ""
    if words.strip():
        principles = shelf.nearest_principles(words[:300], PRINCIPLES)
        questions = shelf.nearest_questions(words[:300], QUESTIONS)
    else:
        principles = [p for p in shelf.principles() if not chosen or p.pillar == chosen]
        questions = [q for q in shelf.questions() if not chosen or q.pillar == chosen]
    own = OwnDesk(desk).about(words, chosen)
    found = show_library.principles(principles) + show_library.questions(questions)
    nothing = show.empty("Nothing here yet", "Try another pillar, or other words.")
    yield place, (bar, show_library.tools(place, chosen) + show_library.own(own, chosen) + (found or nothing))
