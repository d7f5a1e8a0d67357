"""A model's reading of a message the rules were not sure of: the manager's own words, and what it answered last.

What it reads is never carried out on its word: what writes something down stays unsure, and its words must stand in the
message; the person must be one that the talk has named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain.note import fold_text
from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.shapes import UnderstoodItem
from assistant.prompting import llm_prompt, llm_words

MOST_TURNS = 4
MOST_PARTS = 2  # requests in one message that are told apart
LONGEST_MESSAGE = 2_000  # characters; what is longer is text to keep, and the rules see that
LONGEST_QUERY = 300
_QUESTIONS = frozenset({Intent.ASK, Intent.TEAM})
_SHOWS = frozenset({  # what changes nothing in the records, or only a draft that can be taken back
    Intent.ASK, Intent.TEAM, Intent.PREP, Intent.QUESTION, Intent.PROMISES, Intent.PROFILE, Intent.PEOPLE,
    Intent.NOT_ASKED, Intent.PLAN, Intent.REVISE, Intent.SHORTER, Intent.ONLY_ACTIONS, Intent.AGAIN,
    Intent.OTHER_ONE, Intent.SWITCH, Intent.HELP, Intent.THANKS,
})  # fmt: skip
_COPIED = (Slot.WORDS, Slot.WHAT, Slot.TO, Slot.WISH)


def understand(caller: Caller, senses: Senses, message: str, said: Sequence[Turn], names: Sequence[str]) -> Understood:
    """One reading; a plain question, and not a sure one, when the model brought none that holds.

    Raises:
        EngineUnavailable: The model did not answer to the end.
    """
    plain = Understood(Intent.ASK, query=one_line(message)[:LONGEST_QUERY], sure=False)
    if len(message) > LONGEST_MESSAGE or not one_line(message) or senses.is_sensitive(message):
        return plain
    turns = [turn for turn in said[-MOST_TURNS:] if not senses.is_sensitive(f"{turn.message} {turn.query}")]
    answer = turns[-1].answer() if turns else ""
    answer = "" if senses.is_sensitive(answer) else one_line(answer)
    spoken = [name for name in names if _stands_in(name, (message, *(f"{t.message} {t.person}" for t in turns)))]
    prompt = llm_prompt("understand")
    call = caller.call(
        "understand", prompt, UnderstoodItem, whose=(), data="\n".join(_told(turns, spoken, answer)),
        message=one_line(message),
    )  # fmt: skip
    reading = _Reading(message, turns, spoken, answer, senses)
    found: list[Understood] = []
    for item in caller.items(call, UnderstoodItem):
        understood = reading.checked(item)
        if understood is None:
            caller.counts(call)("reading")
        elif not any(understood.intent is other.intent and understood.person == other.person for other in found):
            found.append(understood)
        if len(found) == MOST_PARTS:
            break
    return replace(found[0], then=tuple(found[1:])) if found else plain


def _told(turns: Sequence[Turn], names: Sequence[str], answer: str) -> Iterator[str]:
    """What the prompt carries of the talk so far: what the manager typed, how it was read, whom it was about."""
    words = llm_words("talk")
    yield words["heads"]["names"]
    yield ", ".join(map(one_line, names)) or words["lines"]["none"]
    yield f"\n{words['heads']['turns']}"
    for turn in turns:
        about = words["lines"]["about"].format(name=one_line(turn.person)) if turn.person else ""
        yield words["lines"]["turn"].format(
            message=one_line(turn.message)[:LONGEST_QUERY], intent=turn.intent.value, about=about
        )
    if not turns:
        yield words["lines"]["none"]
    if answer:
        yield f"\n{words['heads']['answer']}"
        yield answer


def _stands_in(name: str, texts: Sequence[str]) -> bool:
    wanted = re.compile(rf"(?<!\w){re.escape(fold_text(name))}(?!\w)")
    return any(wanted.search(fold_text(text)) for text in texts)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Holds what a model read against the talk itself."""

    message: str
    turns: Sequence[Turn]
    names: Sequence[str]
    answer: str
    senses: Senses

    def checked(self, item: UnderstoodItem) -> Understood | None:
        """The reading as far as it holds; None when its heart does not."""
        person = next((n for n in self.names if fold_text(n) == fold_text(item.person)), "")
        if item.person and not person:
            return None
        slots = dict(self._slots(item))
        if item.intent is Intent.SWITCH and not person:
            return None
        query = self._query(item.query) if item.intent in _QUESTIONS else ""
        return Understood(item.intent, person, query, slots, sure=item.intent in _SHOWS)

    def _slots(self, item: UnderstoodItem) -> Iterator[tuple[Slot, str]]:
        """The slots that were filled; words of the manager only as they stand in the message."""
        for slot in _COPIED:
            value = one_line(getattr(item, slot.value))
            if value and fold_text(value) in fold_text(self.message):
                yield slot, value
        if item.owner in ("me", "them"):
            yield Slot.OWNER, item.owner
        if item.section:
            yield Slot.SECTION, item.section
        if item.topic:
            yield Slot.TOPIC, one_line(item.topic)
        for slot, number in ((Slot.NUMBER, item.number), (Slot.COUNT, item.count)):
            if number:
                yield slot, str(number)

    def _query(self, query: str) -> str:
        """The whole question, as somebody asks it who said nothing before; the message itself when it does not hold."""
        written = one_line(query)[:LONGEST_QUERY]
        said = fold_text(
            " ".join((self.message, self.answer, *(f"{t.message} {t.query} {t.person}" for t in self.turns)))
        )
        strange = [n for n in re.findall(r"\d+", written) if n not in re.findall(r"\d+", said)]
        if not written or strange or self.senses.is_sensitive(written):
            return one_line(self.message)[:LONGEST_QUERY]
        return written
