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
from knowledge.records.tables import asked, meeting_question, note, note_revision, plan

RUN = 5  # so many words in a row are no chance


def let_go(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """Take the words of notes that are about to be removed out of everything of the account that repeats them."""
    going = scope.rows(select(note.c.id, note.c.text).where(scope.own(note), scope.among(note.c.id, note_ids)))
    if not going:
        return
    before = and_(scope.own(note_revision), scope.among(note_revision.c.note_id, note_ids))
    texts = [row[1] for row in going] + [row[0] for row in scope.rows(select(note_revision.c.text).where(before))]
    gone = _Gone(frozenset(row[0] for row in going), texts)
    _out_of_plans(scope, gone)
    _out_of_questions(scope, gone)


def _out_of_questions(scope: Scope, gone: "_Gone") -> None:
    """A question that was made of the note keeps its id, so that it still rests, and loses its words."""
    for table, keys in ((asked, ("seq",)), (meeting_question, ("meeting_id", "question_id"))):
        columns = [table.c[key] for key in keys]
        for *values, text in scope.rows(select(*columns, table.c.text).where(scope.own(table))):
            if gone.repeated_in(text):
                this = and_(*(column == value for column, value in zip(columns, values, strict=True)))
                scope.run(update(table).where(scope.own(table), this).values(text=""))


def _out_of_plans(scope: Scope, gone: "_Gone") -> None:
    for person_id, version, body in scope.rows(
        select(plan.c.person_id, plan.c.version, plan.c.body).where(scope.own(plan))
    ):
        left = without(body, gone)
        if left != body:
            this = and_(scope.own(plan), plan.c.person_id == person_id, plan.c.version == version)
            scope.run(update(plan).where(this).values(body=left))


class _Gone:
    """The words of some notes, ready to be looked for in many sentences."""

    def __init__(self, note_ids: Collection[str], texts: Sequence[str]) -> None:
        self.note_ids = note_ids
        self._texts = texts
        self._runs = {run for text in texts for run in _runs(text)}

    def repeated_in(self, text: str) -> bool:
        """Whether a sentence repeats one of them: a passage it sets apart, or some words in a row."""
        apart = [part for part in set_apart(text) if part.strip()]
        return not self._runs.isdisjoint(_runs(text)) or any(part in told for part in apart for told in self._texts)


def _runs(text: str) -> set[str]:
    """All runs of words of a text."""
    words = re.findall(r"\w+", fold_text(text))
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def without(body: dict[str, Any], gone: _Gone) -> dict[str, Any]:
    """A plan's body without the words of some notes."""
    left = copy.deepcopy(body)
    for thread in left["threads"]:
        for name in (*LINKS, *STEPS):
            part = thread[name]
            rests_on_it = bool(part["quotes"]) and part["quotes"][0][0] in gone.note_ids
            part["text"] = "" if rests_on_it or gone.repeated_in(part["text"]) else part["text"]
        for name in LINKS:
            thread[name]["question"] = "" if gone.repeated_in(thread[name]["question"]) else thread[name]["question"]
            if any(place[0] in gone.note_ids for place in thread[name]["quotes"]):
                thread["sentence"] = ""
        for name in WORDS:
            thread[name] = "" if gone.repeated_in(thread[name]) else thread[name]
    left["unknown"] = [each for each in left["unknown"] if not gone.repeated_in(each)]
    return left
