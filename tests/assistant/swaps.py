"""Swaps that must not change what is suggested: somebody else's name, the other gender, a note taken away.

Everything runs over the real finder and the offline engine, in memory. A swap is carried out on the notes; what comes
out is compared after names and pronouns were made equal again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from assistant.actions.build_profile import build_profile
from assistant.actions.draft_plan import draft_plan
from assistant.actions.find_nearest import Reading
from assistant.actions.find_stage import find_stage
from assistant.actions.prepare_brief import prepare_brief
from assistant.domain.account import Account, AccountId
from assistant.domain.brief import Brief
from assistant.domain.meeting import Meeting, MeetingState, last_time
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, Pronouns
from assistant.domain.plan import Plan
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.finder import OfflineFinder
from knowledge.reading.reader import FileReader
from tests.assistant.engines.offline.situations import ShippedLibrary

CASE = Path(__file__).resolve().parents[1] / "cases" / "dev"
TODAY = date(2026, 6, 15)
_OTHER = {
    "she": "he", "he": "she", "himself": "herself", "herself": "himself", "his": "her", "him": "her", "hers": "his",
}  # fmt: skip
_NO_NOUN = "to|again|and|as|when|about|up|out|off|by|from|is|was|she|he|it|on|in|at|for|with|that|what|how|if|a|the"
_HER = re.compile(rf"\b([Hh])er\b(?= (?!(?:{_NO_NOUN})\b)[a-z])")
_GENDERED = re.compile(r"\b(she|he|himself|herself|his|him|hers|her)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """One person and all that was noted about them."""

    person: Person
    manager: Account
    notes: tuple[Note, ...]

    def without(self, note_id: NoteId) -> "Told":
        """The same without one note."""
        return replace(self, notes=tuple(n for n in self.notes if n.id != note_id))

    def situation(self, today: date = TODAY) -> Situation:
        """What an engine may know, found by the real finder."""
        finder, notes = OfflineFinder(), tuple(sorted(self.notes, key=lambda n: (n.day, n.id)))
        shelf = [Readable(n, s) for n, s in zip(notes, finder.screen(notes), strict=True)]
        found = tuple(sorted(finder.evidence(self.person, self.manager, shelf), key=lambda i: (i.day, i.place)))
        held = [n for n in notes if n.kind is NoteKind.ONE_ON_ONE]
        meetings = [Meeting(n.account_id, n.id, self.person.id, n.day, MeetingState.HELD, (n.id,)) for n in held]
        since = last_time(meetings, today)
        recent = tuple(r for r in shelf if r.note.day >= min(since.day, today - timedelta(days=120)))
        closed = tuple(r for r in reversed(shelf) if r.closed or r.screening.spans)
        reading = Reading.of(shelf, in_all=len(shelf), found=found)
        return Situation(
            person=self.person, manager=self.manager, today=today, since=since,
            stage=find_stage(self.person, recent, meetings, len(shelf), today),
            profile=build_profile(self.person, self.manager, today, found, len(closed), recent, reading=reading),
            evidence=found,
            promises=tuple(finder.promises(self.person, self.manager, shelf)), recent=recent,
            notes_in_all=len(shelf), first_note_on=shelf[0].note.day if shelf else None, left_out=closed[:6],
        )  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What a manager would read."""

    brief: Brief
    plan: Plan

    @classmethod
    def of(cls, told: Told) -> "Outcome":
        """A brief with six questions, and a plan."""
        about, engine = told.situation(), OfflineEngine(ShippedLibrary())
        return cls(prepare_brief(about, engine, six=True), draft_plan(about, engine, version=1))

    def lines(self) -> Iterator[str]:
        """Every sentence of both."""
        brief = self.brief
        for line in (*brief.new, *brief.continuing, *brief.resolved, *brief.recognition):
            yield line.text
        for question in brief.questions.questions:
            yield from (question.text, question.why, question.follow_up, question.listen_for)
        yield from (p.what for p in (*brief.mine, *brief.theirs))
        yield from brief.unknown
        for thread in self.plan.threads:
            yield from (x.text for x in (thread.passion, thread.talent, thread.customer, thread.value))
            yield from (step.text for step in thread.steps.values())
            yield from (thread.measure, thread.obstacle, thread.watch_out)
        yield from self.plan.unknown


@cache
def dev_people() -> tuple[Told, ...]:
    """The fourteen people of the development case, misfiled notes left out."""
    [case] = FileReader().read(CASE)
    managers, leads = {a.id: a for a in case.accounts}, dict(case.manager_of)
    found = []
    for person in case.people:
        manager = managers[AccountId(leads[person.id])]
        who = replace(person, account_id=manager.id)
        notes = tuple(
            Note(manager.id, NoteId(d.id), person.id, d.day, d.text, d.kind, d.author)
            for d in case.drafts if d.person_id == person.id and d.id != "d02-08"
        )  # fmt: skip
        found.append(Told(who, manager, notes))
    return tuple(found)


def other_gender(told: Told) -> Told:
    """Everybody in the notes, the person first of all, with the other pronouns."""

    def swap(text: str) -> str:
        marked = _HER.sub(lambda m: f"{m[1]}\0is", text)
        turned = _GENDERED.sub(lambda m: _like(m[0], _OTHER.get(m[0].lower(), "him")), marked)
        return turned.replace("h\0is", "his").replace("H\0is", "His")

    pronouns = {Pronouns.SHE: Pronouns.HE, Pronouns.HE: Pronouns.SHE, Pronouns.THEY: Pronouns.THEY}
    person = replace(told.person, pronouns=pronouns[told.person.pronouns])
    return Told(person, told.manager, tuple(replace(n, text=swap(n.text)) for n in told.notes))


def renamed(told: Told, first: str, last: str) -> Told:
    """The person under another name, in the notes as well."""
    parts = told.person.name.split()
    names = {parts[0]: first, parts[-1]: last}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")

    def swap(text: str) -> str:
        return pattern.sub(lambda m: names[m[0]], text)

    person = replace(told.person, name=f"{first} {last}", aka=tuple(map(swap, told.person.aka)))
    notes = tuple(replace(n, text=swap(n.text), author=swap(n.author)) for n in told.notes)
    return Told(person, told.manager, notes)


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """A sentence with pronouns, and the names given, made equal."""
    for name, token in (names or {}).items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", token, text)
    return _GENDERED.sub(lambda m: "P" if m[0].lower() in {"she", "he"} else "Q", text)


def plain_lines(outcome: Outcome, person: Person) -> list[str]:
    """Every sentence of an outcome, with the person's names and all pronouns made equal."""
    parts = person.name.split()
    return [plain(line, {parts[0]: "F", parts[-1]: "L"}) for line in outcome.lines()]


def _like(was: str, word: str) -> str:
    return word.capitalize() if was[:1].isupper() else word


def differing(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    """The lines that are not the same, in pairs."""
    longest = max(len(one), len(other))
    both = zip([*one, *[""] * (longest - len(one))], [*other, *[""] * (longest - len(other))], strict=True)
    return [(mine, theirs) for mine, theirs in both if mine != theirs]
