"""Sixty short histories of other trades with their promises, and how many the finder reads. It judges no wording."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.engines.offline.finder import OfflineFinder

GOLD = Path(__file__).parent / "data" / "promises_gold.jsonl"
ME = AccountId("me")


@dataclass(frozen=True)
class History:
    """One person's notes and what an annotator says was promised in them.

    Attributes:
        promises: Each with owner, due, state, the place of its note, a part of its sentence, and which note closes it.
    """

    id: str
    language: str
    person: Person
    manager: Account
    notes: tuple[Note, ...]
    promises: tuple[dict[str, Any], ...]

    def found(self, finder: OfflineFinder) -> tuple[Promise, ...]:
        """What the finder makes of it."""
        readable = [Readable(n, s) for n, s in zip(self.notes, finder.screen(self.notes), strict=True)]
        return tuple(finder.promises(self.person, self.manager, readable))

    def says(self, promise: Promise, gold: dict[str, Any]) -> bool:
        """Whether a found promise is the labelled one: same owner, and it quotes the labelled words."""
        if promise.owner is not Owner(gold["owner"]):
            return False
        note = self.notes[gold["note"]]
        start = note.text.index(gold["quote"])
        end = start + len(gold["quote"])
        return any(q.note.id == note.id and q.span.start < end and q.span.end > start for q in promise.quotes)


@dataclass
class Tally:
    """Counts over histories.

    Attributes:
        shown: Open promises found.
        still: Open promises labelled.
        hits: Open ones found as open.
        kept_wrongly: Labelled open, told kept or dropped. The worse error.
        left_open: Labelled over, shown open.
        dues: Of the hits, those with the right day.
        why: One line for each error.
    """

    shown: int = 0
    still: int = 0
    hits: int = 0
    kept_wrongly: int = 0
    left_open: int = 0
    dues: int = 0
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    why: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 of open promises."""
        return 2 * self.hits / max(1, self.shown + self.still)


def histories() -> Iterator[History]:
    """All of them, in the order of the file."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        names = (raw["person"].split()[0],)
        person = Person(ME, PersonId(raw["id"]), raw["person"], names, Pronouns(raw["pronouns"]))
        notes = tuple(
            Note(ME, NoteId(f"{raw['id']}-{i}"), person.id, date.fromisoformat(n["day"]), n["text"],
                 NoteKind(n["kind"]), n["author"])
            for i, n in enumerate(raw["notes"])
        )  # fmt: skip
        yield History(raw["id"], raw["language"], person, Account(ME, raw["manager"]), notes, tuple(raw["promises"]))


def tally(told: Iterator[History], finder: OfflineFinder) -> Tally:
    """Compare what is found with what is labelled."""
    score = Tally()
    for history in told:
        left = list(history.found(finder))
        for gold in history.promises:
            mine = next((p for p in left if history.says(p, gold)), None)
            if mine:
                left.remove(mine)
            _count(score, history.id, gold, mine)
        for extra in left:
            if extra.state is PromiseState.OPEN:
                score.shown += 1
                score.why.append(f"{history.id} extra: {extra.owner} {extra.what}")
    return score


def _count(score: Tally, name: str, gold: dict[str, Any], mine: Promise | None) -> None:
    state = mine.state if mine else None
    is_open, wanted = state is PromiseState.OPEN, gold["state"] == "open"
    score.shown += is_open
    score.still += wanted
    score.states[gold["state"], str(state or "missed")] += 1
    if wanted and is_open and mine:
        score.hits += 1
        due = mine.due.isoformat() if mine.due else None
        score.dues += due == gold["due"]
        if due != gold["due"]:
            score.why.append(f"{name} due {due} for {gold['due']}: {gold['quote']}")
    elif wanted:
        score.kept_wrongly += mine is not None
        by = f" <- {mine.closed_by.text}" if mine and mine.closed_by else ""
        score.why.append(f"{name} {state or 'missed'}: {gold['owner']} {gold['quote']}{by}")
    elif is_open:
        score.left_open += 1
        score.why.append(f"{name} left open: {gold['owner']} {gold['quote']}")


if __name__ == "__main__":
    print(tally(histories(), OfflineFinder()))
