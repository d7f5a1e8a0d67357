"""What is done with people and one-on-ones: added, renamed, planned, called off, and taken back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.desk import Desk
from assistant.domain.importing import NEW
from assistant.domain.meeting import MeetingState
from assistant.domain.person import Person, Pronouns
from assistant.errors import FlourishError, Invalid, Refused
from ui.web import show_details, show_forms
from ui.web.done import Done, read_day
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import button, count, day_words, esc, notice

MOST_AT_ONCE = 60
_BEFORE_ROLE = re.compile(r"[,;\t]|\s[-–—]\s|\s*\(")


def call_me(desk: Desk, place: Place, deed: Deed) -> Done:
    """How the manager is called."""
    account = desk.call_me(deed.said.get("name", ""))
    return Done(place, notice(f"Welcome, {esc(account.name)}.{show_forms.kept('my-name')}"))


def add_person(desk: Desk, place: Place, deed: Deed) -> Done:
    """Somebody new, with all that can be said about them."""
    person = desk.add_person(Person(desk.account, NEW, **_details(deed.said)))
    said = f"Added: {esc(person.name)}.{show_forms.kept('person:new')}"
    return Done(Place(place.account, "person", person.id, "notes"), notice(said, _take_out([person])))


def add_people(desk: Desk, place: Place, deed: Deed) -> Done:
    """Several at once, a line each: the name, and after a comma the role."""
    lines = [line.strip(" \t-*•") for line in deed.said.get("people", "").splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        raise Invalid("There is no name yet.", next="Write one name a line, for example: Dana Reyes, shift lead.")
    if len(lines) > MOST_AT_ONCE:
        raise Invalid(f"That is more than {MOST_AT_ONCE} people at once.", next="Add the rest afterwards.")
    added, left = list[Person](), list[str]()
    for line in lines:
        name, role = _name_and_role(line)
        try:
            added.append(desk.add_person(Person(desk.account, NEW, name.strip(), role=role.strip()[:200])))
        except FlourishError as error:
            left.append(str(error))
    if not added:
        raise Refused(left[0], next="")
    said = f"Added: {esc(', '.join(person.name for person in added))}. {esc(' '.join(left[:3]))}"
    return Done(place, notice(said + show_forms.kept("people"), _take_out(added)))


def _name_and_role(line: str) -> tuple[str, str]:
    """A name and what stands behind it: after a comma, a semicolon, a dash with space around it, or in brackets."""
    name, *rest = _BEFORE_ROLE.split(line, maxsplit=1)
    role = rest[0].strip() if rest else ""
    return name, role.removesuffix(")") if role.count(")") > role.count("(") else role


def _take_out(people: list[Person]) -> str:
    ids = ",".join(person.id for person in people)
    return button("unadd_people", "Undo", id=ids) if len(ids) < 500 else ""


def unadd_people(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take people out again who were just added; with notes they stay."""
    people = [desk.person(id) for id in deed.id.split(",")[:MOST_AT_ONCE]]
    noted = [person.person.name for person in people if person.notes()]
    if noted:
        raise Refused(f"There are notes about {noted[0]} now.", next="Delete or move them first.")
    for person in people:
        person.forget()
    here = place if place.page != "person" else Place(place.account, "people")
    return Done(here, notice(f"Taken back: {count(len(people), 'person', 'people')}."))


def edit_person(desk: Desk, place: Place, deed: Deed) -> Done:
    """Other details."""
    before = desk.person(deed.id)
    after = before.edit(**_details(deed.said))
    if after == before.person:
        return Done(place, notice("Nothing was changed."))
    kept = show_forms.kept(f"person:{after.id}")
    if deed.to == "undo":
        return Done(place, notice(f"The details are as they were before.{kept}"))
    said = f"Saved: {esc(after.name)}.{kept}"
    return Done(place, notice(said, show_details.back_to(before.person)))


def _details(said: Mapping[str, str]) -> dict[str, Any]:
    """What a form says about a person; a field that is not in it stays as it is."""
    cadence, pronouns = said.get("cadence", ""), said.get("pronouns", "they")
    if (cadence and not cadence.isdecimal()) or pronouns not in set(Pronouns):
        raise unknown_button()
    return {
        "name": " ".join(said.get("name", "").split()), "role": " ".join(said.get("role", "").split())[:200],
        "aka": tuple(dict.fromkeys(filter(None, (" ".join(n.split())[:120] for n in said.get("aka", "").split(","))))),
        "customers": said.get("customers", "").strip()[:500],
        "start": read_day(said["start"]) if said.get("start") else None,
        "cadence_days": int(cadence) if cadence else None, "pronouns": Pronouns(pronouns),
    }  # fmt: skip


def plan_meeting(desk: Desk, place: Place, deed: Deed) -> Done:
    """Plan the next one-on-one."""
    return _meeting(desk, place, deed.id or place.person, deed.said.get("day", ""), MeetingState.PLANNED)


def met(desk: Desk, place: Place, deed: Deed) -> Done:
    """It took place, or it did not."""
    if deed.to not in (MeetingState.HELD, MeetingState.SKIPPED):
        raise unknown_button()
    return _meeting(desk, place, place.person, deed.id, MeetingState(deed.to))


def _meeting(desk: Desk, place: Place, who: str, day: str, state: MeetingState) -> Done:
    person = desk.person(who)
    on = read_day(day)
    before = next((m.state for m in person.meetings() if m.day == on), None)
    meeting = person.keep_meeting(on, state)
    said = {
        MeetingState.PLANNED: "Planned for", MeetingState.HELD: "Took place on", MeetingState.SKIPPED: "Called off for"
    }[state]  # fmt: skip
    if before is state:
        return Done(place, notice(f"It stands there already: {day_words(on, desk.today)}."))
    kept = show_forms.kept(f"meeting:{person.person.id}")
    undo = button("unmet", "Undo", id=meeting.day.isoformat(), to=before.value if before else "none")
    words = f"{said} {day_words(on, desk.today)}: {esc(person.person.name)}.{kept}"
    return Done(replace(place, person=person.person.id), notice(words, undo))


def unmet(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take a word about a one-on-one back."""
    if deed.to not in {*MeetingState, "none"}:
        raise unknown_button()
    before = None if deed.to == "none" else MeetingState(deed.to)
    desk.person(place.person).take_meeting_back(read_day(deed.id), before)
    return Done(place, notice("Taken back."))


DEEDS = {
    "call_me": call_me, "add_person": add_person, "add_people": add_people, "unadd_people": unadd_people,
    "edit_person": edit_person, "plan_meeting": plan_meeting, "met": met, "unmet": unmet,
}  # fmt: skip
