"""Half a year of fortnightly talks with fourteen people: 500 questions, held to the lint, the ledger and each other."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from assistant.domain.account import Account
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.finder import OfflineFinder
from assistant.evaluation.form import score_rehearsed
from assistant.evaluation.output import Rehearsed
from tests.assistant.engines.offline.situations import ME, ShippedLibrary, situation

CASE = Path(__file__).parents[3] / "cases" / "dev"
LAST, EVERY, MEETINGS = date(2026, 6, 15), timedelta(days=14), 12
PRONOUN = {"he": Pronouns.HE, "she": Pronouns.SHE}


@cache
def team() -> tuple[tuple[Person, Account, tuple[Readable, ...]], ...]:
    """Everybody of the case with their manager and their screened notes, oldest first."""
    finder = OfflineFinder()
    case = json.loads((CASE / "people.json").read_text(encoding="utf-8"))
    managers = {m["id"]: Account(ME, m["name"]) for m in case["managers"]}
    told = [json.loads(line) for line in (CASE / "notes.jsonl").read_text(encoding="utf-8").splitlines()]
    found = []
    for raw in case["people"]:
        pronouns = PRONOUN.get(raw["pronouns"].split("/")[0], Pronouns.THEY)
        person = Person(
            ME, PersonId(raw["id"]), raw["name"], tuple(raw.get("aka", "").split(", ")), pronouns, raw["role"]
        )
        notes = [
            Note(ME, NoteId(n["id"]), person.id, date.fromisoformat(n["date"]), n["text"], NoteKind(n["kind"]),
                 n["author"])
            for n in told if n["person_id"] == raw["id"]
        ]  # fmt: skip
        notes.sort(key=lambda n: (n.day, n.id))
        readable = tuple(Readable(n, s) for n, s in zip(notes, finder.screen(notes), strict=True))
        found.append((person, managers[raw["manager"]], readable))
    return tuple(found)


@cache
def half_a_year() -> tuple[Rehearsed, ...]:
    """The three questions of every fortnight, those before taken as asked."""
    return tuple(played for who in team() for played in _played(*who))


def _played(person: Person, manager: Account, notes: tuple[Readable, ...]) -> Iterator[Rehearsed]:
    finder, engine = OfflineFinder(), OfflineEngine(ShippedLibrary())
    evidence = finder.evidence(person, manager, notes)
    asked: dict[str, str] = {}
    for back in reversed(range(MEETINGS)):
        day = LAST - back * EVERY
        until = [r for r in notes if r.note.day <= day]
        held = situation(
            [r.note for r in until], [e for e in evidence if e.day <= day],
            finder.promises(person, manager, until), person=person, today=day, manager=manager,
        )  # fmt: skip
        readable = {r.note.id: r for r in until}
        held = replace(
            held, resting=frozenset(asked), asked_texts=tuple(asked.values()),
            recent=tuple(readable[r.note.id] for r in held.recent),
        )  # fmt: skip
        questions = tuple(engine.questions(held, 3))
        asked |= {q.id: q.text for q in questions}
        yield Rehearsed(person.id, day, questions, frozenset({*person.names, manager.name, *manager.name.split()}))


def test_five_hundred_questions_are_well_asked_and_complete_and_none_comes_back() -> None:
    played = half_a_year()
    assert len(team()) == 14
    assert sum(len(p.questions) for p in played) >= 500
    wrong, again, alike = score_rehearsed(played).figures
    assert (wrong.value, again.value) == (0, 0), [f for f in score_rehearsed(played).findings if f.why][:3]
    assert alike.n > 1000
    assert alike.value is not None
    assert alike.value <= 1  # two people of whom there is nothing new may be asked the same of the library


def test_no_set_asks_twice_about_one_note_or_twice_from_one_side() -> None:
    for played in half_a_year():
        first = [q.quotes[0].note.id for q in played.questions if q.quotes]
        assert len(first) == len({*first}), played.day
        assert len({q.pillar for q in played.questions}) == len(played.questions)


def test_most_questions_start_from_a_note_of_the_last_four_months() -> None:
    quoted = [(p.day, q.quotes[0]) for p in half_a_year() for q in p.questions if q.quotes]
    assert len(quoted) >= 0.5 * sum(len(p.questions) for p in half_a_year())
    young = [day for day, quote in quoted if day - quote.day <= timedelta(days=120)]
    assert len(young) >= 0.8 * len(quoted)
