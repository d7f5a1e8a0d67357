"""What is done with a plan: drafted, one part revised or reworded, moved on, taken back."""

from dataclasses import replace

from assistant.desk import Desk
from assistant.domain.note import Sharing
from assistant.domain.plan import PlanState
from assistant.errors import Invalid
from ui.web import show_forms, show_plan
from ui.web.done import Done
from ui.web.place import Deed, Place, unknown_button
from ui.web.show import button, day_words, notice


def _undo() -> str:
    return button("plan_undo", "Undo")


def draft(desk: Desk, place: Place, deed: Deed) -> Done:
    """A new version out of the notes."""
    desk.person(place.person).draft_plan()
    return Done(replace(place, view="plan", item=""), notice("A new draft. Earlier versions are kept.", _undo()))


def revise(desk: Desk, place: Place, deed: Deed) -> Done:
    """One part otherwise, by a wish."""
    said = deed.said
    wish = said.get("words", "").strip() or said.get("wish", "")
    plan = desk.person(place.person).planning.revise(said.get("section", ""), wish, thread=_thread(deed))
    return Done(replace(place, item=""), notice(f"Proposed anew: version {plan.version}.", _undo()))


def reword(desk: Desk, place: Place, deed: Deed) -> Done:
    """One part in the manager's own words."""
    words = deed.said.get("text", "").strip()
    if not words:
        raise Invalid("There are no words yet.", next="Write what it should say.")
    plan = desk.person(place.person).planning.reword(deed.said.get("section", ""), words, thread=_thread(deed))
    kept = show_forms.kept(show_plan.plan_draft(place.person, deed.said.get("section", ""), _thread(deed)))
    kept += show_forms.kept(f"plan-words:{place.person}")
    return Done(replace(place, item=""), notice(f"Your words stand in version {plan.version}.{kept}", _undo()))


def _thread(deed: Deed) -> int:
    return 2 if deed.said.get("thread") == "2" else 1


def move_on(desk: Desk, place: Place, deed: Deed) -> Done:
    """Agreed, begun or closed."""
    if deed.to not in set(PlanState):
        raise unknown_button()
    plan = desk.person(place.person).planning.move_on(PlanState(deed.to))
    return Done(replace(place, item=""), notice(f"The plan is {plan.state.value} now.", _undo()))


def undo(desk: Desk, place: Place, deed: Deed) -> Done:
    """Take the last change of a plan back."""
    plan = desk.person(place.person).planning.undo()
    said = f"Taken back: version {plan.version}, {plan.state.value}." if plan else "Taken back: there is no plan now."
    return Done(replace(place, item=""), notice(said))


def lend(desk: Desk, place: Place, deed: Deed) -> Done:
    """A note may be shown to the person it is about, or no longer; the copy stays open."""
    sharing = Sharing.SHAREABLE if deed.do == "lend" else Sharing.PRIVATE
    note = desk.edit_note(deed.id, sharing=sharing)
    there, day = replace(place, view="plan", item="copy"), day_words(note.day, desk.today)
    if sharing is Sharing.PRIVATE:
        return Done(there, notice(f"The note of {day} is yours alone again."))
    return Done(
        there,
        notice(
            f"The note of {day} may be shown; the passage stands in the copy.", button("unlend", "Undo", id=note.id)
        ),
    )


def beside(desk: Desk, place: Place, deed: Deed) -> Done:
    """Open or close what stands beside a plan."""
    item = {"plan_copy": "copy", "plan_versions": "versions"}.get(deed.do, "")
    return Done(replace(place, view="plan", item=item), "")
