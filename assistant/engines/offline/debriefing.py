"""Takes a telling after a meeting apart by rules: what the finder found in it, and what it answers."""

import re
from collections.abc import Iterator, Sequence

from assistant.actions.tell_changes import passages_of
from assistant.domain.debrief import Answered, DebriefDraft
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Chosen
from assistant.domain.plan import Plan
from assistant.domain.policy import Readable
from assistant.domain.promise import PromiseState
from assistant.domain.situation import Situation
from assistant.engines.offline.planning.checking import plan_check_ins
from assistant.grounding import set_apart
from assistant.prompting import offline_words
from assistant.wording import stems, words_in

SHARED = 2  # words of meaning that an answer has in common with its question
SHORTEST = 4  # words of an answer


def debrief_by_rules(told: Readable, situation: Situation, asked: Sequence[Chosen], plan: Plan | None) -> DebriefDraft:
    """Everything the telling brings; all of it stands in it word for word."""
    here = told.note.id
    made = (p for p in situation.promises if p.state is PromiseState.OPEN and p.quotes)
    ended = (p for p in situation.promises if p.state is not PromiseState.OPEN and p.closed_by)
    return DebriefDraft(
        note=told.note,
        evidence=tuple(i for i in situation.evidence if i.note.id == here and i.counts),
        promises=tuple(p for p in made if p.quotes[-1].note.id == here),
        settled=tuple(p for p in ended if p.closed_by and p.closed_by.note.id == here),
        answers=tuple(_answers(told, asked)),
        check_ins=tuple(plan_check_ins(plan, [told], situation)) if plan else (),
    )


def _answers(told: Readable, asked: Sequence[Chosen]) -> Iterator[Answered]:
    """For each question the passage that shares most words of meaning with it; one passage answers one question."""
    passages = passages_of(told)
    pairs = [
        (_shared(question.text, passage.text), -number, question, place)
        for number, question in enumerate(asked)
        for place, passage in enumerate(passages)
    ]
    used_questions: set[str] = set()
    used_places: set[int] = set()
    for shared, _, question, place in sorted(pairs, key=lambda p: (-p[0], -p[1], p[3])):
        if not shared:
            return
        answer = _telling(passages, place, told.screening.language)
        if answer is None or question.question_id in used_questions or answer in used_places:
            continue
        used_questions.add(question.question_id)
        used_places.add(answer)
        yield Answered(question, passages[answer])


def _shared(question: str, passage: str) -> int:
    """Words of meaning in common; none when they are too few, or only those of a note that the question quotes.

    A telling that speaks of the same matter as a quoted note need not answer what was asked about it.
    """
    own = question
    for part in set_apart(question):
        own = own.replace(part, " ")
    said = stems(passage)
    asks, shared = stems(own), len(stems(question) & said)
    enough = shared >= SHARED or (shared > 0 and stems(question) <= said)
    return shared if enough and asks & said else 0


def _telling(passages: Sequence[Quote], place: int, language: str) -> int | None:
    """The place of the answer: the passage itself, or the next one when it only repeats the question."""
    place += _repeats(passages[place], language)
    if place >= len(passages) or words_in(passages[place].text) < SHORTEST or _repeats(passages[place], language):
        return None
    return place


def _repeats(passage: Quote, language: str) -> bool:
    """Whether a passage only says what was asked."""
    return re.search(offline_words("debrief", language)["repeats"], passage.text.strip().casefold()) is not None
