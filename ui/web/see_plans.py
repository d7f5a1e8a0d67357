"""Plans: everybody's at a glance, and one person's with what the notes have shown since."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk, PersonDesk
from assistant.domain.overview import PersonRow
from assistant.errors import Unknown
from ui.web import show_plan, show_plans
from ui.web.passages import passages_of
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]
MOST = 50


def plans(desk: Desk, place: Place, rows: Sequence[PersonRow]) -> Iterator[Drawn]:
    """Every plan: those that should be looked at first, then who has one, then who has none."""
    bar = head(place, "Plans", "What somebody loves and does well, tied to a customer who is better off.")
    if not rows:
        yield place, (bar, show_plans.none_yet())
        return
    stale = {check.plan.person_id: check for check in desk.stale_plans()}
    known = [(row.person, desk.person(row.person.id).plan(), stale.get(row.person.id)) for row in rows[:MOST]]
    known.sort(key=lambda item: (item[2] is None, item[1] is None))
    made = [show_plans.row(place, person, plan, check, desk.today) for person, plan, check in known]
    yield place, (bar, show_plan.overview(made))


def plan(person: PersonDesk, place: Place) -> Iterator[str]:
    """One person's plan, and beside it what was asked for: what changed, or the copy for them."""
    newest = person.plan()
    if newest is None:
        yield show_plan.no_plan(person.person)
        return
    beside = ""
    if place.item == "copy":
        shared = person.planning.share()
        beside = show_plans.copy(shared, person.person, person.desk.today, passages_of(person.desk, shared.could_hold))
    elif place.item == "versions":
        beside = _changes(person)
    passages = passages_of(person.desk, newest)
    today = person.desk.today
    yield beside + show_plan.plan(newest, person.person, today, passages, person.planning.check())


def _changes(person: PersonDesk) -> str:
    try:
        return show_plans.changed(person.planning.diff(), person.desk.today)
    except Unknown:  # there is only one version
        return show_plans.changed_nothing()
