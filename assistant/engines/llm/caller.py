"""Puts a prompt, its data and its reply's shape together into a call, and remembers the replies. Knows no job.

The data stand between two lines that carry a fresh word; a reply is remembered by all that was sent, boundary left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.domain.origin import MODEL, Origin
from assistant.domain.situation import Situation
from assistant.engines.llm.budget import Budget
from assistant.engines.llm.call import Call
from assistant.engines.llm.context import Context
from assistant.engines.llm.memory import Memory
from assistant.engines.llm.talk import Talk
from assistant.ports.outside import Nonce
from assistant.prompting import Prompt, fingerprint, llm_prompt, offline_words

if TYPE_CHECKING:
    from pydantic import BaseModel

MOST_TOKENS = 6_000  # of one prompt, however long the history
MARGIN = 200  # tokens that the wire format itself takes

Shape = TypeVar("Shape", bound="BaseModel")


@dataclass(frozen=True)
class Caller:
    """Asks one model; shared by every job.

    Attributes:
        nonce: Fresh words for the lines around data.
        budget: What is left of a turn; each job has its own where there is none.
    """

    talk: Talk
    nonce: Nonce
    memory: Memory[Any] = field(default_factory=Memory)
    budget: Budget | None = None

    def within(self, budget: Budget) -> "Caller":
        """The same with another budget."""
        return replace(self, budget=budget)

    def room(self, prompt: Prompt, *others: str, most: int = MOST_TOKENS) -> int:
        """How many tokens of data a prompt leaves, by our count."""
        words = sum(map(self.talk.count, (llm_prompt("voice").text, prompt.text, *others)))
        return int((most - MARGIN) / self.talk.runs_over) - words

    def call(
        self,
        job: str,
        prompt: Prompt,
        shape: "type[BaseModel]",
        *,
        whose: Sequence[str],
        data: str,
        lasting: str = "",
        named: str = "data",
        voiced: bool = True,
        **more: str,
    ) -> Call:
        """One call.

        Args:
            job: What the meter counts it as.
            prompt: The words; they take `boundary`, the data by the name `named`, and `more`.
            shape: Of one item of the reply.
            whose: Account and person it is about: two people with equal notes never share a reply.
            data: What was gathered.
            lasting: That part of it which a remembered reply stands on; all of it when empty.
            named: The prompt's variable for the data.
            voiced: Whether the voice that all prompts to people share comes first; a judge has none.
            more: The prompt's other variables.
        """
        from assistant.engines.llm.recording import digest
        from assistant.engines.llm.shapes import schema_of

        voice = llm_prompt("voice")
        boundary = self._boundary("\n".join((data, *more.values())))
        system, user = prompt.parts_with(boundary=boundary, **{named: data}, **more)
        return Call(
            job=job,
            prompt=str(prompt),
            system=f"{voice.text.strip()}\n\n{system}" if voiced else system,
            user=user,
            schema=schema_of(shape),
            variables=digest(str(voice), *whose, data, *more.values()),
            lasting=digest(str(voice), *whose, lasting or data, *more.values()),
        )

    def about(
        self, job: str, prompt: Prompt, shape: "type[BaseModel]", context: Context, situation: Situation, **more: str
    ) -> Call:
        """A call about one person with everything that was gathered of them."""
        whose = situation.person.account_id, situation.person.id
        return self.call(
            job,
            prompt,
            shape,
            whose=whose,
            data=context.text,
            lasting=context.lasting,
            named="data",
            voiced=True,
            **more,
        )

    def items(self, call: Call, shape: type[Shape]) -> Iterator[Shape]:
        """The reply, item by item, from memory where it is remembered.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        wire = self.talk.wire
        key = fingerprint("\n".join((call.prompt, call.lasting, wire.server, wire.model)))
        return self.memory.through(key, lambda: self.talk.items(call, shape, self.budget))

    def origin(self, prompt: Prompt, notes: Sequence[str], says: str = "llm") -> Origin:
        """Where words of a reply, or an order, came from."""
        words = offline_words("origin")
        told = words["note"] if len(notes) == 1 else words["notes"].format(count=len(notes))
        model = self.talk.wire.model
        return Origin(MODEL, str(prompt), model, tuple(notes), words[says].format(model=model, notes=told))

    def counts(self, call: Call) -> "LeftOut":
        """Counts what of a reply did not hold."""
        return LeftOut(self.talk, call.job)

    def _boundary(self, data: str) -> str:
        """A word that does not stand in the data, so that no note can end the data early."""
        word = self.nonce()
        while word in data:
            word += self.nonce()
        return word


@dataclass(frozen=True)
class LeftOut:
    """Counts what did not hold."""

    talk: Talk
    job: str

    def __call__(self, why: str) -> None:
        """One thing, and why."""
        self.talk.meter.leave_out(self.job, why)
