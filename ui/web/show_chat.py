"""Around a conversation: whom it is about, where a message is written, how one begins, and earlier ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.domain.conversation import ConversationRow
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person, PersonId
from ui.web import show_forms, show_notes
from ui.web.place import Place
from ui.web.show import button, count, day_words, esc, section
from ui.web.show_shell import link, marks
from ui.web.slash import COMMANDS

SHOWN = 30  # conversations of a list


def head(place: Place, title: str, person: Person | None, rows: Sequence[PersonRow], named: str = "") -> str:
    """Whom it is about and which notes are in play; both are always in view.

    Args:
        place: Where the tab is.
        title: Of the page.
        person: Whom it is about, when it is about one.
        rows: Everybody, to choose from.
        named: What the conversation is called, where it is kept.
    """
    options = [(replace(place, page="chat", person="", item=place.item).query, "everybody, each apart")]
    options += [(replace(place, person=row.person.id).query, row.person.name) for row in rows]
    chosen = replace(place, person=person.id if person else "").query
    made = "".join(
        f'<option value="{esc(value)}"{" selected" if value == chosen else ""}>{esc(said)}</option>'
        for value, said in options
    )
    notes = sum(row.notes for row in rows if person is None or row.person.id == person.id)
    fresh = replace(place, person=person.id if person else "", item="")
    new = link(fresh, "New", style="fl-button", name="New chat")
    acts = _beside(place, person) + (_acts(place, named) if place.talk and named else "")
    return (
        f'<header class="fl-scope fl-talk-scope" {marks(place, title)}><div class="fl-who"><h1 tabindex="-1">'
        f'{esc(title)}</h1><span class="fl-acts">{new}</span></div><div class="fl-in-play"><label>About '
        f'<select data-do="go" aria-label="Whom the conversation is about">{made}</select></label>'
        f'<span><span class="fl-from">answers come from</span> {count(notes, "note")}</span>'
        f'<span class="fl-acts">{acts}</span></div></header>'
    )


def _beside(place: Place, person: Person | None) -> str:
    """The way to the plan beside the conversation, and back."""
    if person is None:
        return ""
    label, view = ("Plan away", "prep") if place.has_plan_beside else ("Plan beside", "plan")
    return link(replace(place, person=person.id, view=view), label, style="fl-button fl-plainly fl-only-wide")


def with_plan(talk: str, plan: str) -> str:
    """The conversation, and the plan beside it where there is one to show."""
    if not plan:
        return talk
    aside = f'<aside class="fl-beside-talk" aria-label="The plan">{plan}</aside>'
    return f'<div class="fl-with-plan"><div>{talk}</div>{aside}</div>'


def _acts(place: Place, named: str) -> str:
    """A name of one's own, and the way out of the history."""
    field = show_forms.line("title", "What this conversation is called", named, bare=True)
    form = show_forms.form("rename_talk", field + show_forms.save("Rename"), id=place.talk, style="fl-askbox")
    rename = f'<details class="fl-more fl-rename"><summary>Rename</summary>{form}</details>'
    return rename + button("remove_talk", "Remove", id=place.talk, style="fl-plainly", name="Remove this conversation")


def composer(place: Place, person: Person | None, *, running: bool = False) -> str:
    """Where a message is written."""
    hint = (
        f"Ask, note or plan for {person.first_name}; / shows the commands"
        if person
        else "Ask, or name somebody; / shows the commands"
    )
    field = show_forms.area("message", "Your message", rows=1, bare=True, hint=hint).replace(
        "<textarea", "<textarea data-enter data-slash", 1
    )
    send = (
        button("stop", "Stop", style="fl-main-act")
        if running
        else '<button type="submit" class="fl-button fl-main-act">Send</button>'
    )
    menu = "".join(
        f'<button type="button" class="fl-button" data-fill="/{name} "><strong>/{name}</strong> {says}</button>'
        for name, says in COMMANDS.items()
    )
    field += f'<div class="fl-slash" data-menu role="group" aria-label="Commands" hidden>{menu}</div>'
    made = show_forms.form("say", field + send, draft="talk", style="fl-askbox fl-composer", slow=True)
    return made.replace("<form", "<form data-running", 1) if running else made


def starters(person: Person | None, *, beside: bool = False) -> str:
    """The five jobs, at one click; with the plan beside, what can be said about it."""
    name = person.first_name if person else ""
    if not person:
        said = [("Whom do I lead, and what is open?", "people"), ("Whom haven’t I asked about customers?",) * 2]
        made = "".join(button("say", label, id=what, style="fl-try", slow=True) for label, what in said)
        return (
            '<section class="fl-welcome"><p class="fl-lead">Name somebody, or choose above whom it is about. Answers '
            "are made of sentences from your notes, each with its date; where they say nothing, you are told so.</p>"
            f'<div class="fl-tries">{made}</div></section>'
        )
    now = [("Prepare the one-on-one", f"Prepare my one-on-one with {person.name}"),
           ("Draft a plan", f"Draft a plan for {person.name}"),
           (f"What gave {name} energy lately?",) * 2, (f"Who is better off through {name}’s work?",) * 2,
           (f"What did I promise {name}?",) * 2]  # fmt: skip
    if beside:
        now = [
            ("Make the first step smaller",) * 2,
            ("Propose another customer", "another customer"),
            ("Propose another measure", "Change the measure, another one"),
        ]
    begun = [("Keep a note …", "Note that "), ("Debrief a talk …", "Debrief: ")]
    made = "".join(button("say", label, id=what, style="fl-try", slow=True) for label, what in now)
    filled = "".join(
        f'<button type="button" class="fl-button fl-try" data-fill="{esc(words)}">{esc(label)}</button>'
        for label, words in begun
    )
    return (
        f'<section class="fl-welcome"><p class="fl-lead">What would help you with {esc(name)}?</p>'
        f'<div class="fl-tries">{made}{filled}</div></section>'
    )


def earlier(
    place: Place, found: Sequence[ConversationRow], people: Mapping[PersonId, Person], words: str, now: datetime
) -> str:
    """Earlier conversations, the newest first, to be found by words that were said in them."""
    if not found and not words:
        return ""
    at = min(place.number, max(len(found) - 1, 0) // SHOWN)
    rows = "".join(_row(place, row, people, now) for row in found[at * SHOWN : (at + 1) * SHOWN])
    none = '<p class="fl-quiet">No conversation holds all these words.</p>'
    find = (
        '<label class="fl-find"><span class="fl-sr">Find in conversations</span><input type="search" '
        'data-find="talks" placeholder="Find in conversations" autocomplete="off"></label>'
    )
    body = find + (f'<ul class="fl-list">{rows}</ul>' if rows else none)
    body += show_notes.pages(place, at, len(found), SHOWN)
    return section("Earlier conversations", body, id="talks")


def _row(place: Place, row: ConversationRow, people: Mapping[PersonId, Person], now: datetime) -> str:
    person = people.get(row.person_id) if row.person_id else None
    who = f"<span>about {esc(person.name)}</span>" if person else ""
    remove = button(
        "remove_talk", "Remove", id=row.id, style="fl-plainly", name=f"Remove the conversation: {row.title}"
    )
    open_it = link(Place(place.account, "chat", item=f"talk.{row.id}"), esc(row.title), style="fl-name")
    return (
        f'<li class="fl-row"><div>{open_it}<p class="fl-meta"><span>{day_words(row.last.date(), now.date())}</span>'
        f"<span>{count(row.turns, 'message')}</span>{who}</p></div>"
        f'<div class="fl-acts">{remove}</div></li>'
    )


def turns(made: str) -> str:
    """The turns of a conversation, in order."""
    return f'<ol class="fl-turns" data-talk>{made}</ol>' if made else ""
