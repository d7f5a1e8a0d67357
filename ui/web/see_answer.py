"""A question to the notes of one person, and its answer as it grows by checked units."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.event import Event
from assistant.errors import Invalid
from ui.web import see_person, show, show_answer
from ui.web.passages import passages_of
from ui.web.place import Place

Drawn = tuple[Place, tuple[str, str]]


def ask(desk: Desk, place: Place, question: str) -> Iterator[Drawn]:
    """Put a question; a question that names somebody else moves the whole page to them."""
    if not question.strip():
        raise Invalid("There is no question yet.", next="Write one, for example: what gave energy lately?")
    if len(question) > 500:
        raise Invalid("This question is too long.", next="Ask in at most 500 characters.")
    person = desk.person(place.person)
    conversation = Conversation(desk, person)
    events: list[Event] = []
    place = replace(place, page="person", view="ask", item="")
    head = see_person.head(desk, place, person)
    waiting = show.step(f"Reading the notes on {person.person.first_name}")
    box = show_answer.ask_box(person.person)
    yield place, (head, box + show_answer.answer(question, person.person, (), desk.today, {}) + waiting)
    for event in conversation.say(question):
        events.append(event)
        about = conversation.person or person
        if about.person.id != place.person:
            place = replace(place, person=about.person.id)
            head, box = see_person.head(desk, place, about), show_answer.ask_box(about.person)
        passages = passages_of(desk, [e.body for e in events])
        yield place, (head, box + show_answer.answer(question, about.person, events, desk.today, passages))
