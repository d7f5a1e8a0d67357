"""The people list, the bar that always says who and which day, and the first screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from assistant.actions.tell_mentions import Mentioned
from assistant.domain.note import Note
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person, PersonId
from ui.web.show import count, day_words, esc, when

VIEWS = {
    "prep": "Prep",
    "plan": "Plan",
    "ask": "Ask",
    "note": "Add a note",
    "profile": "Profile",
    "timeline": "Timeline",
}


def people_list(rows: Sequence[PersonRow], today: date, chosen: str = "") -> str:
    """Everyone of this account: role, when you last met, what is open."""
    if not rows:
        return (
            '<nav class="fl-people" aria-label="People"><h2>People</h2><p class="fl-quiet">Nobody here yet. '
            "Bring your notes in with <code>flourish import PATH</code>, or add somebody with "
            "<code>flourish people add</code>.</p></nav>"
        )
    items = "".join(f"<li>{_row(row, today, chosen)}</li>" for row in rows)
    return f'<nav class="fl-people" aria-label="People"><h2>People</h2><ul>{items}</ul></nav>'


def _row(row: PersonRow, today: date, chosen: str) -> str:
    here = ' aria-current="true"' if row.person.id == chosen else ""
    role = f'<span class="fl-role">{esc(row.person.role)}</span>' if row.person.role else ""
    return (
        f'<button type="button" class="fl-person" data-do="person" data-id="{esc(row.person.id)}"{here}>'
        f'<span class="fl-name">{esc(row.person.name)}</span>{role}'
        f'<span class="fl-facts">{_met(row, today)}{_open(row)}</span></button>'
    )


def _met(row: PersonRow, today: date) -> str:
    if row.next_planned:
        soon = {0: "today", 1: "tomorrow"}.get((row.next_planned - today).days)
        return f"<span>next {soon or day_words(row.next_planned, today)}</span>"
    met = f"met {day_words(row.last_met, today)}" if row.last_met else "no one-on-one yet"
    return f"<span>{met}</span>{_due(row, today)}"


def _due(row: PersonRow, today: date) -> str:
    """When the rhythm asks for the next one-on-one; nothing without a rhythm."""
    if row.next_talk.overdue_days:
        late = count(row.next_talk.overdue_days, "day")
        return f'<span class="fl-late"><span aria-hidden="true">!</span> one-on-one {late} late</span>'
    return f"<span>due {day_words(row.next_talk.due, today)}</span>" if row.next_talk.due else ""


def _open(row: PersonRow) -> str:
    mine = f'<span class="fl-owed">you owe {row.mine_open}</span>' if row.mine_open else ""
    theirs = f"<span>owes you {row.theirs_open}</span>" if row.theirs_open else ""
    return mine + theirs


def no_scope(account: str) -> str:
    """Nobody is chosen; the address says so too."""
    return f'<div data-place="?a={esc(quote(account))}"></div>'


def scope_bar(person: Person, account: str, today: date, notes: int, view: str) -> str:
    """Which person and which day everything below is about, and what can be done."""
    place = f"?a={quote(account)}&p={quote(person.id)}&v={view}"
    role = f'<span class="fl-role">{esc(person.role)}</span>' if person.role else ""
    tabs = "".join(_tab(key, label, key == view) for key, label in VIEWS.items())
    facts = f"<span>{count(notes, 'note')}</span><span>as of {when(today)}</span>"
    return (
        f'<header class="fl-scope" data-place="{esc(place)}">'
        '<button type="button" class="fl-back" data-do="people" aria-label="Back to all people">'
        '<span aria-hidden="true">‹</span> People</button>'
        f'<div class="fl-who"><h1>{esc(person.name)}</h1>{role}<span class="fl-facts">{facts}</span></div>'
        f'<nav class="fl-tabs" aria-label="What to do">{tabs}</nav></header>'
    )


def _tab(key: str, label: str, here: bool) -> str:
    current = ' aria-current="true"' if here else ""
    return f'<button type="button" data-do="view" data-to="{key}"{current}>{label}</button>'


def welcome(rows: Sequence[PersonRow], today: date) -> str:
    """The first screen: what happens when you choose somebody."""
    owed = [row for row in rows if row.mine_open]
    hint = ""
    if owed:
        names = ", ".join(esc(row.person.first_name) for row in owed[:4])
        hint = f'<p class="fl-hint">Promises of yours are open with {names}.</p>'
    return (
        '<section class="fl-welcome"><h1>Who are you talking to next?</h1>'
        '<p class="fl-lead">Choose somebody. In a moment you see what you promised, what changed since last time, and '
        f"the three questions most worth asking. Each one shows the note it comes from.</p>{hint}"
        '<ul class="fl-promise-of-ours"><li>What your notes do not say stays marked as unknown.</li>'
        "<li>Nobody is scored. Private matters stay out.</li>"
        "<li>Your notes stay on this machine.</li></ul></section>"
    )


def brand(banner: str, who: str) -> str:
    """The top line: the name, whose desk it is, and what home this is."""
    home = f'<span class="fl-banner">{esc(banner)}</span>' if banner else ""
    desk = f'<span class="fl-desk">{esc(who)}</span>' if who else ""
    return (
        f'<div class="fl-top"><span class="fl-brand"><span class="fl-leaf" aria-hidden="true"></span>Flourish</span>'
        f"{home}{desk}</div>"
    )


def mentions(found: Sequence[Mentioned], people: Mapping[PersonId, Person], today: date) -> str:
    """Sentences of notes about others that name this person, the newest first."""
    rows = "".join(
        f'<li><p class="fl-meta">{when(m.quote.day, today)} · from a note about {esc(people[m.about].name)}</p>'
        f'<p class="fl-text">{esc(m.quote.text)}</p></li>'
        for m in reversed(found)
    )
    return f'<ol class="fl-timeline">{rows}</ol>' if rows else ""


def timeline(notes: Sequence[Note], today: date) -> str:
    """All notes of one person, newest first, whole: this is the manager's own view."""
    items = []
    for note in sorted(notes, key=lambda n: (n.day, n.id), reverse=True):
        author = f" · by {esc(note.author)}" if note.author else ""
        closed = ' · <span class="fl-cut">kept out of briefs and plans</span>' if note.ai == "never" else ""
        closed += " · shareable" if note.sharing == "shareable" else ""
        items.append(
            f'<li id="fl-note-{esc(note.id)}"><p class="fl-meta">{when(note.day, today)} · {esc(note.kind.words)}'
            f'{author}{closed}</p><p class="fl-text">{esc(note.text)}</p></li>'
        )
    return f'<ol class="fl-timeline">{"".join(items)}</ol>'
