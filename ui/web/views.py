"""What one click or message brings: screens, one after the other, each whole and about one person only.

No widget is known here and no account is checked here; `page` does both before it asks for a screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from assistant.conversation import Conversation
from assistant.desk import Desk, PersonDesk
from assistant.domain.event import Event
from assistant.domain.evidence import EvidenceState, Quote
from assistant.domain.note import AiUse, Note, NoteId, NoteKind
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, PromiseState
from assistant.errors import Invalid
from ui.web import show, show_answer, show_brief, show_people, show_plan, show_profile
from ui.web.show import Passages

AT_FIRST = 100  # notes of a timeline before somebody asks for all of them


@dataclass(frozen=True, slots=True)
class Place:
    """Where one browser tab is: ids only, nothing that a person wrote.

    Attributes:
        person: Empty while nobody is chosen.
        view: A key of `show_people.VIEWS`.
    """

    account: str = ""
    person: str = ""
    view: str = "prep"


@dataclass(frozen=True, slots=True)
class Deed:
    """What was pressed, as the browser says it: nothing in it is trusted."""

    do: str
    id: str = ""
    to: str = ""

    @classmethod
    def of(cls, said: object) -> "Deed":
        """A deed from event data; `Invalid` when it is none."""
        if not isinstance(said, dict):
            raise Invalid("This button is not known.", next="Load the page again.")
        parts = [said.get(key, "") for key in ("do", "id", "to")]
        if not all(isinstance(p, str) and len(p) <= 500 for p in parts):
            raise Invalid("This button is not known.", next="Load the page again.")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Screen:
    """All that is on the page, always whole, so that one person's words never stand under another's name.

    Attributes:
        side, scope, notice, out: HTML, everything a person wrote already escaped.
    """

    place: Place
    side: str
    scope: str
    notice: str
    out: str


def screens(desk: Desk, place: Place, deed: Deed) -> Iterator[Screen]:
    """What pressing something brings."""
    match deed.do:
        case "people":
            yield from look(desk, replace(place, person="", view="prep"))
        case "person":
            yield from look(desk, replace(place, person=deed.id, view="prep"))
        case "view" if deed.to in show_people.VIEWS:
            yield from look(desk, replace(place, view=deed.to), whole=deed.id == "all")
        case "ask":
            yield from ask(desk, replace(place, view="ask"), deed.id)
        case "draft":
            desk.person(place.person).draft_plan()
            yield from look(desk, replace(place, view="plan"), show.notice("A new draft. Earlier versions are kept."))
        case "promise" | "evidence" | "asked" | "later" | "delete_note":
            said = change(desk, place, deed)
            yield from look(desk, place, said)
        case _:
            raise Invalid("This button is not known.", next="Load the page again.")


def change(desk: Desk, place: Place, deed: Deed) -> str:
    """Carry a small change out; the notice that says so and offers the way back."""
    match deed.do:
        case "promise" if deed.to in set(PromiseState):
            promise = desk.settle_promise(deed.id, PromiseState(deed.to))
            said = {"done": "Ticked off", "dropped": "Dropped", "open": "Open again"}[promise.state]
            undo = "" if deed.to == "open" else show.button("promise", "Undo", id=promise.id, to="open")
            return show.notice(f"{said}: “{show.esc(promise.what)}”", undo)
        case "evidence" if deed.to in set(EvidenceState):
            item = desk.judge_evidence(deed.id, EvidenceState(deed.to))
            judged = {"confirmed": "Confirmed", "rejected": "Rejected; it will not be used", "suggested": "Taken back"}
            undo = "" if deed.to == "suggested" else show.button("evidence", "Undo", id=item.id, to="suggested")
            return show.notice(f"{judged[item.state]}: “{show.esc(item.quote.text)}”", undo)
        case "asked":
            entry = desk.person(place.person).asked(deed.id)
            back = show.button("later", "Come back to it instead", id=deed.id)
            return show.notice(f"Marked as asked; it rests for half a year: “{show.esc(entry.text)}”", back)
        case "later":
            entry = desk.person(place.person).asked(deed.id, later=True)
            return show.notice(f"It will come back: “{show.esc(entry.text)}”")
        case "delete_note":
            desk.delete_note(deed.id)
            return show.notice("Taken back. The note is gone, and so is what was found in it.")
        case _:
            raise Invalid("This button is not known.", next="Load the page again.")


def look(desk: Desk, place: Place, notice: str = "", *, whole: bool = False) -> Iterator[Screen]:
    """The view of a place, in checked units as they are ready; `whole` for a timeline of any length."""
    rows = desk.people()
    if not place.person:
        side = show_people.people_list(rows, desk.today)
        yield Screen(place, side, show_people.no_scope(place.account), notice, show_people.welcome(rows, desk.today))
        return
    person = desk.person(place.person)
    place = replace(place, person=person.person.id)
    held = next((row.notes for row in rows if row.person.id == person.person.id), 0)
    side = show_people.people_list(rows, desk.today, person.person.id)
    scope = show_people.scope_bar(person.person, place.account, desk.today, held, place.view)
    timeline = _whole_timeline if whole else _timeline
    drawn = {"plan": _plan, "ask": _ask, "note": _note, "profile": _profile, "timeline": timeline}
    for out in drawn.get(place.view, _prep)(person):
        yield Screen(place, side, scope, notice, out)


def _prep(person: PersonDesk) -> Iterator[str]:
    today = person.desk.today
    situation = person.situation()
    mine, theirs = situation.open_promises(Owner.ME), situation.open_promises(Owner.THEM)
    passages = passages_of(person.desk, mine, theirs)
    head = show_brief.headline(person.person, situation.since, len(situation.new_notes), today, situation.is_thin)
    first = head + show_brief.promises(mine, theirs, person.person, today, passages)
    yield first + show.step(f"Reading {show.count(len(situation.recent), 'note')} for what changed and what to ask")
    brief = person.brief()
    passages = passages_of(person.desk, brief)
    changed = first + show_brief.since_last_time(brief, passages)
    yield changed
    asked = changed + show_brief.questions(brief.questions, today, passages)
    yield asked
    yield (
        asked
        + show_brief.recognition(brief.recognition, today, passages)
        + show_brief.leave_alone(brief.avoid)
        + show_brief.unknown(brief.unknown)
        + show_brief.origin(brief)
    )


def _plan(person: PersonDesk) -> Iterator[str]:
    plan = person.plan()
    if plan is None:
        yield show_plan.no_plan(person.person)
        return
    yield show_plan.plan(plan, person.person, person.desk.today, passages_of(person.desk, plan))


def _ask(person: PersonDesk) -> Iterator[str]:
    yield show_answer.ask_something(person.person)


def _note(person: PersonDesk) -> Iterator[str]:
    newest = sorted(person.notes(), key=lambda n: (n.day, n.id))[-3:]
    if not newest:
        yield show.empty(
            "The first note",
            f"Write what you saw or heard, as it was: what {show.esc(person.person.first_name)} did, said, or "
            "promised, and who was better off. Two sentences are plenty.",
        )
        return
    yield show.section("The newest notes", show_people.timeline(newest, person.desk.today), id="newest")


def _profile(person: PersonDesk) -> Iterator[str]:
    profile, rejected = person.profile(), person.evidence(EvidenceState.REJECTED)
    yield show_profile.profile(profile, passages_of(person.desk, profile, rejected), rejected)


def _timeline(person: PersonDesk) -> Iterator[str]:
    notes = person.notes()
    if not notes:
        yield show.empty(
            "No notes yet",
            "Everything you keep about this person will stand here by day, whole and unchanged.",
            show.button("view", "Add the first note", to="note", style="fl-main-act"),
        )
        return
    yield from _notes_by_day(person, notes[-AT_FIRST:], of=len(notes))


def _whole_timeline(person: PersonDesk) -> Iterator[str]:
    notes = person.notes()
    yield from _notes_by_day(person, notes, of=len(notes))


def _notes_by_day(person: PersonDesk, notes: Sequence[Note], *, of: int) -> Iterator[str]:
    body = show_people.timeline(notes, person.desk.today)
    if len(notes) < of:
        body += show.button("view", f"Show all {of:,} notes", id="all", to="timeline", style="fl-main-act")
    hint = "Your own view: whole notes, private matters included. Nothing here is shared."
    people = {row.person.id: row.person for row in person.desk.people()}
    named = show_people.mentions(person.mentions(), people, person.desk.today)
    others = show.section("Named in notes about others", named, id="mentions")
    yield show.section("Timeline", body, id="timeline", hint=hint) + others


def ask(desk: Desk, place: Place, question: str) -> Iterator[Screen]:
    """Put a question to the notes of the chosen person; the answer grows by checked units."""
    if not question.strip():
        raise Invalid("There is no question yet.", next="Write one, for example: what gave energy lately?")
    if len(question) > 500:
        raise Invalid("This question is too long.", next="Ask in at most 500 characters.")
    person = desk.person(place.person)
    conversation = Conversation(desk, person)
    events: list[Event] = []
    begun = list(look(desk, replace(place, view="ask")))[-1]
    waiting = show.step(f"Reading the notes on {person.person.first_name}")
    yield replace(begun, out=show_answer.answer(question, person.person, (), desk.today, {}) + waiting)
    for event in conversation.say(question):
        events.append(event)
        about = conversation.person or person
        if about.person.id != begun.place.person:  # the question named somebody else: the whole page follows
            begun = list(look(desk, replace(place, person=about.person.id, view="ask")))[-1]
        passages = passages_of(desk, [e.body for e in events])
        yield replace(begun, out=show_answer.answer(question, about.person, events, desk.today, passages))


def add_note(desk: Desk, place: Place, text: str, day: date, kind: NoteKind, ai: AiUse) -> Iterator[Screen]:
    """Keep a note and show it, with the way back."""
    person = desk.person(place.person)
    note = person.add_note(text, day=day, kind=kind, ai=ai)
    undo = show.button("delete_note", "Undo", id=note.id)
    said = show.notice(f"Noted for {show.esc(person.person.name)}, {show.day_words(note.day, desk.today)}.", undo)
    yield from look(desk, replace(place, view="note"), said)


def passages_of(desk: Desk, *things: object) -> Passages:
    """The notes that these things quote, each with what of it may be shown."""
    found: dict[NoteId, Readable] = {}
    for quote in quotes_in(things):
        if quote.note.id not in found:
            found[quote.note.id] = desk.readable(quote.note.id)
    return found


def quotes_in(thing: object) -> Iterator[Quote]:
    """Every quote inside nouns, lists and tuples of nouns."""
    if isinstance(thing, Quote):
        yield thing
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from quotes_in(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for part in fields(thing):
            yield from quotes_in(getattr(thing, part.name))
