"""Files as they would come in: whom each note is about, which day, what is unsure; and where files are chosen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.importing import DateOrder, Fate, FileReport, ImportReport, MatchState, NoteAhead, PersonMatch
from assistant.errors import FlourishError
from assistant.ports.records import ImportEntry
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import button, count, day_words, empty, esc, folded, section, trouble, when
from ui.web.show_shell import link
from ui.web.trays import MOST_OF_ONE, Tray

SHOWN, MOST = 8, 50  # notes of one file before the rest is folded away, and in all
WORDS, WHOLE = 160, 4_000  # characters of a note at a glance, and opened
KIND_COUNTS = "The kind of a note is yours to change here. A “one-on-one” is what decides when you last met."
NAMED_DAY = "begin each note with a line such as “Dana Reyes, 12 May 2026”, and send it again."
READ = "<i hidden data-read></i>"  # it could be read: words that were pasted need not wait in their box any more
KINDS = ".md,.markdown,.txt,.csv,.tsv,.xlsx,.docx,.odt,.pdf,.eml,.ics,.zip,.json,.jsonl"


def chooser(draft: str) -> str:
    """Where files are dropped, chosen or pasted."""
    pick = (
        f'<div class="fl-drop" data-drop data-most="{MOST_OF_ONE}"><p class="fl-lead">Drop files or a folder here</p>'
        f'<label class="fl-button fl-main-act">Choose files<input class="fl-sr" type="file" multiple data-files '
        f'accept="{KINDS}"></label><p class="fl-hint">Markdown, text, Word, PDF, spreadsheets, mails, calendars and '
        "ZIP archives, 20 MB a file. They are read on this machine. Flourish’s copies are deleted as soon as you have "
        "said yes or no, after an hour at the latest; your own files stay."
        '</p><p class="fl-said" role="status" data-sent></p></div>'
    )
    paste = show_forms.area(
        "text", "Or paste what you have", rows=4, hint="Dana Reyes, 12 May 2026\nShe walked the new colleague through …"
    )
    # No deed: the pasted words go the way of a file.
    form = (
        f'<form class="fl-form" data-paste data-draft="{esc(draft)}" autocomplete="off">{paste}'
        f"{show_forms.save('Read what I pasted')}</form>"
    )
    return f'<section class="fl-card" aria-label="Files">{pick}</section><section class="fl-card">{form}</section>'


def not_here() -> str:
    """The sample takes none."""
    said = "The sample team is for looking around. Start <code>flourish serve</code> for your own notes."
    return empty("No files here", said)


def waiting(trays: Iterable[Tray], place: Place) -> str:
    """What was sent and not answered: to look at again, or to delete."""
    rows = ""
    for tray in trays:
        names = ", ".join(tray.names[:3]) + (f" and {len(tray.names) - 3} more" if len(tray.names) > 3 else "")
        look = link(
            replace(place, page="write", item=f"tray.{tray.id}"),
            "Go on with it",
            style="fl-button",
            name=f"Go on with {names}",
        )
        drop = button("leave_files", "Delete", id=tray.id, name=f"Delete {names}", style="fl-plainly")
        rows += f'<li class="fl-row"><p class="fl-text">{esc(names)}</p><div class="fl-acts">{look}{drop}</div></li>'
    hint = "Sent, but not brought in. Deleted after an hour, or when you send other files."
    return section("Waiting for your yes", f'<ul class="fl-list">{rows}</ul>' if rows else "", id="waiting", hint=hint)


def lately(entries: Iterable[ImportEntry], today: date) -> str:
    """What was brought in, with the way back."""
    rows = "".join(
        f'<li class="fl-row"><div><p class="fl-text">{esc(entry.what)}</p><p class="fl-meta">'
        f"<span>{day_words(entry.at.date(), today)}</span><span>{count(entry.notes, 'note')}</span></p></div>"
        f'<div class="fl-acts">'
        f"{button('undo_import', 'Take back', id=entry.id, name=f'Take back: {entry.what}', style='fl-plainly')}"
        "</div></li>"
        for entry in entries
    )
    return section("Brought in lately", f'<ul class="fl-list">{rows}</ul>' if rows else "", id="lately")


def refused(error: FlourishError, others: Sequence[str]) -> str:
    """Nothing of the files could be kept: why, each in a sentence."""
    said = FlourishError(on_page(error.message), next=on_page(error.next))
    return trouble(said) + _left_out(others)


def progress(said: str, done: int, total: int) -> str:
    """How far the notes are."""
    bar = f'<progress value="{done}" max="{total}" aria-label="Notes ready"></progress>' if total else ""
    return (
        f'<section class="fl-card"><p class="fl-step" role="status"><span class="fl-dot" aria-hidden="true"></span>'
        f"{esc(said)}</p>{bar}</section>"
    )


def preview(
    tray: Tray, report: ImportReport, answers: Mapping[str, str], today: date, order: DateOrder | None = None
) -> str:
    """What would come in: names to be told apart first, then the notes file by file."""
    unsure = [match for match in report.matches if match.state is MatchState.UNSURE]
    new = sum(note.fate is Fate.NEW for note in report.ahead)
    asked = sum(note.fate is Fate.UNSURE for note in report.ahead)
    meetings = sum(file.meetings for file in report.files)
    kinds = f'<p class="fl-hint fl-kinds">{KIND_COUNTS}</p>' if new or asked else ""
    asked_day = _which_day(tray, report.files)
    body = _who(unsure, answers) + _people(report) + kinds + _files(report, today)
    told = "".join(f"<li>{esc(on_page(remark))}</li>" for remark in report.remarks)
    body += section("Please know", f"<ul>{told}</ul>" if told else "", id="know") + _left_out(tray.refused)
    acts = button("leave_files", "Throw away", id=tray.id, style="fl-plainly")
    if asked_day and not (new or asked or meetings):
        return READ + asked_day + body + f'<div class="fl-acts fl-after">{acts}</div>'
    if not (new or asked or meetings):
        nothing = empty("Nothing new in it", "All of it is among your notes already.", acts)
        return READ + nothing + body
    many = [count(new + asked, "note")] if new + asked else []
    many += [count(meetings, "planned one-on-one")] if meetings else []
    yes = show_forms.save(f"Bring in {' and '.join(many)}", also=acts)
    told_order = f'<input type="hidden" name="order" value="{order}">' if order else ""
    form = show_forms.form("bring_in", told_order + body + yes, id=tray.id, style="fl-looked-through", slow=True)
    return READ + asked_day + form


def _which_day(tray: Tray, files: Sequence[FileReport]) -> str:
    """A day that could be two: one choice, by which all such days of the files are read."""
    found = next(((file.name, file.open_day) for file in files if file.open_day), None)
    if found is None:
        return ""
    name, day = found
    picks = "".join(
        button("read_files", f"{each.day} {each:%B %Y}", id=tray.id, to=order, style="fl-button", slow=True)
        for order, each in ((DateOrder.DAY_FIRST, day.day_first), (DateOrder.MONTH_FIRST, day.month_first))
    )
    hint = "Nothing in the file settles it. All such days are read the way you choose; no other day changes."
    title = esc(f"Which day is “{day.written}”, in {name}?")
    return section(title, f'<div class="fl-acts">{picks}</div>', id="which-day", hint=hint)


def _who(unsure: Sequence[PersonMatch], answers: Mapping[str, str]) -> str:
    """Names that could mean several people; each needs an answer. Answers already given go along unseen."""
    rows, number = "", 0
    for number, match in enumerate(unsure, start=1):
        options = [("", "Choose")] + [(c.id, f"{c.name}, {c.hint}" if c.hint else c.name) for c in match.choices]
        label = f"“{match.written}”, in {count(match.notes, 'note')}"
        field = show_forms.choice(f"who_{number}", label, options, answers.get(match.written, ""))
        field = field.replace("fl-short", "fl-long").replace("<select", "<select required", 1)
        hidden = f'<input type="hidden" name="name_{number}" value="{esc(match.written)}">'
        rows += f'<li>{field}{hidden}<p class="fl-hint">{esc(match.why)}</p></li>'
    open_ones = {match.written for match in unsure}
    given = [pair for pair in answers.items() if pair[0] not in open_ones]
    kept = "".join(
        f'<input type="hidden" name="name_{n}" value="{esc(written)}"><input type="hidden" name="who_{n}" '
        f'value="{esc(who)}">'
        for n, (written, who) in enumerate(given, start=number + 1)
    )
    hint = "Two people are never put together by a guess."
    return kept + section("Who is meant?", f'<ul class="fl-list">{rows}</ul>' if rows else "", id="who", hint=hint)


def _people(report: ImportReport) -> str:
    """New people the files bring."""
    new = [m for m in report.matches if m.state is MatchState.NEW and m.person]
    named = {m.person.id: m.person.name for m in new if m.person}
    notes = {id: sum(m.notes for m in new if m.person and m.person.id == id) for id in named}
    rows = [
        f'<li><p class="fl-text">{esc(name)}</p><p class="fl-meta"><span>{count(notes[id], "note")}</span></p></li>'
        for id, name in named.items()
    ]
    return section("New people", folded(rows, SHOWN, "more"), id="new-people")


def _files(report: ImportReport, today: date) -> str:
    left = MOST
    made = ""
    for number, file in enumerate(report.files):
        notes = [note for note in report.ahead if note.file == file.name]
        made += _file(file, notes, today, number, left)
        left = max(0, left - len(notes))
    return made


def _file(file: FileReport, notes: Sequence[NoteAhead], today: date, number: int, room: int) -> str:
    shown = notes[:room]
    rows = folded([_note(note, today) for note in shown], SHOWN, "more")
    more = len(notes) - len(shown)
    rows += f'<p class="fl-hint">And {count(more, "more note", "more notes")} of this file.</p>' if more else ""
    waits = any(note.fate is Fate.UNSURE for note in notes)
    if file.open_day:
        rows = f'<p class="fl-hint">It waits for the day of “{esc(file.open_day.written)}” to be chosen.</p>'
    elif file.refused and not waits:
        rows = f'<p class="fl-gap">{esc(on_page(file.refused))}</p>'
    planned = f"<p>{count(file.meetings, 'planned one-on-one')}.</p>" if file.meetings else ""
    skipped = folded([f"<li>{esc(on_page(row))}</li>" for row in file.skipped], 3, "more left out")
    left = f"<h3>Left out</h3>{skipped}" if skipped else ""
    return section(esc(file.name), planned + rows + left, id=f"file-{number}", hint=_counted(notes))


def _counted(notes: Sequence[NoteAhead]) -> str:
    said = {fate: sum(note.fate is fate for note in notes) for fate in Fate}
    words = {Fate.NEW: "new", Fate.KNOWN: "there already", Fate.UNSURE: "waiting for your answer"}
    return ", ".join(f"{said[fate]:,} {words[fate]}" for fate in Fate if said[fate])


def _note(note: NoteAhead, today: date) -> str:
    who = esc(note.person.name) if note.person else f"“{esc(note.written)}”"
    state = {
        Fate.NEW: "", Fate.KNOWN: "<span>there already</span>",
        Fate.UNSURE: '<span class="fl-late"><span aria-hidden="true">?</span> who is it?</span>',
    }[note.fate]  # fmt: skip
    late = '<span class="fl-late">a day long ago</span>' if (today - note.day).days > 3650 else ""
    text = " ".join(note.text.split())
    words = _short(text, WORDS)
    whole = "" if words == text else _whole(note)
    kind = f"<span>{esc(note.kind.words)}</span>"
    if note.fate is not Fate.KNOWN and not note.as_it_was:
        kind = show_forms.small_kind(
            f"kind_{note.mark}", note.kind, f"Kind of the note of {note.day.isoformat()}, {who}"
        )
    return (
        f'<li><p class="fl-meta"><strong class="fl-about-whom">{who}</strong>{when(note.day, today)}'
        f'{kind}{state}{late}</p><p class="fl-text">{esc(words)}</p>{whole}</li>'
    )


def _whole(note: NoteAhead) -> str:
    said = f'<p class="fl-text">{esc(_short(note.text, WHOLE))}</p>'
    return f'<details class="fl-more"><summary>Read it whole</summary>{said}</details>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _left_out(sentences: Sequence[str]) -> str:
    rows = "".join(f"<li>{esc(said)}</li>" for said in dict.fromkeys(sentences))
    return section("Not taken", f"<ul>{rows}</ul>" if rows else "", id="not-taken")


def on_page(said: str) -> str:
    """A sentence of an import's report, without the commands that a terminal needs."""
    said = said.replace(" or see `flourish import --help` for what is read.", f" or {NAMED_DAY}")
    said = re.sub(r"; `--person '.+?=new'` brings them in", "; add them under People and bring the file again", said)
    said = said.replace(", or give `--dates d/m/y` or `--dates m/d/y`.", ".")
    return re.sub(r" See which: flourish people check\.", "", said)
