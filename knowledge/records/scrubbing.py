"""Words of an erased note that live on in plans, asked questions and settled promises, and their removal.

A text carries a note when it holds a word of the note or of its author that nothing else on record about the person
has and that is no everyday word of ours, or four words of the note in a row that stand nowhere else. Such a text goes;
its neighbours stay.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, select, update

from assistant.domain.note import NoteId
from assistant.domain.question import kept_id
from assistant.grounding import set_apart
from knowledge.records.bench import scrub_copies
from knowledge.records.plan_body import LINKS, WORDS, parts, places
from knowledge.records.scope import Scope
from knowledge.records.tables import (
    asked,
    meeting,
    meeting_question,
    note,
    note_revision,
    opinion,
    pending,
    person,
    plan,
    promise,
    promise_quote,
)
from knowledge.records.turn_scrubbing import scrub_turns

_IN_A_ROW = 4
_LONGEST_PROMISE = 400
_WORD = re.compile(r"[^\W_]+")
NOT_WORDS = {"tier", "owner", "due", "quotes", "origin", "state", "own_words", "places", "id"}
_OURS = ("prompts", "knowledge/library")


@dataclass(frozen=True, slots=True)
class Carried:
    """What only the erased notes said."""

    words: frozenset[str]
    rows: frozenset[tuple[str, ...]]

    @classmethod
    def by(cls, erased: Iterable[str], kept: Iterable[str]) -> "Carried":
        """What the erased texts have and the kept ones have not."""
        gone = [_words(text) for text in erased]
        rest = [_words(text) for text in kept]
        words = {w for text in gone for w in text} - {w for text in rest for w in text} - everyday_words()
        rows = {row for text in gone for row in _rows(text)} - {row for text in rest for row in _rows(text)}
        return cls(frozenset(words), frozenset(rows))

    def is_in(self, text: str) -> bool:
        """Whether a text carries the notes."""
        spoken = _words(text)
        return not self.words.isdisjoint(spoken) or any(row in self.rows for row in _rows(spoken))


@cache
def everyday_words() -> frozenset[str]:
    """Every word of the shipped questions, cards and phrases: to meet one of them tells nothing about anybody."""
    root = Path(__file__).parents[2]
    files = [p for top in _OURS for p in sorted((root / top).rglob("*")) if p.suffix in {".toml", ".yaml", ".md"}]
    return frozenset(word for path in files for word in _words(path.read_text(encoding="utf-8")))


def scrub(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """Before notes are removed: take their words out of what would outlive them.

    A plan keeps saying that it stood on the note, a question keeps its id, so that it still rests; only words go.
    """
    _take_words_out_of_ids(scope)
    plans = scope.rows(select(plan).where(scope.own(plan)))
    about = _people(scope, note_ids) | {row.person_id for row in plans if _stands_on(row.body, note_ids)}
    told = Told(
        frozenset(note_ids),
        tuple(_texts(scope, note.c.id, note_ids)),
        Carried.by(
            [*_texts(scope, note.c.id, note_ids), *_authors(scope, note_ids)], _texts_but(scope, about, note_ids)
        ),
    )
    for row in plans:
        left = without(row.body, told if row.person_id in about else told.plainly())
        if left != row.body:
            here = and_(scope.own(plan), plan.c.person_id == row.person_id, plan.c.version == row.version)
            scope.run(update(plan).where(here).values(body=left))
    _out_of_questions(scope, told, about)
    _out_of_opinions(scope, told, about)
    _out_of_pending(scope, told, about)
    scrub_copies(scope, lambda who, text: (told if who in about else told.plainly()).repeated_in(text))
    scrub_turns(scope, note_ids, about, told.repeated_in, told.plainly().repeated_in)
    for promise_id, what in _settled_promises(scope, note_ids).items():
        if told.repeated_in(what):
            _retell_promise(scope, promise_id, note_ids)


def _out_of_questions(scope: Scope, told: "Told", about: Collection[str]) -> None:
    """A question, or its answer, that repeats the notes loses its words; others' are judged by whole passages."""
    of_meeting = and_(
        meeting.c.account_id == meeting_question.c.account_id, meeting.c.id == meeting_question.c.meeting_id
    )
    asked_of = select(asked.c.person_id, asked.c.text, asked.c.answer, asked.c.seq)
    chosen_for = select(
        meeting.c.person_id, meeting_question.c.text, meeting_question.c.meeting_id, meeting_question.c.question_id
    ).join(meeting, of_meeting)
    for table, query, words, keys in (
        (asked, asked_of, ("text", "answer"), ("seq",)),
        (meeting_question, chosen_for, ("text",), ("meeting_id", "question_id")),
    ):
        for row in scope.rows(query.where(scope.own(table))):
            judge = told if row.person_id in about else told.plainly()
            gone = {name: "" for name in words if judge.repeated_in(getattr(row, name))}
            if gone:
                this = and_(*(table.c[key] == getattr(row, key) for key in keys))
                scope.run(update(table).where(scope.own(table), this).values(gone))


def _out_of_opinions(scope: Scope, told: "Told", about: Collection[str]) -> None:
    """A word on a question keeps the question's id, so that it is not suggested again; what repeats the notes goes."""
    for row in scope.rows(select(opinion).where(scope.own(opinion))):
        judge = told if row.person_id in about else told.plainly()
        left = {name: "" for name in ("text", "instead") if judge.repeated_in(getattr(row, name))}
        if left:
            this = and_(opinion.c.person_id == row.person_id, opinion.c.question_id == row.question_id)
            scope.run(update(opinion).where(scope.own(opinion), this).values(left))


def _out_of_pending(scope: Scope, told: "Told", about: Collection[str]) -> None:
    """A question that waits with its answer loses its words as the ledger's does; a promise that waits goes."""
    for row in scope.rows(select(pending).where(scope.own(pending))):
        judge = told if row.person_id in about else told.plainly()
        left = json.loads(json.dumps(row.body))
        for told_of in (left, left["left_out"]) if "left_out" in left else (left,):
            for answer in told_of["answers"]:
                answer["text"] = "" if judge.repeated_in(answer["text"]) else answer["text"]
            for name in ("promises", "settled"):
                told_of[name] = [each for each in told_of[name] if not judge.repeated_in(each["what"])]
        if left != row.body:
            scope.run(update(pending).where(scope.own(pending), pending.c.id == row.id).values(body=left))


@dataclass(frozen=True, slots=True)
class Told:
    """Notes about to go, and how to recognise what repeats them."""

    note_ids: frozenset[str]
    texts: tuple[str, ...]
    carried: Carried

    def repeated_in(self, text: str) -> bool:
        """Whether a sentence repeats them: words only they have, or a passage of theirs that it sets apart."""
        apart = [part for part in set_apart(text) if part.strip()]
        return self.carried.is_in(text) or any(part in told for part in apart for told in self.texts)

    def plainly(self) -> "Told":
        """For what is about others: only whole passages tell, since a rare word may come from their own notes."""
        return replace(self, carried=replace(self.carried, words=frozenset()))


def without(body: Mapping[str, Any], told: Told) -> dict[str, Any]:
    """A plan's body without the words of some notes; what stood on them first of all says nothing any more."""
    left: dict[str, Any] = json.loads(json.dumps(body))
    for thread in left["threads"]:
        for part in parts(thread):
            rests_on_it = bool(part["quotes"]) and part["quotes"][0][0] in told.note_ids
            part["text"] = "" if rests_on_it or told.repeated_in(part["text"]) else part["text"]
            if part.get("who") and (not part["text"] or any(place[0] in told.note_ids for place in part["quotes"])):
                part["who"] = ""
        for name in LINKS:
            thread[name]["question"] = "" if told.repeated_in(thread[name]["question"]) else thread[name]["question"]
            if any(place[0] in told.note_ids for place in thread[name]["quotes"]):
                thread["sentence"] = ""
        for name in WORDS:
            thread[name] = "" if told.repeated_in(thread.get(name, "")) else thread.get(name, "")
    left["unknown"] = [each for each in left["unknown"] if not told.repeated_in(each)]
    return left


def _take_words_out_of_ids(scope: Scope) -> None:
    """Older rows had a question's words for its id; they get the id under which they are read."""
    for seq, who, named in scope.rows(
        select(asked.c.seq, asked.c.person_id, asked.c.question_id).where(scope.own(asked))
    ):
        if (kept := kept_id(who, named)) != named:
            scope.run(update(asked).where(scope.own(asked), asked.c.seq == seq).values(question_id=kept))
    of_meeting = and_(
        meeting.c.account_id == meeting_question.c.account_id, meeting.c.id == meeting_question.c.meeting_id
    )
    query = select(meeting.c.id, meeting.c.person_id, meeting_question.c.question_id)
    chosen = scope.rows(query.join(meeting_question, of_meeting).where(scope.own(meeting)))
    there = {(meeting_id, named) for meeting_id, _, named in chosen}
    for meeting_id, who, named in chosen:
        if (kept := kept_id(who, named)) == named:
            continue
        this = and_(meeting_question.c.meeting_id == meeting_id, meeting_question.c.question_id == named)
        here = and_(scope.own(meeting_question), this)
        known = (meeting_id, kept) in there
        there.add((meeting_id, kept))
        change = update(meeting_question).values(question_id=kept)
        scope.run(delete(meeting_question).where(here) if known else change.where(here))


def _stands_on(body: Mapping[str, Any], note_ids: Collection[str]) -> bool:
    return any(place.note_id in note_ids for place in places(body))


def _people(scope: Scope, note_ids: Collection[NoteId]) -> set[str]:
    here = (scope.own(note), scope.among(note.c.id, note_ids))
    return {row[0] for row in scope.rows(select(note.c.person_id).where(*here).distinct())}


def _settled_promises(scope: Scope, note_ids: Collection[NoteId]) -> dict[str, str]:
    """Promises set by hand of which these notes tell; those that are only found are found anew anyway."""
    query = select(promise.c.id, promise.c.what).join(
        promise_quote,
        and_(promise_quote.c.account_id == promise.c.account_id, promise_quote.c.promise_id == promise.c.id),
    )
    here = (scope.own(promise), promise.c.by_hand, scope.among(promise_quote.c.note_id, note_ids))
    return {row[0]: row[1] for row in scope.rows(query.where(*here))}


def _retell_promise(scope: Scope, promise_id: str, note_ids: Collection[NoteId]) -> None:
    """A promise in the words of another note that tells of it; with none it goes."""
    query = (
        select(note.c.id, note.c.text, promise_quote.c.start, promise_quote.c.end)
        .join(
            promise_quote,
            and_(promise_quote.c.account_id == note.c.account_id, promise_quote.c.note_id == note.c.id),
        )
        .where(scope.own(note), promise_quote.c.promise_id == promise_id, promise_quote.c.place >= 0)
        .order_by(promise_quote.c.place)
    )
    told = next((text[start:end].strip() for i, text, start, end in scope.rows(query) if i not in note_ids), "")
    here = and_(scope.own(promise), promise.c.id == promise_id)
    if told:
        scope.run(update(promise).where(here).values(what=told[:_LONGEST_PROMISE]))
    else:
        scope.run(delete(promise).where(here))


def _texts(scope: Scope, key: Any, values: Collection[str]) -> list[str]:
    """Words of some notes, older revisions included."""
    now = select(note.c.text).where(scope.own(note), scope.among(key, values))
    of_note = and_(note_revision.c.account_id == note.c.account_id, note_revision.c.note_id == note.c.id)
    before = select(note_revision.c.text).join(note, of_note).where(scope.own(note), scope.among(key, values))
    return [row[0] for query in (now, before) for row in scope.rows(query)]


def _texts_but(scope: Scope, people: Collection[str], note_ids: Collection[str]) -> list[str]:
    """Words of what stays on record about some people: who they are, their notes, and who wrote those."""
    query = select(note.c.id, note.c.text, note.c.author).where(scope.own(note), scope.among(note.c.person_id, people))
    gone = {*note_ids}
    kept = [text for note_id, *texts in scope.rows(query) if note_id not in gone for text in texts]
    known = select(person.c.name, person.c.aka, person.c.role, person.c.customers)
    here = (scope.own(person), scope.among(person.c.id, people))
    return [*kept, *(str(each) for row in scope.rows(known.where(*here)) for each in row)]


def _authors(scope: Scope, note_ids: Collection[NoteId]) -> list[str]:
    """Who wrote some notes; a plan names them."""
    query = select(note.c.author).where(scope.own(note), scope.among(note.c.id, note_ids)).distinct()
    return [row[0] for row in scope.rows(query)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _rows(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _IN_A_ROW]) for at in range(len(words) - _IN_A_ROW + 1)]
