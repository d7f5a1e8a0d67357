"""One question to a model and what came of it. Plain nouns; nothing here knows a server or a vendor."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Step(StrEnum):
    """How a reply is held to its shape, from the strictest to what every server can do."""

    SCHEMA = "json_schema"
    TOOL = "tools"  # the tool-call format as an envelope; there is no tool behind it
    TEXT = "text"

    @property
    def words(self) -> str:
        """What a server that manages just this is able to do."""
        return {
            "json_schema": "honours JSON schema",
            "tools": "knows tools but no JSON schema",
            "text": "keeps to a shape only when told in words",
        }[self.value]

    @property
    def next_lower(self) -> "Step":
        """The next step that asks less of a server; text stays text."""
        order = list(Step)
        return order[min(order.index(self) + 1, len(order) - 1)]


@dataclass(frozen=True, slots=True)
class Call:
    """What a model is asked.

    Attributes:
        job: Which job it is for ("questions", "threads", "answer" …); the meter counts by it.
        prompt: Name and version of the words, `ask_questions@1`.
        system: Voice, limits and task: our words only.
        user: The data between random boundaries, and the reminder after them.
        schema: JSON schema of the reply: an object with one list, `items`.
        variables: Digest of what was filled in, boundaries left out: equal for equal data in every run.
        lasting: Digest of that part of it which a remembered reply stands on.
    """

    job: str
    prompt: str
    system: str = field(repr=False)
    user: str = field(repr=False)
    schema: Mapping[str, Any] = field(repr=False)
    variables: str = ""
    lasting: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply as it comes in.

    Attributes:
        finish: Why the reply ended, in the last piece that says so; a stream without one was cut.
        sent, received: Tokens as the server counted them, when it did.
    """

    text: str = ""
    finish: str = ""
    sent: int = 0
    received: int = 0


class Fault(StrEnum):
    """What went wrong at a server, as far as it matters for what to do next."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BUSY = "busy"  # asked to wait
    BROKEN = "broken"  # the server failed
    KEY = "key"  # the key is not accepted
    NO_KEY = "no_key"  # there is none, and this server wants one
    NO_MODEL = "no_model"  # no such model, or no such address
    REFUSED = "refused"  # it does not take the request
    TOO_LONG = "too_long"  # more than the model can read, or than we do
    CUT = "cut"  # the reply broke off
    UNREADABLE = "unreadable"  # it came, and is not what was asked for

    @property
    def passes(self) -> bool:
        """Whether it may be gone at the next try."""
        return self in {Fault.UNREACHABLE, Fault.BUSY, Fault.BROKEN, Fault.TIMEOUT}


class ServerFault(Exception):
    """A fault at the border; the talk turns it into `EngineUnavailable`, nobody else sees it.

    Attributes:
        wait: Seconds the server asked to wait, when it did.
        format_refused: Whether it turned down the reply format and not the question.
        usage_refused: Whether it turned down being asked for token counts.
    """

    def __init__(
        self,
        fault: Fault,
        *,
        status: int = 0,
        wait: float | None = None,
        format_refused: bool = False,
        usage_refused: bool = False,
    ) -> None:
        super().__init__(f"{fault.value} {status or ''}".strip())
        self.fault = fault
        self.status = status
        self.wait = wait
        self.format_refused = format_refused
        self.usage_refused = usage_refused


class Wire(Protocol):
    """A line to one model on one server."""

    @property
    def server(self) -> str:
        """The server as a person would name it, without any secret."""
        ...

    @property
    def model(self) -> str:
        """The model's name there."""
        ...

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps this line can be asked for, the strictest first."""
        ...

    def open(self) -> object:
        """Load what is needed to speak; nothing is sent."""
        ...

    def stream(
        self, call: Call, step: Step, *, deadline: float, usage: bool
    ) -> AbstractContextManager[Iterator[Piece]]:
        """The reply as it comes in; leaving the context closes the response.

        Args:
            call: What is asked.
            step: How the reply is held to its shape.
            deadline: When, on the monotonic clock, it must be over.
            usage: Whether to ask for token counts.

        Raises:
            ServerFault: At any point.
        """
        ...
