"""The brief for a phone: the story or what is new, what is owed, praise, the questions. Sources stay outside."""

from collections.abc import Iterator, Sequence

from assistant.domain.promise import OFFERS
from ui.contract.base import PromiseView
from ui.contract.talks import PrepPayload
from ui.present.changed import changes
from ui.present.paper import count, day, wrapped

MOST_PROMISES = 2  # of one side
MOST_TOLD = 2  # lines of the story: what turned, and where it stands
LONGEST = 70  # characters of a promise


def short(brief: PrepPayload) -> str:
    """At most forty lines of a phone's width."""
    return "\n".join(_short(brief))


def _short(brief: PrepPayload) -> Iterator[str]:
    kind = "last talk" if brief.since.was_meeting else "no talk on record, news since"
    yield wrapped(f"{brief.person.name}, {day(brief.today)} ({kind} {day(brief.since.date)})")
    yield from (wrapped(told.text, hang=2) for told in brief.story[-MOST_TOLD:])
    for matter in brief.presses:
        yield wrapped(matter.text, mark="! ")
    for line in brief.ahead[:1]:
        yield wrapped(f"Ahead: {line.text.partition('. ')[0]}", hang=2)
    yield from _owed("You owe", brief.promises.mine)
    yield from _owed("They owe", brief.promises.theirs)
    said = [] if brief.story else [(title, lines[0].text) for title, lines in changes(brief)][:1]
    said += [("Say", line.text.removeprefix("Worth saying: ")) for line in brief.recognition[:1]]
    for title, text in said:
        yield wrapped(f"{title}: {text}", hang=2)
    for number, question in enumerate(brief.questions[:3], 1):
        mark = "★" if question.id == brief.one_question else f"{number}"
        yield wrapped(question.text, mark=f"{mark} ")
    more = [count(len(brief.avoid), "thing") + " to leave alone"] if brief.avoid else []
    more += [count(len(brief.unknown), "matter") + " not settled yet"] if brief.unknown else []
    if more:
        yield wrapped(f"Also {', '.join(more)}: flourish prep {brief.person.id}", hang=2)


def _owed(title: str, promises: Sequence[PromiseView]) -> Iterator[str]:
    for promise in promises[:MOST_PROMISES]:
        what = promise.what if len(promise.what) <= LONGEST else promise.what[:LONGEST].rsplit(" ", 1)[0] + " …"
        due = f" ({'was ' if promise.overdue else ''}due {promise.due.day} {promise.due:%b})" if promise.due else ""
        seems = " (a later note may settle it)" if any(t.tells in OFFERS for t in promise.standing) else ""
        yield wrapped(f"{title}: {what}{due}{seems}", hang=2)
    if len(promises) > MOST_PROMISES:
        yield wrapped(f"  and {len(promises) - MOST_PROMISES} more")
