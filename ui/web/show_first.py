"""The first look: three questions that lead to a brief of a real person, and who can read what."""

from collections.abc import Sequence
from datetime import date

from assistant.domain.account import SOLO, Account
from assistant.domain.overview import PersonRow
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import esc, section
from ui.web.show_settings import privacy
from ui.web.show_shell import link


def first_run(place: Place, me: Account, rows: Sequence[PersonRow], today: date, *, files: bool) -> str:
    """Name, people, notes; each step can be done in any order, and says when it is done."""
    lead = (
        '<p class="fl-lead">Two minutes before a one-on-one you see what you promised, what changed since last time, '
        "and the three questions most worth asking. Each shows the note it comes from. Three things, and the first "
        "brief is there.</p>"
    )
    return f'<div class="fl-first-run">{lead}{_name(me)}{_people(rows)}{_notes(place, rows, today, files)}</div>' + (
        privacy("" if _is_unnamed(me) else me.name)
    )


def _is_unnamed(me: Account) -> bool:
    return me.id == SOLO and me.name == "Me"


def _name(me: Account) -> str:
    known = "" if _is_unnamed(me) else me.name
    field = show_forms.line("name", "Your name, as your notes write it", known, hint="First and last name")
    form = show_forms.form("call_me", field + show_forms.save("That is me"), draft="my-name", style="fl-askbox")
    done = f'<p class="fl-hint">✓ {esc(known)}</p>' if known else ""
    return section("1. You", done + form, id="first-you", style="fl-done" if known else "")


def _people(rows: Sequence[PersonRow]) -> str:
    named = ", ".join(row.person.name for row in rows[:12]) + (" …" if len(rows) > 12 else "")
    done = f'<p class="fl-hint">✓ {esc(named)}</p>' if rows else ""
    field = show_forms.area(
        "people",
        "One a line; the role after a comma or a dash, if you like",
        rows=3,
        hint="Dana Reyes, shift lead\nOmar Haddad",
    )
    form = show_forms.form("add_people", field + show_forms.save("Add them"), draft="people")
    return section("2. Your people", done + form, id="first-people", style="fl-done" if rows else "")


def _notes(place: Place, rows: Sequence[PersonRow], today: date, files: bool) -> str:
    bring = link(
        Place(place.account, "write", item="bring"), "Bring files in", style="fl-button fl-main-act"
    )  # fmt: skip
    have = (
        f"<p>If you have notes already, in files of any usual kind, they bring your people along.</p><p>{bring}</p>"
        if files
        else ""
    )
    if not rows:
        wait = "Or add somebody above first, and write the first note here."
        return section("3. Your notes", f'{have}<p class="fl-hint">{wait}</p>', id="first-notes")
    named = [("", "named in it")] if len(rows) > 1 else []
    people = show_forms.choice("person", "About", named + [(row.person.id, row.person.name) for row in rows])
    body = (
        show_forms.area("text", "Or write the first one: what did you see or hear?", rows=4,
                        hint="As it was: what was done, said or promised, and who was better off.")
        + f'<div class="fl-fields">{people}{show_forms.day("day", "Day", today, last=today)}'
        + show_forms.kind(show_forms.KINDS[0])
        + f'</div>{show_forms.save("Keep it and show the brief")}'
    )  # fmt: skip
    form = show_forms.form("first_note", body, draft="note:anybody")
    return section("3. Your notes", have + form, id="first-notes")
