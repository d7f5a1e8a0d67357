"""A model that rates a text by a rubric. It is shown the anchors and the data, in one order or the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.domain.account import Account
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.rating import Rated, Rating, Rubric, Score
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Gatherer
from assistant.engines.llm.shapes import JudgedItem
from assistant.errors import EngineUnavailable
from assistant.ports.model import Shown
from assistant.prompting import Prompt, llm_prompt, llm_words

MOST_TOKENS = 16_000  # a judge reads everything that may be read of one person


@dataclass(frozen=True)
class ModelJudge:
    """Fulfils `Judge`."""

    caller: Caller
    senses: Senses

    @property
    def name(self) -> str:
        """The model's name."""
        return self.caller.talk.wire.model

    def shows(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Shown:
        """One person's notes as the judge will see them, the newest first; what must stay out does."""
        words = llm_prompt("judge_plan").text, criteria(Rubric.PLAN, turned=False)
        room = self.caller.room(llm_prompt("judge_plan"), *words, most=MOST_TOKENS)
        newest = sorted(notes, key=lambda r: (r.note.day, r.note.id), reverse=True)
        gatherer = Gatherer(self.caller.talk.count, self.senses.is_sensitive)
        context, _ = gatherer.of_notes(person, manager, newest, today, tokens=room)
        return Shown(context.text, {p.note.id: name for name, p in context.passages.items()})

    def rate(self, rated: Rated, whose: Sequence[str], *, turned: bool) -> Rating:
        """One rating; `turned` gives the criteria in the other order.

        Raises:
            EngineUnavailable: The model did not answer, or rated nothing.
        """
        prompt = _prompt(rated.rubric)
        call = self.caller.call(
            f"judge_{rated.rubric}", prompt, JudgedItem, whose=whose, data=rated.notes, named="notes", voiced=False,
            output=rated.text, criteria=criteria(rated.rubric, turned=turned),
        )  # fmt: skip
        for item in self.caller.items(call, JudgedItem):
            scores = tuple(
                Score(s.id.upper(), one_line(s.quote), s.note.strip("[]() ").upper(), s.level, one_line(s.reason))
                for s in item.scores
            )
            return Rating(scores, item.injection, one_line(item.one_change))
        raise EngineUnavailable(f"{self.caller.talk.wire.server} rated nothing.", next="Choose another judge.")


def _prompt(rubric: Rubric) -> Prompt:
    return llm_prompt("judge_questions" if rubric is Rubric.QUESTIONS else "judge_plan")


def criteria(rubric: Rubric, *, turned: bool) -> str:
    """The criteria with their anchors, as the prompt carries them."""
    found: Mapping[str, Any] = llm_words("rubrics")[rubric.value]
    ordered = list(found.items())
    lines = []
    for name, each in reversed(ordered) if turned else ordered:
        gate = " (level 0 is a gate)" if each["gate"] else ""
        lines.append(f"{name} {each['looks_at']}{gate}")
        lines.extend(f"  {level}: {anchor}" for level, anchor in enumerate(each["levels"]))
    return "\n".join(lines)
