"""The manager's own mix of the last half year: one-on-ones held, what their notes hold, and what was asked."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from assistant.actions.build_profile import is_usable
from assistant.domain.ask_ledger import RESTS_FOR
from assistant.domain.meeting import MeetingState
from assistant.domain.mix import TALK_OF_TOPIC, Mix, Month, TalkOf
from assistant.domain.note import NoteKind
from assistant.domain.person import PersonId
from assistant.ports.outside import Library
from assistant.ports.records import Shelf

MONTHS = 6
Talk = tuple[PersonId, date]


def tell_mix(shelf: Shelf, library: Library) -> Mix:
    """The mix of the shelf's account up to the shelf's day.

    A one-on-one counts for a thing when the note of that day holds a passage about it: promises and obstacles are work
    in hand; passion, talent and hopes are growth. What only may point to something does not count.
    """
    today = shelf.today
    firsts = [_month_before(today, back) for back in reversed(range(MONTHS))]
    held = {(m.person_id, m.day) for m in shelf.meetings.all() if _was_held(m.state) and firsts[0] <= m.day <= today}
    talks = Counter(day.replace(day=1) for _, day in held)
    about = defaultdict[tuple[date, TalkOf], set[Talk]](set)
    for what, talk in _came_up(shelf, held):
        about[talk[1].replace(day=1), what].add(talk)
    pillars = {question.id: question.pillar for question in library.questions()}
    entries = [entry for person in shelf.people.all() for entry in shelf.ledger.of(person.id)]
    recent = [entry for entry in entries if today - entry.day < RESTS_FOR and not entry.later]
    asked = Counter(entry.pillar or pillars.get(entry.question_id) for entry in recent)
    return Mix(
        months=tuple(
            Month(first, talks[first], tuple((what, len(about[first, what])) for what in TalkOf)) for first in firsts
        ),
        asked=tuple((pillar, number) for pillar, number in asked.most_common() if pillar),
        other=asked[None],
    )


def _was_held(state: MeetingState) -> bool:
    return state is MeetingState.HELD


def _came_up(shelf: Shelf, held: Collection[Talk]) -> Iterator[tuple[TalkOf, Talk]]:
    """What the notes of these one-on-ones hold, one entry a passage."""
    for person_id in {person_id for person_id, _ in held}:
        for item in shelf.evidence.of(person_id):
            if item.note.kind is NoteKind.ONE_ON_ONE and (person_id, item.day) in held:
                if is_usable(item) and item.counts and not item.is_guess:
                    yield TALK_OF_TOPIC[item.topic], (person_id, item.day)
        for promise in shelf.promises.of(person_id):
            for quote in promise.quotes[:1]:
                if quote.note.kind is NoteKind.ONE_ON_ONE and (person_id, quote.day) in held:
                    yield TalkOf.WORK, (person_id, quote.day)


def _month_before(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
