"""Reads what an annotator found in a case folder. Every id and quote is checked: a wrong label is worse than none.

The notes themselves come in through the import like anybody's; they are read here only to check labels against them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from assistant.domain.account import AccountId
from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.promise import PromiseState
from assistant.errors import ImportRefused, Invalid
from assistant.evaluation.case import (
    Case,
    CaseNote,
    Check,
    FalseFriend,
    GoldAction,
    GoldQuote,
    GoldStatement,
    GoldStatus,
    Known,
    Matter,
    Misfiled,
    PersonGold,
    Planted,
    Query,
    Rendering,
    Script,
    Sensitive,
    Turn,
)
from assistant.evaluation.measures import is_grounded
from knowledge.reading.tree import NOTES, PEOPLE

GOLD, QUERIES, CHATS, EXPECTED = "gold.jsonl", "queries.jsonl", "chats.jsonl", "import/expected.json"
FILES = (PEOPLE, NOTES, GOLD, QUERIES, CHATS, EXPECTED)
_TOLD_AT_MOST = 5
_FACETS = {"passions": Facet.PASSION, "talents": Facet.TALENT, "customer_value": Facet.CUSTOMER_VALUE}
_PILLARS = {"passion": Facet.PASSION, "talent": Facet.TALENT, "value": Facet.CUSTOMER_VALUE,
            "customer_value": Facet.CUSTOMER_VALUE}  # fmt: skip

Fields = Mapping[str, Any]
Read = TypeVar("Read")


def read_gold(folder: Path) -> Case:
    """A case folder with its labels; a file of labels that is missing leaves its part of the case empty.

    Raises:
        Invalid: There is no case, or labels do not fit it; the error names file and line.
    """
    if not (folder / NOTES).is_file():
        raise Invalid(
            f"{folder} is no case folder: it has no {NOTES}.", next=f"Name one that has {PEOPLE} and {NOTES}."
        )
    return _Reader(folder).case()


@dataclass
class _Reader:
    """One reading of one folder; gathers what is wrong, so that all of it is told at once."""

    folder: Path
    problems: list[str] = field(default_factory=list)
    notes: dict[NoteId, CaseNote] = field(default_factory=dict)
    people: dict[PersonId, str] = field(default_factory=dict)
    today: date = date.min

    def case(self) -> Case:
        """Read everything, or raise what is wrong."""
        digest = hashlib.sha256()
        for name in FILES:
            if (path := self.folder / name).is_file():
                digest.update(name.encode() + b"\0" + path.read_bytes())
        self._who()
        gold = self._lines(GOLD, self._gold)
        queries = self._lines(QUERIES, self._query)
        scripts = self._lines(CHATS, self._script)
        renderings = list(self._renderings())
        self._twins(GOLD, [g.person_id for g in gold])
        self._twins(QUERIES, [q.id for q in queries])
        self._twins(CHATS, [s.id for s in scripts])
        self._refuse()
        return Case(
            name=self.folder.resolve().name,
            today=self.today,
            fingerprint=digest.hexdigest()[:16],
            people=tuple(self.people),
            notes=MappingProxyType(self.notes),
            gold=tuple(gold),
            queries=tuple(queries),
            scripts=tuple(scripts),
            renderings=tuple(renderings),
            lacks=frozenset(name for name in FILES if not (self.folder / name).is_file()),
        )

    def _refuse(self) -> None:
        if self.problems:
            more = len(self.problems) - _TOLD_AT_MOST
            told = " ".join(self.problems[:_TOLD_AT_MOST]) + (f" And {more} more." if more > 0 else "")
            raise Invalid(
                f"The labels of {self.folder.resolve().name} do not fit its notes. {told}",
                next="Correct them; a figure from wrong labels says nothing.",
            )

    def _who(self) -> None:
        """People, notes and the day; without them nothing else can be checked."""
        who = self._json(PEOPLE) if (self.folder / PEOPLE).is_file() else {}
        listed = who if isinstance(who, list) else who.get("people") or ()
        self.people = {PersonId(str(p["id"])): str(p.get("manager") or "") for p in listed if p.get("id")}
        for note in self._lines(NOTES, self._note):
            self.notes[note.id] = note
            self.people.setdefault(note.person_id, "")
        written = None if isinstance(who, list) else who.get("today")
        self.today = (
            date.fromisoformat(written) if written else max((n.day for n in self.notes.values()), default=date.min)
        )
        self._refuse()

    def _note(self, raw: Fields) -> CaseNote:
        note_id = NoteId(str(raw["id"]))
        if note_id in self.notes:
            raise ValueError(f"the note id {note_id} stands twice")
        who = raw.get("person_id") or raw.get("person") or raw["name"]
        author = str(raw.get("author") or "")
        return CaseNote(note_id, PersonId(str(who)), date.fromisoformat(raw["date"]), str(raw["text"]), author)

    def _gold(self, raw: Fields) -> PersonGold:
        who = self._person(raw["person_id"])
        return PersonGold(
            who,
            statements=tuple(
                GoldStatement(facet, str(s["statement"]), GoldStatus(s["status"]), self._quotes(s.get("evidence")))
                for key, facet in _FACETS.items()
                for s in raw.get(key) or ()
                if s.get("evidence")
            ),
            false_friends=tuple(
                FalseFriend(str(f["what"]), self._quotes(f.get("evidence"))) for f in raw.get("false_friends") or ()
            ),
            actions=tuple(self._action(f"{who}-a{n}", a) for n, a in enumerate(raw.get("actions") or (), 1)),
            sensitive=tuple(self._sensitive(s) for s in raw.get("sensitive") or ()),
            planted=tuple(
                Planted(q.note_id, q.text, str(s.get("obeying_looks_like") or "obeys the planted text"))
                for s in raw.get("injections") or ()
                for q in self._quotes([{"note_id": s["note_id"], "quote": s["span"]}])
            ),
            misfiled=tuple(
                Misfiled(self._known_note(m["note_id"]), str(m.get("really_about") or "somebody else"))
                for m in raw.get("misfiled") or ()
            ),
            known=MappingProxyType(
                {_PILLARS[k]: Known(v) for k, v in (raw.get("pillar_status") or {}).items() if k in _PILLARS}
            ),
            must_touch=tuple(self._matter(m["topic"], m) for m in raw.get("must_touch") or ()),
            must_not=tuple(self._matter(m["item"], m) for m in raw.get("must_not") or ()),
        )

    def _quotes(self, raw: Sequence[Fields] | None) -> tuple[GoldQuote, ...]:
        found = tuple(GoldQuote(self._known_note(q["note_id"]), str(q["quote"])) for q in raw or ())
        for quote in found:
            if not is_grounded(quote.text, self.notes[quote.note_id].text):
                raise ValueError(f"“{quote.text[:60]}” is not in note {quote.note_id}")
        return found

    def _action(self, action_id: str, raw: Fields) -> GoldAction:
        due = date.fromisoformat(raw["due"]) if raw.get("due") else None
        return GoldAction(
            action_id,
            str(raw["owner"]),
            str(raw["what"]),
            PromiseState(raw["status"]),
            due,
            self._quotes(raw.get("evidence")),
        )

    def _sensitive(self, raw: Fields) -> Sensitive:
        spans = self._quotes([{"note_id": raw["note_id"], "quote": s} for s in raw.get("spans") or ()])
        whole = bool(raw.get("whole_note"))
        if not whole and not spans:
            raise ValueError(f"the sensitive note {raw['note_id']} has no spans and is not whole")
        note_id = self._known_note(raw["note_id"])
        return Sensitive(note_id, str(raw.get("category") or "sensitive"), whole, tuple(q.text for q in spans))

    def _matter(self, text: str, raw: Fields) -> Matter:
        return Matter(str(text), frozenset(self._known_note(i) for i in raw.get("note_ids") or ()))

    def _query(self, raw: Fields) -> Query:
        grades = {self._known_note(i): int(grade) for i, grade in (raw.get("relevant") or {}).items()}
        if wrong := [g for g in grades.values() if g not in (1, 2, 3)]:
            raise ValueError(f"the grade {wrong[0]} is not 1, 2 or 3")
        if raw.get("answerable") is True and not grades:
            raise ValueError(f"query {raw['id']} is answerable and names no note")
        if not str(raw["query"]).strip():
            raise ValueError(f"query {raw['id']} asks nothing")
        who = self._person(raw["person_id"]) if raw.get("person_id") else None
        manager = raw.get("manager_id") or (self.people[who] if who else "")
        tags = tuple(str(tag) for tag in raw.get("tags") or ())
        asked_on = date.fromisoformat(raw["asked_on"]) if raw.get("asked_on") else self.today
        return Query(
            str(raw["id"]), str(raw["query"]), AccountId(manager) if manager else None, who, asked_on, tags, grades
        )

    def _script(self, raw: Fields) -> Script:
        turns = tuple(
            Turn(int(t.get("turn") or n), str(t["manager"]), tuple(self._check(c) for c in t.get("expect") or ()))
            for n, t in enumerate(raw["turns"], 1)
        )
        manager = raw.get("manager_id")
        today = date.fromisoformat(raw["today"]) if raw.get("today") else self.today
        return Script(str(raw["id"]), AccountId(manager) if manager else None, today, turns)

    def _check(self, raw: Fields) -> Check:
        kind = str(raw["check"])
        ids = tuple(str(i) for i in raw.get("ids") or ())
        for one in ids:
            if kind == "resolves":
                self._person(one)
            elif kind.startswith("cites"):
                self._known_note(one)
        strings = tuple(str(s) for s in raw.get("strings") or ())
        if kind.startswith("cites") and not ids or kind.startswith("mentions") and not strings:
            raise ValueError(f"a check {kind} names nothing")
        who = self._person(raw["person_id"]) if raw.get("person_id") else ""
        return Check(kind, ids, strings, who, str(raw.get("what") or ""))

    def _renderings(self) -> Iterator[Rendering]:
        if not (self.folder / EXPECTED).is_file():
            return
        with self._told(EXPECTED):
            for manager, forms in self._json(EXPECTED)["managers"].items():
                for form, spec in forms.items():
                    notes = {self._known_note(r["note_id"]): str(r["file"]) for r in spec["records"]}
                    files = tuple(dict.fromkeys(notes.values()))
                    root = (self.folder / EXPECTED).parent.resolve()
                    for file in files:
                        path = (root / file).resolve()
                        if not (path.is_file() and path.is_relative_to(root)):
                            raise ValueError(f"there is no file {file}")
                    yield Rendering(AccountId(manager), form, files, MappingProxyType(notes))

    def _person(self, written: object) -> PersonId:
        if (found := PersonId(str(written))) not in self.people:
            raise ValueError(f"there is no person {written!r}")
        return found

    def _known_note(self, written: object) -> NoteId:
        if (found := NoteId(str(written))) not in self.notes:
            raise ValueError(f"there is no note {written!r}")
        return found

    def _lines(self, name: str, read: Callable[[Fields], Read]) -> list[Read]:
        """Every line of a file; one that is wrong is a problem, and the others are read."""
        path = self.folder / name
        found: list[Read] = []
        if not path.is_file():
            return found
        for number, line in enumerate(self._text(path).split("\n"), 1):
            if line.strip():
                with self._told(f"{name}, line {number}"):
                    found.append(read(json.loads(line)))
        return found

    def _json(self, name: str) -> Any:
        try:
            return json.loads(self._text(self.folder / name))
        except json.JSONDecodeError as error:
            raise Invalid(f"{name} is not JSON ({error}).", next="Correct it.") from error

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(f"{path.name} is not UTF-8 text.", next="Save it as UTF-8.") from None
        except OSError as error:
            raise Invalid(f"{path.name} cannot be read ({error.strerror}).", next="Check the file.") from error

    @contextmanager
    def _told(self, where: str) -> Iterator[None]:
        """Turn what is wrong inside into a problem of this place."""
        try:
            yield
        except KeyError as error:
            self.problems.append(f"{where}: {error} is missing.")
        except (ValueError, TypeError, AttributeError, ImportRefused) as error:
            self.problems.append(f"{where}: {str(error)[:200]}.")

    def _twins(self, name: str, ids: Sequence[str]) -> None:
        for twin in dict.fromkeys(i for n, i in enumerate(ids) if i in ids[:n]):
            self.problems.append(f"{name}: {twin} stands twice.")
