"""An engine's words of a brief as they come: the story of the months, then questions that stand on what they cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.actions.follow_guidance import in_coach_words
from assistant.domain.brief import MOST_TOLD, StoryLine
from assistant.domain.question import Question
from assistant.domain.situation import Situation
from assistant.grounding import is_grounded
from assistant.ports.engine import Engine
from assistant.streaming import ending

THREE, SPARE = 3, 8


@dataclass(frozen=True, slots=True)
class Words:
    """What an engine has written of a brief so far."""

    story: tuple[StoryLine, ...] = ()
    questions: tuple[Question, ...] = ()


def word_brief(situation: Situation, engine: Engine, count: int, known: Sequence[str]) -> Iterator[Words]:
    """The words that hold, one line or one question more each time: each pillar once in a set of three.

    Args:
        situation: The person's situation.
        engine: Whose words they are.
        count: How many questions.
        known: Words that need no note.
    """
    words = Words()
    with ending(engine.brief(situation, count)) as found:
        for words in _holding(found, situation, count, known):
            yield words
    if len(words.questions) < count:
        more = Words()
        with ending(engine.questions(situation, SPARE)) as spare:
            for more in _holding(spare, situation, count, known):
                if len(more.questions) > len(words.questions):
                    yield replace(more, story=words.story)
        if 0 < len(more.questions) <= len(words.questions) and more.questions != words.questions:
            yield replace(more, story=words.story)


def _holding(
    found: Iterator[StoryLine | Question], situation: Situation, count: int, known: Sequence[str]
) -> Iterator[Words]:
    """Of what was found, the lines and the first questions that stand on what they cite.

    The first three are of three pillars; in a longer set a second one of a pillar waits until they are there. One about
    a promise that a later note may have settled is never the first, since the first is the one to ask.
    """
    story: tuple[StoryLine, ...] = ()
    kept: tuple[Question, ...] = ()
    waiting: list[Question] = []
    settled: list[Question] = []
    for suggested in found:
        if isinstance(suggested, StoryLine):
            if len(story) < MOST_TOLD and is_grounded(suggested.text, suggested.quotes, known):
                story = (*story, suggested)
                yield Words(story, kept)
            continue
        question = _worded(suggested, situation, known)
        if question is None:
            continue
        if not kept and _may_be_settled(question, situation):
            settled.append(question)
            continue
        if len(kept) < THREE and question.pillar in {q.pillar for q in kept}:
            waiting.append(question)
            continue
        kept = (*kept, question)
        if len(kept) == THREE < count:
            kept = (*kept, *waiting)[:count]
        yield Words(story, kept)
        for late in settled:
            if len(kept) < count and late.pillar not in {q.pillar for q in kept}:
                kept = (*kept, late)
                yield Words(story, kept)
        settled = []
        if len(kept) == count:
            return
    if settled and not kept:
        yield Words(story, tuple(settled[:1]))


def _worded(suggested: Question, situation: Situation, known: Sequence[str]) -> Question | None:
    """The question in a coach's words where there are some; None where one retired it or no note says so."""
    question = in_coach_words(suggested, situation, known)
    held = all(is_grounded(text, suggested.quotes, known) for text in (suggested.text, suggested.why))
    return question if held else None


def _may_be_settled(question: Question, situation: Situation) -> bool:
    """Whether a question stands on a promise of which a later note seems to show that it is done or over."""
    seems = [p for p in (*situation.promises, *situation.requests) if p.may_be_settled]
    said = [quote for promise in seems for quote in promise.quotes]
    return any(q.note.id == s.note.id and q.span.overlaps(s.span) for q in question.quotes for s in said)
