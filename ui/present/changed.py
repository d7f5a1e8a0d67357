"""What a brief says has changed, under its headings: what the last talk itself left is no news since then."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from assistant.domain.brief import Brief, Line
from ui.contract.talks import BriefLine, PrepPayload

AnyLine = TypeVar("AnyLine")


def changed(
    new: Sequence[AnyLine], continuing: Sequence[AnyLine], resolved: Sequence[AnyLine],
    *, last_talk: date | None, day_of: Callable[[AnyLine], date],
) -> list[tuple[str, Sequence[AnyLine]]]:  # fmt: skip
    """The parts in the order they are read, empty ones left out.

    Args:
        new: What the notes from the last talk on say, that talk's own note included.
        continuing: What goes on.
        resolved: What is settled.
        last_talk: The day of the last talk; None when none is on record, then all of it is new.
        day_of: The day of a line's note.
    """
    left = [line for line in new if last_talk is not None and day_of(line) <= last_talk]
    fresh = [line for line in new if line not in left]
    parts = [("New", fresh), ("Last time", left), ("Still open", continuing), ("Settled", resolved)]
    return [(title, lines) for title, lines in parts if lines]


def changes(brief: PrepPayload) -> list[tuple[str, Sequence[BriefLine]]]:
    """The parts of a brief that is told."""
    return changed(
        brief.new, brief.continuing, brief.resolved,
        last_talk=brief.since.date if brief.since.was_meeting else None,
        day_of=lambda line: max((e.date for e in line.evidence), default=brief.today),
    )  # fmt: skip


def changes_of(brief: Brief) -> list[tuple[str, Sequence[Line]]]:
    """The parts of a brief that is drawn."""
    return changed(
        brief.new, brief.continuing, brief.resolved,
        last_talk=brief.since.day if brief.since.was_meeting else None,
        day_of=lambda line: max((quote.day for quote in line.quotes), default=brief.today),
    )  # fmt: skip
