"""Which of the thirteen situations the next one-on-one is in. Without a clear signal it is a regular one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.stage import PRECEDENCE, Stage
from assistant.prompting import offline_words
from assistant.wording import sentences

FEW_NOTES = 5
_NOT_ABOUT_THEM = {NoteKind.CUSTOMER_COMPLAINT, NoteKind.CUSTOMER_QUOTE}


def find_stage(
    person: Person, recent: Sequence[Readable], meetings: Iterable[Meeting], notes_in_all: int, today: date
) -> Stage:
    """The leading situation: a first meeting above all, then by the order of precedence, else a regular one."""
    settled = timedelta(days=int(offline_words("stages")["new_for_days"]))
    started = person.start is not None and timedelta(0) <= today - person.start <= settled
    met = any(m.state is MeetingState.HELD and m.day < today for m in meetings)
    if not met and (notes_in_all <= FEW_NOTES or started):
        return Stage.FIRST
    live = set(_signals(person, recent, today))
    if started:
        live.add(Stage.NEW_ROLE)
    return next((stage for stage in PRECEDENCE if stage in live), Stage.REGULAR)


def _signals(person: Person, recent: Sequence[Readable], today: date) -> Iterator[Stage]:
    since = today - timedelta(days=int(offline_words("stages")["looks_back_days"]))
    expressions = _expressions(person)
    for readable in recent:
        note = readable.note
        if readable.closed or note.day < since or note.kind in _NOT_ABOUT_THEM:
            continue
        for span in sentences(note.text):
            if readable.allows(span) and not _of_others(readable, span):
                told = note.text[span.start : span.end]
                yield from (stage for stage, pattern in expressions if pattern.search(told))


def _of_others(readable: Readable, span: Span) -> bool:
    """Whether the sentence names another person of the team: then it may be about them."""
    return any(m.span.overlaps(span) for m in readable.note.mentions)


@lru_cache(maxsize=256)
def _expressions(person: Person) -> tuple[tuple[Stage, re.Pattern[str]], ...]:
    names = [re.escape(name) for name in (*person.names, person.pronouns.value)]
    who = f"(?:{'|'.join(names)})"
    signals = offline_words("stages")["signals"]
    return tuple(
        (Stage(code), re.compile("|".join(p.replace("{who}", who) for p in patterns), re.IGNORECASE))
        for code, patterns in signals.items()
    )
