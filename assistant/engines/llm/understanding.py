"""A model's reading of a message the rules were not sure of: the manager's own words, and what it answered last.

What it reads is never carried out on its word: what writes something down stays unsure, and its words must stand in the
message; the person must be one that the talk has named.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain.note import fold_text
from assistant.domain.promise import Owner, Promise
from assistant.domain.understood import Intent, Slot, Turn, Understood, takes_part
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.shapes import UnderstoodItem
from assistant.prompting import llm_prompt, llm_words

MOST_TURNS = 4
MOST_ANSWERS = 2  # of the last turns that were answered out of notes
MOST_OWED = 12
MOST_PARTS = 2  # requests in one message that are told apart
LONGEST_MESSAGE = 2_000  # characters; what is longer is text to keep, and the rules see that
LONGEST_QUERY = 300
_QUESTIONS = frozenset({Intent.ASK, Intent.TEAM})
_SHOWS = frozenset({  # what changes nothing in the records, or only a draft that can be taken back
    Intent.ASK, Intent.TEAM, Intent.PREP, Intent.QUESTION, Intent.PROMISES, Intent.PROFILE, Intent.PEOPLE,
    Intent.NOT_ASKED, Intent.PLAN, Intent.REVISE, Intent.SHORTER, Intent.ONLY_ACTIONS, Intent.AGAIN,
    Intent.OTHER_ONE, Intent.SWITCH, Intent.HELP, Intent.THANKS,
})  # fmt: skip
_SETTLES = frozenset({Intent.DONE, Intent.NOTE, Intent.DEBRIEF})
_COPIED = (Slot.WORDS, Slot.WHAT, Slot.TO, Slot.WISH)


def understand(
    caller: Caller, senses: Senses, message: str, said: Sequence[Turn], names: Sequence[str],
    owed: Callable[[], Sequence[Promise]] = tuple,
) -> Understood:  # fmt: skip
    """One reading; a plain question, and not a sure one, when the model brought none that holds.

    Raises:
        EngineUnavailable: The model did not answer to the end.
    """
    plain = Understood(Intent.ASK, query=one_line(message)[:LONGEST_QUERY], sure=False)
    if len(message) > LONGEST_MESSAGE or not one_line(message) or senses.is_sensitive(message):
        return plain
    turns = [turn for turn in said[-MOST_TURNS:] if not senses.is_sensitive(f"{turn.message} {turn.query}")]
    answers = [*_answers(turns, senses)]
    promises = {f"R{n}": p for n, p in enumerate([*_telling(owed(), senses)][:MOST_OWED], 1)}
    spoken = [name for name in names if _stands_in(name, (message, *(f"{t.message} {t.person}" for t in turns)))]
    prompt = llm_prompt("understand")
    call = caller.call(
        "understand", prompt, UnderstoodItem, whose=(), message=one_line(message),
        data="\n".join((*_told(turns, spoken, answers), *_owed(promises))),
    )  # fmt: skip
    reading = _Reading(message, turns, spoken, " ".join(text for _, text in answers), senses, promises)
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


def _answers(turns: Sequence[Turn], senses: Senses) -> Iterator[tuple[Turn, str]]:
    """The last turns that were answered out of notes, oldest first, with what was answered."""
    told = ((turn, one_line(turn.answer())) for turn in reversed(turns))
    found = [(turn, text) for turn, text in told if text and not senses.is_sensitive(text)]
    yield from reversed(found[:MOST_ANSWERS])


def _telling(owed: Sequence[Promise], senses: Senses) -> Iterator[Promise]:
    return (promise for promise in owed if not senses.is_sensitive(promise.what))


def _told(turns: Sequence[Turn], names: Sequence[str], answers: Sequence[tuple[Turn, str]]) -> Iterator[str]:
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
    for turn, answer in answers:
        yield f"\n{words['heads']['answer'].format(message=one_line(turn.message)[:LONGEST_QUERY])}"
        yield answer


def _owed(promises: Mapping[str, Promise]) -> Iterator[str]:
    """The open promises under their short names."""
    words = llm_words("talk")
    if promises:
        yield f"\n{words['heads']['promises']}"
    for alias, promise in promises.items():
        due = words["lines"]["due"].format(day=promise.due.isoformat()) if promise.due else ""
        whose = "mine" if promise.owner is Owner.ME else "theirs"
        yield words["lines"][whose].format(alias=alias, due=due, what=one_line(promise.what))


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
    owed: Mapping[str, Promise]

    def checked(self, item: UnderstoodItem) -> Understood | None:
        """The reading as far as it holds; None when its heart does not."""
        person = next((n for n in self.names if fold_text(n) == fold_text(item.person)), "")
        if item.person and not person:
            return None
        slots = dict(self._slots(item))
        if item.intent is Intent.SWITCH and not person:
            return None
        if item.intent is Intent.REVISE and takes_part(person, slots.get(Slot.WISH, "")):
            person = ""
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
        promise = self.owed.get(item.about.strip("[]() ").upper())
        if promise is not None and item.intent in _SETTLES:
            yield Slot.PROMISE, promise.id
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
