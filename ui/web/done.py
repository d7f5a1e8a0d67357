"""What a change brought, and how the fields of a form are read."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.note import NoteKind
from assistant.errors import Invalid
from ui.web.place import Place


@dataclass(frozen=True, slots=True)
class Done:
    """What a change brought: where the tab is now, and what is said about it."""

    place: Place
    notice: str


def read_day(said: object) -> date:
    """The day in a form; `Invalid` when it is none."""
    try:
        return date.fromisoformat(str(said or "").strip()[:10])
    except ValueError:
        raise Invalid("This day cannot be read.", next="Write it as year-month-day, for example 2026-06-15.") from None


def read_kind(said: object) -> NoteKind:
    """The kind in a form; `Invalid` when it is none."""
    if said not in set(NoteKind):
        raise Invalid("This kind of note is not known.", next="Choose one from the list.")
    return NoteKind(str(said))
