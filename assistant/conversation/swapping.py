"""Another question in the place of one that was shown, by the same rules; what was swapped stays with the turn.

So the way back is there on another day and device, and a question that was swapped away does not return by itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import Event, EventKind
from assistant.domain.person import PersonId
from assistant.domain.question import Question, QuestionSet
from assistant.errors import Refused, Unknown

THREE, MOST = 3, 9


def swapped(desk: Desk, turn: KeptTurn, question_id: str) -> KeptTurn:
    """The turn with another question in the place of one.

    Raises:
        Unknown: The turn shows no such question.
        Refused: By the rules there is no other one for now, or nine were swapped already.
    """
    if len(turn.swapped) >= MOST:
        raise Refused(f"{MOST} questions were swapped here already.", next="Ask for others in a new message.")
    event, place = _found(turn, question_id)
    old = _questions(event)[place]
    gone = [e.body.id for e in turn.swapped if isinstance(e.body, Question)]
    shown = [q for e in turn.events for q in _questions(e)]
    others = [q for q in _questions(event) if q.id != old.id]
    new = _another(desk, _whom(turn, event), without=[*gone, *(q.id for q in shown)], others=others)
    away = Event(event.id, turn.id, place, EventKind.WITHDRAW, old)
    return replace(turn, events=_with(turn, event, place, new), swapped=(*turn.swapped, away))


def swapped_back(turn: KeptTurn) -> KeptTurn:
    """The turn as it was before the last swap.

    Raises:
        Unknown: Nothing was swapped in it.
    """
    if not turn.swapped:
        raise Unknown("Nothing was swapped here.", next="Open the conversation again.")
    away = turn.swapped[-1]
    event = next((e for e in turn.events if e.id == away.id), None)
    if event is None or not isinstance(away.body, Question) or away.seq >= len(_questions(event)):
        raise Unknown("The question before is gone.", next="Ask for another one.")
    return replace(turn, events=_with(turn, event, away.seq, away.body), swapped=turn.swapped[:-1])


def _another(desk: Desk, who: PersonId, *, without: Sequence[str], others: Sequence[Question]) -> Question:
    """The first question by the same rules that is not shown yet; in a set of three, of a pillar that has room."""
    taken = {q.pillar for q in others} if len(others) < THREE else set()
    *_, brief = desk.for_turn().person(who).preparing(six=len(others) >= THREE, without=without)
    found = next((q for q in brief.questions.questions if q.id not in without and q.pillar not in taken), None)
    if found is None:
        *_, brief = desk.by_rules().person(who).preparing(six=True, without=without)
        found = next((q for q in brief.questions.questions if q.id not in without and q.pillar not in taken), None)
    if found is None:
        raise Refused("There is no other question for now.", next="A new note brings new ones.")
    return found


def _found(turn: KeptTurn, question_id: str) -> tuple[Event, int]:
    for event in turn.events:
        for place, question in enumerate(_questions(event)):
            if question.id == question_id:
                return event, place
    raise Unknown("There is no such question in this conversation.", next="Open the conversation again.")


def _questions(event: Event) -> Sequence[Question]:
    if isinstance(event.body, Brief):
        return event.body.questions.questions
    return (event.body,) if isinstance(event.body, Question) else ()


def _whom(turn: KeptTurn, event: Event) -> PersonId:
    who = event.body.person.id if isinstance(event.body, Brief) else turn.person_id
    if who is None:
        raise Unknown("It is not said whom this question is for.", next="Ask for questions to somebody by name.")
    return who


def _with(turn: KeptTurn, event: Event, place: int, new: Question) -> tuple[Event, ...]:
    """The turn's units with one question replaced."""
    if not isinstance(event.body, Brief):
        return tuple(replace(e, body=new) if e.id == event.id else e for e in turn.events)
    before = event.body.questions
    kept = (*before.questions[:place], new, *before.questions[place + 1 :])
    one = new.id if before.questions[place].id == before.one_question else before.one_question
    brief = replace(event.body, questions=QuestionSet(before.stage, kept, one))
    return tuple(replace(e, body=brief) if e.id == event.id else e for e in turn.events)
