"""What a manager reads when the model did not answer: the server by name, what happened, what to try."""

from assistant.engines.llm.call import Fault, ServerFault, Wire
from assistant.errors import EngineUnavailable

_SAYS = {
    Fault.UNREACHABLE: (
        "No answer from {server}.",
        "Is it running, and is OPENAI_BASE_URL right? `flourish doctor` tells.",
    ),
    Fault.TIMEOUT: ("{server} took too long to answer.", "Try again, or choose a smaller model."),
    Fault.BUSY: ("{server} is too busy at the moment.", "Try again in a minute."),
    Fault.BROKEN: ("{server} had a fault of its own.", "Try again in a minute."),
    Fault.KEY: ("{server} did not accept the key.", "Set OPENAI_API_KEY to a key of that server."),
    Fault.NO_KEY: (
        "No key is set for {server}.",
        "Set OPENAI_API_KEY, or name a model on your own machine, for example FLOURISH_MODEL=ollama:llama3.2.",
    ),
    Fault.NO_MODEL: (
        "{server} knows no model {model!r} at this address.",
        "Correct FLOURISH_MODEL, or OPENAI_BASE_URL, which usually ends in /v1.",
    ),
    Fault.REFUSED: ("{server} did not take the question.", "Choose another model with FLOURISH_MODEL."),
    Fault.TOO_LONG: ("{server} sent or was sent more than fits.", "Choose a model that can read more at once."),
    Fault.CUT: ("The answer of {server} broke off.", "Try again."),
    Fault.UNREADABLE: ("{server} answered in a form that cannot be read.", "Try again, or choose another model."),
}


def unavailable(fault: ServerFault, wire: Wire) -> EngineUnavailable:
    """The fault as an error that a person may read."""
    message, what_next = _SAYS[fault.fault]
    return EngineUnavailable(message.format(server=wire.server, model=wire.model), next=what_next)


def resting(wire: Wire) -> EngineUnavailable:
    """The server failed several times in a row and is left alone for half a minute."""
    return EngineUnavailable(
        f"{wire.server} failed several times in a row and is left alone for half a minute.", next="Try again then."
    )


def spent() -> EngineUnavailable:
    """A turn has had its replies; what is still missing is written by the rules."""
    return EngineUnavailable(
        "The model has replied twice in this turn, which is the most.", next="Ask again, or for one thing at a time."
    )
