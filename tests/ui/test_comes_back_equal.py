"""An export comes back equal, row by row in every table of the schema, and so does all that is read from the rows.

Nothing here lists what is compared: a table that is added is compared, or named below with the reason why it is not.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.actions.catch_up import catch_up
from assistant.desk import Desk
from assistant.domain.note import AiUse, Sharing
from assistant.domain.promise import PromiseState
from assistant.errors import Unknown
from knowledge.records.tables import metadata
from tests.house import ANNA, Bakery, open_bakery
from tests.ui.canaries import DAY, WHO, plant, settings
from ui.export.folder import write_export
from ui.wiring import House, open_house

NOT_COMPARED = {
    "meta": "of the home, not of anybody in it",
    "account": "who uses the program; roles and passwords are given anew",
    "credential": "no password leaves a home",
    "import_entry": "which files came when; in the new home everything came with one import",
    "note_proposal": "which model looked for more evidence; what it found is compared, and it may look again",
}
OTHERWISE = {"import_id": "the new home's own import", "seq": "a number the database counts"}
Rows = Mapping[str, list[tuple[Any, ...]]]


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    """The bakery with somebody who has left words in every table, and what else a note can be."""
    made = open_bakery(tmp_path)
    plant(made, tmp_path)
    desk = made.desk
    who = desk.person(WHO)
    who.edit(cadence_days=14, start=date(2024, 2, 1))
    who.add_note("Nadia Okoro thanked her for the rye.", day=DAY, sharing=Sharing.SHAREABLE)
    who.add_note("What nobody may read to me.", day=DAY, ai=AiUse.NEVER)
    who.add_note("Confidential: her blood test came back.", day=DAY)
    desk.person("nadia").add_note("She asked after Zambrowski twice.", day=DAY)
    desk.person("nadia").draft_plan()
    desk.settle_promise(next(p.id for p in who.promises() if p.state is PromiseState.OPEN), PromiseState.DONE)
    return made


def rows_of(house: House, people: Collection[str] | None = None) -> Rows:
    """Every row of the account, by table; of some people only those that hang on them, however far."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    theirs: dict[str, set[Any]] = {"person": set(people or ())}
    with house.records.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in NOT_COMPARED:
                continue
            rows = [r for r in connection.execute(select(table)).mappings() if r["account_id"] == ANNA]
            if people is not None:
                rows = [r for r in rows if hangs_on(table, r, theirs)]
            if "id" in table.c:
                theirs.setdefault(table.name, set()).update(row["id"] for row in rows)
            kept = [c.name for c in table.columns if c.name not in OTHERWISE]
            order = [c.name for c in table.primary_key.columns]
            found[table.name] = [
                tuple((c, r[c]) for c in kept) for r in sorted(rows, key=lambda r: [r[c] for c in order])
            ]
    return found


def hangs_on(table: Any, row: Mapping[str, Any], theirs: Mapping[str, set[Any]]) -> bool:
    """Whether every key of a row leads to somebody of these, over the rows that were found already."""
    if table.name == "person":
        return row["id"] in theirs["person"]
    named = [
        ("person" if c.name == "person_id" else key.referred_table.name, row[c.name])
        for key in table.foreign_key_constraints
        for c in key.columns
        if c.name not in ("account_id", "version")
    ]
    return bool(named) and all(value in theirs[name] for name, value in named)


def brought_back(bakery: Bakery, people: list[str], exported: Any, tmp_path: Path) -> House:
    write_export(bakery.desk, people, exported, tmp_path / "out")
    house = open_house(settings(tmp_path / "new"))
    house.importing_desk(None, [tmp_path / "out"]).import_notes([tmp_path / "out"])
    for each in (bakery.house, house):
        caught_up(each)
    return house


def caught_up(house: House) -> None:
    desk = house.desk(ANNA)
    catch_up(desk.records, ANNA, finder=desk.finder, search=desk.search_notes)


def faces(desk: Desk, people: Collection[str]) -> dict[str, str]:
    """What is read from the rows, by the verbs of a desk."""
    found: dict[str, str] = {"agenda": str(desk.agenda()), "mix": str(desk.team.mix()), "pending": str(desk.pending())}
    for who in people:
        one = desk.person(who)
        verbs: list[Callable[[], object]] = [
            one.profile, one.brief, one.plans, one.planning.check, one.notes, one.mentions, one.evidence, one.promises,
            one.meetings, one.ledger, one.releasing.released,
        ]  # fmt: skip
        found |= {f"{who} {verb.__qualname__}": str(verb()) for verb in verbs}
        found[f"{who} situation"] = str(replace(one.situation(), guidance=()))  # guidance is the coaches' own
    return {name: said.replace(f"import_id='{_import_of(desk)}'", "import_id=None") for name, said in found.items()}


def _import_of(desk: Desk) -> str:
    return next((entry.id for entry in desk.imports() if not entry.undone), "")


def test_everybody_comes_back_equal_in_every_table(bakery: Bakery, tmp_path: Path) -> None:
    people = [row.person.id for row in bakery.desk.people()]
    house = brought_back(bakery, people, bakery.desk.export(), tmp_path)
    before, after = rows_of(bakery.house), rows_of(house)
    assert {name for name, rows in before.items() if not rows} <= {"coach_verdict", "sign_in", "own_card"}, (
        "a table nobody planted proves nothing"
    )
    assert {name: [*rows] for name, rows in after.items()} == {name: [*rows] for name, rows in before.items()}
    two = ("nadia", WHO)
    assert faces(house.desk(ANNA), two) == faces(bakery.desk, two)


def test_one_person_comes_back_equal_alone(bakery: Bakery, tmp_path: Path) -> None:
    house = brought_back(bakery, [WHO], bakery.desk.person(WHO).export(), tmp_path)
    before, after = rows_of(bakery.house, [WHO]), rows_of(house)
    assert sum(1 for rows in before.values() if rows) > 15
    assert after == before


def test_nobody_elses_rows_leave_with_an_export(bakery: Bakery) -> None:
    assert not any(bakery.foreign.export().tables.values())
    with pytest.raises(Unknown):
        bakery.foreign.person(WHO)
