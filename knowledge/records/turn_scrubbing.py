"""What conversations repeat of a note or a person that goes. Such a unit goes, and such a message with its turn."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, select, update

from assistant.domain.person import Person
from knowledge.records.scope import Scope
from knowledge.records.tables import note, turn
from knowledge.records.turn_body import places, texts

_SHORTEST = 3  # letters of a name that is looked for
Repeats = Callable[[str], bool]


def scrub_turns(scope: Scope, note_ids: Collection[str], about: Collection[str], own: Repeats, others: Repeats) -> None:
    """Before notes are removed: take out what conversations show of them.

    Args:
        scope: The unit of work.
        note_ids: The notes that go.
        about: Whose conversations may repeat them in other words.
        own: Whether a text about one of these people repeats the notes.
        others: The same for a text about anybody else, by whole passages.
    """
    gone = frozenset(note_ids)
    for row in scope.rows(select(turn).where(scope.own(turn))):
        repeats = own if row.person_id is None or row.person_id in about else others
        made = any(u["type"] == "Change" and u["body"].get("id") in gone for u in row.body["units"])
        if made or repeats(row.message) or repeats(row.query):
            _drop(scope, row.id)
        else:
            _leave_out(scope, row, gone, repeats)


def forget_in_turns(scope: Scope, who: Person, everyday: Collection[str]) -> None:
    """Before a person is removed: turns about them go, and elsewhere what names or quotes them."""
    tells = _Tells.of(scope, who, everyday)
    for row in scope.rows(select(turn).where(scope.own(turn))):
        if tells.by_itself(row):
            _drop(scope, row.id)
            continue
        body = dict(row.body)
        if body.get("before") == who.id:
            body["before"] = None
        _leave_out(scope, row, tells.gone, tells.repeats, body)


def count_turns_to_forget(scope: Scope, who: Person, everyday: Collection[str]) -> tuple[int, int]:
    """How many turns would go with a person, and of how many conversations all of them."""
    tells = _Tells.of(scope, who, everyday)
    gone: dict[str, list[bool]] = {}
    for row in scope.rows(select(turn).where(scope.own(turn))):
        gone.setdefault(row.conversation_id, []).append(tells.by_itself(row) or tells.by_all_it_shows(row))
    return sum(sum(turns) for turns in gone.values()), sum(all(turns) for turns in gone.values())


@dataclass(frozen=True, slots=True)
class _Tells:
    """Which turns tell of a person who goes.

    Attributes:
        gone: Their notes.
        names: Every way to write them.
    """

    who: Person
    gone: frozenset[str]
    names: re.Pattern[str]

    @classmethod
    def of(cls, scope: Scope, who: Person, everyday: Collection[str]) -> "_Tells":
        query = select(note.c.id).where(scope.own(note), note.c.person_id == who.id)
        return cls(who, frozenset(row[0] for row in scope.rows(query)), _pattern(who, everyday))

    def repeats(self, text: str) -> bool:
        return text == self.who.id or self.names.search(text) is not None

    def by_itself(self, row: Any) -> bool:
        about = row.person_id == self.who.id or row.body.get("scope") == self.who.id
        return about or self.repeats(row.message) or self.repeats(row.query)

    def by_all_it_shows(self, row: Any) -> bool:
        units = row.body["units"]
        return bool(units) and all(_tells(unit, self.gone, self.repeats) for unit in units)


def _tells(unit: Mapping[str, Any], gone: Collection[str], repeats: Repeats) -> bool:
    return any(note_id in gone for note_id, _ in places(unit)) or any(repeats(text) for text in texts(unit["body"]))


def _leave_out(
    scope: Scope, row: Any, gone: Collection[str], repeats: Repeats, body: Mapping[str, Any] | None = None
) -> None:
    body = row.body if body is None else body
    left = [unit for unit in body["units"] if not _tells(unit, gone, repeats)]
    if row.title and repeats(row.title):
        scope.run(update(turn).where(scope.own(turn), turn.c.id == row.id).values(title=None))
    if not left and body["units"]:
        _drop(scope, row.id)
    elif len(left) != len(body["units"]) or body is not row.body:
        here = and_(scope.own(turn), turn.c.id == row.id)
        shortened = body.get("shortened", False) or len(left) != len(body["units"])
        scope.run(update(turn).where(here).values(body={**body, "units": left, "shortened": shortened}))


def _drop(scope: Scope, turn_id: str) -> None:
    scope.run(delete(turn).where(scope.own(turn), turn.c.id == turn_id))


def _pattern(who: Person, everyday: Collection[str]) -> re.Pattern[str]:
    """Every way to write the person; a name that is an everyday word as well only with its capital."""
    spelled = []
    for name in who.names:
        if len(name) < _SHORTEST and name not in who.aka:
            continue
        words = r"\s+".join(map(re.escape, name.split()))
        spelled.append(words if name.casefold() in everyday else f"(?i:{words})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)") if spelled else re.compile(r"(?!)")
