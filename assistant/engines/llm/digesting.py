"""A model writes down what a stretch of older notes comes down to. A line that does not hold is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.digest import LONGEST_LINE, MOST_LINES, DigestLine, Period
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Checker, Senses, shown
from assistant.engines.llm.context import Context, Gatherer
from assistant.engines.llm.data_lines import period_words
from assistant.engines.llm.engine import called
from assistant.engines.llm.shapes import DigestItem
from assistant.prompting import llm_prompt


@dataclass(frozen=True)
class ModelDigester:
    """Fulfils `Digester`."""

    caller: Caller
    senses: Senses

    @property
    def fingerprint(self) -> str:
        """Its prompt and its model."""
        return f"{llm_prompt('digest_period')} {self.caller.talk.wire.model}"

    def digest(self, situation: Situation, notes: Sequence[Readable], period: Period) -> Sequence[DigestLine]:
        """Lines that hold, in the model's order; where the notes do not fit one prompt, by turns out of each.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        prompt, person = llm_prompt("digest_period"), situation.person
        gatherer = Gatherer(self.caller.talk.count, self.senses.is_sensitive)
        parts: list[list[DigestLine]] = []
        rest: Sequence[Readable] = [r for r in notes if r.note.person_id == person.id]
        while rest:
            context, rest = gatherer.of_notes(
                person, situation.manager, rest, situation.today, tokens=self.caller.room(prompt)
            )
            if context.passages:
                parts.append([*self._lines(situation, context, period)])
        lines = (line for row in zip_all(parts) for line in row)
        return tuple({line.text: line for line in lines}.values())[:MOST_LINES]

    def _lines(self, situation: Situation, context: Context, period: Period) -> Iterator[DigestLine]:
        prompt, person = llm_prompt("digest_period"), situation.person
        call = self.caller.call(
            "digest", prompt, DigestItem, whose=(person.account_id, person.id), data=context.text,
            period=period_words(period), language=called(situation.language),
        )  # fmt: skip
        checker, counts = Checker.of(situation, context, self.senses), self.caller.counts(call)
        for item in self.caller.items(call, DigestItem):
            text, quotes = shown(item.text), checker.quotes(item.cites)
            if not quotes:
                counts("citation")
            elif len(text) > LONGEST_LINE or not checker.holds(text, quotes) or not checker.is_supported(text, quotes):
                counts("ground")
            else:
                yield DigestLine(text, quotes)


def zip_all(parts: Sequence[Sequence[DigestLine]]) -> Iterator[list[DigestLine]]:
    """The first of each part, then the second of each, as long as any has one."""
    for place in range(max(map(len, parts), default=0)):
        yield [part[place] for part in parts if place < len(part)]
