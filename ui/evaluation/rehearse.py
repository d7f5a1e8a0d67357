"""Half a year of fortnightly one-on-ones, played with the questions as they would be suggested. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.domain.ask_ledger import RESTS_FOR
from assistant.domain.person import PersonId
from assistant.evaluation.output import Rehearsed
from ui.evaluation.homes import Stage

EVERY = timedelta(days=14)
MEETINGS = RESTS_FOR // EVERY - 1  # all of them lie within the time a question rests


def rehearse(stage: Stage, people: Sequence[PersonId]) -> Iterator[Rehearsed]:
    """The three questions of each fortnight of the last half year, with those before taken as asked."""
    for who in people:
        account = stage.owners[who]
        asked: dict[str, str] = {}
        for back in reversed(range(MEETINGS)):
            day = stage.case.today - back * EVERY
            desk = stage.desk(account, day)
            if who not in {row.person.id for row in desk.people()}:
                continue
            situation = desk.person(who).situation()
            situation = replace(situation, resting=frozenset(asked), asked_texts=tuple(asked.values()))
            questions = tuple(desk.engine.questions(situation, 3))
            names = frozenset({*situation.person.names, situation.manager.name, *situation.manager.name.split()})
            asked |= {q.id: q.text for q in questions}
            yield Rehearsed(who, day, questions, names)
