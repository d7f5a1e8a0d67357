"""What leaves: everything about somebody as files, two entries that are one person, somebody forgotten for good.

Each says first what would go and what would stay. What cannot be taken back asks for the name to be typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from assistant.domain.exported import ForgetReport
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from ui.present.tell_out import CALLED
from ui.web import show_forms
from ui.web.place import Place
from ui.web.show import count, esc, section
from ui.web.show_shell import link

EXPORT = "/export"
ZIP = (
    "A ZIP with a page to read, and everything to come back whole: as it is under Write, From files, or with "
    "<code>flourish import FILE</code>. It is not encrypted."
)
SERVER = (
    "the database server’s own log of changes, backups and replicas, until whoever runs it clears them: "
    "docs/forgetting.md says how"
)
FORGET, MERGE, LEAVE = "forget", "merge-", "leave"


def export_link(account: str, label: str, person: str = "") -> str:
    """A file to save: everything about somebody, or about everybody of an account."""
    said = urlencode({"a": account, **({"p": person} if person else {})})
    return f'<a class="fl-button" href="{EXPORT}?{esc(said)}" download>{esc(label)}</a>'


def leaving(person: Person, others: Sequence[PersonRow], place: Place) -> str:
    """The three ways on a person's details."""
    name, here = esc(person.first_name), replace(place, item="")
    rest = [row.person for row in others if row.person.id != person.id]
    options = [(here.query, "choose somebody")]
    options += [(replace(here, item=f"{MERGE}{p.id}").query, _told_apart(p, rest)) for p in rest]
    chosen = "".join(f'<option value="{esc(value)}">{esc(said)}</option>' for value, said in options)
    twice = (
        '<dt>Twice in the list?</dt><dd><label class="fl-inline">The same person as <select data-do="go" '
        f'aria-label="The same person as">{chosen}</select></label><p class="fl-hint">You see what would happen first.'
        "</p></dd>"
        if rest
        else ""
    )
    gone = link(replace(here, item=FORGET), f"See what would go with {name}", style="fl-button")
    save = export_link(place.account, f"Save everything about {person.first_name}", person.id)
    rows = (
        f"<dt>Take it along</dt><dd>{save}"
        f'<p class="fl-hint">{ZIP}</p></dd>'
        f'{twice}<dt>For good</dt><dd>{gone}<p class="fl-hint">Nothing goes before you have typed the name.</p></dd>'
    )
    opened = " fl-open" if place.item == LEAVE else ""
    return section("What leaves", f'<dl class="fl-wide">{rows}</dl>', id="leaving", style=f"fl-leaving{opened}")


def _told_apart(person: Person, among: Sequence[Person]) -> str:
    """A name, with the role where others have the same one."""
    twice = sum(p.name == person.name for p in among) > 1
    return f"{person.name}, {person.role or person.id}" if twice else person.name


def forget(report: ForgetReport, person: Person, place: Place) -> str:
    """What would go with somebody and what would stay; one name to type."""
    went = _rows(report.rows) or "<li>nothing but the name</li>"
    black = (
        show_forms.tick("black", f"Black the name out in {count(len(report.named_in), 'note')} about others")
        if report.named_in
        else ""
    )
    field = show_forms.line("name", f"Type {person.name} to do it", hint=person.name)
    back = link(replace(place, item=""), "Keep everything", style="fl-button")
    form = show_forms.form(
        "forget", black + field + show_forms.save("Forget for good", also=back, grave=True), id=person.id,
        slow=True,
    )  # fmt: skip
    save = export_link(place.account, "Save everything first", person.id)
    return (
        '<section class="fl-card fl-open" aria-labelledby="fl-forget">'
        f'<h2 id="fl-forget">Forget {esc(person.name)}?</h2>'
        f'<p class="fl-text">It cannot be taken back. <span class="fl-acts">{save}</span></p><h3>What goes</h3>'
        f"<ul>{went}</ul><h3>What stays</h3><ul>{_stays(report)}</ul>{form}</section>"
    )


def _rows(rows: Mapping[str, int]) -> str:
    return "".join(f"<li>{count(rows[table], *called)}</li>" for table, called in CALLED.items() if rows.get(table))


def _stays(report: ForgetReport) -> str:
    named = count(len(report.named_in), "note")
    about = f"{named} about others in which the name stands: they are those others’" if report.named_in else ""
    sealed = (
        f"{count(report.sealed_backups, 'sealed backup')}: whoever was forgotten stays away when one is restored here"
        if report.sealed_backups
        else ""
    )
    server = SERVER if report.on_server else ""
    points = (about, sealed, server, "what you saved or printed yourself")
    return "".join(f"<li>{said}</li>" for said in points if said)


def forgotten(report: ForgetReport) -> str:
    """The clear end: what went, and what the search through the files found afterwards."""
    passages, files = report.searched
    if report.left:
        found = f"still found in {esc(', '.join(report.left))}: delete that yourself"
    elif passages:
        found = "none is left"
    else:
        found = ""
    looked = f"<li>{count(passages, 'passage')} looked for in {count(files, 'file')}: {found}</li>" if found else ""
    barred = f"<li>the name is blacked out in {count(len(report.named_in), 'note')} about others</li>"
    rest = (
        "<li>something still reads the records as they were: the last traces go when Flourish starts next</li>"
        if report.unfinished
        else ""
    )
    server = f"<li>{SERVER}</li>" if report.on_server else ""
    return (
        '<section class="fl-card fl-front" tabindex="-1" role="status" aria-labelledby="fl-forgotten">'
        f'<i hidden data-forgot="{esc(report.person_id)}"></i>'
        f'<h2 id="fl-forgotten">{esc(report.name)} is forgotten</h2><ul>{_rows(report.rows)}'
        f"{barred if report.redacted else ''}{looked}{rest}{server}</ul></section>"
    )


def merge(keep: Person, other: Person, counts: Mapping[str, int], place: Place) -> str:
    """What would be filed anew, and one yes."""
    names = ", ".join(dict.fromkeys((other.name, *other.aka)))
    back = link(replace(place, item=""), "Leave both", style="fl-button")
    form = show_forms.form(
        "merge", show_forms.save("They are one person", also=back), id=other.id, to=keep.id, slow=True
    )
    moved = _rows(counts) or "<li>nothing but the name</li>"
    return (
        '<section class="fl-card fl-open" aria-labelledby="fl-merge"><h2 id="fl-merge">'
        f"{esc(keep.name)} and {esc(other.name)}: one person?</h2>"
        f'<p class="fl-text">Everything about {esc(other.name)} is filed under {esc(keep.name)}, and the other '
        f"entry goes. “{esc(names)}” counts as another way to write the name. It cannot be taken back.</p>"
        f"<h3>What is filed anew</h3><ul>{moved}</ul>{form}</section>"
    )


def backup(made: str, *, may: bool) -> str:
    """The age of the newest backup, and the way to make one for whoever looks after this home."""
    said = f"The newest backup is {esc(made)} old." if made else "There is no backup yet."
    if not may:
        return f'<p class="fl-text">{said}</p>'
    fields = "".join(
        f'<label class="fl-field"><span>{label}</span><input type="password" name="{name}" required minlength="12" '
        f'maxlength="1000" autocomplete="new-password"></label>'
        for name, label in (("passphrase", "A passphrase, at least twelve characters"), ("again", "Once more"))
    )
    form = show_forms.form("back_up", fields + show_forms.save("Write a backup"), slow=True)
    hint = "One sealed file of the whole home. It opens with this passphrase alone, and nobody can recover it."
    return (
        f'<p class="fl-text">{said}</p><details class="fl-more" id="fl-backup"><summary>Back up now</summary>'
        f'<p class="fl-hint">{hint}</p>{form}</details>'
    )
