"""Plays a chat script turn by turn, and finds what each turn changed by comparing the records before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.conversation import standing
from assistant.domain.event import End, Event, Notice
from assistant.domain.evidence import EvidenceState
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import PromiseState
from assistant.errors import FlourishError
from assistant.evaluation.case import Script, Turn
from assistant.evaluation.output import ChangeKind, Reply, Shown, Stored
from ui.evaluation.gather import citations_in, pieces_of
from ui.evaluation.homes import Stage, fixed
from ui.present.reply import reply, told

Kept = Mapping[tuple[str, str], tuple[PersonId, str, str]]  # (sort of thing, id) -> person, state, words


def play(stage: Stage, script: Script) -> Iterator[tuple[Turn, Reply]]:
    """Every turn of a script with its reply, in a copy of the records that is thrown away afterwards."""
    with stage.copy() as house:
        desk = fixed(house.desk(stage.account(script.account), script.today), "chat")
        conversation = Conversation(desk)
        before = records_of(desk)
        for turn in script.turns:
            answered = _say(conversation, turn)
            after = records_of(desk)
            yield turn, replace(answered, stored=tuple(changes(before, after)))
            before = after


def _say(conversation: Conversation, turn: Turn) -> Reply:
    wanted = frozenset(NoteId(i) for c in turn.checks if c.kind in {"cites_any", "cites_all"} for i in c.ids)
    try:
        events = list(conversation.say(turn.message))
    except FlourishError as error:
        return Reply(Shown("chat", str(error), said=turn.message, wanted=wanted))
    people = [row.person for row in conversation.desk.people()]
    payload = reply(events, people, conversation.desk.today)
    text = "\n".join(t for e in standing(events) if (t := told(e, people, conversation.desk.today)))
    cited = tuple(dict.fromkeys(citations_in(payload.model_dump(mode="json"))))
    return Reply(
        Shown("chat", text, cited, turn.message, wanted),
        PersonId(payload.person_id) if payload.person_id else None,
        tuple(PersonId(c.person_id) for c in payload.clarify),
        payload.declined,
        payload.unknown,
        said=tuple(said(standing(events), turn.message, people)),
    )


def said(events: Iterable[Event], message: str, people: Sequence[Person]) -> Iterator[Shown]:
    """Every unit that stands on notes, with whom it is about: the last one whose name was put above it."""
    about = next((e.body.person_id for e in events if isinstance(e.body, End)), None)
    for event in events:
        if isinstance(event.body, Notice) and event.body.code == "scope":
            about = next((p.id for p in people if p.name in event.body.text), about)
        yield from (replace(piece, said=message, about=about) for piece in pieces_of(event.body))


def records_of(desk: Desk) -> Kept:
    """What an account keeps, flat, to be compared."""
    kept: dict[tuple[str, str], tuple[PersonId, str, str]] = {}
    for row in desk.people():
        who, person = row.person.id, desk.person(row.person.id)
        details = f"{row.person.name} {row.person.role} {row.person.customers}"
        kept["person", who] = (who, details, details)
        for note in person.notes():
            kept["note", note.id] = (who, note.text, f"{note.id} {note.text}")
        for promise in person.promises():
            words = " ".join((promise.what, *(q.text for q in promise.quotes)))
            kept["promise", promise.id] = (who, f"{promise.state} {promise.due}", f"{words} {promise.due or ''}")
        for item in person.evidence():
            if item.state is not EvidenceState.SUGGESTED:
                kept["verdict", item.id] = (who, item.state, item.quote.text)
        for meeting in person.meetings():
            words = f"one-on-one {meeting.state} {meeting.day}"
            kept["meeting", f"{who} {meeting.day}"] = (who, meeting.state, words)
    return kept


def changes(before: Kept, after: Kept) -> Iterator[Stored]:
    """What is new or different."""
    for key, (who, state, words) in after.items():
        old = before.get(key)
        if old is not None and (old[0], old[1]) == (who, state):
            continue
        yield Stored(_kind(key[0], state, old, who), who, words)


def _kind(sort: str, state: str, old: tuple[PersonId, str, str] | None, who: PersonId) -> ChangeKind:
    if sort == "note":
        return ChangeKind.NOTED if old is None or old[0] == who else ChangeKind.MOVED
    if sort == "promise":
        is_open = state.startswith(PromiseState.OPEN)
        if is_open and (old is None or not old[1].startswith(PromiseState.OPEN)):
            return ChangeKind.OPENED
        return ChangeKind.OTHER if is_open or old is None else ChangeKind.CLOSED
    return ChangeKind.OTHER


@dataclass(frozen=True, slots=True)
class Played:
    """All replies of a case."""

    replies: Mapping[tuple[str, int], Reply]

    @property
    def shown(self) -> tuple[Shown, ...]:
        """Everything that was said."""
        return tuple(r.shown for r in self.replies.values())

    @property
    def said(self) -> tuple[Shown, ...]:
        """Every unit that stood on notes."""
        return tuple(piece for r in self.replies.values() for piece in r.said)
