"""Bringing notes in: files are looked through with what is unsure, and kept with one yes that can be taken back."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial

from assistant.desk import Desk
from assistant.domain.importing import DateOrder, ImportReport, MatchState
from assistant.domain.note import NoteKind
from assistant.errors import FlourishError, Refused
from ui.web import show, show_bring, show_forms, show_write
from ui.web.done import Done, read_kind
from ui.web.place import Deed, Place
from ui.web.show import button, count, esc, notice
from ui.web.show_shell import head, link
from ui.web.trays import Files

Drawn = tuple[Place, tuple[str, str]]
DRAFT = "bring:paste"
LOOK_SECONDS = 0.2
SHOWN_IMPORTS = 8


def bring(desk: Desk, place: Place, files: Files | None, said: str = "") -> Iterator[Drawn]:
    """Where files are chosen; or what lies in a tray, as it would come in."""
    if files is None or not files.are_taken:
        yield place, (_head(place), show_write.tabs(place) + show_bring.not_here())
    elif place.tray:
        yield from _looked_through(desk, place, files, {})
    else:
        shown = (
            show_bring.waiting(files.waiting(), place)
            + show_bring.chooser(DRAFT)
            + show_bring.lately(
                [entry for entry in desk.imports() if not entry.undone][:SHOWN_IMPORTS], desk.clock().date()
            )
        )
        yield place, (_head(place), show_write.tabs(place) + said + shown)


def read(desk: Desk, place: Place, deed: Deed, files: Files | None) -> Iterator[Drawn]:
    """Look through a tray again, with answers."""
    place = replace(place, item=f"tray.{deed.id}")
    yield from _looked_through(desk, place, _taken(files), _answers(deed), _order(deed.to or deed.said.get("order")))


def bring_in(desk: Desk, place: Place, deed: Deed, files: Files | None) -> Generator[Drawn, None, Done]:
    """The one yes: everything of a tray is kept; the files themselves are deleted.

    Where an answer opens another question, the look through comes again and nothing is kept.
    """
    files, answers, kinds, order = _taken(files), _answers(deed), _kinds(deed), _order(deed.said.get("order"))
    tray = files.tray(deed.id)
    place = replace(place, item=f"tray.{tray.id}")
    foreseen = desk.import_notes(tray.paths, dry_run=True, answers=answers, kinds=kinds, order=order)
    if any(match.state is MatchState.UNSURE for match in foreseen.matches):
        shown = show_bring.preview(tray, foreseen, answers, desk.today, order)
        yield place, (_head(place), show_write.tabs(place) + shown)
        return Done(place, notice("Say whom each of these names means; then everything can come in."))
    first = not any(row.notes for row in desk.people())
    tray.busy = True
    try:
        keep = partial(desk.import_notes, tray.paths, answers=answers, kinds=kinds, order=order)
        report = yield from _kept(place, keep)
    except GeneratorExit:  # the page was left meanwhile; the import has been finished all the same
        files.trays.drop(tray)
        raise
    finally:
        tray.busy = False
    files.drop(tray.id)
    return _done(desk, place, report, first=first)


def leave(desk: Desk, place: Place, deed: Deed, files: Files | None) -> Done:
    """The one no: the files are deleted, nothing is kept."""
    _taken(files).drop(deed.id)
    said = "Thrown away. Flourish’s copies are deleted; your own files stay."
    return Done(replace(place, page="write", item="bring"), notice(said))


def undo(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take an import back."""
    gone = desk.undo_import(deed.id)
    return Done(
        Place(place.account, "write", item="bring"),
        notice(f"Taken back: {count(gone, 'note')}. What you changed since stays."),
    )


def _looked_through(
    desk: Desk, place: Place, files: Files, answers: Mapping[str, str], order: DateOrder | None = None
) -> Iterator[Drawn]:
    tray = files.tray(place.tray)
    tabs = show_write.tabs(place)
    yield place, (_head(place), tabs + show.step(f"Reading {count(len(tray.names), 'file')}"))
    try:
        report = desk.import_notes(tray.paths, dry_run=True, answers=answers, order=order)
    except FlourishError as error:
        files.drop(tray.id)
        yield from bring(desk, replace(place, item="bring"), files, show_bring.refused(error, tray.refused))
        return
    yield place, (_head(place), tabs + show_bring.preview(tray, report, answers, desk.today, order))


def _kept(place: Place, keep: Callable[..., ImportReport]) -> Generator[Drawn, None, ImportReport]:
    """Import beside, and say how far it is."""
    far = [0, 0]

    def heard(done: int, total: int) -> None:
        far[:] = done, total

    with ThreadPoolExecutor(1) as beside:
        begun = time.monotonic()
        work = beside.submit(keep, progress=heard)
        told = ""
        while not work.done():
            said = f"{far[0]:,} of {count(far[1], 'note')}" if far[1] else "Making the notes ready"
            if said != told and time.monotonic() - begun > LOOK_SECONDS:
                told = said
                yield place, (_head(place), show_write.tabs(place) + show_bring.progress(said, *far))
            wait([work], timeout=LOOK_SECONDS)
        return work.result()


def _done(desk: Desk, place: Place, report: ImportReport, *, first: bool) -> Done:
    there = {row.person.id: row for row in desk.people()}
    about = {match.person.id: 0 for match in report.matches if match.person and match.person.id in there}
    for match in report.matches:
        if match.person and match.person.id in about:
            about[match.person.id] += match.notes
    order = sorted(about, key=lambda id: -about[id])
    meetings = sum(file.meetings for file in report.files)
    planned = f" and {count(meetings, 'planned one-on-one')}" if meetings else ""
    known = sum(file.known for file in report.files)
    also = f" {count(known, 'note')} {'was' if known == 1 else 'were'} there already." if known else ""
    whom = "" if known else f" about {count(len(order), 'person', 'people')}"
    told = "".join(f" {esc(show_bring.on_page(remark))}" for remark in report.remarks[:2])
    said = f"Brought in: {count(report.added, 'note')}{planned}{whom}."
    if not report.id:
        return Done(replace(place, item="bring"), notice(f"Nothing new: everything was there already.{_free()}"))
    undo_it = button("undo_import", "Undo", id=report.id)
    if first and order:
        after = Place(place.account, "person", order[0])
        return Done(after, notice(f"{said} This is the brief of {esc(there[order[0]].person.name)}.{_free()}", undo_it))
    prepare = "".join(
        link(Place(place.account, "person", id), f"Prepare {esc(there[id].person.name)}", style="fl-button")
        for id in order[:3]
    )
    return Done(replace(place, item="bring"), notice(said + also + told + _free(), prepare + undo_it))


def _free() -> str:
    return show_forms.kept(DRAFT)


def _answers(deed: Deed) -> dict[str, str]:
    """Written names and whom they mean, as the form says it."""
    numbers = [key.removeprefix("who_") for key in deed.said if key.startswith("who_")]
    said = {deed.said.get(f"name_{n}", ""): deed.said[f"who_{n}"] for n in numbers}
    return {written: who for written, who in said.items() if written and who}


def _kinds(deed: Deed) -> dict[str, NoteKind]:
    """Kinds of notes by their marks, as the form says it."""
    said = {key.removeprefix("kind_"): kind for key, kind in deed.said.items() if key.startswith("kind_")}
    return {mark: read_kind(kind) for mark, kind in said.items()}


def _order(said: str | None) -> DateOrder | None:
    """How days like 5/6/2025 are written, as the page was told."""
    return DateOrder(said) if said in set(DateOrder) else None


def _taken(files: Files | None) -> Files:
    if files is None or not files.are_taken:
        raise Refused("The sample team takes no notes of your own.", next="Start Flourish with `flourish serve`.")
    return files


def _head(place: Place) -> str:
    return head(place, "Bring notes in", "Files you already have. You see whom each note is about before it is kept.")
