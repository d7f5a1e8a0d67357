"""Three plans of the sample team as `docs/examples/` shows them; `python -m tests.plan_examples` writes them anew."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from assistant.desk import Desk, PersonDesk
from assistant.domain.account import AccountId
from assistant.domain.note import Sharing
from assistant.domain.plan import PlanState
from ui.export.plan_markdown import own_copy, share_copy
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

ROOT = Path(__file__).resolve().parents[1]
CASE, FOLDER = ROOT / "tests" / "cases" / "dev", ROOT / "docs" / "examples"
TODAY = date(2026, 6, 15)


def tom(desk: Desk, who: PersonDesk) -> None:
    """A plan of four links: two notes released, two sections in the manager's own words, agreed."""
    for note_id in ("d01-11", "d01-14"):
        desk.edit_note(note_id, sharing=Sharing.SHAREABLE)
    who.draft_plan()
    who.planning.reword("support", "I hold the shop phone on the two mornings of the filming.")
    who.planning.reword(
        "measure", "Two of the young ones find the fault by ear, without you in the room, before September."
    )
    who.planning.move_on(PlanState.AGREED)


def marcus(desk: Desk, who: PersonDesk) -> None:
    """A plan of four links as it was drafted; no note is released."""
    who.draft_plan()


def priya(desk: Desk, who: PersonDesk) -> None:
    """A plan with gaps, one of them filled with a guess of the manager's that no note carries yet."""
    desk.edit_note("d05-09", sharing=Sharing.SHAREABLE)
    who.draft_plan()
    who.planning.reword("customer", "The operators at the public works, who pay for the power.")


EXAMPLES: tuple[tuple[str, str, str, Callable[[Desk, PersonDesk], None]], ...] = (
    ("plan-tom", "dm1", "d01", tom),
    ("plan-marcus", "dm2", "d08", marcus),
    ("plan-priya", "dm1", "d05", priya),
)


def examples(house: House) -> Mapping[str, str]:
    """Every file's name and text, made in a home of its own that holds the sample team."""
    found = {}
    for name, account, person, make in EXAMPLES:
        desk = house.desk(AccountId(account))
        who = desk.person(person)
        make(desk, who)
        found[f"{name}.md"] = own_copy(who.person.name, who.planning.newest())
        found[f"{name}-shared.md"] = share_copy(who.planning.share())
    return found


def write() -> None:
    """Put the examples where the documentation has them."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        house = open_house(Settings(home=home, database=sqlite_in(home), today=TODAY))
        house.importing_desk(None, [CASE], TODAY).import_notes([CASE])
        for name, text in examples(house).items():
            (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write())
