"""Where words came from. It travels with them, into the records and onto the screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Which engine, which prompt at which version, which model."""

    engine: str
    prompt: str = ""
    model: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.engine, self.prompt, self.model)))
