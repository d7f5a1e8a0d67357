"""Lines of a prompt's data that need nothing but what they tell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.domain.account import Account
from assistant.domain.digest import DigestLine, Period
from assistant.domain.note import AiUse, NoteId
from assistant.domain.person import Person
from assistant.domain.promise import Promise
from assistant.domain.situation import Situation
from assistant.engines.llm.clean import one_line
from assistant.grounding import set_apart
from assistant.prompting import llm_words
from assistant.wording import MONTHS, spoken_day

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def digested(older: Sequence[tuple[Period, DigestLine]], names: Mapping[NoteId, str]) -> Iterator[str]:
    """The lines of older notes, oldest first, each with the short names of what it stands on."""
    words = llm_words("data")
    told = [
        (period, line, [names[q.note.id] for q in line.quotes if q.note.id in names])
        for period, line in sorted(older, key=lambda each: each[0].first)
    ]
    if any(aliases for _, _, aliases in told):
        yield f"\n{words['heads']['digest']}"
    for period, line, aliases in told:
        if aliases:
            yield words["lines"]["digest"].format(
                period=period_words(period), text=one_line(line.text), aliases=", ".join(dict.fromkeys(aliases))
            )


def period_words(period: Period) -> str:
    """A quarter as one says it."""
    return f"{MONTHS[period.first.month - 1]} to {MONTHS[period.last.month - 1]} {period.first.year}"


def may_show(promise: Promise, names: Mapping[NoteId, str]) -> str:
    """What is added to an open promise of which a later note seems to show how it ended; else nothing."""
    offered = promise.offered
    if offered is None or offered.quote.note.id not in names:
        return ""
    line: str = llm_words("data")["lines"][offered.kind.value]
    return line.format(alias=names[offered.quote.note.id], day=full_day(offered.quote.day))


def open_gaps(situation: Situation) -> Iterator[str]:
    """What is not known, without a line that quotes a note which is closed to a model."""
    noted = (*(i.note for i in situation.evidence), *(q.note for q in situation.profile.near))
    shut = [note.text for note in noted if note.ai is AiUse.NEVER]
    shut += [r.note.text for r in (*situation.earlier, *situation.recent, *situation.left_out) if r.closed]
    for gap in situation.profile.gaps:
        if not any(words.rstrip(" …") in text for words in set_apart(gap) for text in shut):
            yield gap


def about(person: Person, manager: Account) -> str:
    """Whom notes are about and who keeps them."""
    line: str = llm_words("data")["lines"]["kept"]
    return line.format(
        name=one_line(person.name), first=one_line(person.first_name), pronoun=person.pronouns.value,
        manager=one_line(manager.name),
    )  # fmt: skip


def weekday_of(day: date) -> str:
    """The weekday in English."""
    return _WEEKDAYS[day.weekday()]


def full_day(day: date) -> str:
    """A day with its year."""
    return f"{spoken_day(day, day)} {day.year}"
