"""What a chat message means, and the checked units it brings. The same for every face; this one needs no model."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.actions.find_person import choices
from assistant.desk import Desk, PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.event import Body, Change, End, Event, EventKind, Notice, Text
from assistant.domain.evidence import Facet
from assistant.domain.origin import RULES, Origin, together
from assistant.domain.person import fold_name
from assistant.domain.plan import Plan
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.question import Question
from assistant.errors import AmbiguousPerson, Choice, NotAllowed, Unknown
from assistant.policy import check_request
from assistant.prompting import offline_words

Undo = Callable[[], None]
Units = Iterator[tuple[EventKind, Body]]
_STOP = frozenset("the a an of for with about to on and or it that this she he they her his their him them".split())


@dataclass
class Conversation:
    """One conversation of one manager. The person in scope is always said; changes can be taken back.

    Not a noun: it remembers the scope and the last changes while it runs, nothing else.
    """

    desk: Desk
    person: PersonDesk | None = None
    _changes: list[tuple[str, Undo]] = field(default_factory=list, repr=False)
    _asked: str = field(default="", repr=False)
    _origins: list[Origin] = field(default_factory=list, repr=False)
    _waiting: tuple[str, tuple[Choice, ...]] | None = field(default=None, repr=False)

    def say(self, message: str) -> Iterator[Event]:
        """The units one message brings, each checked; the last is always an end with the origin."""
        turn = self.desk.ids()
        status = "ok"
        seq = 0
        self._origins.clear()
        message = self._settled(message.strip())
        units = self._units(message)
        while True:
            try:
                kind, body = next(units)
            except StopIteration:
                break
            except AmbiguousPerson as error:
                kind, body, status = EventKind.NOTICE, Notice(error.message, "clarify", error.choices), "asks"
                self._waiting = message, error.choices
            except NotAllowed as error:
                kind, body, status = EventKind.NOTICE, Notice(str(error), "declined"), "declined"
            self._origins += [body.origin] if isinstance(body, Text | Brief | Plan | Question) else []
            yield Event(self.desk.ids(), turn, seq, kind, body)
            seq += 1
        who = self.person.person.id if self.person else None
        yield Event(self.desk.ids(), turn, seq, EventKind.END, End(together(self._origins, RULES), status, who))

    def _settled(self, message: str) -> str:
        """The message that waited for a name, once the answer tells which; any other message as it is."""
        if self._waiting is None:
            return message
        waiting, choices = self._waiting
        self._waiting = None
        said = _content(message) | set(re.findall(r"[a-z]?\d+", message.casefold()))
        told = {c.id: said & _content(f"{c.id} {' '.join(self.desk.person(c.id).person.names)}") for c in choices}
        fits = [id for id, words in told.items() if words and len(words) == max(map(len, told.values()))]
        if len(fits) != 1:
            return message
        self.person = self.desk.person(fits[0])
        return waiting

    def _units(self, message: str) -> Units:
        check_request(message, self.desk.library.topics())
        intent, slots = intent_of(message)
        if intent in {"help", "people", "undo"}:
            yield from {"help": self._help, "people": self._people, "undo": self._undo}[intent]()
            return
        keeps_scope = intent in {"note", "done"} and self.person is not None
        named = None if keeps_scope else self._named(message)
        if named is not None and (self.person is None or named.person.id != self.person.person.id):
            self.person = named
            yield EventKind.NOTICE, Notice(_says("scope", name=named.person.name), "scope")
        if named is not None and fold_name(message.strip(".! ")) in _own_names(named):
            intent, message = ("prep", message) if not self._asked else ("ask", self._asked)
        if self.person is None:
            yield from self._team(message) if intent == "ask" else self._whom()
            return
        yield from self._about(self.person, intent, message, slots)

    def _about(self, person: PersonDesk, intent: str, message: str, slots: dict[str, str]) -> Units:
        """What is said or done about the person in scope."""
        if intent == "note":
            yield from self._note(person, slots["words"])
        elif intent == "done":
            yield from self._tick(person, slots["what"])
        elif intent == "prep":
            yield EventKind.CARD, person.brief()
        elif intent == "plan":
            plan = person.draft_plan()
            yield EventKind.CARD, plan
            yield from ((EventKind.NOTICE, Notice(gap, "unknown")) for gap in plan.unknown)
        elif intent == "question":
            yield from self._question(person)
        elif intent == "promises":
            yield from self._promises(person)
        elif intent == "profile":
            yield from self._profile(person)
        else:
            yield from self._answer(person, message)

    def _named(self, message: str) -> PersonDesk | None:
        """The person a message names; a name that fits several is asked about."""
        people = [row.person for row in self.desk.people()]
        names = sorted({n for p in people for n in p.names}, key=lambda n: (-len(n), n))
        if not names:
            return None
        found = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", message, re.IGNORECASE)
        if found is None:
            return None
        if self.person and fold_name(found.group(0)) in _own_names(self.person):
            return self.person
        try:
            return self.desk.person(found.group(0))
        except Unknown:
            return None

    def _help(self) -> Units:
        yield EventKind.NOTICE, Notice(_says("help"), "help")

    def _whom(self) -> Units:
        rows = self.desk.people()
        if not rows:
            yield EventKind.NOTICE, Notice(_says("nobody"), "clarify")
            return
        raise AmbiguousPerson(_says("whom"), choices=choices([row.person for row in rows]))

    def _people(self) -> Units:
        rows = self.desk.people()
        if not rows:
            yield EventKind.NOTICE, Notice(_says("nobody"), "unknown")
        for row in rows:
            last = row.last_met.isoformat() if row.last_met else _says("never")
            yield EventKind.TEXT, Text(_says(
                "people", name=row.person.name, notes=row.notes, last=last, mine=row.mine_open, theirs=row.theirs_open,
            ))  # fmt: skip

    def _undo(self) -> Units:
        if not self._changes:
            yield EventKind.NOTICE, Notice(_says("nothing_to_undo"), "unknown")
            return
        what, undo = self._changes.pop()
        undo()
        yield EventKind.NOTICE, Notice(_says("undone", what=what), "undone")

    def _note(self, person: PersonDesk, words: str) -> Units:
        """An imperative is done at once, echoed, and can be taken back."""
        text = words[:1].upper() + words[1:]
        note = person.add_note(text)
        said = _says("noted", name=person.person.name, day=note.day.isoformat())
        self._changes.append((said, lambda: self.desk.delete_note(note.id)))
        yield EventKind.TEXT, Text(said)
        yield EventKind.CARD, Change("note", person.person.id, note.id, "", text, f"delete note {note.id}")

    def _tick(self, person: PersonDesk, what: str) -> Units:
        promise = _best_promise(person.promises(), what)
        if promise is None:
            yield EventKind.NOTICE, Notice(_says("no_such_promise"), "unknown")
            yield from self._promises(person)
            return
        self.desk.settle_promise(promise.id, PromiseState.DONE)
        said = _says("ticked", what=promise.what)
        self._changes.append((said, lambda: _reopen(self.desk, promise)))
        yield EventKind.TEXT, Text(said, promise.quotes)
        yield (
            EventKind.CARD,
            Change("promise", person.person.id, promise.id, PromiseState.OPEN, PromiseState.DONE, "open it again"),
        )

    def _question(self, person: PersonDesk) -> Units:
        """The one question to ask if there is time for only one."""
        asked = person.brief().questions
        yield from ((EventKind.CARD, q) for q in asked.questions if q.id == asked.one_question)

    def _promises(self, person: PersonDesk) -> Units:
        situation = person.situation()
        found = [p for owner in (Owner.ME, Owner.THEM) for p in situation.open_promises(owner)]
        for promise in found:
            yield EventKind.PROMISE, promise
        if not found:
            yield EventKind.NOTICE, Notice(_says("none_open"), "unknown")

    def _profile(self, person: PersonDesk) -> Units:
        profile = person.profile()
        for facet in Facet:
            view = profile.view(facet)
            yield EventKind.TEXT, Text(_says("state", facet=facet.words.capitalize(), state=view.state))
            for statement in view.statements:
                yield EventKind.TEXT, Text(statement.text, tuple(i.quote for i in statement.evidence))
        for gap in profile.gaps:
            yield EventKind.NOTICE, Notice(gap, "unknown")

    def _answer(self, person: PersonDesk, question: str) -> Units:
        self._asked = question
        answer = person.ask(question)
        self._origins += [text.origin for text in answer.sentences]
        if answer.weak:
            yield EventKind.NOTICE, Notice(_says("weak"), "weak")
        for text in answer.sentences:
            yield (EventKind.TEXT, text) if text.quotes else (EventKind.NOTICE, Notice(text.text, "unknown"))

    def _team(self, question: str) -> Units:
        """A question with nobody in scope is put to each person's notes apart; no two people are mixed."""
        self._asked = question
        found = self.desk.search(question, limit=5)
        people = dict.fromkeys(hit.note.person_id for hit in found.hits)
        if found.weak or not people:
            yield EventKind.NOTICE, Notice(_says("weak"), "weak")
        for person_id in list(people)[:3]:
            person = self.desk.person(person_id)
            answer = person.ask(question)
            if answer.weak:
                continue
            yield EventKind.NOTICE, Notice(_says("team", name=person.person.name), "scope")
            yield from ((EventKind.TEXT, text) for text in answer.sentences if text.quotes)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    intents = offline_words("chat")["intents"]
    return {name: tuple(re.compile(p, re.IGNORECASE | re.DOTALL) for p in found) for name, found in intents.items()}


def intent_of(message: str) -> tuple[str, dict[str, str]]:
    """Which of the closed set of intents a message has, with its slots; "ask" when none fits."""
    for intent, patterns in _patterns().items():
        for pattern in patterns:
            if found := pattern.search(message):
                return intent, {k: v.strip() for k, v in found.groupdict().items() if v}
    return "ask", {}


def _says(phrase: str, **values: Any) -> str:
    words: str = offline_words("chat")["says"][phrase]
    return words.format(**values)


def _own_names(person: PersonDesk) -> set[str]:
    return {fold_name(name) for name in person.person.names}


def _content(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.casefold()) if w not in _STOP and len(w) > 2}


def _best_promise(promises: Sequence[Promise], what: str) -> Promise | None:
    """The open promise that shares most words with what was said; none when nothing is shared or two tie."""
    wanted = _content(what)
    scored: list[tuple[int, Promise]] = []
    for promise in promises:
        told = " ".join((promise.what, *(q.text for q in promise.quotes)))
        if promise.state is PromiseState.OPEN and (shared := len(wanted & _content(told))):
            scored.append((shared, promise))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _reopen(desk: Desk, promise: Promise) -> None:
    desk.settle_promise(promise.id, PromiseState.OPEN)
