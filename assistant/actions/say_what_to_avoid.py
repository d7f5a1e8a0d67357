"""What to leave alone in a one-on-one: that there is something private, and whom to turn to. Never what it says."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.actions.cite import Teller
from assistant.domain.brief import Avoid
from assistant.domain.policy import Readable
from assistant.prompting import offline_words

MOST = 4
_RUMOURS = {"gossip", "rumour", "hearsay"}
_CLOSED = "closed"


def say_what_to_avoid(left_out: Sequence[Readable], teller: Teller) -> Iterator[Avoid]:
    """One line for the notes of one kind, the newest first, with their days and the right human."""
    days: defaultdict[tuple[str, ...], list[date]] = defaultdict(list)
    for readable in left_out:
        topics = tuple(sorted(readable.screening.topics)) or (_CLOSED,)
        if readable.note.day not in days[topics]:
            days[topics].append(readable.note.day)
    newest = sorted(days, key=lambda topics: (-max(days[topics]).toordinal(), topics))
    for topics in newest[:MOST]:
        yield _avoid(topics, sorted(days[topics]), teller)


def _avoid(topics: Sequence[str], days: Sequence[date], teller: Teller) -> Avoid:
    words = offline_words("brief")["avoid"]
    private = [topic for topic in topics if topic not in _RUMOURS and topic != _CLOSED]
    kind = "private" if private else "closed" if _CLOSED in topics else "rumour"
    known = [words["topics"].get(topic, words["topics"]["other"]) for topic in private]
    person, said = teller.person, [teller.day(day) for day in days]
    text = words[kind if len(said) == 1 else f"{kind}_more"].format(
        day=said[0], days=", ".join(said[:-1]) + f" and {said[-1]}", topic="; ".join(name for name, _ in known),
        they=person.pronouns.value, bring=person.pronouns.verb("brings", "bring"),
    )  # fmt: skip
    return Avoid(text, words[f"why_{kind}"], _humans([point_to for _, point_to in known]))


def _humans(named: Sequence[str]) -> str:
    """Whom to turn to, each once: "HR" alone says nothing new beside "HR or legal"."""
    once = list(dict.fromkeys(named))
    return "; ".join(one for one in once if not any(one != other and one in other for other in once))
