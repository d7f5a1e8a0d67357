"""The manager's own mix of the last half year, out of held one-on-ones and questions marked as asked."""

from collections import Counter
from datetime import date

from assistant.domain.ask_ledger import RESTS_FOR
from assistant.domain.meeting import MeetingState
from assistant.domain.mix import Mix, Month
from assistant.ports.outside import Library
from assistant.ports.records import Shelf

MONTHS = 6


def tell_mix(shelf: Shelf, library: Library) -> Mix:
    """The mix of the shelf's account up to the shelf's day."""
    today = shelf.today
    firsts = [_month_before(today, back) for back in reversed(range(MONTHS))]
    held = Counter(
        m.day.replace(day=1) for m in shelf.meetings.all() if m.state is MeetingState.HELD and m.day <= today
    )
    pillars = {question.id: question.pillar for question in library.questions()}
    entries = [entry for person in shelf.people.all() for entry in shelf.ledger.of(person.id)]
    recent = [entry for entry in entries if today - entry.day < RESTS_FOR and not entry.later]
    asked = Counter(pillars[entry.question_id] for entry in recent if entry.question_id in pillars)
    return Mix(
        months=tuple(Month(first, held[first]) for first in firsts),
        asked=tuple(asked.most_common()),
        other=sum(entry.question_id not in pillars for entry in recent),
    )


def _month_before(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
