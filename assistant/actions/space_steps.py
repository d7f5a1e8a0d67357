"""Later steps on days of their own: each after the one before, none beyond the review, none while they are away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.calendar import Ahead, free_between
from assistant.domain.plan import LATER, Thread


def space_steps(thread: Thread, until: date, away: Sequence[Ahead]) -> Thread:
    """The thread with its later steps in order; where there is no day left for one, it goes, and what follows it.

    Args:
        thread: As drafted, or with a step on another day.
        until: The review.
        away: When the person is not there.
    """
    kept, before = [], thread.first_step.due
    for step in thread.then:
        day = step.due if before < step.due <= until else free_between(step.due, before, until, away)
        if day is None:
            break
        kept.append(replace(step, due=day))
        before = day
    gone = LATER[len(kept) :]
    own = tuple(section for section in thread.own_words if section not in gone)
    return replace(thread, then=tuple(kept), own_words=own)
