"""One person: what to read before you meet, what is known, what was written, promised, asked and planned."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.desk import Desk, OwnDesk, PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import MeetingState
from assistant.domain.origin import RULES
from assistant.domain.overview import PersonRow
from assistant.domain.own_card import CardKind
from assistant.domain.promise import Owner
from assistant.streaming import ending
from ui.web import (
    changes_review,
    see_leaving,
    see_plans,
    show,
    show_asked,
    show_brief,
    show_card,
    show_details,
    show_forms,
    show_leaving,
    show_notes,
    show_profile,
    show_question,
    show_waiting,
)
from ui.web.passages import add_passages, passages_of
from ui.web.place import Place
from ui.web.show_shell import link, scope_bar

Drawn = tuple[Place, tuple[str, str]]


def person(desk: Desk, place: Place, rows: Sequence[PersonRow]) -> Iterator[Drawn]:
    """One view of one person, in checked units as they are ready."""
    found = desk.person(place.person)
    place = replace(place, person=found.person.id)
    bar = head(desk, place, found, rows)
    drawn = {
        "plan": see_plans.plan, "profile": _profile, "notes": _notes, "promises": _promises, "asked": _asked,
        "about": _about,
    }  # fmt: skip
    prep = _card if place.item == "card" else _prep
    for out in drawn.get(place.view, prep)(found, place):
        yield place, (bar, out)


def head(desk: Desk, place: Place, found: PersonDesk, rows: Sequence[PersonRow] = ()) -> str:
    """Who and which day all of it is about."""
    held = next((row.notes for row in rows or desk.people() if row.person.id == found.person.id), 0)
    return scope_bar(found.person, place, desk.today, held)


def _prep(person: PersonDesk, place: Place) -> Iterator[str]:
    today = person.desk.today
    situation = person.situation()
    mine, theirs = situation.open_promises(Owner.ME), situation.open_promises(Owner.THEM)
    passages = passages_of(person.desk, mine, theirs)
    opinions = {opinion.question_id: opinion for opinion in person.opinions()}
    talked = any(m.day == today and m.state is MeetingState.HELD for m in person.meetings())
    first = show_brief.headline(
        person.person, situation.since, len(situation.new_notes), today, situation.is_thin, talked=talked
    )
    first = show_card.tools(place) + first + show_waiting.waiting(person.desk, place, [person.person])
    owed = show_brief.promises(mine, theirs, person.person, today, passages)
    brief: Brief | None = None
    asked, reads = first, person.desk.engine.name != RULES and not situation.is_thin
    with ending(person.for_turn().preparing(without=place.without)) as growing:
        for brief in growing:
            passages = add_passages(person.desk, passages, brief)
            swap = show_card.swaps(brief.questions, place)
            owed = show_brief.promises(brief.mine, brief.theirs, person.person, today, passages)
            awaited = reads and not brief.story and not brief.questions.questions
            asked = first + show_brief.story(brief, passages, awaited=awaited)
            asked += show_brief.presses(brief, passages) + owed
            asked += show_brief.asked(brief.asked, today, passages)
            asked += show_brief.since_last_time(brief, passages)
            asked += show_brief.questions(brief.questions, today, passages, swap=swap, opinions=opinions)
            yield asked + show.step("Looking for the questions most worth asking")
    if brief is not None:
        yield (
            asked
            + show_card.back(place)
            + show_brief.recognition(brief.recognition, today, passages)
            + show_brief.growth(brief.growth, today, passages)
            + show_brief.leave_alone(brief.avoid)
            + show_brief.unknown(brief.unknown, brief.near, today, passages)
            + show_brief.quiet(brief.quiet, today, passages)
            + show_brief.origin(brief)
        )


def _card(person: PersonDesk, place: Place) -> Iterator[str]:
    yield show.step("Putting the card together")
    *_, brief = person.for_turn().preparing()
    yield show_card.card(brief, replace(place, item=""))


def _profile(person: PersonDesk, place: Place) -> Iterator[str]:
    profile, rejected = person.profile(), person.evidence(EvidenceState.REJECTED)
    waits = [item for one in person.desk.waiting([person.person.id]) for item in one.items]
    passages = passages_of(person.desk, profile, rejected, waits)
    yield show_profile.profile(profile, passages, rejected, waits)


def _notes(person: PersonDesk, place: Place) -> Iterator[str]:
    desk, today = person.desk, person.desk.today
    form = show_forms.new_note(person.person.id, person.person.first_name, today)
    notes = sorted(person.notes(), key=lambda n: (n.day, n.id), reverse=True)
    if not notes:
        first = show.esc(person.person.first_name)
        said = (
            f"Write what you saw or heard, as it was: what {first} did, said, or promised, and who was better off. "
            "Two sentences are plenty."
        )
        yield form + show.empty("The first note", said)
        return
    at = next((n for n, note in enumerate(notes) if note.id == place.note), None)
    page = place.number if at is None else at // show_notes.ROWS
    shown = notes[page * show_notes.ROWS : (page + 1) * show_notes.ROWS]
    people = desk.persons()
    opened = ""
    if place.note and at is None:
        form += '<p class="fl-hint fl-gap">The note of this link is not among yours, or not with this person.</p>'
    if at is not None:
        opened = show_notes.opened(notes[at], today, people, place)
    hint = "Your own view: whole notes, private matters included. Nothing here is shared."
    pages = show_notes.pages(place, page, len(notes))
    body = show_notes.timeline(shown, today, place, opened) + pages
    named = show_notes.mentions(person.mentions(), {p.id: p for p in people}, today)
    others = show.section("Named in notes about others", named, id="mentions")
    yield form + show.section("Everything you wrote", body, id="timeline", hint=hint) + others


def _promises(person: PersonDesk, place: Place) -> Iterator[str]:
    promises = person.promises()
    passages = passages_of(person.desk, promises)
    yield show_asked.promises(promises, person.person, person.desk.today, passages)


def _about(person: PersonDesk, place: Place) -> Iterator[str]:
    desk, rows = person.desk, person.desk.people()
    asked = see_leaving.panel(person, place)
    if asked:
        yield asked
        return
    row = next((row for row in rows if row.person.id == person.person.id), None)
    meetings = show_details.meetings(person.meetings(), row, person.person, desk.today)
    yield meetings + show_details.details(person.person) + show_leaving.leaving(person.person, rows, place)


def _asked(person: PersonDesk, place: Place) -> Iterator[str]:
    prep = link(replace(place, view="prep", item=""), "See what to ask next", style="fl-button fl-main-act")
    desk, known = person.desk, {copy.id for copy in person.releasing.released()}
    shown = [copy for copy in desk.released() if copy.released.id in known]
    handed = changes_review.handed_over(shown, desk.today)
    thought = show_question.thought(person.opinions(), person.person, desk.today)
    ledger = person.ledger()
    mine = show_asked.own([card for card in OwnDesk(desk).all() if card.kind is CardKind.QUESTION], ledger, place)
    yield show_asked.ledger(ledger, person.person, desk.today, prep) + mine + thought + handed
