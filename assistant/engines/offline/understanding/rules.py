"""What a message asks for, by rules: clause by clause, requests first, then questions, then news."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.engines.offline.answering.answer import OTHER, topic_of
from assistant.engines.offline.understanding.words import Reading, readings
from assistant.wording import sentences, stems

MOST_READ = 4_000  # characters; what is longer is text to keep, not a request
_ASKS = frozenset({Intent.ASK, Intent.TEAM})
_WORD_SLOTS = frozenset({Slot.NUMBER, Slot.COUNT})
_ALONE = frozenset({Intent.YES, Intent.NO, Intent.THANKS})  # beside anything else these are only manners


def understand(message: str, said: Sequence[Turn], names: Sequence[str]) -> Understood:
    """One reading of a message.

    Args:
        message: As it was written.
        said: The turns before it, oldest first.
        names: Every name that one of the manager's people is called by.
    """
    if len(message) > MOST_READ:
        return Understood(Intent.DEBRIEF, slots={Slot.WORDS: message}, sure=False)
    found = _Message(message, said, sorted(names, key=len, reverse=True)).parts()
    first, *rest = found
    return replace(first, then=tuple(rest))


@dataclass(frozen=True)
class _Message:
    """One message on its way to being understood."""

    message: str
    said: Sequence[Turn]
    names: Sequence[str]
    readings: tuple[Reading, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "readings", readings(self.message))

    def parts(self) -> list[Understood]:
        """Everything the message asks for, in order; at least one."""
        if (named := self.named(self.message)) and not _without(self.message, named).strip(" \t\n.,!?¿¡"):
            return [Understood(Intent.SWITCH, named)]
        whole = self._request(self.message.strip())
        if whole is not None and whole.intent in {Intent.NOTE, Intent.DEBRIEF, Intent.UNDO, Intent.YES, Intent.NO}:
            return [whole]
        acts: list[Understood] = []
        told: list[str] = []  # statements that a later request may take up
        asked: list[str] = []
        for clause in self._clauses():
            act = self._backward(clause, told) or self._request(clause)
            if act is not None:
                acts.append(self._filed(act, " ".join(told)))
                told = []
            elif self._is_question(clause):
                asked.append(clause)
            elif plain := self._plain(clause):
                told.append(plain)
        wanted = [act for act in acts if act.intent not in _ALONE]
        found = [*wanted, *self._rest(wanted, told, asked)] or acts[:1]
        return found or [self._question(self.message, sure=False)]

    def _rest(self, acts: Sequence[Understood], told: list[str], asked: list[str]) -> Iterator[Understood]:
        """What is left when every request is taken out: news, and questions."""
        words = " ".join(told)
        if words and not acts and self._is_news(told):
            yield Understood(Intent.NOTE, self.named(words), slots={Slot.WORDS: words}, sure=False)
            if asked:
                yield self._question(" ".join((*told, *asked)))
            return
        if asked:
            yield self._question(self.message if not acts else " ".join((*told, *asked)))
        elif words and not acts:
            yield self._question(self.message, sure=False)

    def named(self, text: str) -> str:
        """The first of the longest names that stand in a text."""
        found = [(m.start(), -len(n), n) for n in self.names if (m := _name(n).search(text))]
        return min(found)[2] if found else ""

    def _clauses(self) -> Iterator[str]:
        for span in sentences(self.message):
            rest = self.message[span.start : span.end]
            while cut := next((m for r in self.readings if (m := r.clause.search(_even(rest)))), None):
                yield rest[: cut.start()]
                rest = rest[cut.end() :]
            yield rest

    def _request(self, clause: str) -> Understood | None:
        """The request a clause makes, with its slots; None when it makes none."""
        for each in self.readings:
            for text in dict.fromkeys((clause, self._plain(clause, each))):
                for intent, patterns in each.intents.items():
                    for pattern in patterns:
                        if text and (match := pattern.search(_even(text))):
                            return self._made(intent, text, match, each)
        return None

    def _filed(self, act: Understood, told: str) -> Understood:
        """A move that does not say to whom, after a sentence that does: "No, that was Wade. Move it."."""
        if act.intent is not Intent.MOVE or act.slot(Slot.TO) or not self.named(told):
            return act
        return replace(act, slots={**act.slots, Slot.TO: self.named(told)})

    def _backward(self, clause: str, told: Sequence[str]) -> Understood | None:
        """A request about the words before it: "She moved to the early shift. Keep that."."""
        for each in self.readings:
            text = self._plain(clause, each)
            for intent, patterns in each.back.items():
                match = next((m for p in patterns if (m := p.search(_even(text)))), None)
                if match is None:
                    continue
                act = self._made(intent, text, match, each)
                slot = {Intent.NOTE: Slot.WORDS, Intent.REVISE: Slot.WISH}.get(intent, Slot.WHAT)
                words = " ".join(told)
                if words:
                    act = replace(act, slots={**act.slots, slot: words}, person=act.person or self.named(words))
                return act if words or intent is not Intent.NOTE else replace(act, sure=False)
        return None

    def _made(self, intent: Intent, text: str, match: re.Match[str], each: Reading) -> Understood:
        slots: dict[Slot, str] = {}
        for name, value in match.groupdict().items():
            words = text[slice(*match.span(name))].strip(" .,!?") if value else ""
            if Slot(name) is Slot.WORDS and value:
                words = text[slice(*match.span(name))].strip()
            if Slot(name) in _WORD_SLOTS:
                number = each.number(words)
                words = "" if number is None else str(number)
            if Slot(name) is Slot.OWNER and words:
                words = "me" if match.start(name) >= 0 and words.casefold() in {"i", "ich", "yo"} else "them"
            if words:
                slots[Slot(name)] = words
        query = text if intent in _ASKS else ""
        return Understood(intent, self.named(text), query, slots)

    def _question(self, text: str, *, sure: bool = True) -> Understood:
        """A question about notes; one that leans on the question before takes its words along."""
        query = " ".join(text.split())
        before = self.said[-1] if self.said else None
        plain = self._plain(query)
        if any(r.other.search(_even(query)) for r in self.readings):
            return Understood(Intent.TEAM, self.named(query), query, sure=sure)
        if before is not None and self._leans(plain):
            query = f"{before.query or before.message} {query}" if before.intent in _ASKS else query
            sure = False
        return Understood(Intent.ASK, self.named(text), query, sure=sure)

    def _leans(self, query: str) -> bool:
        """Whether a question says too little by itself."""
        own = stems(_without(query, *self.names))
        if len(own) > 2 or topic_of(query) != OTHER:
            return False
        return len(own) < 2 or any(r.leans.search(_even(query)) for r in self.readings)

    def _plain(self, clause: str, each: Reading | None = None) -> str:
        """A clause without the small words before its matter."""
        found = (each or self.readings[0]).filler.match(_even(clause))
        return clause[found.end() if found else 0 :].strip()

    def _is_question(self, clause: str) -> bool:
        return any(r.question.search(_even(self._plain(clause, r))) for r in self.readings)

    def _is_news(self, told: Sequence[str]) -> bool:
        """Whether the manager tells something that has just come to be, and does not object or repeat gossip."""
        texts = [_even(each) for each in told]
        fresh = any(r.fresh.search(text) for r in self.readings for text in texts)
        return fresh and not any(r.stale.search(text) for r in self.readings[:1] for text in texts)


def _even(text: str) -> str:
    """The text with one kind of apostrophe, exactly as long."""
    return text.replace("'", "’")


def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _without(text: str, *names: str) -> str:
    for name in names:
        text = _name(name).sub(" ", text)
    return text
