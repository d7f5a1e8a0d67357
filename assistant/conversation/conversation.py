"""One conversation of one manager: messages in, checked units out, each turn kept with what was shown."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Event as Flag

from assistant.conversation.context import Context, Units
from assistant.conversation.dispatch import answer
from assistant.conversation.language import language_to_answer_in
from assistant.conversation.swapping import swapped, swapped_back
from assistant.conversation.undoing import take_back_from
from assistant.desk import Desk, PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn, TurnStatus, standing
from assistant.domain.event import End, Event, EventKind, Notice, Text, Unit
from assistant.domain.origin import RULES, Origin, together
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan
from assistant.domain.question import Question
from assistant.domain.understood import Intent
from assistant.errors import AmbiguousPerson, HomeError, NobodyCalled, NotAllowed, Refused, Unknown
from assistant.streaming import ending


@dataclass
class Conversation:
    """The person in scope is always said, changes can be taken back, and every turn is kept as it was shown.

    Attributes:
        person: Who is in scope.
        id: Empty until the first turn has ended.
        turns: What was said so far, oldest first.
    """

    desk: Desk
    person: PersonDesk | None = None
    id: str = ""
    turns: list[KeptTurn] = field(default_factory=list)
    _stop: Flag = field(default_factory=Flag, repr=False)

    @classmethod
    def resume(cls, desk: Desk, conversation_id: str) -> "Conversation":
        """A conversation as it was left: whom it is about, what can be taken back, what was said.

        Raises:
            Unknown: This account has none of that id.
        """
        id, turns = desk.conversation(conversation_id)
        scope = turns[-1].person_id
        return cls(desk, desk.person(scope) if scope else None, id, [*turns])

    def say(self, message: str) -> Iterator[Event]:
        """The units one message brings, each checked; the last is always an end with the origin.

        Closing the iterator, or `stop` from elsewhere, ends the turn; it is kept as stopped with what was shown.
        """
        place = self.turns[-1].place + 1 if self.turns else 1
        yield from self._turn(message, place, self.turns, ())

    def stop(self) -> None:
        """End the turn that is being answered before its next unit."""
        self._stop.set()

    def regenerate(self) -> Iterator[Event]:
        """The last message once more. The new answer takes the place of the old one, which is not kept.

        Raises:
            Unknown: Nothing was said yet.
        """
        if not self.turns:
            raise Unknown("There is no answer yet that could be given anew.", next="Say something first.")
        yield from self.edit(self.turns[-1].id, self.turns[-1].message)

    def edit(self, turn_id: str, message: str) -> Iterator[Event]:
        """A message in other words. That turn and all after it fall away, and what they changed is taken back.

        Raises:
            Unknown: This conversation has no such turn.
        """
        at = next((n for n, turn in enumerate(self.turns) if turn.id == turn_id), None)
        if at is None:
            raise Unknown("There is no such message in this conversation.", next="Open the conversation again.")
        before = self.turns[at].person_before
        self.desk.answer_anew()
        take_back_from(self.desk, self.turns, at)
        known = {person.id for person in self.desk.persons()}
        self.person = self.desk.person(before) if before in known and before is not None else None
        yield from self._turn(message, self.turns[at].place, self.turns[:at], self.turns[at:])

    def swap(self, turn_id: str, question_id: str) -> None:
        """Another question in the place of one that was shown, by the same rules.

        Raises:
            Unknown: This conversation has no such turn, or it no such question.
            Refused: There is no other one for now.
        """
        turn = self._turn_of(turn_id)
        self._put(turn, swapped(self.desk, turn, question_id))

    def swap_back(self, turn_id: str) -> None:
        """The question that was swapped last in a turn, back in its place; `Unknown` when there is none."""
        turn = self._turn_of(turn_id)
        self._put(turn, swapped_back(turn))

    def _turn_of(self, turn_id: str) -> KeptTurn:
        found = next((turn for turn in self.turns if turn.id == turn_id), None)
        if found is None:
            raise Unknown("There is no such message in this conversation.", next="Open the conversation again.")
        return found

    def _put(self, turn: KeptTurn, changed: KeptTurn) -> None:
        self.turns = [changed if each.id == turn.id else each for each in self.turns]
        self.desk.keep_turn(self.id, changed, [turn])

    def _turn(
        self, message: str, place: int, earlier: Sequence[KeptTurn], instead_of: Sequence[KeptTurn]
    ) -> Iterator[Event]:
        """Everything one message brings; however it ends, it is kept."""
        self._stop.clear()
        before = self.person
        said = [message, *(turn.message for turn in reversed(earlier))]
        desk = self.desk.for_turn()
        about = replace(before, desk=desk) if before is not None else None
        context = Context(desk, message, [*earlier], desk.clock(), language_to_answer_in(said), about)
        turn_id, shown, status, kept = self.desk.ids(), list[Event](), TurnStatus.STOPPED, False
        numbered = _Numbered(self.desk.ids, turn_id)
        try:
            with ending(_told(context)) as units:
                for unit in units:
                    event = numbered.event(unit)
                    shown.append(event)
                    yield event
                    if self._stop.is_set():
                        break
                else:
                    status = context.status
            self._take_scope(context)
            end, kept = Unit(EventKind.END, self._end(context, shown, status)), True
            shown.append(numbered.event(end))
            try:
                self._keep(_kept(context, turn_id, place, shown, status, before), instead_of)
            except HomeError as error:  # what was shown holds, and what was done is done
                yield numbered.event(_not_kept(context, error))
                shown.append(numbered.event(end))
            yield shown[-1]
        finally:
            self._take_scope(context)
            if not kept:
                with suppress(HomeError):  # nobody listens any more, or an error is on its way that says more
                    self._keep(_kept(context, turn_id, place, shown, status, before), instead_of)

    def _take_scope(self, context: Context) -> None:
        """Whom the talk is about now; what the turn had left to ask ends with it."""
        self.person = replace(context.person, desk=self.desk) if context.person is not None else None

    def _end(self, context: Context, shown: Sequence[Event], status: TurnStatus) -> End:
        scope = context.person.person.id if context.person else None
        return End(together(_origins(shown), RULES), status, context.about or scope)

    def _keep(self, turn: KeptTurn, instead_of: Sequence[KeptTurn]) -> None:
        self.id = self.id or self.desk.ids()
        self.turns = [*(t for t in self.turns if t not in instead_of), turn]
        self.desk.keep_turn(self.id, turn, instead_of)


@dataclass
class _Numbered:
    """Gives units their place in a turn; one that takes another's place gets its id."""

    ids: Callable[[], str]
    turn_id: str
    seq: int = 0
    keys: dict[str, str] = field(default_factory=dict)

    def event(self, unit: Unit) -> Event:
        known = self.keys.get(unit.key) if unit.key else None
        event_id = known or self.ids()
        if unit.key:
            self.keys[unit.key] = event_id
        self.seq += 1
        return Event(event_id, self.turn_id, self.seq - 1, unit.kind, unit.body)


def _told(context: Context) -> Units:
    """The answer; what stops it is told as a unit of its own."""
    try:
        yield from answer(context)
    except AmbiguousPerson as error:
        context.status = TurnStatus.ASKS
        yield Unit(EventKind.NOTICE, Notice(error.message, "clarify", error.choices))
    except NotAllowed as error:
        context.status = TurnStatus.DECLINED
        yield Unit(EventKind.NOTICE, Notice(str(error), "declined"))
    except Refused as error:
        context.status = TurnStatus.REFUSED
        near = error.choices if isinstance(error, NobodyCalled) and not _asks_more(context) else ()
        yield Unit(EventKind.NOTICE, Notice(str(error), "unknown", near))


def _asks_more(context: Context) -> bool:
    """Whether the message holds other requests, which a choice would carry out a second time."""
    return context.understood is not None and bool(context.understood.then)


def _origins(shown: Sequence[Event]) -> Iterator[Origin]:
    for event in shown:
        if isinstance(event.body, Text | Brief | Plan | Question):
            yield event.body.origin
        elif isinstance(event.body, Notice) and event.body.code in ("unknown", "weak"):
            yield event.body.origin


def _not_kept(context: Context, error: HomeError) -> Unit:
    return Unit(EventKind.NOTICE, Notice(context.says("not_kept", why=error), "not_kept"))


def _kept(
    context: Context,
    turn_id: str,
    place: int,
    shown: Sequence[Event],
    status: TurnStatus,
    before: PersonDesk | None,
) -> KeptTurn:
    return KeptTurn(
        id=turn_id,
        place=place,
        message=context.kept_message,
        said_at=context.now,
        day=context.desk.today,
        intent=context.understood.intent if context.understood else Intent.ASK,
        events=standing(shown),
        person_id=_id(context.person),
        person_before=_id(before),
        query=context.query,
        status=status,
    )


def _id(person: PersonDesk | None) -> PersonId | None:
    return person.person.id if person is not None else None
