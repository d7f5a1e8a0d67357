"""What to leave alone in a one-on-one: that there is something private, and whom to turn to. Never what it says.

Nor what kind of thing it is: a brief is read in corridors.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.actions.cite import Teller
from assistant.domain.brief import Avoid
from assistant.domain.policy import Readable
from assistant.prompting import offline_words

MOST = 4
_RUMOURS = {"gossip", "rumour", "hearsay"}


def say_what_to_avoid(left_out: Sequence[Readable], teller: Teller) -> Iterator[Avoid]:
    """One line for the notes left alone for one reason, newest first, with their days and the right human."""
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for readable in left_out:
        told = days[_reason(readable)]
        if readable.note.day not in told:
            told.append(readable.note.day)
    newest = sorted(days, key=lambda reason: (-max(days[reason]).toordinal(), reason))
    for kind, humans in newest[:MOST]:
        yield _avoid(kind, humans, sorted(days[kind, humans]), teller)


def _reason(readable: Readable) -> tuple[str, str]:
    """The kind of reason, and whom to turn to, each once, as one says it: "HR, legal or whoever told you"."""
    topics = readable.screening.topics
    private = [topic for topic in sorted(topics) if topic not in _RUMOURS]
    if not private:
        return "rumour" if topics else "closed", ""
    known = offline_words("brief")["avoid"]["humans"]
    named = list(dict.fromkeys(human for topic in private for human in known.get(topic, known["other"])))
    kind = "whole" if readable.closed else "private"
    return kind, " or ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _avoid(kind: str, humans: str, days: Sequence[date], teller: Teller) -> Avoid:
    words, person = offline_words("brief")["avoid"], teller.person
    said = [teller.day(day) for day in days]
    text = words[kind if len(said) == 1 else f"{kind}_more"].format(
        day=said[0], days=", ".join(said[:-1]) + f" and {said[-1]}", they=person.pronouns.value,
        bring=person.pronouns.verb("brings", "bring"),
    )  # fmt: skip
    return Avoid(text, words[f"why_{kind}"], humans)
