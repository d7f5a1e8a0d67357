"""Small changes: each is carried out at the desk and answered with a notice that offers the way back."""

from dataclasses import replace

from assistant.desk import Desk
from assistant.domain.evidence import EvidenceState, Topic
from assistant.domain.note import AiUse, Note, Sharing
from assistant.domain.promise import Owner, PromiseState, TellingKind
from assistant.domain.standing import Standing
from assistant.errors import Invalid
from ui.web import (
    changes_asking,
    changes_library,
    changes_people,
    changes_plan,
    changes_review,
    changes_talk,
    see_bring,
    show_forms,
    show_notes,
)
from ui.web.done import Done, read_day, read_kind
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import button, day_words, esc, notice
from ui.web.show_shell import link


def change(desk: Desk, place: Place, deed: Deed) -> Done:
    """Carry a small change out.

    Raises:
        FlourishError: What the desk says against it; nothing was changed then.
    """
    deeds = {
        "promise": _promise, "add_promise": _add_promise, "evidence": _evidence, "adjust": _adjust,
        "unadjust": _unadjust, **changes_asking.DEEDS,
        "add_note": _add_note, "edit_note": _edit_note, "move_note": _move_note, "unadd_note": _take_note_back,
        "reword_note": _reword_note,
        "debrief": changes_talk.debrief, "confirm": changes_talk.confirm, "drop_pending": changes_talk.drop_pending,
        "undo_debrief": changes_talk.undo_debrief, "debrief_again": changes_talk.debrief_again,
        "draft": changes_plan.draft, "revise": changes_plan.revise,
        "reword": changes_plan.reword, "plan_state": changes_plan.move_on, "plan_undo": changes_plan.undo,
        "plan_copy": changes_plan.beside, "plan_versions": changes_plan.beside, "plan_close": changes_plan.beside,
        "lend": changes_plan.lend, "unlend": changes_plan.lend,
        "undo_import": see_bring.undo, "first_note": _first_note, **changes_people.DEEDS, **changes_review.DEEDS,
        **changes_library.DEEDS,
    }  # fmt: skip
    if deed.do not in deeds:
        raise unknown_button()
    return deeds[deed.do](desk, place, deed)


def _promise(desk: Desk, place: Place, deed: Deed) -> Done:
    if deed.to not in set(PromiseState):
        raise unknown_button()
    before = {"done": "open", "dropped": "open", "open": deed.said.get("was") or ""}[deed.to]
    promise = desk.settle_promise(deed.id, PromiseState(deed.to))
    left = bool(promise.told) and promise.told[-1].kind is TellingKind.NOT_SO
    said = {"done": "Ticked off", "dropped": "Dropped", "open": "Still open" if left else "Open again"}[promise.state]
    undo = button("promise", "Undo", id=promise.id, to=before) if before else ""
    return Done(place, notice(f"{said}: “{esc(promise.what)}”", undo))


def _add_promise(desk: Desk, place: Place, deed: Deed) -> Done:
    person = desk.person(deed.id or place.person)
    due = read_day(deed.said.get("due")) if deed.said.get("due") else None
    promise = person.add_promise(
        " ".join(deed.said.get("what", "").split()), owner=Owner.THEM if deed.said.get("owner") == "them" else Owner.ME,
        due=due,
    )  # fmt: skip
    undo = button("promise", "Undo", id=promise.id, to="dropped")
    draft = show_forms.kept(f"promise:{person.person.id}")
    return Done(place, notice(f"Written down: “{esc(promise.what)}”{draft}", undo))


def _evidence(desk: Desk, place: Place, deed: Deed) -> Done:
    if deed.to not in set(EvidenceState):
        raise unknown_button()
    before = desk.evidence(deed.id).state
    item = desk.judge_evidence(deed.id, EvidenceState(deed.to))
    judged = {
        "confirmed": "Confirmed", "rejected": "Rejected; it will not be used", "suggested": "Back to how it was found"
    }  # fmt: skip
    undo = button("evidence", "Undo", id=item.id, to=before.value) if before is not item.state else ""
    return Done(place, notice(f"{judged[item.state]}: “{esc(item.quote.text)}”", undo))


def _adjust(desk: Desk, place: Place, deed: Deed) -> Done:
    if deed.said.get("topic") not in set(Topic):
        raise unknown_button()
    words = deed.said.get("words", "").strip()
    before = desk.evidence(deed.id)
    made = desk.adjust_evidence(before.id, topic=Topic(deed.said["topic"]), words=words or None)
    if made.id == before.id:
        undo = button("evidence", "Undo", id=made.id, to=before.state.value)
    else:
        undo = button("unadjust", "Undo", id=made.id, to=before.id)
    return Done(place, notice(f"Adjusted and confirmed: “{esc(made.quote.text)}”", undo))


def _unadjust(desk: Desk, place: Place, deed: Deed) -> Done:
    desk.judge_evidence(deed.id, EvidenceState.REJECTED)
    item = desk.judge_evidence(deed.to, EvidenceState.SUGGESTED)
    return Done(place, notice(f"Back to how it was found: “{esc(item.quote.text)}”"))


# notes


def _add_note(desk: Desk, place: Place, deed: Deed) -> Done:
    about = deed.id or deed.said.get("person", "") or place.person
    if not about:
        raise Invalid("Whom is this note about?", next="Choose somebody; your words are still here.")
    person = desk.person(about)
    note = person.add_note(
        deed.said.get("text", ""), day=read_day(deed.said.get("day")), kind=read_kind(deed.said.get("kind")),
        ai=AiUse.NEVER if deed.said.get("closed") else AiUse.ALLOWED,
    )  # fmt: skip
    undo = button("unadd_note", "Undo", id=note.id)
    draft = show_forms.kept(f"note:{person.person.id}" if deed.id else show_forms.anybody("note", place))
    there = Place(place.account, "person", person.person.id)
    brief = link(there, "See the brief", style="fl-button") if place.page == "write" else ""
    said = f"Noted for {esc(person.person.name)}, {day_words(note.day, desk.today)}.{draft}"
    return Done(place, notice(said, brief + undo))


def _first_note(desk: Desk, place: Place, deed: Deed) -> Done:
    """The first note of all: about whom it names where nobody was chosen; it leads to the first brief."""
    named = desk.named_in(deed.said.get("text", ""))
    found = named.people[0].id if named.people and not named.alike else ""
    about = deed.said.get("person", "") or found
    done = _add_note(desk, place, replace(deed, said={**deed.said, "person": about}))
    return Done(Place(place.account, "person", desk.person(about).person.id), done.notice)


def _edit_note(desk: Desk, place: Place, deed: Deed) -> Done:
    before, rests, said = desk.note(deed.id), desk.standing_on(deed.id), deed.said
    note = desk.edit_note(
        deed.id, text=said.get("text", ""), day=read_day(said.get("day")), kind=read_kind(said.get("kind")),
        ai=AiUse.NEVER if said.get("closed") else AiUse.ALLOWED,
        sharing=Sharing.SHAREABLE if said.get("shareable") else Sharing.PRIVATE,
        based_on=int(deed.to) if deed.to.isdigit() else None,
    )  # fmt: skip
    moved = said.get("person", "") not in ("", note.person_id)
    if moved:
        note = desk.move_note(note.id, said["person"])
    place = replace(place, person=before.person_id, item="")
    kept = show_forms.kept(f"edit:{before.person_id}:{before.id}:{before.revision}")
    if note == before:
        return Done(place, notice(f"Nothing was changed.{kept}"))
    where = f", now with {esc(desk.person(note.person_id).person.name)}" if moved else ""
    return Done(place, notice(f"Saved{where}. {_lost(desk, before, rests)}{kept}", _back_to(before)))


def _back_to(before: Note) -> str:
    """The way back to a note as it was; the words come from its history, not from the page."""
    said = {
        "revision": str(before.revision), "day": before.day.isoformat(), "kind": before.kind.value,
        "closed": "on" if before.ai is AiUse.NEVER else "", "person": before.person_id,
        "shareable": "on" if before.sharing is Sharing.SHAREABLE else "",
    }  # fmt: skip
    fields = "".join(f'<input type="hidden" name="{name}" value="{esc(value)}">' for name, value in said.items())
    return show_forms.form("reword_note", fields + show_forms.UNDO, id=before.id)


def _reword_note(desk: Desk, place: Place, deed: Deed) -> Done:
    said = deed.said
    words = {str(r.number): r.text for r in desk.revisions(deed.id)}
    if said.get("revision") not in words:
        raise Invalid("This wording is no longer there.", next="Open the note and write it as it should be.")
    note = desk.edit_note(
        deed.id, text=words[said["revision"]], day=read_day(said.get("day")), kind=read_kind(said.get("kind")),
        ai=AiUse.NEVER if said.get("closed") else AiUse.ALLOWED,
        sharing=Sharing.SHAREABLE if said.get("shareable") else Sharing.PRIVATE,
    )  # fmt: skip
    if said.get("person", "") not in ("", note.person_id):
        desk.move_note(note.id, said["person"])
    return Done(place, notice("The note is as it was before."))


def _move_note(desk: Desk, place: Place, deed: Deed) -> Done:
    rests, note = desk.standing_on(deed.id), desk.move_note(deed.id, deed.to)
    return Done(
        place, notice(f"Filed under {esc(desk.person(note.person_id).person.name)}.{_changed(desk, note, rests)}")
    )


def _take_note_back(desk: Desk, place: Place, deed: Deed) -> Done:
    """Undo of a note that was just written."""
    desk.delete_note(deed.id)
    said = "Taken back. The note is gone, and so is what was found in it."
    return Done(replace(place, item=""), notice(said))


def _lost(desk: Desk, before: Note, rests: Standing) -> str:
    """What rested on the earlier wording and no longer does."""
    anew = "What was found in it was found anew." if desk.note(before.id).text != before.text else ""
    return anew + _changed(desk, desk.note(before.id), rests)


def _changed(desk: Desk, note: Note, rests: Standing) -> str:
    """What no longer rests on a note, and what speaks for somebody else now that it is filed there."""
    after, name = desk.standing_on(note.id), desk.person(note.person_id).person.name
    return show_notes.lost(rests.lost_in(after)) + show_notes.gone_along(rests.gone_along(after), name)
