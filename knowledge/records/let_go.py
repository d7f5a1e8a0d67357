"""When a note goes, its words go out of the sentences that repeat them: plans, questions asked, questions chosen.

Quotes are kept as places and need nothing. A plan keeps saying that it stood on the note, an entry that it was asked.
"""

import copy
import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, select, update

from assistant.domain.note import NoteId, fold_text
from assistant.grounding import set_apart
from knowledge.records.plan_body import LINKS, STEPS, WORDS
from knowledge.records.scope import Scope
from knowledge.records.tables import asked, meeting_question, note, plan

RUN = 5  # so many words in a row are no chance


def let_go(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """Take the words of notes that are about to be removed out of everything of the account that repeats them."""
    going = scope.rows(select(note.c.id, note.c.text).where(scope.own(note), scope.among(note.c.id, note_ids)))
    if not going:
        return
    told = [_Told(row[0], row[1]) for row in going]
    _out_of_plans(scope, told)
    _out_of_questions(scope, told)


def _out_of_questions(scope: Scope, told: Sequence["_Told"]) -> None:
    """A question that was made of the note keeps its id, so that it still rests, and loses its words."""
    for table, keys in ((asked, ("seq",)), (meeting_question, ("meeting_id", "question_id"))):
        columns = [table.c[key] for key in keys]
        for *values, text in scope.rows(select(*columns, table.c.text).where(scope.own(table))):
            if any(note.is_in(text) for note in told):
                this = and_(*(column == value for column, value in zip(columns, values, strict=True)))
                scope.run(update(table).where(scope.own(table), this).values(text=""))


def _out_of_plans(scope: Scope, told: Sequence["_Told"]) -> None:
    for person_id, version, body in scope.rows(
        select(plan.c.person_id, plan.c.version, plan.c.body).where(scope.own(plan))
    ):
        left = without(body, told)
        if left != body:
            this = and_(scope.own(plan), plan.c.person_id == person_id, plan.c.version == version)
            scope.run(update(plan).where(this).values(body=left))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold_text(text)))


class _Told:
    """The words of one note, ready to be looked for."""

    def __init__(self, note_id: str, text: str) -> None:
        self.note_id = note_id
        self._text = text
        self._folded = f" {_words(text)} "

    def is_in(self, text: str) -> bool:
        """Whether a text repeats the note: a passage it sets apart, or some words in a row."""
        if any(part.strip() and part in self._text for part in set_apart(text)):
            return True
        words = _words(text).split()
        return any(f" {' '.join(words[n : n + RUN])} " in self._folded for n in range(len(words) - RUN + 1))


def without(body: dict[str, Any], told: Sequence[_Told]) -> dict[str, Any]:
    """A plan's body without the words of some notes."""
    left = copy.deepcopy(body)
    gone = {note.note_id for note in told}

    def repeats(text: str) -> bool:
        return any(note.is_in(text) for note in told)

    for thread in left["threads"]:
        for name in (*LINKS, *STEPS):
            part = thread[name]
            rests_on_it = bool(part["quotes"]) and part["quotes"][0][0] in gone
            part["text"] = "" if rests_on_it or repeats(part["text"]) else part["text"]
        for name in LINKS:
            thread[name]["question"] = "" if repeats(thread[name]["question"]) else thread[name]["question"]
            if any(place[0] in gone for place in thread[name]["quotes"]):
                thread["sentence"] = ""
        for name in WORDS:
            thread[name] = "" if repeats(thread[name]) else thread[name]
    left["unknown"] = [each for each in left["unknown"] if not repeats(each)]
    return left
