"""Forms as HTML: each field has its label, each form the deed it sends. What is typed stays until it was kept."""

from collections.abc import Iterable
from datetime import date

from assistant.domain.note import AiUse, Note, NoteKind, Sharing
from ui.web.place import Place
from ui.web.show import esc

KINDS = (NoteKind.OBSERVATION, NoteKind.ONE_ON_ONE, NoteKind.PEER_FEEDBACK, NoteKind.CUSTOMER_QUOTE,
         NoteKind.CUSTOMER_COMPLAINT, NoteKind.PROJECT_LOG, NoteKind.SELF_REVIEW, NoteKind.GOAL, NoteKind.EMAIL,
         NoteKind.CHAT_MESSAGE, NoteKind.MISC)  # fmt: skip


SHAREABLE = "May be shown to the person it is about"
UNDO = '<button type="submit" class="fl-button">Undo</button>'


def form(
    do: str, body: str, *, id: str = "", to: str = "", draft: str = "", style: str = "", slow: bool = False
) -> str:
    """A form. Under `draft` the browser's memory keeps what was typed while one looks elsewhere."""
    kept = f' data-draft="{esc(draft)}"' if draft else ""
    model = " data-slow" if slow else ""
    return (
        f'<form class="fl-form {style}" data-do="{do}" data-id="{esc(id)}" data-to="{esc(to)}"{kept}{model} '
        f'autocomplete="off">{body}</form>'
    )


def kept(draft: str) -> str:
    """Tells the browser that what was typed in a form is safe now, and the form is free."""
    return f'<i hidden data-kept="{esc(draft)}"></i>'


def anybody(kind: str, place: Place) -> str:
    """The draft of a form that finds out itself whom it is about: one for each page it was opened from."""
    return f"{kind}:anybody{':' if place.person else ''}{place.person}"


def area(
    name: str, label: str, text: str = "", *, hint: str = "", rows: int = 4, bare: bool = False, must: bool = True
) -> str:
    """A field for prose; `bare` shows its label to screen readers only."""
    said, needed = "fl-sr" if bare else "", " required" if must else ""
    return (
        f'<label class="fl-field"><span class="{said}">{esc(label)}</span><textarea name="{name}" rows="{rows}" '
        f'placeholder="{esc(hint)}"{needed}>{esc(text)}</textarea></label>'
    )


def line(name: str, label: str, text: str = "", *, hint: str = "", bare: bool = False) -> str:
    """A field for a few words."""
    said = "fl-sr" if bare else ""
    return (
        f'<label class="fl-field"><span class="{said}">{esc(label)}</span><input type="text" name="{name}" '
        f'value="{esc(text)}" placeholder="{esc(hint)}"></label>'
    )


def day(name: str, label: str, value: date | None, *, last: date | None = None) -> str:
    """A day; the browser shows its own calendar."""
    until = f' max="{last.isoformat()}"' if last else ""
    return (
        f'<label class="fl-field fl-short"><span>{esc(label)}</span><input type="date" name="{name}" '
        f'value="{value.isoformat() if value else ""}"{until}></label>'
    )


def choice(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str = "") -> str:
    """One of a few."""
    made = "".join(
        f'<option value="{esc(value)}"{" selected" if value == chosen else ""}>{esc(said)}</option>'
        for value, said in options
    )
    return f'<label class="fl-field fl-short"><span>{esc(label)}</span><select name="{name}">{made}</select></label>'


def tick(name: str, label: str, *, on: bool = False) -> str:
    """Yes or no."""
    checked = " checked" if on else ""
    return f'<label class="fl-tickbox"><input type="checkbox" name="{name}" value="on"{checked}> {esc(label)}</label>'


def save(label: str, *, also: str = "", grave: bool = False) -> str:
    """The button that sends a form, and what stands beside it; a grave one cannot be taken back, and looks like it."""
    style = "fl-main-act fl-grave" if grave else "fl-main-act"
    return f'<div class="fl-acts"><button type="submit" class="fl-button {style}">{esc(label)}</button>{also}</div>'


def kind(chosen: NoteKind) -> str:
    """What sort of note it is."""
    kinds = dict.fromkeys((*KINDS, chosen))
    return choice("kind", "Kind", [(k.value, k.words) for k in kinds], chosen.value)


def small_kind(name: str, chosen: NoteKind, spoken: str) -> str:
    """The kind of one note in a list, to be put right where it stands; `spoken` is escaped already."""
    made = "".join(
        f'<option value="{k.value}"{" selected" if k is chosen else ""}>{esc(k.words)}</option>' for k in NoteKind
    )
    return f'<select class="fl-small" name="{name}" aria-label="{spoken}">{made}</select>'


def new_note(person_id: str, first_name: str, today: date) -> str:
    """The form for one more note about somebody."""
    draft = f"note:{person_id}"
    body = (
        area("text", f"What did you see or hear of {first_name}?",
             hint="As it was: what was done, said or promised, and who was better off.")
        + f'<div class="fl-fields">{day("day", "Day", today, last=today)}{kind(NoteKind.OBSERVATION)}</div>'
        + tick("closed", "Leave it out of briefs, questions and plans")
        + save("Keep this note")
    )  # fmt: skip
    return form("add_note", body, id=person_id, draft=draft, style="fl-card")


def edited_note(note: Note, today: date, people: Iterable[tuple[str, str]], also: str) -> str:
    """A note's form: its words and all that can be said about it."""
    body = (
        area("text", "The note", note.text, rows=min(16, 4 + len(note.text) // 90))
        + f'<div class="fl-fields">{day("day", "Day", note.day, last=today)}{kind(note.kind)}'
        + choice("person", "Filed under", people, note.person_id)
        + "</div>"
        + tick("closed", "Leave it out of briefs, questions and plans", on=note.ai is AiUse.NEVER)
        + tick("shareable", SHAREABLE, on=note.sharing is Sharing.SHAREABLE)
        + save("Save", also=also)
    )
    return form(
        "edit_note", body, id=note.id, to=str(note.revision), draft=f"edit:{note.person_id}:{note.id}:{note.revision}"
    )
