"""The conversation: kept at the desk, shown as its checked units come; a reload or another device goes on with it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.conversation import Conversation
from assistant.conversation.dispatch import LONGEST
from assistant.desk import Desk, PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn, standing, title_of
from assistant.domain.event import Event
from assistant.domain.overview import PersonRow
from assistant.domain.question import Question
from assistant.errors import Invalid
from assistant.streaming import ending
from ui.web import show_chat, show_plan, show_talk
from ui.web.answering import Answering
from ui.web.passages import add_passages, passages_of
from ui.web.place import Deed, Place
from ui.web.show import Passages, esc, notice, step
from ui.web.show_forms import UNDO, form, kept
from ui.web.show_talk import Marks, Sight
from ui.web.slash import is_unfinished, written_out

Drawn = tuple[Place, tuple[str, str]]
Stopped = Callable[[], bool]
WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.3  # a model may take its time before the first word
LAST_TURNS = 20  # of a long conversation


def chat(desk: Desk, place: Place, rows: Sequence[PersonRow], answering: Answering, words: str = "") -> Iterator[Drawn]:
    """A conversation as it stands, or the beginning of a new one with the earlier ones below."""
    if place.talk:
        if answering.is_on(place.account, place.talk):  # the page was loaded again in the middle of an answer
            yield place, (show_chat.head(place, "Chat", None, rows), _going_on(desk, place))
            _wait(answering, place)
        talk = open_talk(desk, place)
        place = replace(place, person=talk.person.person.id if talk.person else "")
        yield place, _page(desk, place, talk, rows, _turns(desk, place, talk.turns))
        return
    person = desk.person(place.person) if place.person else None
    head = show_chat.head(place, "Chat", person.person if person else None, rows)
    people = {row.person.id: row.person for row in rows}
    found = desk.conversations(words)
    about = person.person if person else None
    below = show_chat.earlier(place, found, people, words, desk.clock())
    body = show_chat.starters(about, beside=place.has_plan_beside) + show_chat.composer(place, about) + below
    yield place, (head, show_chat.with_plan(body, _beside(desk, place, person)))


def _going_on(desk: Desk, place: Place) -> str:
    """What was said before an answer that is not whole yet."""
    known = any(row.id == place.talk for row in desk.conversations())
    above = _turns(desk, place, desk.conversation(place.talk)[1], done=False) if known else ""
    return show_chat.turns(above) + step("Your message is being answered; the whole answer will stand here")


def _wait(answering: Answering, place: Place) -> None:
    """Until the answer that is under way has ended, or was left and is kept as it stood."""
    until = time.monotonic() + WAIT_SECONDS
    while answering.is_on(place.account, place.talk) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)


def open_talk(desk: Desk, place: Place) -> Conversation:
    """The conversation of a place: one that is kept, or a new one about the person who was chosen."""
    if not place.talk:
        return Conversation(desk, desk.person(place.person) if place.person else None)
    talk = Conversation.resume(desk, place.talk)
    if place.person:
        talk.person = desk.person(place.person)
    return talk


def say(
    desk: Desk, place: Place, deed: Deed, stopped: Stopped, answering: Answering, rows: Sequence[PersonRow]
) -> Iterator[Drawn]:
    """One message, or an earlier one in other words, or the last answer again; it grows unit by unit."""
    talk = open_talk(desk, place)
    words = written_out(deed.said.get("message") or deed.id)
    if len(words) > LONGEST:
        raise Invalid(f"A message holds at most {LONGEST:,} characters; this one has {len(words):,}.",
                      next="Your words are still here: keep them as a note under Write, or split them.")  # fmt: skip
    if is_unfinished(words):
        raise Invalid(f"What is it to {words.strip().removeprefix('/')}?", next="Write it after the command.")
    before: Sequence[KeptTurn] = [*talk.turns]
    if deed.do == "again":
        events, words, before = talk.regenerate(), talk.turns[-1].message if talk.turns else "", before[:-1]
    elif deed.do == "edit_turn":
        words = deed.said.get("message", "")
        events = talk.edit(deed.id, words)
        before = before[: next((n for n, turn in enumerate(before) if turn.id == deed.id), 0)]
    else:
        events = talk.say(words)
    if not words.strip():
        raise Invalid("There is no message yet.", next="Write one, for example: prepare my one-on-one with Dana.")
    if not talk.id:  # it has its address from the first word on: whoever loads the page again finds it
        talk.id = desk.ids()
        place = replace(place, item=f"talk.{talk.id}")
    above = _turns(desk, place, before, done=False)
    with answering.of(place.account, talk.id):
        yield from _growing(desk, place, talk, rows, above, words, events, stopped, answering)
    place = replace(place, person=talk.person.person.id if talk.person else "", item=f"talk.{talk.id}")
    yield place, _page(desk, place, talk, desk.people(), _turns(desk, place, talk.turns))


def _growing(
    desk: Desk, place: Place, talk: Conversation, rows: Sequence[PersonRow], above: str, words: str,
    events: Iterator[Event], stopped: Stopped, answering: Answering,
) -> Iterator[Drawn]:  # fmt: skip
    """The answer as it comes. Whoever leaves the page finds it whole: it goes on to its end, or to a stop, unseen."""
    shown: list[Event] = []
    passages: Passages = {}
    plan = _beside(desk, place, talk.person)  # as it was when the message was sent; a change is drawn at the end

    def drawn() -> Drawn:
        about = talk.person.person.id if talk.person else ""
        sight = Sight(place, desk.today, passages, about)
        return place, _page(desk, place, talk, rows, above + show_talk.growing(words, standing_now(shown), sight), plan)

    with ending(events) as coming:
        try:
            yield drawn()
            for event in coming:
                shown.append(event)
                passages = add_passages(desk, passages, event.body)
                yield drawn()
                if stopped():
                    talk.stop()
        except GeneratorExit:
            for _ in coming:
                if stopped() or answering.is_closing:
                    talk.stop()
            raise


def standing_now(shown: Sequence[Event]) -> Sequence[Event]:
    """What stands so far, and the last word on what is being done."""
    return [*standing(shown), *(shown[-1:] if shown and shown[-1] not in standing(shown) else [])]


def _turns(desk: Desk, place: Place, turns: Sequence[KeptTurn], *, done: bool = True) -> str:
    recent = turns[-LAST_TURNS:]
    passages: Passages = {}
    made = ""
    marks = marks_in(desk, recent)
    for number, turn in enumerate(recent, start=1):
        passages = add_passages(desk, passages, [event.body for event in turn.events])
        newest = done and number == len(recent)
        made += show_talk.turn(turn, Sight(place, desk.today, passages, turn.person_id or "", newest, marks, turn.id))
    return made


def marks_in(desk: Desk, turns: Sequence[KeptTurn]) -> Mapping[str, Marks]:
    """What became of questions to those whom some turns show questions for."""
    bodies = [(turn.person_id, event.body) for turn in turns for event in turn.events]
    whom = {b.person.id if isinstance(b, Brief) else who for who, b in bodies if isinstance(b, Brief | Question)}
    found = {}
    for person in (desk.person(who) for who in whom if who):
        opinions = {opinion.question_id: opinion for opinion in person.opinions()}
        found[str(person.person.id)] = Marks(opinions, {entry.question_id: entry for entry in person.ledger()})
    return found


def _page(
    desk: Desk, place: Place, talk: Conversation, rows: Sequence[PersonRow], turns: str, growing: str | None = None
) -> tuple[str, str]:
    """Head and body; while an answer grows, the plan beside it is given."""
    person = talk.person.person if talk.person else None
    running = growing is not None
    named = next((row.title for row in desk.conversations() if row.id == talk.id), "") if not running else ""
    own = named and talk.turns and named != title_of(talk.turns[0].message)
    title = named if own else f"Chat about {person.name}" if person else "Chat"
    head = show_chat.head(place, title, person, rows, named)
    body = show_chat.turns(turns) + show_chat.composer(place, person, running=running)
    return head, show_chat.with_plan(body, _beside(desk, place, talk.person) if growing is None else growing)


def _beside(desk: Desk, place: Place, person: PersonDesk | None) -> str:
    """The newest plan, where it is wanted beside the conversation."""
    if not place.has_plan_beside or person is None:
        return ""
    plan = person.plan()
    if plan is None:
        return show_plan.none_beside(person.person)
    return show_plan.beside(plan, person.person, desk.today, passages_of(desk, plan))


def swap(desk: Desk, place: Place, deed: Deed) -> Iterator[Drawn]:
    """Another question in the place of one on a card, or the one before back again."""
    talk, rows = open_talk(desk, place), desk.people()
    if deed.do == "unswap":
        talk.swap_back(deed.id)
    else:
        talk.swap(deed.to, deed.id)
    yield place, _page(desk, place, talk, rows, _turns(desk, place, talk.turns))


def freed(deed: Deed) -> str:
    """The notice of a message that was taken: its field is free for the next one."""
    if deed.do == "edit_turn":
        return kept(f"turn:{deed.id}")
    return kept("talk") if deed.said.get("message") else ""


def rename(desk: Desk, deed: Deed) -> str:
    """A conversation under another name."""
    before = next((row.title for row in desk.conversations() if row.id == deed.id), "")
    name = desk.rename_conversation(deed.id, deed.said.get("title", ""))
    fields = f'<input type="hidden" name="title" value="{esc(before)}">'
    return notice(f"It is called “{esc(name)}” now.", form("rename_talk", fields + UNDO, id=deed.id))
