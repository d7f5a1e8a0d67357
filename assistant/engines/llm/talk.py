"""Asks a model and reads the reply item by item: retries, format steps, one repair, one deadline. Believes nothing."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from assistant.engines.llm.breaker import Breaker
from assistant.engines.llm.budget import Budget
from assistant.engines.llm.call import Call, Fault, Piece, ServerFault, Step, Wire
from assistant.engines.llm.habits import Habit, Habits
from assistant.engines.llm.items import ItemReader
from assistant.engines.llm.meter import Meter, Spent
from assistant.engines.llm.telling import resting, spent, unavailable
from assistant.ports.outside import CountTokens
from assistant.prompting import llm_prompt

if TYPE_CHECKING:
    from pydantic import BaseModel

Shape = TypeVar("Shape", bound="BaseModel")
_CHARACTERS_A_TOKEN = 4  # for the meter, where a server does not count


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often.

    Attributes:
        seconds: The deadline of one turn, every call and every try in it included.
        tries: How often a server that fails for a moment is asked.
        longest_wait: Seconds we wait at most between two tries, whatever the server asks for.
    """

    seconds: float = 50.0
    tries: int = 3
    longest_wait: float = 5.0


@dataclass
class _Job:
    """Where one job stands; lives for one call of `items`."""

    call: Call
    step: Step
    usage: bool
    budget: Budget
    tries: int = 0
    got: int = 0
    repaired: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """Talks to one model on one server; shared between turns and threads."""

    wire: Wire
    count: CountTokens
    limits: Limits = Limits()
    meter: Meter = field(default_factory=Meter)
    habits: Habits = field(default_factory=Habits)
    breaker: Breaker = field(default_factory=Breaker)
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    @property
    def runs_over(self) -> float:
        """How many of the server's tokens one of ours is, as far as it has said; at least one."""
        return self.habits.runs_over(self.wire.server, self.wire.model)

    def budget(self) -> Budget:
        """What a turn that begins now may ask."""
        return Budget(time.monotonic() + self.limits.seconds)

    def aside(self, turn: Budget | None) -> Budget:
        """One reply, and half of the time that is left: what a turn is asked for still gets its own."""
        now, whole = time.monotonic(), turn or self.budget()
        return Budget(now + (whole.deadline - now) / 2, 1)

    def items(self, call: Call, shape: type[Shape], budget: Budget | None = None) -> Iterator[Shape]:
        """Each item of the reply as soon as it is complete and has the asked shape; a job without a turn has its own.

        Raises:
            EngineUnavailable: The model did not answer to the end; items given before stay good.
        """
        budget = budget or self.budget()
        if budget.calls <= 0:
            raise spent()
        if time.monotonic() >= budget.deadline:
            raise unavailable(ServerFault(Fault.TIMEOUT), self.wire)
        if not self.breaker.may_try():
            raise resting(self.wire)
        self.wire.open()  # loading a client is not the server's time
        habit = self.habits.of(self.wire.server, self.wire.model)
        step = habit.step if habit.step in self.wire.steps else self.wire.steps[0]
        job = _Job(call, step, habit.usage, budget)
        while True:
            try:
                yield from self._once(job, shape)
            except ServerFault as fault:
                if self._steps_down(job, fault):
                    continue
                self.breaker.failed()
                if not self._tries_again(job, fault):
                    raise unavailable(fault, self.wire) from None
                continue
            self.breaker.well()
            self._learn(job)
            return

    def _once(self, job: _Job, shape: type[Shape]) -> Iterator[Shape]:
        reader = ItemReader()
        for text in self._received(job):
            for raw in reader.feed(text):
                item = _valid(raw, shape, job.problems)
                if item is not None:
                    job.got += 1
                    yield item
            if reader.is_too_long:
                raise ServerFault(Fault.TOO_LONG)
        if job.got or (reader.ended and not job.problems and '"items"' in reader.whole):
            return
        lone = _valid(reader.whole, shape, job.problems) if reader.whole else None
        if lone is None:
            raise ServerFault(Fault.UNREADABLE)
        job.got += 1
        yield lone

    def _received(self, job: _Job) -> Iterator[str]:
        """The words of one reply; what it cost is written down however it ends."""
        start, first, outcome = time.monotonic(), 0.0, "stopped"
        ended, counted, written, begun = "", Piece(), 0, False
        call = shaped(job.call) if job.step is Step.TEXT else job.call
        try:
            with self.wire.stream(call, job.step, deadline=job.budget.deadline, usage=job.usage) as pieces:
                for piece in pieces:
                    if not begun:
                        begun = True
                        job.budget.has_come()
                    first = first or (time.monotonic() - start if piece.text else 0.0)
                    ended = piece.finish or ended
                    counted = piece if piece.sent else counted
                    written += len(piece.text)
                    if piece.text:
                        yield piece.text
                    if time.monotonic() > job.budget.deadline:
                        raise ServerFault(Fault.TIMEOUT)
            if ended not in _GOOD_ENDS:
                raise ServerFault(Fault.CUT)
            outcome = "ok"
        except ServerFault as fault:
            outcome = fault.fault.value
            raise
        finally:
            if counted.sent and self.habits.weighs_now(self.wire.server, self.wire.model):
                ours = self.count(call.system + call.user)
                self.habits.weigh(self.wire.server, self.wire.model, counted.sent / ours if ours else 0.0)
            sent = counted.sent or len(call.system + call.user) // _CHARACTERS_A_TOKEN
            self.meter.add(Spent(
                call.job, call.prompt, self.wire.model, sent, counted.received or written // _CHARACTERS_A_TOKEN,
                round(first, 3), round(time.monotonic() - start, 3), outcome,
            ))  # fmt: skip

    def _steps_down(self, job: _Job, fault: ServerFault) -> bool:
        """Whether the same question is put again because of its form; costs no try, since nothing was answered."""
        if job.got or job.budget.calls <= 0:
            return False
        if fault.usage_refused and job.usage:
            job.usage = False
            return True
        if fault.format_refused and job.step is not Step.TEXT:
            job.step = job.step.next_lower
            return True
        if fault.fault is Fault.UNREADABLE and not job.repaired and time.monotonic() < job.budget.deadline:
            job.repaired = True
            job.step = Step.TEXT
            job.call = mended(job.call, job.problems)
            return True
        return False

    def _tries_again(self, job: _Job, fault: ServerFault) -> bool:
        job.tries += 1
        if job.got or job.budget.calls <= 0 or not fault.fault.passes or job.tries >= self.limits.tries:
            return False
        wait = fault.wait if fault.wait is not None else 0.25 * 2**job.tries * (0.5 + self.chance())
        wait = min(wait, self.limits.longest_wait)
        if time.monotonic() + wait >= job.budget.deadline:
            return False
        self.sleep(wait)
        return True

    def _learn(self, job: _Job) -> None:
        if self.habits.is_a_slip(self.wire.server, self.wire.model, mended=job.repaired):
            return
        known, new = self.habits.of(self.wire.server, self.wire.model), Habit(job.step, job.usage)
        if new != known:
            self.habits.learn(self.wire.server, self.wire.model, new)


_GOOD_ENDS = frozenset({"stop", "tool_calls", "function_call", "end_turn", "STOP", "tool_use"})


def shaped(call: Call) -> Call:
    """The call with the shape of its reply said in words, for servers that take no schema."""
    import json

    words = llm_prompt("shape").render(schema=json.dumps(call.schema, ensure_ascii=False))
    return replace(call, system=f"{call.system}\n\n{words}")


def mended(call: Call, problems: list[str]) -> Call:
    """The call with what was wrong with the first reply; the reply itself is not sent back."""
    told = "; ".join(dict.fromkeys(problems))[:400] or "it held no JSON object"
    words = llm_prompt("repair").render(problems=told)
    return replace(call, user=f"{call.user}\n\n{words}", variables=f"{call.variables}+repair")


def _valid(raw: str, shape: type[Shape], problems: list[str]) -> Shape | None:
    from pydantic import ValidationError

    try:
        return shape.model_validate_json(raw)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False, include_context=False)[:3]:
            where = ".".join(str(part) for part in fault["loc"])
            problems.append(f"{where}: {fault['msg']}"[:120])
        return None
