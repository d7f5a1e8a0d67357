"""Who somebody is, and when you meet: the forms of a person's details and of one-on-ones."""

from collections.abc import Sequence
from datetime import date

from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person, Pronouns
from ui.web import show_forms
from ui.web.show import button, count, day_words, esc, folded, section, when

RHYTHMS = {"": "No fixed rhythm", "7": "Every week", "14": "Every two weeks", "21": "Every three weeks",
           "28": "Every four weeks"}  # fmt: skip
PRONOUNS = {Pronouns.THEY: "they", Pronouns.SHE: "she", Pronouns.HE: "he"}
STATES = {MeetingState.PLANNED: "planned", MeetingState.HELD: "held", MeetingState.SKIPPED: "did not take place"}


def fields(person: Person | None) -> str:
    """Everything that can be said about a person, a new one's without."""
    rhythms = dict(RHYTHMS)
    chosen = str(person.cadence_days or "") if person else ""
    rhythms.setdefault(chosen, f"Every {chosen} days")
    return (
        show_forms.line("name", "Name", person.name if person else "", hint="First and last name")
        + show_forms.line("role", "Role", person.role if person else "", hint="Shift lead, night team")
        + show_forms.line("aka", "Also written", ", ".join(person.aka) if person else "",
                          hint="Nicknames and short forms in your notes, with commas between")
        + show_forms.line("customers", "Works for", person.customers if person else "",
                          hint="Who is better off through this work, inside or outside the firm")
        + '<div class="fl-fields">'
        + show_forms.day("start", "Here since", person.start if person else None)
        + show_forms.choice("cadence", "One-on-one", rhythms.items(), chosen)
        + show_forms.choice("pronouns", "Spoken of as", [(p.value, said) for p, said in PRONOUNS.items()],
                            person.pronouns.value if person else Pronouns.THEY.value)
        + "</div>"
    )  # fmt: skip


def details(person: Person) -> str:
    """The form of somebody who is there."""
    body = fields(person) + show_forms.save("Save")
    form = show_forms.form("edit_person", body, id=person.id, draft=f"person:{person.id}")
    return section(f"Who {esc(person.first_name)} is", form, id="details")


def new_person() -> str:
    """The form of somebody new, folded away."""
    form = show_forms.form("add_person", fields(None) + show_forms.save("Add"), draft="person:new")
    return (
        '<details class="fl-card fl-add-person"><summary class="fl-name">Add somebody</summary>'
        f'<div class="fl-more-space">{form}</div></details>'
    )


def back_to(person: Person) -> str:
    """The way back to somebody's details as they were."""
    said = {
        "name": person.name, "role": person.role, "aka": ", ".join(person.aka), "customers": person.customers,
        "start": person.start.isoformat() if person.start else "", "cadence": str(person.cadence_days or ""),
        "pronouns": person.pronouns.value,
    }  # fmt: skip
    kept = "".join(f'<input type="hidden" name="{name}" value="{esc(value)}">' for name, value in said.items())
    return show_forms.form("edit_person", kept + show_forms.UNDO, id=person.id, to="undo")


def meetings(items: Sequence[Meeting], row: PersonRow | None, person: Person, today: date) -> str:
    """The one-on-ones: plan the next, say what became of those that have passed."""
    form = show_forms.form(
        "plan_meeting",
        f'<div class="fl-fields">{show_forms.day("day", "Next one-on-one", _proposed(row, today))}</div>'
        + show_forms.save("Plan it"),
        id=person.id, draft=f"meeting:{person.id}",
    )  # fmt: skip
    rows = [_meeting(item, today) for item in sorted(items, key=lambda m: m.day, reverse=True)]
    said = ""
    if row is not None and row.next_talk.overdue_days:
        said = f"By its rhythm the next one is {count(row.next_talk.overdue_days, 'day')} late."
    elif row is not None and row.next_talk.due:
        said = f"By its rhythm the next one is due on {day_words(row.next_talk.due, today)}."
    return section("One-on-ones", form + folded(rows, 6, "earlier"), id="meetings", hint=said)


def _proposed(row: PersonRow | None, today: date) -> date | None:
    """The day that the rhythm asks for; today when that has passed."""
    due = row.next_talk.due if row else None
    return max(due, today) if due else None


def _meeting(item: Meeting, today: date) -> str:
    acts = ""
    day = item.day.isoformat()
    if item.state is MeetingState.PLANNED and item.day <= today:
        acts += button("met", "It took place", id=day, to="held", style="fl-tick")
    if item.state is MeetingState.PLANNED:
        acts += button("met", "It did not" if item.day <= today else "Call it off", id=day, to="skipped",
                       style="fl-plainly")  # fmt: skip
    missed = item.state is MeetingState.PLANNED and item.day < today
    state = '<span class="fl-late">how did it go?</span>' if missed else f"<span>{STATES[item.state]}</span>"
    asked = "".join(f'<p class="fl-text">{esc(each.text)}</p>' for each in item.questions if each.text)
    return (
        f'<li class="fl-row"><div><p class="fl-meta">{when(item.day, today)}{state}</p>{asked}</div>'
        f'<div class="fl-acts">{acts}</div></li>'
    )
