"""Every failure a person may read, with the next step in it.

FlourishError
├── Refused                  the request cannot be done as asked; the person can change it
│   ├── Unknown              no such person, note, promise, import …  (a foreign id reads the same)
│   │   └── NobodyCalled         nobody has that name; `choices` lists the nearest
│   ├── AmbiguousPerson      more than one person fits the name; `choices` lists them
│   ├── Invalid              a noun or an argument that must not exist (empty note, future day)
│   │   └── UngroundedEvidence   a quote that its note does not contain
│   ├── ImportRefused        a file that could not be read; says which row and why
│   └── NotAllowed           policy or account does not permit it
├── HomeError                the place on disk: not writable, locked, newer, damaged
├── EngineUnavailable        the model did not answer; names the server and what to try
├── NotInstalled             an optional part is missing; names the command that brings it
└── BrokenInstallation       shipped data is wrong (library, prompt); a bug of ours, not of the person
    ├── LibraryError
    └── PromptError
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that a name could have meant."""

    id: str
    name: str
    hint: str = ""


class FlourishError(Exception):
    """Any failure the person may read: one sentence, and the next step.

    Args:
        message: What went wrong, one sentence, no personal text beyond what the caller typed.
        next: What to do now, one sentence or a command.
        choices: The things the person can choose from, when choosing solves it.
    """

    code = "failed"

    def __init__(self, message: str, *, next: str = "", choices: Sequence[Choice] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.next = next
        self.choices = tuple(choices)

    def __str__(self) -> str:
        return f"{self.message} {self.next}".strip()


class Refused(FlourishError):
    """The request cannot be done as asked; the person can change it."""

    code = "refused"


class Unknown(Refused):
    """There is no such thing for this account; a foreign id reads exactly the same."""

    code = "unknown"


class NobodyCalled(Unknown):
    """Nobody has the name that was written; the choices are whose names come near."""


class AmbiguousPerson(Refused):
    """More than one person fits the name."""

    code = "ambiguous_person"


class Invalid(Refused):
    """A value that must not exist."""

    code = "invalid"


class UngroundedEvidence(Invalid):
    """A quote that the note does not contain."""

    code = "ungrounded"


class ImportRefused(Refused):
    """A file that could not be read as notes; nothing of it was kept."""

    code = "import_refused"


class NotAllowed(Refused):
    """Policy or account does not permit it."""

    code = "not_allowed"


class HomeError(FlourishError):
    """The home folder cannot be used as it is."""

    code = "home"


class EngineUnavailable(FlourishError):
    """The model did not answer. The message names the server and what to try."""

    code = "engine_unavailable"


def no_model() -> Refused:
    """A model is wanted and none is named."""
    return Refused("No model is named.", next="Set FLOURISH_MODEL, for example to ollama:llama3.2.")


class NotInstalled(FlourishError):
    """An optional part is not installed."""

    code = "not_installed"


class BrokenInstallation(FlourishError):
    """Shipped data does not hold together; please report it."""

    code = "broken_installation"


class LibraryError(BrokenInstallation):
    """A library file breaks its schema; the message names file and line."""

    code = "library"


class PromptError(BrokenInstallation):
    """A prompt or phrasing file breaks its schema, or a variable is missing or surplus."""

    code = "prompt"
