"""What a message asks for, by rules: clause by clause, requests first, then questions, then news."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.understood import Intent, Slot, Turn, Understood, takes_part
from assistant.engines.offline.answering.answer import OTHER, topic_of
from assistant.engines.offline.understanding.words import Reading, readings
from assistant.wording import sentences, stems, words_in

MOST_READ = 4_000  # characters; what is longer is text to keep, not a request
_ASKS = frozenset({Intent.ASK, Intent.TEAM})
_WORD_SLOTS = frozenset({Slot.NUMBER, Slot.COUNT})
_ALONE = frozenset({Intent.YES, Intent.NO, Intent.THANKS})  # beside anything else these are only manners
_KEEPS = frozenset({Intent.NOTE, Intent.DEBRIEF})
_TAKES_WORDS = _KEEPS | {Intent.PROMISE, Intent.REVISE}  # what follows may be a part of the words themselves
_TELL = re.compile(r"(?:tell me|sag mir|sagen sie mir|dime|dígame)\b", re.IGNORECASE)
_OF_TWO = frozenset({Intent.PREP, Intent.PROMISES, Intent.PROFILE})  # asked of two people in one breath
_SETTLES = frozenset({Intent.DONE, Intent.DROP})
_SHORTLY_ASKED = frozenset({Intent.PREP, Intent.PLAN, Intent.QUESTION, Intent.PROMISES, Intent.DONE})
_FEW = 6  # words of a request that ends a note
_A_SENTENCE = 3  # words
_I = frozenset({"i", "ich", "yo", "prometo"})
_AT_THE_START = 3  # characters before a request that opens a clause


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
        if whole is not None and whole.intent in _KEEPS:
            return self._kept(whole)
        if whole is not None and whole.intent in {Intent.UNDO, Intent.YES, Intent.NO}:
            return [whole]
        acts: list[Understood] = []
        told: list[str] = []  # statements that a later request may take up
        asked: list[str] = []
        asks_first = False
        for clause in self._clauses():
            act = self._backward(clause, told) or self._request(clause)
            if act is not None:
                acts += self._of_both(self._filed(act, " ".join(told)), clause)
                told = []
            elif self._is_question(clause):
                asked.append(clause)
                asks_first = asks_first or not acts
            elif plain := self._plain(clause):
                told.append(plain)
        wanted = [act for act in acts if act.intent not in _ALONE]
        rest = [*self._rest(wanted, told, asked)]
        found = ([*rest, *wanted] if asks_first else [*wanted, *rest]) or acts[:1]
        return found or [self._question(self.message, sure=False)]

    def _kept(self, act: Understood) -> list[Understood]:
        """Words to keep, without what is asked of us after them: "Note that she moved. What should I ask?"."""
        words = act.slot(Slot.WORDS)
        ends = [span.end for span in sentences(words)][:-1]
        cuts = [(end, end) for end in ends] + [m.span() for r in self.readings for m in r.joint.finditer(_even(words))]
        for start, end in sorted(cuts):
            rest = words[end:].strip()
            asks = self._is_asked_of_us(rest, words[start:end]) or self._asks_of_notes(act, words[:start], rest)
            if words[:start].strip() and rest and asks:
                kept = replace(act, slots={**act.slots, Slot.WORDS: words[:start].strip()})
                return [replace(kept, person=self.named(words[:start])), *_Message(rest, self.said, self.names).parts()]
        return [act]

    def _is_asked_of_us(self, clause: str, joint: str) -> bool:
        """Whether what follows words to keep is no part of them: a question of ours to answer, or to be reminded."""
        act = self._request(clause, opening=True)
        if act is None and not joint.strip() and clause.rstrip().endswith("?"):
            owed = self._request(clause)  # a sentence of its own: "What do I owe her?" opens with what it asks
            act = owed if owed is not None and owed.intent is Intent.PROMISES else None
        if act is None or act.intent in _ALONE or act.intent in _KEEPS:
            return False
        if clause.rstrip().endswith("?"):
            return True
        if act.intent is Intent.PROMISE:
            return clause.split()[0].casefold() not in _I  # "and I promised her …" is news, "and remind me …" is not
        return (not joint.strip() or ";" in joint) and bool(act.person)

    def _asks_of_notes(self, act: Understood, before: str, rest: str) -> bool:
        """Whether what ends a short note is no part of it: questions that are put to nobody, or a plain request.

        What comes after "she asked", or is said to a "you", was asked of somebody; a pasted note stays whole.
        """
        asked = [rest[span.start : span.end] for span in sentences(rest)]
        if act.intent is not Intent.NOTE or "\n" in act.slot(Slot.WORDS) or not asked:
            return False
        last = sentences(before)[-1:]
        leading = before[last[0].start :].strip() if last else ""
        if leading.endswith(("?", ":")):
            return False
        if not leading.endswith((".", "!")) and any(r.speech.search(_even(leading)) for r in self.readings):
            return False
        if all(each.endswith("?") and self._opens_question(each) for each in asked):
            return True
        request = self._request(rest, opening=True) if leading.endswith((".", "!")) and len(asked) == 1 else None
        return request is not None and request.intent in _SHORTLY_ASKED and words_in(rest) <= _FEW

    def _opens_question(self, clause: str) -> bool:
        """Whether a question begins as one, and is said to nobody in particular."""
        plain = self._plain(clause)
        open_end = plain.rstrip(" ?")
        asks = any(r.question.search(_even(self._plain(open_end, r))) for r in self.readings)
        return asks and not any(r.addressed.search(_even(plain)) for r in self.readings)

    def _of_both(self, act: Understood, clause: str) -> list[Understood]:
        """A request about two people who stand side by side, for each of them."""
        others = [name for name in self.names if _name(name).search(clause) and name != act.person]
        apart = _without(clause, *others, act.person)
        if act.intent not in _OF_TWO or len(others) != 1 or not any(r.both.search(apart) for r in self.readings):
            return [act]
        return [act, replace(act, person=others[0])]

    def _rest(self, acts: Sequence[Understood], told: list[str], asked: list[str]) -> Iterator[Understood]:
        """What is left when every request is taken out: news, and questions."""
        words = " ".join(told)
        settled = bool(acts) and acts[-1].intent in _SETTLES and words_in(words) >= _A_SENTENCE
        if words and acts and (settled or self._is_news(told)):
            # "Keep that. And I told Bo yes.": kept with it, else said to be left
            with_it = any(act.intent is Intent.NOTE for act in acts)
            yield Understood(Intent.NOTE, self.named(words), slots={Slot.WORDS: words}, sure=with_it)
            told = []
        elif words and not acts and self._is_news(told):
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
                yield from self._parts_of(rest[: cut.start()])
                rest = rest[cut.end() :]
            yield from self._parts_of(rest)

    def _parts_of(self, clause: str) -> Iterator[str]:
        """A clause, in two where each half by itself asks for something else."""
        for each in self.readings:
            for cut in each.joint.finditer(_even(clause)):
                left, right = clause[: cut.start()], clause[cut.end() :]
                if self._asks_apart(left, right, clause[cut.start() : cut.end()]):
                    yield left
                    yield from self._parts_of(right)
                    return
        yield clause

    def _asks_apart(self, left: str, right: str, joint: str) -> bool:
        first, second = self._request(left), self._request(right, opening=True)
        if first is None and (second is None or not self._is_question(left)):
            return False
        if first is not None and first.intent in _TAKES_WORDS and not right.rstrip().endswith("?"):
            return False
        if second is None:
            plainly = right.rstrip().endswith("?") or bool(_TELL.match(right)) or joint.lstrip()[:1] in (",", ";")
            return first is not None and plainly and self._is_question(right)
        if first is not None and second.intent is first.intent:
            return bool(second.person) and second.person != first.person
        return second.intent not in _ALONE

    def _request(self, clause: str, *, opening: bool = False) -> Understood | None:
        """The request a clause makes, or opens with, with its slots; None when it makes none."""
        for each in self.readings:
            for text in dict.fromkeys((clause, self._plain(clause, each))):
                for intent, patterns in each.intents.items():
                    for pattern in patterns:
                        match = pattern.search(_even(text)) if text else None
                        if match and not (opening and match.start() > _AT_THE_START):
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
                words = "me" if match.start(name) >= 0 and words.casefold() in _I else "them"
            if words:
                slots[Slot(name)] = words
        query = text if intent in _ASKS else ""
        person = self.named(text)
        if intent is Intent.REVISE and takes_part(person, slots.get(Slot.WISH, "")):
            person = ""
        return Understood(intent, person, query, slots)

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
