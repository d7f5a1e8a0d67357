"""Where words came from. It travels with them, into the records and onto the screen."""

from collections.abc import Iterable
from dataclasses import dataclass

RULES, MODEL, BOTH = "offline", "llm", "fallback"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which engine, which prompt at which version, which model, from which notes.

    Attributes:
        engine: "offline", "llm", or "fallback" where a model wrote a part and the rules the rest.
        prompt: Name and version of the model's prompt.
        notes: Ids of the notes that were sent to the model.
        says: The same in a sentence a manager understands, when there is more to say than the engine's name.
    """

    engine: str
    prompt: str = ""
    model: str = ""
    notes: tuple[str, ...] = ()
    says: str = ""

    @property
    def words(self) -> str:
        """What a card says."""
        return self.says.rstrip(".") or str(self)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.engine, self.prompt, self.model)))


OFFLINE = Origin(RULES)


def together(origins: Iterable[Origin], otherwise: str) -> Origin:
    """Where a thing of several parts came from; `otherwise` names the engine when it has none."""
    parts = tuple(dict.fromkeys(origins))
    if len(parts) < 2:
        return parts[0] if parts else Origin(otherwise)
    engines = {part.engine for part in parts}
    written = next((p for p in parts if p.engine != RULES), parts[0])
    told = next((p.says for p in parts if p.engine == RULES and p.says), written.says)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return Origin(engines.pop() if len(engines) == 1 else BOTH, written.prompt, written.model, notes, told)
