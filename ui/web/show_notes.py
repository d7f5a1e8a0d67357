"""The timeline: whole notes, newest first, each with what can be done to it. The manager's own view."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.tell_mentions import Mentioned
from assistant.domain.note import AiUse, Note, Sharing
from assistant.domain.person import Person, PersonId
from assistant.domain.standing import Kind, Resting
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import button, count, esc, when
from ui.web.show_shell import link

ROWS = 50  # of a page

RESTS = {
    Kind.CONFIRMED: "you confirmed a passage of it", Kind.REJECTED: "you rejected a passage of it",
    Kind.PROMISE: "a promise comes from it", Kind.CLOSED: "it shows a promise settled",
    Kind.PLAN: "a plan stands on it", Kind.CHECK_IN: "you confirmed what it says about a plan",
    Kind.MEETING: "it bears witness to a one-on-one", Kind.QUESTION: "a question chosen for a one-on-one quotes it",
}  # fmt: skip


def timeline(notes: Sequence[Note], today: date, place: Place, opened: str = "") -> str:
    """Notes, newest first; `opened` is the form of the one that is being changed, in its place."""
    rows = "".join(_note(note, today, place, opened if note.id == place.note else "") for note in notes)
    return f'<ol class="fl-timeline">{rows}</ol>'


def _note(note: Note, today: date, place: Place, opened: str) -> str:
    where = f' id="fl-note-{esc(note.id)}"'
    if opened:
        return f"<li{where} class='fl-open'>{opened}</li>"
    edit = link(
        replace(place, view="notes", item=f"note.{note.id}"), "Edit", style="fl-button fl-plainly",
        name=f"Edit the note of {note.day:%d %B %Y}",
    )  # fmt: skip
    return (
        f'<li{where}><div class="fl-row"><p class="fl-meta">{_facts(note, today)}</p><div class="fl-acts">{edit}'
        f"{_remove(note)}</div>"
        f'</div><p class="fl-text">{esc(note.text)}</p></li>'
    )


def _facts(note: Note, today: date) -> str:
    said = [when(note.day, today), f"<span>{esc(note.kind.words)}</span>"]
    said += [f"<span>by {esc(note.author)}</span>"] if note.author else []
    said += ['<span class="fl-cut">kept out of briefs and plans</span>'] if note.ai is AiUse.NEVER else []
    said += ['<span class="fl-shared">may be shown</span>'] if note.sharing is Sharing.SHAREABLE else []
    said += [f"<span>changed {count(note.revision - 1, 'time')}</span>"] if note.revision > 1 else []
    return "".join(said)


def opened(note: Note, today: date, people: Iterable[Person], place: Place) -> str:
    """The form of one note."""
    named = [(p.id, p.name) for p in people]
    close = link(replace(place, item=""), "Close", style="fl-button fl-plainly")
    return show_forms.edited_note(note, today, named, close + _remove(note))


def _remove(note: Note) -> str:
    return button(
        "remove_note", "Remove", id=note.id, style="fl-plainly", name=f"Remove the note of {note.day:%d %B %Y}"
    )


def lost(items: Iterable[Resting]) -> str:
    """What rested on a note before it was changed and does no longer; nothing when nothing was lost."""
    told = "; ".join(map(_rested, items))
    return f" This rested on it and does no longer: {told}." if told else ""


def gone_along(items: Sequence[Resting], name: str) -> str:
    """What was confirmed about one person and speaks for another now; nothing when nothing went along."""
    told = "; ".join(f"“{esc(item.what)}”" for item in items)
    return f" What you had confirmed in it speaks for {esc(name)} now: {told}." if told else ""


def _rested(item: Resting) -> str:
    return f"{esc(RESTS[item.kind])} (“{esc(item.what.replace('_', ' '))}”)"


def pages(place: Place, page: int, notes: int, rows: int = 0) -> str:
    """Newer and older, where one page does not hold them all."""
    last = (notes - 1) // (rows or ROWS)
    if last < 1:
        return ""
    newer = link(replace(place, item=f"page.{page}"), "Newer", style="fl-button") if page else ""
    older = link(replace(place, item=f"page.{page + 2}"), "Older", style="fl-button") if page < last else ""
    return f'<div class="fl-acts fl-pages">{newer}<span>Page {page + 1} of {last + 1}</span>{older}</div>'


def mentions(found: Sequence[Mentioned], people: Mapping[PersonId, Person], today: date) -> str:
    """Sentences of notes about others that name this person, the newest first."""
    rows = "".join(
        f'<li><p class="fl-meta">{when(m.quote.day, today)}<span>from a note about {esc(people[m.about].name)}</span>'
        f'</p><p class="fl-text">{esc(m.quote.text)}</p></li>'
        for m in list(reversed(found))[:ROWS]
    )
    return f'<ol class="fl-timeline">{rows}</ol>' if rows else ""
