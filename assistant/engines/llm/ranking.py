"""A model puts passages that a search found into the order in which they answer. It adds none and hides none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.note import NoteId
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.search import Found, Hit
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Gatherer
from assistant.engines.llm.shapes import RankItem
from assistant.prompting import llm_prompt

LONGEST_QUESTION = 600
ANSWERS = 2  # the grade from which on a passage is part of an answer


@dataclass(frozen=True)
class ModelRanker:
    """Fulfils `Ranker`."""

    caller: Caller
    senses: Senses

    def rank(self, question: str, person: Person, found: Found, notes: Sequence[Readable], today: date) -> Found:
        """The hits with those that answer first; `weak` when none does. A private question is not sent.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        asked = one_line(question)[:LONGEST_QUESTION]
        if not found.hits or self.senses.is_sensitive(asked):
            return found
        prompt = llm_prompt("rank_passages")
        gatherer = Gatherer(self.caller.talk.count, self.senses.is_sensitive)
        context = gatherer.of_hits(person, found.hits, notes, today, tokens=self.caller.room(prompt, asked))
        if not context.passages:
            return found
        whose = person.account_id, person.id
        call = self.caller.call("rank", prompt, RankItem, whose=whose, data=context.text, question=asked)
        grades: dict[NoteId, int] = {}
        for item in self.caller.items(call, RankItem):
            passage = context.passages.get(item.passage.strip("[]() ").upper())
            if passage is not None and item.grade:
                grades.setdefault(passage.note.id, item.grade)
        sent = set(context.note_ids)
        return replace(
            found, hits=_ordered(found.hits, grades, sent), weak=max(grades.values(), default=0) < ANSWERS,
            origin=self.caller.origin(prompt, context.note_ids, says="ranked"),
        )  # fmt: skip


def _ordered(hits: Sequence[Hit], grades: Mapping[NoteId, int], sent: Collection[NoteId]) -> tuple[Hit, ...]:
    """By grade, then as the model listed them, then as they were found; what was not sent keeps its place."""
    listed = {note_id: place for place, note_id in enumerate(grades)}
    moving = sorted(
        (hit for hit in hits if hit.note.id in sent),
        key=lambda hit: (-grades.get(hit.note.id, 0), listed.get(hit.note.id, len(listed))),
    )
    scores = sorted((hit.score for hit in hits), reverse=True)
    moved = iter(moving)
    ordered = [next(moved) if hit.note.id in sent else hit for hit in hits]
    return tuple(replace(hit, score=score) for hit, score in zip(ordered, scores, strict=True))
